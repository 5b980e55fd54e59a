"""The commands, on the same services as the window: their words are a contract.

Exit status: 0 done, 2 wrong use, 3 some input could not be used. What cannot be used gives one
clear line on stderr, and the rest is still done.
"""

from __future__ import annotations

import argparse
import difflib
import io
import sys
from pathlib import Path

from app.cli.arguments import COMMANDS, PROGRAM, function_of, program_parser, window_parser
from app.cli.files import DONE, tell

__all__ = ["COMMANDS", "PROGRAM", "arranged", "main", "refuse_no_letters", "window_parser"]

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run one command. Raises SystemExit(2) for a wrong use, UserError for a world's problem."""
    parser = program_parser()
    chosen = parser.parse_args(arguments)
    if not hasattr(chosen, "act"):
        parser.print_help()
        return DONE
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name or a letter may hold what this terminal cannot show: no reason to stop.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return function_of(chosen.act)(chosen)
    except KeyboardInterrupt:
        tell("Stopped. What was done before that stays; begin again for the rest.")
        return INTERRUPTED


def arranged(arguments: list[str]) -> list[str]:
    """The arguments with a command first, where `--data DIR` was put before it."""
    if len(arguments) > 2 and arguments[0] == "--data" and arguments[2] in COMMANDS:
        return [*arguments[2:], *arguments[:2]]
    return arguments


def refuse_no_letters(parser: argparse.ArgumentParser, names: list[str]) -> None:
    """End with a wrong use (status 2) for a word that is neither a command nor like a letter."""
    for name in names:
        if Path(name).suffix.lower() == ".pdf" or Path(name).exists():
            continue
        near = difflib.get_close_matches(name, COMMANDS, 1)
        meant = f"; `{near[0]}` is one" if near else ""
        parser.error(f"there is no command and no file called {name!r}{meant}")
