"""One reader for all tests of a run: its processes take longer to start than a letter to read."""

from __future__ import annotations

import atexit
from functools import cache

from app.services.letter_reader import LetterReader


@cache
def the_reader() -> LetterReader:
    """Never closed by a test; the run's end closes it."""
    made = LetterReader()
    atexit.register(made.close)
    return made
