"""The command line: reads, checks, writes and keeps letters without a window."""

from app.cli.commands import COMMANDS, PROGRAM, arranged, main, refuse_no_letters, window_parser

__all__ = ["COMMANDS", "PROGRAM", "arranged", "main", "refuse_no_letters", "window_parser"]
