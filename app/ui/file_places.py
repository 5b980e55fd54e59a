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


class ExportFolder:
    """Where the dialogs that ask for a place for exported letters begin, one or many: in the folder
    of the settings; where none is set, or it is not there (a drive that is not plugged in), in the
    one that was used last, at first among the documents.
    """

    def __init__(self) -> None:
        self._set = ""
        self._last: Path | None = None

    def set(self, folder: str) -> None:
        """The folder of the settings; empty for the one that was used last."""
        self._set = folder

    def note(self, folder: Path) -> None:
        """Something was exported into this one."""
        self._last = folder

    @property
    def first(self) -> Path:
        """The folder that a dialog is to show first; it is there."""
        if self._set and Path(self._set).is_dir():
            return Path(self._set)
        return self._last if self._last is not None and self._last.is_dir() else documents()
