"""The table of a utilization review letter: an item a row, however its cells are broken."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from app.evidence import Place
from app.services.intake.layout import Layout, Piece, squeezed
from app.services.intake.mentions import Mention, verdict_named
from app.services.intake.ur_words import clean_title, labelled
from app.services.language.ur_verdicts import verdict_of
from app.services.parsing.rows import Row

_FARTHEST = 2.6
"""Steps: a row that stands farther below is no row of the table."""


class Column(StrEnum):
    """What the cells of a column tell."""

    NUMBER = "number"
    TREATMENT = "treatment"
    VERDICT = "verdict"
    APPROVED = "approved"
    REASON = "reason"
    MARK = "mark"
    """A column for one verdict, with a mark where it is the item's."""
    OTHER = "other"


_HEADS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"number|no|item|line|seq|ref|requestnumber|itemnumber|lineitem|row|letter|id"),
    (Column.APPROVED, r"(?:quantity|qty|amount|units|whatwas|partthatwas|treatment|services?)?(?:approved|authorized|certified|modifiedto|approvedas|allowed)(?:quantity|qty|amount|units|treatment|services?)?"),
    (Column.VERDICT, r"(?:ur|final|review|our|reviewers?)?(?:determination|decision|outcome|status|verdict|result|disposition|recommendation|finding|certification)s?(?:status)?"),
    (Column.REASON, r"comments?|reasons?|rationale|explanation|basis|guidelines?|criteria|reasonsandguidelines?|rationaleandguidelines?|notes?|reference|references"),
    (Column.TREATMENT, r"(?:requested|proposed|disputed|descriptionof|specific|nameof)*(?:treatment|service|request|requests|procedure|medication|drug|item|goods|servicegood|procedureitem|treatmentservice)s?(?:requested|underreview|description|reviewed|oritem|name)?|descriptionofrequest|description|whatwasasked|whatwasrequested"),
    (Column.OTHER, r"(?:cpt|hcpcs|icd|ndc|codes?|procedure|quantity|qty|units|amount|asked|requested|frequency|duration|body|part|region|diagnosis|valid|effective|dates?|start|end|from|to|through|dateofservice|dos|days|type|provider)+"),
)  # fmt: skip
_ALSO_MARKS = (Column.APPROVED, Column.OTHER)
_LONGEST_HEAD = 5
_LEAST_COLUMNS = 3
_NEAR = 8
"""Characters that may stand before a verdict in its cell: “No, not …”."""
_LOOKED_AT = 12
"""Rows in which a column of verdicts is looked for."""
_LEAST_PIECES = 2
"""A head has gaps between its columns; “Treatment requested and decision” is a heading."""
_MOST_UNKNOWN = 2
"""Words of a head that are not known; more of them are a sentence."""


class _Head(NamedTuple):
    column: Column
    left: float
    right: float
    verdict: str = ""


class Table(NamedTuple):
    """The rows of a table that were read, by number, and its items."""

    rows: frozenset[int]
    items: list[Mention]


def read_tables(layout: Layout) -> Table:
    """Every table that has a column of treatments and one of verdicts."""
    taken: set[int] = set()
    items: list[Mention] = []
    for row in layout.rows:
        if row.number in taken:
            continue
        heads = _heads(layout, row)
        if heads is None:
            continue
        last, heads = _with_second_row(layout, row, heads)
        heads = _with_verdicts(layout, last, heads)
        if heads is None:
            continue
        rows, found = _read(layout, last, heads, squeezed(row.text))
        rows |= {row.number, last.number} if rows else set()
        taken |= rows
        items += found
    return Table(frozenset(taken), items)


def _heads(layout: Layout, row: Row) -> list[_Head] | None:
    """The columns, where a row is a table's head; labels of a list of facts are none."""
    if len(layout.pieces(row)) < _LEAST_PIECES:
        return None
    found: list[_Head] = []
    at, unknown = row.first, 0
    starts = {piece.first for piece in layout.pieces(row)}
    while at < row.last:
        head, end = _head_at(layout, row, at)
        if head is None:
            unknown += 1
            if unknown > _MOST_UNKNOWN or layout.sheet.texts[at][-1] in ".,:;":
                return None
            part = layout.piece(row, at, at + 1)
            head, end = _Head(Column.OTHER, part.left, part.right), at + 1
        begins = at in starts or not found
        if not begins and (found[-1].column is head.column or head.column is Column.OTHER):
            found[-1] = found[-1]._replace(right=head.right)  # one head of several words
        else:
            found.append(head)
        at = end
    return _enough(found)


def _enough(found: list[_Head]) -> list[_Head] | None:
    kinds = {head.column for head in found}
    if Column.TREATMENT not in kinds:
        return None
    if Column.VERDICT in kinds:
        return found
    return _with_marks(found) or (found if len(found) >= _LEAST_COLUMNS else None)


def _with_marks(found: list[_Head]) -> list[_Head] | None:
    """The columns where each verdict has one of its own."""
    marked = [head._replace(column=Column.MARK) if head.verdict else head for head in found]
    return marked if sum(head.column is Column.MARK for head in marked) >= 2 else None


def _head_at(layout: Layout, row: Row, at: int) -> tuple[_Head | None, int]:
    texts = layout.sheet.texts
    piece = next(piece for piece in layout.pieces(row) if piece.first <= at < piece.last)
    whole = layout.piece(row, at, piece.last)
    if texts[at].endswith(":"):
        return None, at
    for end in range(min(at + _LONGEST_HEAD, piece.last), at, -1):
        words = squeezed(" ".join(texts[at:end]))
        for column, pattern in _HEADS:
            if re.fullmatch(pattern, words):
                part = layout.piece(row, at, end)
                verdict = verdict_of(part.text) if len(part.text.split()) <= 2 else None
                name = verdict.verdict if verdict and column in _ALSO_MARKS else ""
                return _Head(column, part.left, part.right, name), end
    if at == piece.first and len(whole.text.split()) <= 4 and not whole.text.endswith((".", ":")):
        verdict = verdict_of(whole.text)
        name = verdict.verdict if verdict else ""
        return _Head(Column.OTHER, whole.left, whole.right, name), piece.last
    return None, at


class _Rows(NamedTuple):
    """The rows of a table below its head: all of them by number, and the cells of each item."""

    taken: set[int]
    groups: list[list[dict[int, list[Piece]]]]
    rows_of: list[set[int]]


def _read(
    layout: Layout, head: Row, heads: list[_Head], head_words: str
) -> tuple[set[int], list[Mention]]:
    heads = _one_of_each(heads)
    rows = _rows_below(layout, head, heads, head_words)
    taken, rows_of = rows.taken, rows.rows_of
    items = [_item(layout, group, heads) for group in rows.groups]
    while items and items[-1].verdict is None:
        items.pop()  # a heading below the table that stands in its first column
        taken -= rows_of.pop()
    items = [item for item in items if item.title]
    return (taken, items) if any(item.verdict for item in items) else (set(), [])


def _rows_below(layout: Layout, head: Row, heads: list[_Head], head_words: str) -> _Rows:
    rows = _Rows({head.number}, [], [])
    above = head
    skipping = False
    for row in layout.rows[head.number + 1 :]:
        turned = row.page != above.page
        if turned:
            skipping = _repeats(layout, row, head_words) is not None
        if skipping:
            rows.taken.add(row.number)
            above = row
            skipping = squeezed(row.text) != head_words
            continue
        if not _fits(layout, row, heads) or (not turned and _lies_apart(layout, row, above)):
            break
        rows.taken.add(row.number)
        gap = 0.0 if turned else row.top - above.bottom
        _add(rows, row, _cells(layout, row, heads), heads, gap)
        above = row
    return rows


def _lies_apart(layout: Layout, row: Row, above: Row) -> bool:
    """Whether a row lies too far below the one above it to be of one table with it."""
    step = layout.sheet.step or 0.017
    return row.top - above.top > _FARTHEST * max(step, above.bottom - above.top)


def _add(
    rows: _Rows, row: Row, cells: dict[int, list[Piece]], heads: list[_Head], gap: float
) -> None:
    """A row begins an item, goes on with the one before it, or with the head."""
    if not rows.groups and _only_heads(cells, heads):
        return
    if not rows.groups or _begins(cells, heads, rows.groups[-1], gap):
        rows.groups.append([])
        rows.rows_of.append(set())
    rows.groups[-1].append(cells)
    rows.rows_of[-1].add(row.number)


def _with_second_row(layout: Layout, row: Row, heads: list[_Head]) -> tuple[Row, list[_Head]]:
    """The columns as both rows of a broken head name them: “Quantity” over “approved”."""
    below = layout.rows[row.number + 1 : row.number + 2]
    if not below or below[0].page != row.page:
        return row, heads
    cells = _cells(layout, below[0], heads)
    if not _only_heads(cells, heads):
        return row, heads
    renamed: list[_Head] = []
    for at, head in enumerate(heads):
        words = " ".join(piece.text for piece in cells.get(at, ()))
        over = _words_over(layout, row, head)
        column = _column_of(squeezed(f"{over} {words}")) if words else None
        renamed.append(head._replace(column=column or head.column))
    return below[0], renamed


def _with_verdicts(layout: Layout, head: Row, heads: list[_Head]) -> list[_Head] | None:
    """The columns with the one for verdicts, told by its cells where its head is no usual one."""
    if any(one.column in (Column.VERDICT, Column.MARK) for one in heads):
        return heads
    counts = dict.fromkeys(range(len(heads)), 0)
    for row in layout.rows[head.number + 1 : head.number + 1 + _LOOKED_AT]:
        if row.page != head.page or not _fits(layout, row, heads):
            break
        for at, pieces in _cells(layout, row, heads).items():
            found = verdict_of(" ".join(piece.text for piece in pieces))
            is_free = heads[at].column in (Column.OTHER, Column.APPROVED)
            counts[at] += is_free and found is not None and found.start <= _NEAR
    at = max(counts, key=lambda one: counts[one])
    if not counts[at]:
        return None
    return [
        one._replace(column=Column.VERDICT) if number == at else one
        for number, one in enumerate(heads)
    ]


def _words_over(layout: Layout, row: Row, head: _Head) -> str:
    sheet = layout.sheet
    return " ".join(
        sheet.texts[word]
        for word in range(row.first, row.last)
        if head.left - 0.001 <= row.sides_of(word)[0] < head.right
    )


def _column_of(words: str) -> Column | None:
    return next((column for column, pattern in _HEADS if re.fullmatch(pattern, words)), None)


def _one_of_each(heads: list[_Head]) -> list[_Head]:
    """The first column of treatments and of verdicts; “Item” before “Description” is a number."""
    seen: set[Column] = set()
    kept: list[_Head] = []
    for head in heads:
        column = head.column
        if column not in (Column.OTHER, Column.MARK) and column in seen:
            column = Column.OTHER
        seen.add(column)
        kept.append(head._replace(column=column))
    return kept


def _repeats(layout: Layout, row: Row, head_words: str) -> Row | None:
    """The head's row where it stands again among the first rows of a page."""
    near = layout.rows[row.number : row.number + 8]
    return next(
        (one for one in near if one.page == row.page and squeezed(one.text) == head_words), None
    )


def _fits(layout: Layout, row: Row, heads: list[_Head]) -> bool:
    """Whether a row may be of the table: its pieces lie within columns."""
    pieces = layout.pieces(row)
    if len(pieces) == 1:
        begin = max(
            (head for head in heads if head.left <= pieces[0].left + 0.012),
            default=None,
            key=lambda head: head.left,
        )
        after = [head.left for head in heads if begin is not None and head.left > begin.left]
        if begin is None or (after and pieces[0].right > min(after) + 0.01):
            return False
        if begin.column is Column.NUMBER:
            return bool(re.fullmatch(r"\W*\w{1,3}\W*", pieces[0].text))
        return labelled(pieces[0].text) is None or begin.column is not heads[0].column
    return not pieces[0].text.endswith(":") and pieces[0].left >= heads[0].left - 0.03


def _cells(layout: Layout, row: Row, heads: list[_Head]) -> dict[int, list[Piece]]:
    """The words of a row by column."""
    found: dict[int, list[Piece]] = {}
    for piece in layout.pieces(row):
        over = [
            at
            for at, head in enumerate(heads)
            if min(piece.right, head.right) - max(piece.left, head.left) > 0
        ]
        if len(over) == 1 and not _crosses(piece, heads, over[0]):
            found.setdefault(over[0], []).append(piece)
            continue
        first = piece.first
        owners = [_owner(row.sides_of(word)[0], heads) for word in range(piece.first, piece.last)]
        for word, (one, other) in enumerate(pairwise(owners), piece.first + 1):
            if one != other:
                found.setdefault(one, []).append(layout.piece(row, first, word))
                first = word
        found.setdefault(owners[-1], []).append(layout.piece(row, first, piece.last))
    return found


def _crosses(piece: Piece, heads: list[_Head], at: int) -> bool:
    after = [head.left for head in heads[at + 1 :]]
    return bool(after) and piece.right > after[0] + 0.004


def _owner(left: float, heads: list[_Head]) -> int:
    """The column that a word beginning there belongs to."""
    begun = [at for at, head in enumerate(heads) if head.left <= left + 0.008]
    return begun[-1] if begun else 0


def _only_heads(cells: dict[int, list[Piece]], heads: list[_Head]) -> bool:
    """Whether the row goes on with the head: “Qty” below “Approved”."""
    verdicts = [at for at in cells if heads[at].column is Column.VERDICT]
    titles = [at for at in cells if heads[at].column is Column.TREATMENT]
    words = squeezed(" ".join(piece.text for pieces in cells.values() for piece in pieces))
    return not verdicts and not titles and len(words) < 24 and not any(c.isdigit() for c in words)


def _begins(
    cells: dict[int, list[Piece]],
    heads: list[_Head],
    group: list[dict[int, list[Piece]]],
    gap: float,
) -> bool:
    """Whether a row begins another item."""
    kinds = {heads[at].column: pieces for at, pieces in cells.items()}
    had = {heads[at].column for one in group for at in one}
    if any(head.column is Column.NUMBER for head in heads):
        return Column.NUMBER in kinds and Column.NUMBER in had
    is_told = Column.MARK in kinds or (
        Column.VERDICT in kinds and _verdict(kinds[Column.VERDICT]) is not None
    )
    was_told = bool({Column.VERDICT, Column.MARK} & had)
    whole = was_told and Column.TREATMENT in had
    if is_told and Column.TREATMENT in kinds and was_told:
        return True
    return whole and Column.TREATMENT in kinds and gap > 0.0055 and (is_told or gap > 0.009)


def _verdict(pieces: list[Piece]) -> str | None:
    found = verdict_of(" ".join(piece.text for piece in pieces))
    return found.verdict if found else None


def _has(group: list[dict[int, list[Piece]]], at: int) -> bool:
    """Whether something stands in a column of an item, be it a cross or a word; not “no” or “0”."""
    words = " ".join(piece.text for cells in group for piece in cells.get(at, ()))
    return bool(words.strip(" -\u2013")) and squeezed(words) not in ("no", "0", "na", "none")


def _item(layout: Layout, group: list[dict[int, list[Piece]]], heads: list[_Head]) -> Mention:
    def pieces_of(column: Column) -> list[Piece]:
        return [
            piece
            for cells in group
            for at, pieces in cells.items()
            if heads[at].column is column
            for piece in pieces
        ]

    def text(column: Column) -> str:
        return " ".join(piece.text for piece in pieces_of(column))

    def places(column: Column) -> tuple[Place, ...]:
        return tuple(
            place for piece in pieces_of(column) for place in layout.places(piece.first, piece.last)
        )

    marked = [
        head for at, head in enumerate(heads) if head.column is Column.MARK and _has(group, at)
    ]
    told = text(Column.VERDICT) or " and ".join(head.verdict for head in marked)
    verdict = verdict_of(told) if len(marked) < 2 else None
    number = re.search(r"\d+", text(Column.NUMBER))
    approved = text(Column.APPROVED)
    if verdict is not None and not approved:
        approved = told[verdict.end :].strip(" ,;:-\u2013()").removeprefix("to ")
    return Mention(
        title=clean_title(text(Column.TREATMENT)),
        number=int(number.group()) if number else 0,
        verdict=verdict_named(verdict.verdict) if verdict else None,
        printed=told,
        approved=approved,
        reason=text(Column.REASON),
        strong=2,
        places=places(Column.TREATMENT),
        verdict_places=places(Column.MARK if marked else Column.VERDICT),
        guideline_places=places(Column.REASON),
    )
