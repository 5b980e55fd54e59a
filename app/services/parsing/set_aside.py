"""Tells what was set aside, and doubts the texts that it may belong to."""

from __future__ import annotations

from app.evidence import SetAside
from app.services.parsing.draft import Draft
from app.services.parsing.foreign_ink import InkSorted

_MOST_NAMED = 4
_LONGEST = 40
_JUMBLED = "Two prints lie over each other here, so the order of the words may be wrong:"


def tell_ink(draft: Draft, ink: InkSorted) -> None:
    """A note that counts what was not read, and a doubt on each text with print that may be its."""
    if ink.set_aside:
        draft.notes.append(_note(ink.set_aside))
    for row in draft.sheet.rows:
        if row.jumbled:
            for name in draft.within(row.first, row.last):
                draft.doubt(name, f"{_JUMBLED} “{_short(row.text)}”")
    for each in ink.unsure:
        for name in draft.around(each.place):
            draft.doubt(name, f"“{_short(each.text)}” is printed here, {each.why}.")


def _note(found: tuple[SetAside, ...]) -> str:
    count = len(found)
    what = "A print on the pages was" if count == 1 else f"{count} prints on the pages were"
    named = [f"“{_short(each.text)}” (page {each.place.page})" for each in found[:_MOST_NAMED]]
    more = "." if count <= _MOST_NAMED else ", …"
    return f"{what} not read as part of the letter: {', '.join(named)}{more}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
