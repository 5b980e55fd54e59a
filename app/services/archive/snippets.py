"""Which words of an item are shown for a question, and which of them are lit."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.archive.tables import TEXTS

OPEN, CLOSE = "\x02", "\x03"
"""What the index puts around each word it found."""
ROOM = 180
"""Characters that are shown of a text."""
_FIRST = ("rationale", "summary", "guideline", "ur_guideline", "request", "title")
"""Which text is shown where several have the words: the title is shown besides."""

Places = tuple[tuple[int, int], ...]


def without_marks(marked: str) -> tuple[str, Places]:
    """The text, and the places of what was marked in it."""
    places: list[tuple[int, int]] = []
    parts = marked.split(OPEN)
    text = parts[0]
    for part in parts[1:]:
        word, _, rest = part.partition(CLOSE)
        places.append((len(text), len(text) + len(word)))
        text += word + rest
    return text, tuple(places)


def best_column(marked: Sequence[str]) -> str:
    """The text in which most different words were found."""
    counted = dict(zip(TEXTS, map(_different, marked), strict=True))
    return max(_FIRST, key=lambda column: counted[column])


def _different(marked: str) -> int:
    if OPEN not in marked:
        return 0
    return len({part.partition(CLOSE)[0].casefold() for part in marked.split(OPEN)[1:]})


def cut_out(text: str, places: Places) -> tuple[str, Places, Places]:
    """The part of a text where most of the words stand, in one line, with their places in it, and
    with the same places in the text."""
    start = _start(places)
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = min(len(text), start + ROOM)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + ROOM // 2)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = tuple(place for place in places if start <= place[0] and place[1] <= end)
    shown = before + text[start:end].replace("\n", " ") + after
    return shown, tuple((a + shift, b + shift) for a, b in inside), inside


def _start(places: Places) -> int:
    """Where the stretch with most of the words begins, with some of what stands before it."""
    best, most = 0, 0
    for number, (start, _) in enumerate(places):
        inside = sum(other < start + ROOM - 40 for other, _ in places[number : number + 12])
        if inside > most:
            best, most = start, inside
    return best - 40 if best > 60 else 0
