"""What a page says that it is: title lines, with the vocabulary of documents as data.

A title is a line that is little else than the title. A form's box (“[ ] Request for authorization”),
a sentence and a running foot are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from app.paths import RESOURCES
from app.services.casefile.values import DocumentKind

_TABLE = RESOURCES / "casefile" / "kinds.json"
TOP_ROWS = 18
"""Rows from the top among which a document's title stands."""
_BOX = re.compile(r"\[\s*[xX✓✔]?\s*\]|[☐☑☒□■▢]|\(\s*[xX]?\s*\)\s")
_WORD = re.compile(r"[a-z0-9&]+(?:['’][a-z]+)?")
_SMALL = frozenset(
    ("of", "the", "a", "an", "for", "and", "with", "without", "to", "in", "on", "by", "form", "dwc",
     "no", "re", "w", "o", "wo")
)  # fmt: skip
_DESCRIBING = frozenset(
    ("left", "right", "bilateral", "lumbar", "cervical", "thoracic", "spine", "lumbosacral",
     "knee", "shoulder", "wrist", "hand", "hip", "ankle", "foot", "elbow", "upper", "lower",
     "extremity", "extremities", "brain", "head", "pelvis", "contrast", "initial", "final",
     "supplemental", "medical", "report", "note", "notes", "record", "records", "summary",
     "detailed", "comprehensive", "pain", "management", "orthopedic", "orthopaedic", "primary",
     "secondary", "treating", "physician", "physician's", "results", "views", "view", "permanent",
     "agreed", "panel", "medicine", "department", "continued", "page")
)  # fmt: skip
_LEAST_SHARE = 0.5
_NOT_A_TITLE = re.compile(
    r"^(?:attach|see|please|if|when|this|the following|we|i|he|she|dear|cc|enclosed|per|in|on|at|"
    r"was|were|is|are|has|had|received|reviewed|date|your|you|to)\b",
    re.I,
)
_CONTINUED = re.compile(r"\bcontinued\b|\bcont(?:'d|\.)", re.I)


class KindRow(msgspec.Struct, frozen=True):
    """One kind of document: its titles, and how other documents mention it."""

    kind: DocumentKind
    name: str
    mention: tuple[str, ...]
    titles: tuple[str, ...]


class Title(NamedTuple):
    """A title line: what it names, which row it is, how much of the row it takes."""

    kind: DocumentKind
    name: str
    row: int
    text: str
    score: float
    is_continued: bool = False


@cache
def kinds() -> tuple[KindRow, ...]:
    """The vocabulary of documents."""
    return msgspec.json.decode(_TABLE.read_bytes(), type=tuple[KindRow, ...])


def title_of(rows: Sequence[str]) -> Title | None:
    """The best title among the first rows of a page; of equals the first."""
    best: Title | None = None
    for at, row in enumerate(rows[:TOP_ROWS]):
        for part in row.split("\t"):
            found = _title_in(part, at)
            if found is not None and (best is None or found.score > best.score):
                best = found
    return best


@cache
def _titles() -> dict[str, tuple[tuple[tuple[str, ...], KindRow], ...]]:
    """By a title's first word all titles that begin so, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], KindRow]]] = {}
    for row in kinds():
        for title in row.titles:
            words = tuple(_words(title))
            table.setdefault(words[0], []).append((words, row))
    return {
        first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in table.items()
    }


def _title_in(row: str, at: int) -> Title | None:
    row = row.strip()
    if not row or len(row) > 120 or _BOX.search(row) or _NOT_A_TITLE.match(row):
        return None
    words = _words(row)
    telling = [word for word in words if word not in _SMALL and not word.isdigit()]
    if not telling or len(telling) > 14:
        return None
    for start in range(len(words)):
        for title, kind in _titles().get(words[start], ()):
            if tuple(words[start : start + len(title)]) != title:
                continue
            around = telling_count(words[:start]) + telling_count(words[start + len(title) :])
            own = max(1, telling_count(title))
            share = own / (own + around)
            if share < _LEAST_SHARE or (row.endswith((".", ",")) and not row.isupper()):
                continue
            # A title in capitals, high on the page and in many words is the surest.
            score = (
                share
                + 0.25 * row.isupper()
                - 0.3 * (own == 1 and not row.isupper())
                + 0.06 * min(own, 5)
                - 0.012 * at
            )
            return Title(kind.kind, kind.name, at, row, score, bool(_CONTINUED.search(row)))
    return None


def telling_count(words: Sequence[str]) -> int:
    """How many of some words say what else the line is about."""
    return sum(
        word not in _SMALL and word not in _DESCRIBING and not word.isdigit() for word in words
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))
