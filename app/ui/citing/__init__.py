"""Citing: the picker in a guideline field, and the window that looks after the library."""

from app.ui.citing.manager import LibraryManager
from app.ui.citing.picker import CitationPicker

__all__ = ["CitationPicker", "LibraryManager"]
