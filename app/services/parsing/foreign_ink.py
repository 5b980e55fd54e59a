"""Which print on a page is not the letter's: stamps, notes, numbers, watermarks, hidden text.

One place decides, from how and where words are printed: turned, hidden or added as an annotation
is never the letter's. Otherwise two signs must meet, and one of them is usually the place: out of
the order of the page, over other words, off their rows, in the margin, apart on a row. The other is
a font, size or colour that the letter does not use. What the form itself prints is never set aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from app.evidence import Box, Place, SetAside
from app.letter import REDACTED
from app.services.parsing.phrases import PHRASES
from app.services.parsing.running import PAGE_NUMBER
from app.services.pdf import Look, PdfPage, PdfText, levelled

_LABELS = re.compile(
    r"(?:Case Number|Date Assigned|Date of Injury|Decision Date|UR Denial Date|Priority"
    r"|Application(?: Received)?|Received|Employee|Claim Number|Provider Name):"
    r"|(?:Independent Medical Review|Final Determination|Independent Medical Review Final Determination)$"
    r"|HOW THE IMR FINAL|CLINICAL CASE SUMMARY|DOCUMENTS REVIEWED|"
    + "|".join(re.escape(phrase.text) for phrase in PHRASES)
)
_TURNED = 2.0
"""Degrees away from the page's own rows."""
_SMALLER, _LARGER, _BIG = 0.86, 1.16, 1.45
"""Of the letter's own size: what is another size, and what is surely another."""
_OTHER_COLOUR = 60
_COVERS = 0.35
_OFF_ROW, _ON_ROW = 0.12, 0.72
"""Shares of a row's height: what reaches in so far stands between rows, or on the row."""
_APART = 9.0
_OUTSIDE = 3.0
_INLINE_GAP = 4.5
"""Points: words that follow each other so closely are one text, whatever they look like."""
_LEADING = 1.5
"""Heights from a line to the next of one text, at most."""
_MOST_RUNS = 3000
_DIGITS = re.compile(r"\d+")
_MOST_SHOWN = 2000


class _Run(msgspec.Struct):
    """Words `first` to `last` (not included) of one line and one look, upright, in points."""

    first: int
    last: int
    look: Look
    box: Box
    text: str
    line: int
    known: bool = False
    own: bool = False
    box_of_ink: bool = False
    why: str = ""

    @property
    def size(self) -> int:
        return len(self.text)

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


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
    every = {
        page.number: _Sorter(page, families).sort()
        for page in text.pages
        if page.look_of and not page.unread
    }
    _set_aside_again(every.values())
    for page in text.pages:
        runs = every.get(page.number)
        if runs is None:
            pages.append(page)
            continue
        gone = [run for run in runs if run.why and not run.why.startswith(_STAYS)]
        pages.append(_without(page, gone))
        aside += _told(page, [run for run in gone if run.why != _COVERED and not _is_number(run)])
        unsure += _told(page, [run for run in runs if run.why.startswith((_STAYS, _PERHAPS))])
    return InkSorted(replace(text, pages=tuple(pages)), tuple(aside), tuple(unsure))


def _set_aside_again(pages: Collection[Sequence[_Run]]) -> None:
    """What is stamped on several pages is foreign on all where it is on one."""
    found = {
        _DIGITS.sub("#", run.text): run.why
        for runs in pages
        for run in runs
        if run.why and run.why not in (_HIDDEN, _COVERED) and not run.why.startswith(_STAYS)
    }
    for runs in pages:
        for run in runs:
            if not run.why and not run.own and not run.box_of_ink:
                run.why = found.get(_DIGITS.sub("#", run.text), "")


_STAYS = "it was read, though "
_PERHAPS = "perhaps "
_HIDDEN = "it does not show on the page"
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
        self.runs = _runs(page)
        self._angle = _main(self.runs, lambda run: round(run.look.angle))
        level = [run for run in self.runs if self._is_level(run)]
        family = families.most_common(1)[0][0] if families else ""
        main = [run for run in level if run.look.font == family] or level
        self._size = _main(main, lambda run: run.look.size) or 12.0
        self._colour = _main(main, lambda run: run.look.colour)
        self._families = {family, *(run.look.font for run in level if run.known)}
        total = sum(families.values())
        self._families |= {each for each, count in families.items() if count > 0.25 * total}
        for run in level:
            same_size = _SMALLER < run.look.size / self._size < _LARGER
            own = run.look.font in self._families and same_size
            run.own = run.known or (own and not _differ(run.look.colour, self._colour))
        self._body = [run for run in level if run.own and not run.box_of_ink]
        self._chain = _with_wrapped(self._body, _in_order(self._body))
        self._column = _column(self._body)

    def _is_level(self, run: _Run) -> bool:
        look = run.look
        return look.seen and not look.added and abs(look.angle - self._angle) < _TURNED

    def sort(self) -> list[_Run]:
        """The runs, each with `why` where it is set aside or doubtful."""
        covered = _under_boxes(self.runs)
        if self._body:
            rows = _Rows([run for run in self._body if run.first in self._chain])
            for run in self.runs:
                run.why = _COVERED if id(run) in covered else self._why(run, rows)
        return self.runs

    def _why(self, run: _Run, rows: _Rows) -> str:
        look = run.look
        if run.box_of_ink:
            return ""
        if not look.seen:
            return _HIDDEN
        if look.added:
            return "it is a note added to the file"
        if abs(look.angle - self._angle) >= _TURNED:
            return "it runs another way than the text"
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
            aligned = abs(run.box[0] - self._column[0]) < _OUTSIDE
            return f"{_STAYS if aligned else _PERHAPS}{_ORDER}"
        return ""

    def _of_print(self, run: _Run) -> list[str]:
        found: list[str] = []
        ratio = run.look.size / self._size
        if not _SMALLER < ratio < _LARGER:
            found.append(
                "it is larger than the text" if ratio > 1 else "it is smaller than the text"
            )
        if run.look.font not in self._families:
            found.append("it is printed in another font")
        if _differ(run.look.colour, self._colour):
            found.append("it is printed in another colour")
        if run.look.italic:
            found.append("it is printed in italics")
        return found

    def _of_place(self, run: _Run, rows: _Rows) -> list[str]:
        found: list[str] = []
        if self._is_out_of_order(run):
            found.append(_ORDER)
        if rows.covers(run):
            found.append("it is printed over other words")
        elif rows.is_off(run):
            found.append("it stands between two lines")
        elif rows.is_apart(run):
            found.append("it stands apart on its line")
        left, right = self._column
        alone = not found and self._inside(run) and not rows.has_beside(run)
        if alone and abs(run.box[0] - left) > _OUTSIDE:
            found.append("it does not begin where lines do")
        if run.box[2] < left - _OUTSIDE or run.box[0] > right + _OUTSIDE:
            found.append("it stands in the margin")
        return found

    def _is_out_of_order(self, run: _Run) -> bool:
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

    def _is_inline(self, run: _Run) -> bool:
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

    def _inside(self, run: _Run) -> bool:
        """Whether it stands below the first line of a letter: above that are letterheads."""
        return self._page.number > 1 or run.middle > min(other.middle for other in self._body)


_ORDER = "it is not printed where the text goes on"


def _is_number(run: _Run) -> bool:
    """Whether it is the page's number, which nobody misses."""
    return bool(PAGE_NUMBER.fullmatch(run.text))


class _Rows:
    """The letter's own runs by height, for asking what stands beside or under a place."""

    _BAND = 20.0

    def __init__(self, runs: Iterable[_Run]) -> None:
        self._bands: dict[int, list[_Run]] = {}
        for run in runs:
            for band in self._of(run.box):
                self._bands.setdefault(band, []).append(run)

    def _of(self, box: Box) -> range:
        return range(int(box[1] // self._BAND), int(box[3] // self._BAND) + 1)

    def _near(self, run: _Run) -> list[_Run]:
        found = {
            id(other): other for band in self._of(run.box) for other in self._bands.get(band, ())
        }
        return [other for other in found.values() if other is not run]

    def covers(self, run: _Run) -> bool:
        return any(
            min(run.box[2], other.box[2]) - max(run.box[0], other.box[0]) > 1.5
            and _shared(run, other) > _COVERS * min(run.height, other.height)
            for other in self._near(run)
        )

    def is_off(self, run: _Run) -> bool:
        """Whether it reaches into rows without standing on any."""
        shares = [_shared(run, other) / min(run.height, other.height) for other in self._near(run)]
        return bool(shares) and _OFF_ROW < max(shares) < _ON_ROW

    def has_beside(self, run: _Run) -> bool:
        """Whether anything stands on its row."""
        return any(_shared(run, other) > 0 for other in self._near(run))

    def is_apart(self, run: _Run) -> bool:
        """Whether the words on its row stand far from it on both sides, where any do."""
        beside = [
            other
            for other in self._near(run)
            if _shared(run, other) >= _ON_ROW * min(run.height, other.height)
        ]
        gaps = [max(run.box[0] - other.box[2], other.box[0] - run.box[2]) for other in beside]
        return bool(gaps) and min(gaps) > _APART


def _shared(run: _Run, other: _Run) -> float:
    return min(run.box[3], other.box[3]) - max(run.box[1], other.box[1])


def _runs(page: PdfPage) -> list[_Run]:
    level = levelled(page) if page.turned or page.slope else page
    found: list[_Run] = []
    borders = pairwise((*page.starts, len(page.texts)))
    for line, (start, end) in enumerate(borders):
        first = start
        for at in range(start + 1, end + 1):
            if at == end or page.look_of[at] != page.look_of[first] or _leaps(level, at):
                found.append(_run(level, page.looks[page.look_of[first]], first, at, line))
                first = at
    return found


def _leaps(page: PdfPage, at: int) -> bool:
    """Whether far more than a space parts two words of a line."""
    return (page.lefts[at] - page.rights[at - 1]) * page.width > 3 * _APART


def _run(page: PdfPage, look: Look, first: int, last: int, line: int) -> _Run:
    box = (
        min(page.lefts[first:last]) * page.width,
        min(page.tops[first:last]) * page.height,
        max(page.rights[first:last]) * page.width,
        max(page.bottoms[first:last]) * page.height,
    )
    text = " ".join(page.texts[first:last])
    known = look.seen and not look.added and bool(_LABELS.match(text))
    return _Run(first, last, look, box, text, line, known, box_of_ink=REDACTED in text)


def _under_boxes(runs: Sequence[_Run]) -> set[int]:
    """Which runs lie, hidden, under a black box."""
    boxes = [run.box for run in runs if run.box_of_ink]
    return {
        id(run)
        for run in runs
        for box in boxes
        if not run.look.seen
        and box[0] <= (run.box[0] + run.box[2]) / 2 <= box[2]
        and box[1] <= run.middle <= box[3]
    }


def _main(runs: Sequence[_Run], key: Callable[[_Run], float]) -> float:
    """The value that most characters have."""
    counts: Counter[float] = Counter()
    for run in runs:
        counts[key(run)] += run.size
    return counts.most_common(1)[0][0] if counts else 0


def _differ(colour: int, other: float) -> bool:
    one, two = int(colour), int(other)
    return any(abs((one >> at & 255) - (two >> at & 255)) > _OTHER_COLOUR for at in (0, 8, 16))


def _column(body: Sequence[_Run]) -> tuple[float, float]:
    """The left and right edge of the letter's text."""
    wide = sorted(body, key=lambda run: run.box[0] - run.box[2])
    wide = wide[: max(len(wide) // 3, 1)]
    return min((run.box[0] for run in wide), default=0.0), max(
        (run.box[2] for run in wide), default=0.0
    )


def _in_order(body: Sequence[_Run]) -> frozenset[int]:
    """The first words of the runs that stand on the page as they do in the file: the most of them.

    The heaviest chain of runs none of which stands above the one before it.
    """
    if len(body) > _MOST_RUNS:
        return frozenset(run.first for run in body)
    heights = sorted({round(run.middle / 4) for run in body})
    rank = {height: at + 1 for at, height in enumerate(heights)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(heights) + 1)
    behind: list[int] = []
    for number, run in enumerate(body):
        at = rank[round(run.middle / 4)]
        weight, before = 0, -1
        spot = at
        while spot:
            if best[spot][0] > weight:
                weight, before = best[spot]
            spot -= spot & -spot
        behind.append(before)
        total = (weight + run.size, number)
        spot = at
        while spot < len(best):
            if total[0] > best[spot][0]:
                best[spot] = total
            spot += spot & -spot
    at = max(best)[1]
    chain: set[int] = set()
    while at >= 0:
        chain.add(body[at].first)
        at = behind[at]
    return frozenset(chain)


def _with_wrapped(body: Sequence[_Run], chain: frozenset[int]) -> frozenset[int]:
    """The chain with the lower lines of cells that stand, in the file, before a value beside them."""
    found = set(chain)
    for above, run in pairwise(body):
        if run.first in found or above.first not in found or above.last != run.first:
            continue
        aligned = abs(run.box[0] - above.box[0]) < _OUTSIDE and run.look == above.look
        if aligned and 0 < run.middle - above.middle < _LEADING * above.height:
            found.add(run.first)
    return frozenset(found)


def _without(page: PdfPage, gone: Sequence[_Run]) -> PdfPage:
    if not gone:
        return page
    numbers = {at for run in gone for at in range(run.first, run.last)}
    return page.with_words(word for at, word in enumerate(page.words) if at not in numbers)


def _told(page: PdfPage, runs: Sequence[_Run]) -> list[SetAside]:
    """What was set aside, neighbours of one kind together."""
    found: list[SetAside] = []
    before: _Run | None = None
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
