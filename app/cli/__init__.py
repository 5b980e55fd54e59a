"""The command line: reads, checks, writes and keeps letters without a window."""

from app.cli.commands import COMMANDS, arranged, main, window_parser

__all__ = ["COMMANDS", "arranged", "main", "window_parser"]
