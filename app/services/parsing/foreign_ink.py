"""Which print on a page is not the letter's: stamps, notes, numbers, watermarks, hidden text.

One place decides, from how and where words are printed: turned, hidden or added as an annotation
is never the letter's. Otherwise two signs must meet, and one of them is usually the place: out of
the order of the page, over other words, off their rows, in the margin, apart on a row. The other is
a font, size or colour that the letter does not use. What the form itself prints is never set aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

import msgspec
from msgspec.structs import replace

from app.evidence import Box, Place, SetAside
from app.services.parsing.ink_runs import (
    APART,
    OUTSIDE,
    Rows,
    Run,
    column_of,
    differ,
    in_order,
    main_value,
    runs_of,
    under_boxes,
    with_wrapped,
)
from app.services.parsing.running import PAGE_NUMBER
from app.services.pdf import Look, PdfPage, PdfText

_TURNED = 2.0
"""Degrees away from the page's own rows."""
_ACROSS = 45.0
"""Degrees: what runs so far away from the page's own way does not say how askew it is."""
_SMALLER, _LARGER, _BIG = 0.86, 1.16, 1.45
"""Of the letter's own size: what is another size, and what is surely another."""
_SIZES, _UNEVEN = 6, (0.6, 1.45)
"""More sizes than a letter is set in: a recogniser fitted each word to its place; and what is another
size among those."""
_TINY = 0.4
"""Of the letter's own size: nobody prints a label so small to be read."""
_INLINE_GAP = 4.5
"""Points: words that follow each other so closely are one text, whatever they look like."""
_DIGITS = re.compile(r"\d+")
_MOST_SHOWN = 2000


class InkSorted(msgspec.Struct, frozen=True):
    """The text without foreign ink; what was set aside; what stayed though it may be foreign."""

    text: PdfText
    set_aside: tuple[SetAside, ...] = ()
    unsure: tuple[SetAside, ...] = ()


def sort_ink(text: PdfText) -> InkSorted:
    """The words that belong to the letter, and the others with the reason."""
    if not any(page.look_of for page in text.pages):
        return InkSorted(text)
    families = _own_families(text)
    pages: list[PdfPage] = []
    aside: list[SetAside] = []
    unsure: list[SetAside] = []
    every = [
        _Sorter(page, families).sort() if page.look_of and not page.unread else []
        for page in text.pages
    ]
    _set_aside_again(every)
    for page, runs in zip(text.pages, every, strict=True):
        gone = [run for run in runs if run.why and not run.why.startswith(_STAYS)]
        pages.append(_without(page, gone))
        aside += _told(page, [run for run in gone if run.why != _COVERED and not _is_number(run)])
        unsure += _told(
            page, [run for run in runs if run.why.startswith((_STAYS, _PERHAPS, _UNDER))]
        )
    return InkSorted(replace(text, pages=tuple(pages)), tuple(aside), tuple(unsure))


def _set_aside_again(pages: Collection[Sequence[Run]]) -> None:
    """What is stamped on several pages is foreign on all where it is on one."""
    found = {
        _DIGITS.sub("#", run.text): run.why
        for runs in pages
        for run in runs
        if run.why and run.why not in (_HIDDEN, _UNDER, _COVERED) and not run.why.startswith(_STAYS)
    }
    for runs in pages:
        for run in runs:
            if not run.why and not run.own and not run.box_of_ink:
                run.why = found.get(_DIGITS.sub("#", run.text), "")


_STAYS = "it was read, though "
_PERHAPS = "perhaps "
_HIDDEN = "it does not show on the page"
_ADDED = "it is a note added to the file"
_UNDER = "it lies under what was put over it later"
"""The letter's own print: what is read around it lacks these words."""
_COVERED = "covered"
"""What a black box covers is not told: it was meant to be gone."""


def _own_families(text: PdfText) -> Counter[str]:
    """How much of the letter is printed in each family of fonts, on pages that are not plain."""
    found: Counter[str] = Counter()
    for page in text.pages:
        if page.look_of:
            for word, at in zip(page.texts, page.look_of, strict=True):
                look = page.looks[at]
                if look.seen and not look.added and abs(look.angle) < _TURNED:
                    found[look.font] += len(word)
    return found


class _Sorter:
    """One page's runs, and for each what speaks against it."""

    def __init__(self, page: PdfPage, families: Counter[str]) -> None:
        self._page = page
        self.runs = runs_of(page)
        along = [run for run in self.runs if abs(run.look.angle) < _ACROSS] or self.runs
        self._angle = main_value(along, lambda run: round(run.look.angle))
        level = [run for run in self.runs if self._is_level(run)]
        family = families.most_common(1)[0][0] if families else ""
        main = [run for run in level if run.look.font == family] or level
        self._size = main_value(main, lambda run: run.look.size) or 12.0
        self._sizes = self._usual_sizes(main)
        self._colour = main_value(main, lambda run: run.look.colour)
        self._families = {family, *(run.look.font for run in level if run.known)}
        total = sum(families.values())
        self._families |= {each for each, count in families.items() if count > 0.25 * total}
        for run in level:
            run.own = run.known or self._looks_own(run.look)
        self._body = [run for run in level if run.own and not run.box_of_ink]
        self._chain = with_wrapped(self._body, in_order(self._body))
        self._column = column_of(self._body)

    def _usual_sizes(self, runs: Sequence[Run]) -> tuple[float, float]:
        """Between which shares of its size the letter's own print is."""
        many = len({run.look.size for run in runs}) > _SIZES
        return _UNEVEN if many else (_SMALLER, _LARGER)

    def _looks_own(self, look: Look) -> bool:
        """Whether the letter is printed so."""
        same_size = self._sizes[0] < look.size / self._size < self._sizes[1]
        return look.font in self._families and same_size and not differ(look.colour, self._colour)

    def _is_level(self, run: Run) -> bool:
        look = run.look
        return look.seen and not look.added and abs(look.angle - self._angle) < _TURNED

    def sort(self) -> list[Run]:
        """The runs, each with `why` where it is set aside or doubtful."""
        covered = under_boxes(self.runs)
        rows = Rows([run for run in self._body if run.first in self._chain])
        for run in self.runs:
            if id(run) in covered:
                run.why = _COVERED
            elif self._body:
                run.why = self._why(run, rows)
            elif run.look.added:
                run.why = _ADDED  # the page has nothing of the letter's to compare with
        return self.runs

    def _why(self, run: Run, rows: Rows) -> str:
        look = run.look
        if run.box_of_ink:
            return ""
        if not look.seen:
            return _UNDER if look.covered and self._looks_own(look) else _HIDDEN
        if look.added:
            return _ADDED
        if abs(look.angle - self._angle) >= _TURNED:
            return "it runs another way than the text"
        if 0 < look.size < _TINY * self._size:
            return "it is too small to be read"
        if run.known:
            return ""
        print_signs = self._of_print(run)
        place_signs = self._of_place(run, rows)
        big = look.size > _BIG * self._size
        if (big and (place_signs or len(print_signs) > 1)) or (place_signs and print_signs):
            return f"{place_signs[0] if place_signs else print_signs[0]}, {print_signs[0]}"
        if len(place_signs) > 1:
            return f"{place_signs[0]}, {place_signs[1]}"
        if len(print_signs) > 1 and not self._is_inline(run) and self._inside(run):
            return f"{print_signs[0]}, {print_signs[1]}"
        if print_signs and not self._is_inline(run) and run.last == self.runs[-1].last:
            return f"{_STAYS}{print_signs[0]}"
        if place_signs == [_ORDER]:
            aligned = abs(run.box[0] - self._column[0]) < OUTSIDE
            return f"{_STAYS if aligned else _PERHAPS}{_ORDER}"
        return ""

    def _of_print(self, run: Run) -> list[str]:
        found: list[str] = []
        ratio = run.look.size / self._size
        if not self._sizes[0] < ratio < self._sizes[1]:
            found.append(
                "it is larger than the text" if ratio > 1 else "it is smaller than the text"
            )
        if run.look.font not in self._families:
            found.append("it is printed in another font")
        if differ(run.look.colour, self._colour):
            found.append("it is printed in another colour")
        if run.look.italic:
            found.append("it is printed in italics")
        return found

    def _of_place(self, run: Run, rows: Rows) -> list[str]:
        found: list[str] = []
        if self._is_out_of_order(run):
            found.append(_ORDER)
        if rows.covers(run):
            found.append("it is printed over other words")
        elif rows.is_off(run):
            found.append("it stands between two lines")
        elif (gap := rows.gap_beside(run)) > APART and not self._begins_line(run, gap):
            found.append("it stands apart on its line")
        left, right = self._column
        alone = not found and self._inside(run) and not rows.has_beside(run)
        if alone and abs(run.box[0] - left) > OUTSIDE:
            found.append("it does not begin where lines do")
        if run.box[2] < left - OUTSIDE or run.box[0] > right + OUTSIDE:
            found.append("it stands in the margin")
        return found

    def _is_out_of_order(self, run: Run) -> bool:
        """Whether it stands elsewhere on the page than among the words of the file."""
        if run.own and run.first in self._chain:
            return False
        slack = run.height / 2
        for other in self._body:
            if other.first in self._chain and other is not run:
                if other.first < run.first and other.middle > run.middle + slack:
                    return True
                if other.first > run.first and other.middle < run.middle - slack:
                    return True
        return False

    def _begins_line(self, run: Run, gap: float) -> bool:
        """Whether a line would begin with a hole without it: small capitals, say."""
        aligned = abs(run.box[0] - self._column[0]) < OUTSIDE
        return aligned and run.look.font in self._families and gap < 1.5 * self._size

    def _is_inline(self, run: Run) -> bool:
        """Whether it is a stretch of a printed line in another look: a link, say."""
        return any(
            other is not run
            and other.line == run.line
            and other.own
            and (
                abs(other.box[2] - run.box[0]) < _INLINE_GAP
                or abs(run.box[2] - other.box[0]) < _INLINE_GAP
            )
            for other in self._body
        )

    def _inside(self, run: Run) -> bool:
        """Whether it stands below the first line of a letter: above that are letterheads."""
        return self._page.number > 1 or run.middle > min(other.middle for other in self._body)


_ORDER = "it is not printed where the text goes on"


def _is_number(run: Run) -> bool:
    """Whether it is the page's number, which nobody misses."""
    return bool(PAGE_NUMBER.fullmatch(run.text))


def _without(page: PdfPage, gone: Sequence[Run]) -> PdfPage:
    if not gone:
        return page
    numbers = {at for run in gone for at in range(run.first, run.last)}
    return page.with_words(word for at, word in enumerate(page.words) if at not in numbers)


def _told(page: PdfPage, runs: Sequence[Run]) -> list[SetAside]:
    """What was set aside, neighbours of one kind together."""
    found: list[SetAside] = []
    before: Run | None = None
    for run in runs:
        box = _box(page, run.first, run.last)
        why = run.why.removeprefix(_STAYS).removeprefix(_PERHAPS)
        if before is not None and before.last == run.first and before.look == run.look:
            last = found.pop()
            text = f"{last.text} {run.text}"
            boxes = (*last.place.boxes, box)
            found.append(
                SetAside(place=Place(page.number, boxes), text=text[:_MOST_SHOWN], why=last.why)
            )
        else:
            found.append(
                SetAside(place=Place(page.number, (box,)), text=run.text[:_MOST_SHOWN], why=why)
            )
        before = run
    return found


def _box(page: PdfPage, first: int, last: int) -> Box:
    return (
        min(page.lefts[first:last]),
        min(page.tops[first:last]),
        max(page.rights[first:last]),
        max(page.bottoms[first:last]),
    )
