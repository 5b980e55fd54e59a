"""What happens on an error that nobody caught: it is logged without a word of any letter, and told.

Only the kind of the error and the lines of our code are kept: an error's own words can hold a
letter's values.
"""

from __future__ import annotations

import atexit
import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from app.errors import UserError, of_the_world

Report = Callable[[str], None]
"""Takes the report of a bug; may be called from any thread."""
Tell = Callable[[UserError], None]
"""Takes what is no bug but a problem of the world; may be called from any thread."""

_log = logging.getLogger(__name__)


def log_to(folder: Path) -> None:
    """Keep the log in this folder, readable by its owner only, three files of 1 MB at most."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "imr-desk.log"
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    os.chmod(path, 0o600)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # A crash in C code leaves a trace that the next start finds.
    faults = (folder / "faults.log").open("a", encoding="utf-8")
    os.chmod(folder / "faults.log", 0o600)
    faulthandler.enable(faults)
    atexit.register(_close_faults, faults)


def _close_faults(faults: IO[str]) -> None:
    faulthandler.disable()
    faults.close()


def install_hook(report: Report, tell: Tell) -> None:
    """Log every error that nobody caught, in any thread, and hand it over."""

    def on_error(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        problem = None if error is None else of_the_world(error)
        if problem is not None:
            _log.warning("%s", kind.__name__)
            tell(problem)
            return
        words = describe(kind, trace)
        _log.error("%s", words)
        print(words, file=sys.stderr)
        report(words)

    def on_thread_error(args: threading.ExceptHookArgs) -> None:
        on_error(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = on_error
    threading.excepthook = on_thread_error


def describe(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The error's kind and where in our code it came from, without its words."""
    frames = "".join(traceback.format_list(traceback.extract_tb(trace)))
    return f"{kind.__name__}\n{frames}"
