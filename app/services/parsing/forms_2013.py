"""Which of the three forms of 2013 a letter has, if any. None is confirmed by a real letter here."""

from __future__ import annotations

from app.services.parsing import early_2013, late_2013, notice_2013
from app.services.parsing.draft import Draft

_TITLE_WITHIN = 1500


def read_form_of_2013(draft: Draft) -> tuple[str, tuple[str, ...]] | None:
    """Reads a letter of 2013: its layout and the reasons; None where it is no such letter."""
    text = draft.sheet.text
    if notice_2013.TITLE.search(text, 0, _TITLE_WITHIN):
        return notice_2013.LAYOUT, notice_2013.read_notice(draft)
    if late_2013.is_late(text):
        return late_2013.LAYOUT, late_2013.read_late(draft)
    if "DISPUTE" in text and early_2013.MARK.search(text):
        return early_2013.LAYOUT, early_2013.read_early(draft)
    return None
