"""The disputed items of the application: numbered lines, a block of text, sheets added behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from app.services.intake.layout import Layout
from app.services.intake.values import ItemLine
from app.services.language.terms import DRUG, TREATMENT, group_of, meet
from app.services.language.texts import read_text
from app.services.parsing.rows import Row

_BEGINS = re.compile(
    r"(?:list|enter|identify|describe|name|state)\b.{0,60}(?:services?|goods|items?|treatments?)"
    r"|(?:services?|goods|items?|treatments?)\b.{0,60}\b(?:were|are|was)\s+(?:denied|modified|disputed|delayed)"
    r"|^(?:specific\s+)?(?:disputed\s+)?(?:treatments?|services?|items?)\s+(?:in\s+dispute|denied\s+or\s+modified)\s*:?$",
    re.I,
)
_GOES_ON = re.compile(
    r"additional\s+(?:page|sheet)s?|space\s+(?:below|above|provided)|insufficient|attach\s+(?:a|an|more)|line\s+of\s+its\s+own|denied\s+or\s+modified\s+in",
    re.I,
)
_ENDS = re.compile(
    r"consent\s*to|signature|request\s+for\s+review|^\s*I\s+(?:request|hereby|certify|declare|authorize)\b|DWC\s+Form|release\s+of|also\s+(?:being\s+)?disputed|authorized\s+representative|^\(?[de]\)\s",
    re.I,
)
_NUMBER = re.compile(r"\(?(?:#|no\.?\s?)?(\d{1,2})[.):]?|\(?(\d{1,2})[.):](?=\S)", re.I)
_NAMED = re.compile(r"(?:item|line|treatment|no|service)\.?", re.I)
"""Before the number of a line."""
_REFERS = re.compile(
    r"\b(?:see|per|as\s+(?:per|listed|stated)|refer\s+to|listed)\b.{0,40}\b(?:attach\w*|UR|utilization|determination|denial|letter|decision|enclosed|RFA|report)\b|^\W*attached\W*$",
    re.I,
)
_EXTRA = re.compile(
    r"additional\s+(?:page|sheet)|continu\w+|attachment|addendum|supplement\w*\s+(?:page|sheet)",
    re.I,
)
_OF_ITEMS = re.compile(r"treatment|disput|item|service|independent\s+medical", re.I)
_AND = re.compile(r"\s+(?:and|&|\+)\s+", re.I)
_NOTHING = re.compile(r"[\W_]*(?:n/?a|none)?[\W_]*", re.I)
_ROWS_OF_HEAD = 4


def read_lines(
    layout: Layout, pages: Sequence[int]
) -> tuple[tuple[ItemLine, ...], tuple[str, ...]]:
    """The items of a copy of the form, and remarks on its list."""
    lines = [*_of_form(layout, pages[0]), *_of_sheets(layout, pages[1:])]
    items: list[ItemLine] = []
    notes: list[str] = []
    for line in lines:
        if _NOTHING.fullmatch(line.title):
            continue
        if _REFERS.search(line.title) and not _names_something(line.title):
            notes.append(f"The application lists no item: it says “{line.title}”.")
            continue
        items += _parted(line)
    if not items and not notes:
        notes.append("No item stands in the application's list.")
    return tuple(items), tuple(notes)


def _of_form(layout: Layout, page: int) -> Iterator[ItemLine]:
    rows = [row for row in layout.rows if row.page == page]
    begin = _begin(rows)
    if begin is None:
        return
    inside: list[Row] = []
    for row in rows[begin:]:
        if _ENDS.search(row.text):
            break
        inside.append(row)
    yield from _lines(layout, inside)


def _begin(rows: list[Row]) -> int | None:
    """The first row behind the words that ask for the list."""
    found: int | None = None
    for at, row in enumerate(rows):
        if _BEGINS.search(row.text) and not (_ENDS.search(row.text) and found is not None):
            found = at + 1
            while found < len(rows) and _GOES_ON.search(rows[found].text):
                found += 1
            # The form's own list is the last words that ask for one before the consent.
    return found


def _of_sheets(layout: Layout, pages: Sequence[int]) -> Iterator[ItemLine]:
    for page in pages:
        rows = [row for row in layout.rows if row.page == page]
        head = " ".join(row.text for row in rows[:_ROWS_OF_HEAD])
        if _EXTRA.search(head) and _OF_ITEMS.search(head):
            numbered = next(
                (at for at, row in enumerate(rows) if _number(row.texts) is not None), len(rows)
            )
            yield from _lines(layout, rows[numbered:])


def _lines(layout: Layout, rows: list[Row]) -> Iterator[ItemLine]:
    """One item for each number; where there are no numbers, for each row."""
    numbered = sum(_is_numbered(row.texts) for row in rows) >= min(2, len(rows))
    held: list[tuple[int, int]] = []
    edge = 0.0
    for row in rows:
        for first, last, begins in _stretches(layout, row):
            goes_on = (
                bool(held)
                and not begins
                and (numbered or _continues(layout, held, first))
                and row.sides_of(first)[0] >= edge - 0.01
            )
            if not goes_on and held:
                yield _item(layout, held)
                held = []
            if first < last:
                held.append((first, last))
                if not goes_on:
                    edge = row.sides_of(first)[0]
    if held:
        yield _item(layout, held)


def _stretches(layout: Layout, row: Row) -> Iterator[tuple[int, int, bool]]:
    """The parts of a row, each with whether a number begins it; the number itself is left out."""
    begin, begins = row.first, False
    for piece in layout.pieces(row):
        if _number(layout.sheet.texts[piece.first : piece.first + 1]) is None:
            continue
        if piece.first > begin:
            yield begin, piece.first, begins
        begin, begins = piece.first + 1, True
    if begin == row.first:
        named = 1 if len(row.texts) > 1 and _NAMED.fullmatch(row.texts[0]) else 0
        if _number(row.texts[named:]) is not None:
            begin, begins = row.first + named + 1, True
    yield begin, row.last, begins


def _number(texts: Sequence[str]) -> int | None:
    match = _NUMBER.fullmatch(texts[0]) if texts else None
    return int(match[1] or match[2]) if match and texts[0][-1] in ".):" else None


def _is_numbered(texts: Sequence[str]) -> bool:
    named = 1 if len(texts) > 1 and _NAMED.fullmatch(texts[0]) else 0
    return _number(texts[named:]) is not None


def _continues(layout: Layout, held: list[tuple[int, int]], first: int) -> bool:
    """Whether a row without a number goes on with the line above, which was full."""
    text = layout.sheet.texts[first]
    last = layout.sheet.row_at(held[-1][1] - 1)
    return text[0].islower() and last.right > 0.8


def _item(layout: Layout, held: list[tuple[int, int]]) -> ItemLine:
    title = " ".join(layout.sheet.joined(first, last) for first, last in held)
    places = tuple(place for first, last in held for place in layout.places(first, last))
    return ItemLine(title=title.strip(" ;,"), places=places)


def _names_something(text: str) -> bool:
    read = read_text(text)
    return bool(read.named(DRUG) or read.named(TREATMENT))


def _parted(line: ItemLine) -> list[ItemLine]:
    """The items of a line that names several: parted at semicolons, and at an “and” between two."""
    parts = [part.strip(" .,") for part in line.title.split(";") if part.strip(" .,")]
    parts = [piece for part in parts for piece in _at_and(part)]
    if len(parts) < 2:
        return [line]
    words = f"One line of the application names {len(parts)} items: “{line.title}”."
    return [ItemLine(title=part, places=line.places, doubt=words) for part in parts]


def _are_of_two_sorts(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the treatments have nothing in common: discectomy and fusion are one operation."""
    sorts = [{group_of(name) for name in names} for names in (one, other)]
    return not meet(one, other) and not sorts[0] & sorts[1]


def _at_and(text: str) -> list[str]:
    for match in _AND.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        named = [
            (read.named(DRUG), read.named(TREATMENT))
            for read in (read_text(left), read_text(right))
        ]
        (drugs, treatments), (more_drugs, more) = named
        if (drugs and more_drugs and not meet(drugs, more_drugs)) or (
            treatments
            and more
            and not drugs
            and not more_drugs
            and _are_of_two_sorts(treatments, more)
        ):
            return [left.strip(" ,"), *_at_and(right.strip(" ,"))]
    return [text]
