"""The edit journal as a table for other programs: what a spreadsheet opens without being asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from app.letter import Letter
from app.services.store import JournalEntry
from app.ui.dialogs.field_words import act_words, entry_words, field_words

HEAD = ("Number", "Time (UTC)", "By", "What", "Field", "Field key", "Before", "After")
_TAKEN_FOR_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def journal_csv(entries: Sequence[JournalEntry], letter: Letter | None = None) -> bytes:
    """UTF-8 with a mark at its beginning, one line an entry, oldest first.

    A text a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for entry in sorted(entries, key=lambda one: one.seq):
        before, after = entry_words(entry)
        field = field_words(entry.field, letter) if entry.field else ""
        cells = (entry.by, act_words(entry), field, entry.field, before, after)
        time = entry.at.isoformat(sep=" ", timespec="seconds")
        writer.writerow([entry.seq, time, *map(_safe, cells)])
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_TAKEN_FOR_FORMULAS) else cell
