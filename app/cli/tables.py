"""The command that writes all kept letters as tables."""

from __future__ import annotations

import argparse
import sys

from app.cli.files import DONE, UNUSABLE, shown, tell
from app.cli.kept import kept_store, make_folder
from app.errors import UserError
from app.services.archive.tables_out import Wanted, write_tables
from app.services.letter_reader import LetterReader
from app.services.library import Library
from app.services.rendering import FileExists
from app.services.settings import load_settings


def tables(chosen: argparse.Namespace) -> int:
    """Write the tables, and say how many rows each has."""
    wanted = Wanted(names=chosen.names, texts=chosen.texts, findings=not chosen.without_findings)
    with kept_store(chosen, reading=True) as store, LetterReader() as reader:
        make_folder(chosen.output)
        try:
            written = write_tables(
                store,
                reader,
                chosen.output,
                wanted,
                load_settings(store),
                Library(store.database).guidelines(),
                overwrite=chosen.overwrite,
                told=_follow if sys.stderr.isatty() else _nothing,
            )
        except FileExists as error:
            raise UserError(
                error.what, "Add --overwrite to write over it, or name another folder."
            ) from error
    for name, count in written.rows.items():
        print(f"{name}\t{count}")
    for name, why in written.left_out:
        tell(f"{shown(name)}: {why}")
    return UNUSABLE if written.left_out else DONE


def _follow(done: int, of: int) -> None:
    end = "\n" if done == of else ""
    print(f"\r{done:,} of {of:,} letters", end=end, file=sys.stderr, flush=True)


def _nothing(_done: int, _of: int) -> None:
    """Nobody looks on."""
