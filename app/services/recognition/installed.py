"""Whether the recogniser and its data are on this computer, asked without loading them."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.errors import UserError

LANGUAGE = "eng"
PRINTED_PAGES = 60
"""So many pages of a copy that have no pictures are read from their pictures, a second each."""
NOT_INSTALLED = "Text recognition is not installed: pip install imr-desk[ocr]"
"""What is told in one line where pages are pictures and nothing can read them."""


class NotInstalled(UserError):
    """Pages are pictures, and the recogniser is not on this computer."""

    def __init__(self) -> None:
        super().__init__(
            "The pages are pictures, and text recognition is not installed.",
            "Install it (pip install imr-desk[ocr]), or type the fields beside the page.",
        )


@cache
def is_installed() -> bool:
    """Whether pictures can be read here."""
    return data_folder() is not None and all(map(find_spec, ("tesserocr", "PIL")))


@cache
def data_folder() -> Path | None:
    """The folder with the recogniser's data; None where it is not installed."""
    prefixes = dict.fromkeys((sys.prefix, getattr(sys, "_MEIPASS", sys.prefix), sys.base_prefix))
    for prefix in prefixes:
        folder = Path(prefix) / "share" / "tessdata"
        if (folder / f"{LANGUAGE}.traineddata").is_file():
            return folder
    return None
