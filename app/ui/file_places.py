"""Where a dialog for files begins: where the user chose last, at first among the documents."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog


def documents() -> Path:
    """The user's folder of documents; the home folder where there is none."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()


def first_shown() -> str:
    """The folder that a dialog for files is to show first."""
    # Qt remembers the folder that was chosen last. Before any was, it takes the one that the
    # process runs in: that is the program's, or wherever it was started from.
    last = QFileDialog().directory()
    return str(documents()) if last == QDir.current() else last.absolutePath()
