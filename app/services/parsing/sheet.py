"""The letter as one stream of words in reading order: what a row is, and what text joins it.

Hides page geometry from the rest of the parser: which words share a row, where a paragraph ends,
what a hyphen at a row's end means, which rows are page headers and footers, and how a range of
words becomes text and boxes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, compress, pairwise
from operator import attrgetter, ne, sub
from statistics import median_low

from app.evidence import Box, Place
from app.services.parsing.running import running_rows
from app.services.parsing.spacing import PAGE_END, Spacing
from app.services.pdf import PdfPage, PdfText, Word

_PARAGRAPH_GAP = 1.45
"""A step down of more than this many rows' steps parts two paragraphs."""
_SENTENCE_END = re.compile("[.:;?!][\"')\\]\u201d\u2019]*$")
_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202f\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]"
)
_HYPHENS = ("-", "\u00ad", "\u2010", "\u2011")
_ADDRESS = re.compile(r"(?:https?:|www\.|\S/\S+/)", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W\d_]+$")
_LINE = attrgetter("line")
_BOLD = attrgetter("bold")
_BOX = attrgetter("box")
_SUSPENDED = frozenset(("and", "or", "to", "und"))


class Row:
    """One printed row: words `first` to `last` (not included) of the sheet.

    `box` is its place on the page as shown; `top` and `bottom`, `left` and `right` are the same
    turned upright. `gap` says whether white space parts it from the row above, `spaces` is the
    white space between its words from left to right, as a share of the page.
    """

    __slots__ = (
        "bottom",
        "box",
        "first",
        "gap",
        "last",
        "left",
        "number",
        "page",
        "right",
        "spaces",
        "text",
        "texts",
        "top",
        "words",
    )

    def __init__(
        self,
        page: int,
        box: Box,
        upright: Box,
        words: Sequence[Word],
        texts: list[str],
        spaces: list[float],
    ) -> None:
        self.page = page
        self.box = box
        self.left, self.top, self.right, self.bottom = upright
        self.first = self.last = self.number = 0
        self.words = words
        self.texts = texts
        self.spaces = spaces
        self.text = " ".join(texts)
        self.gap = False

    def clean(self) -> None:
        """Drops what prints nothing."""
        if self.text.isascii() and self.text.isprintable():
            return
        cleaned = [(word, _clean(word.text)) for word in self.words]
        self.words = [word for word, text in cleaned if text]
        self.texts = [text for _, text in cleaned if text]
        self.spaces = _spaces_between(self.words)
        self.text = " ".join(self.texts)


class Sheet:
    """All words of a letter, in reading order. Build it with `lay_out`."""

    def __init__(self, rows: list[Row]) -> None:
        self.text = " ".join([row.text for row in rows])
        if not (self.text.isascii() and self.text.isprintable()):
            for row in rows:
                row.clean()
            rows = [row for row in rows if row.words]
            self.text = " ".join([row.text for row in rows])
        self.rows = rows
        self.words: list[Word] = []
        self.texts: list[str] = []
        self.row_of: list[int] = []
        last = 0
        for number, row in enumerate(rows):
            row.number = number
            row.first = last
            self.words += row.words
            self.texts += row.texts
            count = len(row.words)
            row.last = last = last + count
            self.row_of += [number] * count
        lengths = [len(text) + 1 for text in self.texts]
        self._starts = list(accumulate(lengths, initial=0))[:-1]
        self.step, self.right_edge = self._measure()
        self._mark_gaps()
        self.hyphenated = self._is_hyphenated()
        self._vocabulary: frozenset[str] | None = None
        self._spacing: Spacing | None = None
        bold = sum(map(_BOLD, self.words))
        self.has_bold = 0 < bold < 0.6 * len(self.words)

    def word_at(self, offset: int) -> int:
        """The word that character `offset` of `text` lies in."""
        return bisect_right(self._starts, offset) - 1

    def offset_of(self, word: int) -> int:
        """Where a word begins in `text`."""
        return self._starts[word] if word < len(self._starts) else len(self.text) + 1

    def row_at(self, word: int) -> Row:
        return self.rows[self.row_of[word]]

    def starts_row(self, word: int) -> bool:
        return word >= len(self.words) or self.rows[self.row_of[word]].first == word

    def joined(self, first: int, last: int) -> str:
        """Words with one space between them, rows and paragraphs alike."""
        return self.text[self.offset_of(first) : max(self.offset_of(last) - 1, 0)]

    def printed(self, first: int, last: int) -> str:
        """`joined` with the spaces as they are printed, those after a label before it too.

        Holds U+2011 for a hyphen and U+00A0 for a space at which the row was not broken though it
        could have been, and ends with a form feed where the page ends there.
        """
        if self._spacing is None:
            self._spacing = Spacing(self.rows, self.words, self.texts, self.right_edge)
        odds = self._spacing.odd(first, last)
        text = self._with_spacing(first, last, odds) if odds else self.joined(first, last)
        return text + PAGE_END if last > first and self._ends_page(last) else text

    def _with_spacing(self, first: int, last: int, odds: list[int]) -> str:
        assert self._spacing is not None
        parts: list[str] = []
        at = first
        for odd in odds:
            spaces = self._spacing.before.get(odd, " ")
            if odd > first:
                if first < at < odd:
                    parts.append(" ")
                parts += (self.joined(at, odd), spaces)
            elif len(spaces) > 1 and not self.starts_row(odd) and self.texts[odd - 1][-1] == ":":
                parts.append(spaces)
            parts.append(self._spacing.texts.get(odd, self.texts[odd]))
            at = odd + 1
        if first < at < last:
            parts.append(" ")
        parts.append(self.joined(at, last))
        return "".join(parts)

    def _ends_page(self, last: int) -> bool:
        return (
            last < len(self.words)
            and self.starts_row(last)
            and self.row_at(last).page != self.row_at(last - 1).page
        )

    def prose(self, first: int, last: int) -> str:
        """The text of a range: one space between words, one newline between paragraphs."""
        return self.prose_with_starts(first, last)[0]

    def line(self, first: int, last: int) -> str:
        """The text of a range that is one line in essence: paragraphs are not told apart."""
        return self.prose(first, last).replace("\n", " ")

    def prose_with_starts(self, first: int, last: int) -> tuple[str, list[tuple[int, int]]]:
        """`prose`, and at which offset which word begins each row: pairs (offset, word)."""
        parts: list[str] = []
        starts: list[tuple[int, int]] = []
        length = 0
        at = first
        while at < last:
            row = self.rows[self.row_of[at]]
            end = min(row.last, last)
            whole = at == row.first and end == row.last
            text = row.text if whole else " ".join(self.texts[at:end])
            starts.append((length, at))
            parts.append(text)
            length += len(text)
            if end < last:
                length += self._join(parts, self.rows[row.number + 1], end)
            at = end
        return "".join(parts), starts

    def places(self, first: int, last: int) -> tuple[Place, ...]:
        """Where a range is printed: one box a row, one place a page."""
        places: list[Place] = []
        boxes: list[Box] = []
        page = 0
        at = first
        while at < last:
            row = self.rows[self.row_of[at]]
            end = min(row.last, last)
            if row.page != page and boxes:
                places.append(Place(page, tuple(boxes)))
                boxes = []
            page = row.page
            whole = at == row.first and end == row.last
            boxes.append(row.box if whole else _union(self.words[at:end]))
            at = end
        if boxes:
            places.append(Place(page, tuple(boxes)))
        return tuple(places)

    def breaks_before(self, word: int) -> bool:
        """Whether a paragraph begins with this word."""
        if word <= 0 or word >= len(self.words):
            return True
        row = self.rows[self.row_of[word]]
        return row.first == word and self._parts(self.rows[row.number - 1], row)

    def forced_before(self, word: int) -> bool:
        """Whether the row of this word was begun although the word had room on the row above."""
        if word <= 0 or word >= len(self.words):
            return True
        row = self.rows[self.row_of[word]]
        return row.first == word and (row.gap or self._had_room(self.rows[row.number - 1], row))

    def _parts(self, above: Row, row: Row) -> bool:
        if row.gap:
            return True
        return bool(_SENTENCE_END.search(self.texts[above.last - 1])) and self._had_room(above, row)

    def _had_room(self, above: Row, row: Row) -> bool:
        box = self.words[row.first].box
        width = box[2] - box[0]
        per_letter = width / max(len(self.texts[row.first]), 1)
        return above.right + width + 3 * per_letter < self.right_edge

    def _join(self, parts: list[str], row: Row, word: int) -> int:
        """Adds what stands between the rows; gives by how much the text grew."""
        before = self.texts[word - 1]
        if before[-1] in _HYPHENS and len(before) > 1:
            kept = self._over_hyphen(before, self.texts[word])
            if kept is not None:
                cut = len(before) - len(kept)
                if cut:
                    parts[-1] = parts[-1][:-cut]
                return -cut
        parts.append("\n" if self._parts(self.rows[row.number - 1], row) else " ")
        return 1

    def _over_hyphen(self, before: str, after: str) -> str | None:
        """The word before a row's end as it is joined to the one after, or None for a space."""
        if before[-1] == "\u00ad":
            return before[:-1]
        if _ADDRESS.search(before):
            return before
        if not after[0].isalnum() or not before[-2].isalnum() or after in _SUSPENDED:
            return None
        first = re.split(r"[^\w']", before[:-1])[-1]
        match = re.match(r"[\w']+", after)
        second = match.group() if match else ""
        if not (_PLAIN.match(first) and _PLAIN.match(second)) or not second.islower():
            return before
        if not self.hyphenated or len(first) < 2 or f"{first}-{second}".lower() in self._known():
            return before
        return before[:-1]

    def _known(self) -> frozenset[str]:
        """The letter's own words: what it writes elsewhere decides about a broken word."""
        if self._vocabulary is None:
            words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", self.text.lower())
            self._vocabulary = frozenset(words)
        return self._vocabulary

    def _measure(self) -> tuple[float, float]:
        """The usual step from row to row, and the right edge of the text."""
        steps = [
            row.top - above.top
            for above, row in zip(self.rows, self.rows[1:], strict=False)
            if row.page == above.page and row.top > above.top
        ]
        heights = [row.bottom - row.top for row in self.rows]
        step = median_low(steps) if steps else (median_low(heights) if heights else 0.0)
        full = [row.right for row in self.rows if row.last - row.first >= 5]
        return step, max(full, default=1.0)

    def _mark_gaps(self) -> None:
        for above, row in zip(self.rows, self.rows[1:], strict=False):
            row.gap = row.page == above.page and row.top - above.top > _PARAGRAPH_GAP * self.step
        if self.rows:
            self.rows[0].gap = True

    def _is_hyphenated(self) -> bool:
        """Whether the letter was broken by a machine: then a hyphen at a row's end is none."""
        broken = sum(1 for row in self.rows if self.texts[row.last - 1][-1] in _HYPHENS)
        return broken >= 4 and broken * 16 > len(self.rows)


def lay_out(text: PdfText) -> Sheet:
    """All pages' words in reading order, without running headers and footers."""
    rows: list[Row] = []
    for page in text.pages:
        rows += _page_rows(page)
    running = running_rows(rows) if len(text.pages) > 1 else frozenset[int]()
    if running:
        rows = [row for number, row in enumerate(rows) if number not in running]
    return Sheet(rows)


def _page_rows(page: PdfPage) -> list[Row]:
    """The rows of one page, top down; words of a row from left to right."""
    words = page.words
    if not words:
        return []
    # Columns of the page, not words of a line: most of a letter's time is spent here.
    texts = [word.text for word in words]
    lefts, tops, rights, bottoms = zip(*[word.box for word in words], strict=True)
    spaces = list(map(sub, lefts[1:], rights))
    lines = list(map(_LINE, words))
    starts = compress(range(1, len(lines)), map(ne, lines, lines[1:]))
    found: list[Row] = []
    number, turned = page.number, page.turned
    first = 0
    for end in (*starts, len(words)):
        inside = spaces[first : end - 1]
        if not inside:
            box = words[first].box
        elif min(inside) >= 0:  # from left to right, as nearly all
            box = (lefts[first], min(tops[first:end]), rights[end - 1], max(bottoms[first:end]))
        else:
            box = _union(words[first:end])
        upright = _upright(box, turned) if turned else box
        found.append(Row(number, box, upright, words[first:end], texts[first:end], inside))
        first = end
    found.sort(key=_height)
    rows: list[Row] = []
    for row in found:
        if rows and _same_row(rows[-1], row):
            row = _side_by_side(rows.pop(), row, page)
        rows.append(row)
    return rows


def _height(row: Row) -> float:
    return row.top + row.bottom


def _side_by_side(one: Row, other: Row, page: PdfPage) -> Row:
    """One row of the words of two."""
    words = [*one.words, *other.words]
    turned = page.turned
    words.sort(key=(lambda word: _upright(word.box, turned)[0]) if turned else _left)
    box = _union(words)
    texts = [word.text for word in words]
    return Row(page.number, box, _upright(box, turned), words, texts, _spaces_between(words))


def _left(word: Word) -> float:
    return word.box[0]


def _spaces_between(words: Sequence[Word]) -> list[float]:
    return [after.box[0] - word.box[2] for word, after in pairwise(words)]


def _same_row(above: Row, row: Row) -> bool:
    """Whether two of the engine's lines stand side by side: table cells, or words far apart."""
    if row.top >= above.bottom:
        return False
    shared = min(above.bottom, row.bottom) - max(above.top, row.top)
    return shared > 0.55 * min(above.bottom - above.top, row.bottom - row.top)


def _upright(box: Box, turned: int) -> Box:
    """The box as seen with the text upright."""
    x0, y0, x1, y1 = box
    if turned == 90:
        return (y0, 1 - x1, y1, 1 - x0)
    if turned == 180:
        return (1 - x1, 1 - y1, 1 - x0, 1 - y0)
    if turned == 270:
        return (1 - y1, x0, 1 - y0, x1)
    return box


def _union(words: Sequence[Word]) -> Box:
    if len(words) == 1:
        return words[0].box
    boxes = map(_BOX, words)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _clean(text: str) -> str:
    """A word without what prints nothing: control characters and direction marks."""
    return "".join(_ODD.sub("", text).split())
