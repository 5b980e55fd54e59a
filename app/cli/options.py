"""What several commands take, in one wording."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app import __version__
from app.cli.files import STANDARD
from app.cli.opening import PASSPHRASE_VARIABLE
from app.paths import DATA_VARIABLE

Add = Callable[..., argparse.ArgumentParser]
"""Makes the parser of a command: its name, its function, its words."""
LETTER_ENDINGS = (".pdf", ".docx")


class Parser(argparse.ArgumentParser):
    """Says what it does not know by its first word: a shell may have put a thousand names there.

    Files and options may stand in any order; argparse by itself ends the files at the first option.
    """

    _any_order = True

    def add_subparsers(self, **options: Any) -> Any:  # type: ignore[override]
        self._any_order = False  # those of a command belong to the command
        return super().add_subparsers(**options)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # type: ignore[override]
        if not self._any_order:
            return super().parse_known_args(args, namespace)
        self._any_order = False
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._any_order = True

    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        chosen, unknown = self.parse_known_args(args, namespace)
        if unknown:
            more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            self.error(f"this argument is not known here: {unknown[0]}{more}")
        return chosen


def add_version(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--version", action="version", version=f"IMR Desk {__version__}")


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        help=f"the data folder (else {DATA_VARIABLE}, else the usual place)",
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="opens an encrypted data folder: its first line is the passphrase or recovery key "
        f"(else {PASSPHRASE_VARIABLE}, else it is asked for)",
    )


def add_public(command: argparse.ArgumentParser, words: str) -> None:
    told = "without the names of others that a title, a degree or a role tells"
    command.add_argument("--redacted", action="store_true", help=words)
    command.add_argument("--without-others", action="store_true", help=f"public copies {told}")


def add_overwrite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--overwrite", action="store_true", help="write over a file that is there already"
    )


def add_leaving(parser: argparse.ArgumentParser, more: str = "") -> None:
    parser.add_argument(
        "--reason",
        default="",
        metavar="WORDS",
        help=f"why a letter leaves although errors stand in it{more}",
    )
    parser.add_argument(
        "--attach-all",
        action="store_true",
        help="attach every value to the PDF as form data, also what no page prints",
    )


def letter_file(name: str) -> str:
    """The name of a file whose kind its ending tells, or `-`; for argparse."""
    if name != STANDARD and Path(name).suffix.lower() not in LETTER_ENDINGS:
        raise argparse.ArgumentTypeError(f"{name!r} ends neither in .pdf nor in .docx")
    return name


def pdf_file(name: str) -> str:
    """The name of a PDF to be written, or `-`; for argparse."""
    if name != STANDARD and Path(name).suffix.lower() != ".pdf":
        raise argparse.ArgumentTypeError(f"{name!r} does not end in .pdf")
    return name


def add_no_ocr(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-ocr", action="store_true", help="leave pages that are pictures unread"
    )


def add_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password", metavar="WORD", help="opens letters that are locked")


def day(text: str) -> date:
    """A day as letters print it or as computers do; for argparse."""
    # Every start reads the arguments, few are given a day.
    from app.services.language.dates import whole_date

    found = whole_date(text)
    if found is None or found.value is None:
        raise argparse.ArgumentTypeError(f"{text} is no day; type 03/25/2024")
    return found.value


def count(text: str) -> int:
    """How many; for argparse."""
    if not text.isdecimal() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 to 100,000")
    return int(text)
