"""Where things lie: what the program brings along, and what it keeps for its user."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from pathlib import Path

import platformdirs

from app.errors import UserError

_APP = Path(__file__).resolve().parent
PROGRAM = _APP if (_APP / "resources").is_dir() else _APP.parent
"""Where `resources`, `templates` and `docs` lie: inside the package where it was installed from a
wheel or frozen, beside it in the source tree."""
IMPORT_ROOT = _APP.parent
"""What another Python has to look through to find `app`."""
GUARDED = "--guarded-process"
"""The first argument of a frozen program that is started as a guarded process: it has no `-m`."""
RESOURCES = PROGRAM / "resources"
TEMPLATES = PROGRAM / "templates"
FONTS = RESOURCES / "fonts"
MANUAL = PROGRAM / "docs" / "manual.md"
ICON = RESOURCES / "brand" / "imr-desk.svg"
SNIPPETS = RESOURCES / "snippets" / "snippets.json"
WORDS = RESOURCES / "words"
SAMPLE = RESOURCES / "samples" / "sample-letter.pdf"
DATABASE = "imr-desk.db"
HANDED_OVER = ".imrcase"
"""How a file ends that carries a case from desk to desk."""
DATA_VARIABLE = "IMR_DESK_DATA"


def data_folder(chosen: str | None) -> Path:
    """The folder of everything kept: as chosen, else IMR_DESK_DATA, else the platform's place.

    It is made where it is not there, for its owner only. Raises UserError where it cannot be.
    """
    folder = data_place(chosen)
    otherwise = f"Choose another one with --data, or set {DATA_VARIABLE}."
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The data folder {folder} cannot be made: {error.strerror}.", otherwise
        ) from error
    effective = os.access in os.supports_effective_ids
    if not os.access(folder, os.R_OK | os.X_OK, effective_ids=effective):
        raise UserError(f"The data folder {folder} cannot be read: it is closed to you.", otherwise)
    return folder


def user_name() -> str:
    """Who uses the program, for the history: an account without a name is told by its number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # which of them depends on the version and system
        return f"user {os.getuid()}" if sys.platform != "win32" else "unknown"


def data_place(chosen: str | None) -> Path:
    """Where `data_folder` lies, whether it is there or not."""
    named = chosen or os.environ.get(DATA_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_data_path("imr-desk"))


def open_to_others(folder: Path) -> UserError | None:
    """That other users of this computer may change what lies in the folder, where they may."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if sys.platform == "win32" or not mode & (stat.S_IWGRP | stat.S_IWOTH):
        return None
    return UserError(
        f"Other users of this computer may write into the data folder (its mode is {mode:o}).",
        "Close it to them: chmod 700, as the program makes it.",
    )
