"""Taking parts out of a letter's PDF: marking them on the page, writing the copy, its proof."""

from app.ui.redaction.flow import RedactionFlow
from app.ui.redaction.marks import Marks

__all__ = ["Marks", "RedactionFlow"]
