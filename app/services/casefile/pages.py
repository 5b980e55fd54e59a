"""How the words of a page become its text: rows as the eye reads them, head and foot apart.

Records are kept as text with little else: a wide gap in a row is a tab, what stands in the margins
at the head and foot of the page is parted by form feeds, a word broken at the end of a row is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.services.casefile.values import PageText
from app.services.pdf import PdfPage, Unread, Word

HEAD, FOOT = 0.07, 0.93
"""Above and below these heights stand stamps of faxes, page numbers and the like."""
_GAP = 2.2
"""Heights of a row from which a gap between two words parts them."""
_BROKEN = re.compile(r"(?<=[a-z])[-\u2010\u00ad]\n(?=[a-z])")
_FULL = 0.6
"""A row of such a part of the longest one's length may go on in the next."""
_LABEL = re.compile(r"[A-Z][\w /'.#()-]{1,40}:")
_EDGE = "\f"


def page_text(page: PdfPage) -> PageText:
    """The text of a page that was read."""
    zones: list[list[str]] = [[], [], []]
    for row in rows_of(page.words):
        middle = sum((word.box[1] + word.box[3]) / 2 for word in row) / len(row)
        zones[0 if middle < HEAD else 2 if middle > FOOT else 1].append(_row_text(row, page))
    text = _EDGE.join("\n".join(zone) for zone in zones)
    return PageText(
        page=page.number, text=_BROKEN.sub("", text), has_text=page.unread is Unread.NOTHING
    )


def body_of(text: str) -> str:
    """A page's text without what stands at its head and foot."""
    parts = text.split(_EDGE)
    return parts[1] if len(parts) == 3 else text


def rows_in(text: str) -> list[str]:
    """The rows of a page's text that say something, head and foot with them."""
    return [row for row in text.replace(_EDGE, "\n").split("\n") if row.strip()]


def running_text(text: str) -> str:
    """Rows as sentences run on over them: a short row, a heading and a label begin something new."""
    rows = [" ".join(row.split()) for row in text.split("\n") if row.strip()]
    longest = max(map(len, rows), default=0)
    parts: list[str] = []
    before = ""
    for row in rows:
        runs_on = (
            len(before) >= _FULL * longest
            and not _LABEL.match(row)
            and not row.isupper()
            and not before.isupper()
        )
        parts += [" " if runs_on else "\n", row]
        before = row
    return "".join(parts[1:])


def rows_of(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words row by row from the top, each row from left to right."""
    row: list[Word] = []
    bottom = 0.0
    for word in sorted(words, key=_middle):
        if row and _middle(word) >= bottom:
            yield sorted(row, key=_left)
            row = []
        if not row:
            bottom = word.box[3]
        row.append(word)
    if row:
        yield sorted(row, key=_left)


def _row_text(row: Sequence[Word], page: PdfPage) -> str:
    parts: list[str] = [row[0].text]
    for before, word in pairwise(row):
        gap = (word.box[0] - before.box[2]) * page.width
        height = max((word.box[3] - word.box[1]) * page.height, 1.0)
        parts += ["\t" if gap > _GAP * height else " ", word.text]
    return "".join(parts)


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def _left(word: Word) -> float:
    return word.box[0]
