"""Citing: the picker in a guideline field, and the window that looks after the library.

The library's window is in `manager`, which is loaded when it is first asked for.
"""

from app.ui.citing.picker import CitationPicker

__all__ = ["CitationPicker"]
