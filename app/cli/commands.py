"""The commands, on the same services as the window: their words are a contract.

Exit status: 0 done, 2 wrong use, 3 some input could not be used. What cannot be used gives one
clear line on stderr, and the rest is still done.
"""

from __future__ import annotations

import argparse
import difflib
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app import __version__
from app.cli import (
    beginning,
    documents,
    guidelines,
    kept,
    letters,
    restoring,
    settings,
    vault,
)
from app.cli.files import DONE, STANDARD
from app.cli.opening import NEW_PASSPHRASE_VARIABLE, PASSPHRASE_VARIABLE
from app.paths import DATA_VARIABLE

COMMANDS = (
    "parse", "render", "check", "inspect", "import", "export", "new", "library", "cases",
    "documents", "remove", "backup", "backups", "restore", "vault", "layouts", "variables",
    "schema", "settings",
)  # fmt: skip
PROGRAM = "imr-desk"
LETTER_ENDINGS = (".pdf", ".docx")
INTERRUPTED = 130
_STATUS = "Exit status: 0 done, 2 wrong use, 3 something could not be used (told on stderr)."

Run = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says what it does not know by its first word: a shell may have put a thousand names there."""

    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        chosen, unknown = self.parse_known_args(args, namespace)
        if unknown:
            more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            self.error(f"this argument is not known here: {unknown[0]}{more}")
        return chosen


def main(arguments: list[str]) -> int:
    """Run one command. Raises SystemExit(2) for a wrong use, UserError for a world's problem."""
    chosen = _parser().parse_args(arguments)
    if not hasattr(chosen, "run"):
        _parser().print_help()
        return DONE
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name or a letter may hold what this terminal cannot show: no reason to stop.
        sys.stdout.reconfigure(errors="backslashreplace")
    run: Run = chosen.run
    try:
        return run(chosen)
    except KeyboardInterrupt:
        return INTERRUPTED


def arranged(arguments: list[str]) -> list[str]:
    """The arguments with a command first, where `--data DIR` was put before it."""
    if len(arguments) > 2 and arguments[0] == "--data" and arguments[2] in COMMANDS:
        return [*arguments[2:], *arguments[:2]]
    return arguments


def window_parser() -> argparse.ArgumentParser:
    """The arguments of the window: letters, and where the data lie."""
    parser = _Parser(
        prog=_started_as(),
        description="Opens the window on these letters. Commands: " + ", ".join(COMMANDS) + ".",
    )
    parser.add_argument("letters", nargs="*", metavar="LETTER.pdf")
    _add_version(parser)
    _add_data(parser)
    return parser


def _started_as() -> str:
    """The program's name for who typed it: `imr-desk` where it is installed, else `main.py`."""
    name = Path(sys.argv[0]).stem
    return name if name == PROGRAM else "main.py"


def _add_version(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--version", action="version", version=f"IMR Desk {__version__}")


def refuse_no_letters(parser: argparse.ArgumentParser, names: list[str]) -> None:
    """End with a wrong use (status 2) for a word that is neither a command nor like a letter."""
    for name in names:
        if Path(name).suffix.lower() == ".pdf" or Path(name).exists():
            continue
        near = difflib.get_close_matches(name, COMMANDS, 1)
        meant = f"; `{near[0]}` is one" if near else ""
        parser.error(f"there is no command and no file called {name!r}{meant}")


def _add_data(parser: argparse.ArgumentParser) -> None:
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


def _add_public(command: argparse.ArgumentParser, words: str) -> None:
    told = "without the names of others that a title, a degree or a role tells"
    command.add_argument("--redacted", action="store_true", help=words)
    command.add_argument("--without-others", action="store_true", help=f"public copies {told}")


def _add_overwrite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--overwrite", action="store_true", help="write over a file that is there already"
    )


def _add_leaving(parser: argparse.ArgumentParser, more: str = "") -> None:
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


def _letter_file(name: str) -> str:
    """The name of a file whose kind its ending tells, or `-`; for argparse."""
    if name != STANDARD and Path(name).suffix.lower() not in LETTER_ENDINGS:
        raise argparse.ArgumentTypeError(f"{name!r} ends neither in .pdf nor in .docx")
    return name


def _add_no_ocr(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-ocr", action="store_true", help="leave pages that are pictures unread"
    )


def _add_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password", metavar="WORD", help="opens letters that are locked")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=_started_as(),
        description=f"IMR Desk. Without a command it opens the window: {_started_as()} [LETTER.pdf …]",
        epilog=f"{_STATUS} COMMAND --help tells more of a command.",
    )
    _add_version(parser)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")

    def add(name: str, run: Run, words: str, more: str = "") -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, help=words, description=f"{words} {more}".strip(), epilog=_STATUS
        )
        command.set_defaults(run=run)
        _add_data(command)
        return command

    _add_letter_commands(add)
    _add_kept_commands(add)
    return parser


Add = Callable[..., argparse.ArgumentParser]


def _add_letter_commands(add: Add) -> None:
    parse = add("parse", letters.parse, "Read letters and print what they say.")
    parse.add_argument("files", nargs="+", metavar="FILE", help="a PDF, or - for standard input")
    parse.add_argument("--json", action="store_true", help="one JSON object a letter, one a line")
    _add_password(parse)
    _add_no_ocr(parse)

    render = add(
        "render",
        letters.render,
        "Write a letter from its JSON, as PDF or Word.",
        "The checks are run as in the window: a letter in which errors stand is written only "
        "with a reason.",
    )
    render.add_argument(
        "file", metavar="LETTER.json", help="as `parse --json` writes it, or - for standard input"
    )
    render.add_argument(
        "-o",
        "--output",
        required=True,
        type=_letter_file,
        metavar="OUT",
        help="OUT.pdf, OUT.docx, or - for a PDF on standard output",
    )
    _add_overwrite(render)
    render.add_argument("--layout", metavar="NAME", help="another layout than the letter's own")
    _add_public(render, "the public copy: no cover, no names from it")
    _add_leaving(render)

    check = add(
        "check",
        letters.check,
        "Say what in letters does not hold together.",
        "Findings do not change the exit status.",
    )
    check.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a PDF, a letter's JSON, a folder with PDFs, or - for one on standard input",
    )
    check.add_argument(
        "--json",
        action="store_true",
        help="the report as one JSON object; of several letters one object a line",
    )
    check.add_argument(
        "--disputed",
        type=Path,
        metavar="LIST",
        help="the items of the application, to tell which the letter does not decide: "
        "TXT with one a line, or CSV",
    )
    _add_password(check)
    _add_no_ocr(check)

    inspect = add(
        "inspect",
        letters.inspect,
        "Look into PDFs before they are sent: what they hold that their pages do not show.",
        "Lines that need a second look begin with an exclamation mark.",
    )
    inspect.add_argument("files", nargs="+", metavar="FILE.pdf", help="or - for standard input")
    inspect.add_argument(
        "-o", "--output", type=Path, metavar="COPY.pdf", help="write a copy without all that may go"
    )
    _add_overwrite(inspect)
    _add_password(inspect)

    layouts = add(
        "layouts",
        letters.layouts,
        "List the layouts a letter can be written in.",
        "With --match, a letter of your own is laid beside a layout, line by line.",
    )
    layouts.add_argument("--match", type=Path, metavar="LETTER.pdf", help="a letter of your own")
    layouts.add_argument(
        "--layout", default="maximus-2016", metavar="NAME", help="the layout to compare it with"
    )
    layouts.add_argument(
        "--apply", action="store_true", help="keep the words that make it alike in the settings"
    )
    variables = add(
        "variables", letters.variables, "List what the templates of a layout can print."
    )
    variables.add_argument("layout", metavar="NAME", help="a layout, as `layouts` lists them")
    add("schema", letters.schema, "Print the JSON Schema of what `parse --json` writes.")


def _add_kept_commands(add: Add) -> None:
    take_in = add("import", kept.take_in, "Take letters into the data folder.")
    take_in.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a PDF, or a folder with PDFs"
    )
    _add_password(take_in)
    _add_no_ocr(take_in)

    cases = add("cases", kept.cases, "List the kept letters: number, status, doubts, outcome.")
    cases.add_argument("--removed", action="store_true", help="those that were taken off the list")

    documents.add_command(add)

    export = add(
        "export",
        kept.export,
        "Write kept letters as PDF.",
        "The checks are run as in the window: a letter in which errors stand is written only "
        "with a reason.",
    )
    export.add_argument("cases", nargs="+", metavar="CASE", help="a case number, or `all`")
    export.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="made if it is not there"
    )
    _add_public(export, "public copies")
    _add_overwrite(export)
    _add_leaving(export, "; kept in their history")
    _add_password(export)

    remove = add(
        "remove",
        kept.remove,
        "Take letters off the list without opening them.",
        "All of them is kept; the window's list of the removed and the import of the same file "
        "bring them back. With --for-good nothing is kept.",
    )
    remove.add_argument(
        "--for-good",
        action="store_true",
        help="erase them, with their history and files, also from backups and archives in the "
        "data folder; also letters that are off the list",
    )
    remove.add_argument("cases", nargs="+", metavar="CASE", help="a case number or file name")

    beginning.add(add)

    library = add("library", kept.library, guidelines.ABOUT, guidelines.MORE)
    guidelines.add_arguments(library)
    _add_overwrite(library)

    exchange = add(
        "settings",
        settings.exchange,
        "Export what is set (settings, keys, words, snippets) as one file, or take such a file over.",
        "Your name in the history is not in it.",
    )
    exchange.add_argument("action", choices=("export", "import"))
    exchange.add_argument("file", type=Path, metavar="FILE.json")
    _add_overwrite(exchange)

    backup = add("backup", kept.backup, "Write everything kept into one file.")
    backup.add_argument("file", type=Path, metavar="BACKUP.zip")
    _add_overwrite(backup)
    add(
        "backups",
        kept.list_backups,
        "List the backups in the data folder, newest first, with the room they take.",
        "What backups have in common is kept once: beside each is what it takes alone.",
    )
    restore = add(
        "restore",
        restoring.restore,
        "Put a backup in place of what is kept.",
        "What was kept before is backed up first.",
    )
    restore.add_argument(
        "file", type=Path, metavar="BACKUP", help="a file of `backup`, or one that `backups` lists"
    )
    restore.add_argument(
        "--archive-passphrase-file",
        type=Path,
        metavar="FILE",
        help="opens a backup that another data folder encrypted, where its passphrase is another",
    )
    _add_vault(add)


def _add_vault(add: Add) -> None:
    command = add(
        "vault",
        vault.vault,
        "Encrypt the data folder, decrypt it, change its passphrase or recovery key.",
        "What was stopped half way is gone on with by the next command or start.",
    )
    command.add_argument(
        "action", choices=("status", "encrypt", "decrypt", "passphrase", "recovery-key")
    )
    command.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"its first line is the new passphrase (else {NEW_PASSPHRASE_VARIABLE}, else asked)",
    )
