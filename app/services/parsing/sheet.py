"""The letter as one stream of words in reading order, and what text joins its rows.

Hides page geometry from the rest of the parser: where a paragraph ends, what a hyphen at a row's
end means, which rows are page headers and footers, and how a range of words becomes text and
boxes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, chain, groupby, pairwise
from statistics import median_low

from app.evidence import Box, Place
from app.services.language.sentences import TEXT_END
from app.services.parsing.broken_words import is_broken_word
from app.services.parsing.page_turns import parted_by_turn
from app.services.parsing.rows import GLUED, Row, page_rows
from app.services.parsing.running import running_rows
from app.services.parsing.spacing import PAGE_END, Spacing
from app.services.pdf import PdfText

_PARAGRAPH_GAP = 1.45
"""A step down of more than this many rows' steps parts two paragraphs."""
_ENDS = frozenset(".:;?!\"')]\u201d\u2019")
"""What a word at a sentence's end can end in."""
_HYPHENS = ("-", "\u00ad", "\u2010", "\u2011")
_ADDRESS = re.compile(r"(?:https?:|www\.|\S/\S+/)", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W\d_]+$")
_GOES_ON = re.compile(r"[^\W\d_].?|-[^\W\d_]", re.DOTALL)
"""What stands beside a stretch of letters that is no word of its own."""
_SUSPENDED = frozenset(("and", "or", "to", "und"))


class Sheet:
    """All words of a letter, in reading order. Build it with `lay_out`."""

    def __init__(self, rows: list[Row]) -> None:
        self.text = " ".join([row.text for row in rows])
        if not (self.text.isascii() and self.text.isprintable()):
            for row in rows:
                row.clean()
            rows = [row for row in rows if row.texts]
            self.text = " ".join([row.text for row in rows])
        if GLUED.search(self.text):
            for row in rows:
                row.part_glued()
            self.text = " ".join([row.text for row in rows])
        self.rows = rows
        self.texts = list(chain.from_iterable([row.texts for row in rows]))
        self.bold = list(chain.from_iterable([row.bold() for row in rows]))
        self.row_of: list[int] = []
        last = 0
        for number, row in enumerate(rows):
            row.number = number
            row.first = last
            count = len(row.texts)
            row.last = last = last + count
            self.row_of += [number] * count
        self._starts = list(accumulate([len(row.text) + 1 for row in rows], initial=0))
        self._lengths = list(accumulate(map(len, self.texts), initial=0))
        self.foot = max([row.bottom for row in rows], default=1.0)
        """How far down its fullest page is printed."""
        self.step, self.right_edge = self._measure()
        self._mark_gaps()
        self.hyphenated = self._is_hyphenated()
        self._folded: str | None = None
        self._spacing: Spacing | None = None
        self.has_bold = 0 < self.bold.count(True) < 0.6 * len(self.bold)

    def word_at(self, offset: int) -> int:
        """The word that character `offset` of `text` lies in."""
        number = bisect_right(self._starts, offset) - 1
        if number == len(self.rows):
            return len(self.texts)
        row = self.rows[number]
        return row.first + row.text.count(" ", 0, offset - self._starts[number])

    def offset_of(self, word: int) -> int:
        """Where a word begins in `text`."""
        if word > len(self.texts):
            word = len(self.texts)
        return self._lengths[word] + word

    def row_at(self, word: int) -> Row:
        return self.rows[self.row_of[word]]

    def box(self, word: int) -> Box:
        """Where a word stands on its page as shown."""
        return self.row_at(word).box_of(word, word + 1)

    def starts_row(self, word: int) -> bool:
        return word >= len(self.texts) or self.rows[self.row_of[word]].first == word

    def joined(self, first: int, last: int) -> str:
        """Words with one space between them, rows and paragraphs alike."""
        return self.text[self.offset_of(first) : max(self.offset_of(last) - 1, 0)]

    def printed(self, first: int, last: int) -> str:
        """`joined` with the spaces as they are printed, those after a label before it too.

        Holds U+2011 for a hyphen and U+00A0 for a space at which the row was not broken though it
        could have been, and ends with a form feed where the page ends there.
        """
        odds = self._spaces.odd(first, last)
        text = self._with_spacing(first, last, odds) if odds else self.joined(first, last)
        return text + PAGE_END if last > first and self._ends_page(last) else text

    @property
    def evenly_spaced(self) -> bool:
        """Whether one width of space parts the words; else a space may have been lost."""
        return self._spaces.even

    @property
    def _spaces(self) -> Spacing:
        if self._spacing is None:
            self._spacing = Spacing(self.rows, self.texts, self.right_edge)
        return self._spacing

    def _with_spacing(self, first: int, last: int, odds: list[int]) -> str:
        spacing = self._spaces
        parts: list[str] = []
        at = first
        for odd in odds:
            spaces = spacing.before.get(odd, " ")
            if odd > first:
                if first < at < odd:
                    parts.append(" ")
                parts += (self.joined(at, odd), spaces)
            elif len(spaces) > 1 and not self.starts_row(odd) and self.texts[odd - 1][-1] == ":":
                parts.append(spaces)
            parts.append(spacing.texts.get(odd, self.texts[odd]))
            at = odd + 1
        if first < at < last:
            parts.append(" ")
        parts.append(self.joined(at, last))
        return "".join(parts)

    def _ends_page(self, last: int) -> bool:
        return (
            last < len(self.texts)
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
        if first < last and self.row_of[first] == self.row_of[last - 1]:
            return self.joined(first, last), [(0, first)]
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
        if last <= first:
            return ()
        rows = self.rows[self.row_of[first] : self.row_of[last - 1] + 1]
        top, end = rows[0], rows[-1]
        if top is end:
            box = top.box if last - first == len(top.texts) else top.box_of(first, last)
            return (Place(top.page, (box,)),)
        boxes = [row.box for row in rows]
        if first > top.first:
            boxes[0] = top.box_of(first, top.last)
        if last < end.last:
            boxes[-1] = end.box_of(end.first, last)
        if top.page == end.page:
            return (Place(top.page, tuple(boxes)),)
        pages = groupby(zip(rows, boxes, strict=True), key=lambda printed: printed[0].page)
        return tuple(Place(page, tuple(box for _, box in printed)) for page, printed in pages)

    def breaks_before(self, word: int) -> bool:
        """Whether a paragraph begins with this word."""
        if word <= 0 or word >= len(self.texts):
            return True
        row = self.rows[self.row_of[word]]
        return row.first == word and self._parts(self.rows[row.number - 1], row)

    def forced_before(self, word: int) -> bool:
        """Whether the row of this word was begun although the word had room on the row above."""
        if word <= 0 or word >= len(self.texts):
            return True
        row = self.rows[self.row_of[word]]
        return row.first == word and (row.gap or self._had_room(self.rows[row.number - 1], row))

    def _parts(self, above: Row, row: Row) -> bool:
        if row.gap:
            return True
        before = self.texts[above.last - 1]
        if before[-1] not in _ENDS:
            return False
        return bool(TEXT_END.search(before)) and self._had_room(above, row)

    def _had_room(self, above: Row, row: Row) -> bool:
        left, right = row.sides_of(row.first)
        width = right - left
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
        if len(first) < 2 or self._writes(f"{first}-{second}".lower()):
            return before
        if self.hyphenated or is_broken_word(first.lower(), second):
            return before[:-1]
        return before

    def _writes(self, word: str) -> bool:
        """Whether the letter writes a word elsewhere: that decides about a broken one."""
        if self._folded is None:
            self._folded = self.text.lower()
        text = self._folded
        at = text.find(word)
        while at >= 0:
            before, after = text[:at][-2:], text[at + len(word) :][:2]
            if not _GOES_ON.fullmatch(before[::-1]) and not _GOES_ON.fullmatch(after):
                return True
            at = text.find(word, at + 1)
        return False

    def _measure(self) -> tuple[float, float]:
        """The usual step from row to row, and the right edge of the text."""
        steps = [
            row.top - above.top
            for above, row in zip(self.rows, self.rows[1:], strict=False)
            if row.page == above.page and row.top > above.top
        ]
        heights = [row.bottom - row.top for row in self.rows]
        # Not the median: letters of many short texts have more white space than rows side by side.
        step = (
            sorted(steps)[len(steps) // 4] if steps else (median_low(heights) if heights else 0.0)
        )
        full = [row.right for row in self.rows if row.last - row.first >= 5]
        return step, max(full, default=1.0)

    def _mark_gaps(self) -> None:
        for above, row in zip(self.rows, self.rows[1:], strict=False):
            row.gap = row.page == above.page and row.top - above.top > _PARAGRAPH_GAP * self.step
        for row in parted_by_turn(self.rows, self.step):
            row.gap = True
        if self.rows:
            self.rows[0].gap = True

    def _is_hyphenated(self) -> bool:
        """Whether the letter was broken by a machine: then a hyphen at a row's end is none."""
        broken = sum(
            1
            for row, below in pairwise(self.rows)
            if row.texts[-1][-1] in _HYPHENS
            and row.texts[-1][-2:-1].isalpha()
            and below.texts[0][0].islower()
        )
        return broken >= 4 and broken * 16 > len(self.rows)


def lay_out(text: PdfText) -> Sheet:
    """All pages' words in reading order, without running headers and footers."""
    rows: list[Row] = []
    for page in text.pages:
        rows += page_rows(page)
    running = running_rows(rows) if len(text.pages) > 1 else frozenset[int]()
    if running:
        rows = [row for number, row in enumerate(rows) if number not in running]
    return Sheet(rows)
