"""What is printed on a page, run by run, and how the runs stand to each other.

A run is what stands in one line in one look. All places are those of the page upright, in points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import msgspec

from app.evidence import Box
from app.letter import REDACTED
from app.services.parsing.phrases import PHRASES
from app.services.pdf import UNKNOWN, WHOLE, Look, PdfPage, levelled

_LABELS = re.compile(
    r"(?:Case Number|Date Assigned|Date of Injury|Decision Date|UR Denial Date|Priority"
    r"|Application(?: Received)?|Received|Employee|Claim Number|Provider Name):"
    r"|(?:Independent Medical Review|Final Determination|Independent Medical Review Final Determination)$"
    r"|HOW THE IMR FINAL|CLINICAL CASE SUMMARY|DOCUMENTS REVIEWED|"
    + "|".join(re.escape(phrase.text) for phrase in PHRASES)
)
_OTHER_COLOUR = 60
_COVERS = 0.35
_OFF_ROW, _ON_ROW = 0.12, 0.72
"""Shares of a row's height: what reaches in so far stands between rows, or on the row."""
APART = 9.0
OUTSIDE = 3.0
"""Points: words so far apart are not of one text; what begins so far off begins elsewhere."""
_LEADING = 1.5
"""Heights from a line to the next of one text, at most."""
_MOST_RUNS = 3000


class Run(msgspec.Struct):
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


class Rows:
    """The letter's own runs by height, for asking what stands beside or under a place."""

    _BAND = 20.0

    def __init__(self, runs: Iterable[Run]) -> None:
        self._bands: dict[int, list[Run]] = {}
        for run in runs:
            for band in self._of(run.box):
                self._bands.setdefault(band, []).append(run)

    def _of(self, box: Box) -> range:
        return range(int(box[1] // self._BAND), int(box[3] // self._BAND) + 1)

    def _near(self, run: Run) -> list[Run]:
        found = {
            id(other): other for band in self._of(run.box) for other in self._bands.get(band, ())
        }
        return [other for other in found.values() if other is not run]

    def covers(self, run: Run) -> bool:
        return any(
            min(run.box[2], other.box[2]) - max(run.box[0], other.box[0]) > 1.5
            and _shared(run, other) > _COVERS * min(run.height, other.height)
            for other in self._near(run)
        )

    def is_off(self, run: Run) -> bool:
        """Whether it reaches into rows without standing on any."""
        shares = [_shared(run, other) / min(run.height, other.height) for other in self._near(run)]
        return bool(shares) and _OFF_ROW < max(shares) < _ON_ROW

    def has_beside(self, run: Run) -> bool:
        """Whether anything stands on its row."""
        return any(_shared(run, other) > 0 for other in self._near(run))

    def gap_beside(self, run: Run) -> float:
        """How far the nearest words on its row are; 0 where there are none."""
        beside = [
            other
            for other in self._near(run)
            if _shared(run, other) >= _ON_ROW * min(run.height, other.height)
        ]
        gaps = [max(run.box[0] - other.box[2], other.box[0] - run.box[2]) for other in beside]
        return min(gaps, default=0.0)


def _shared(run: Run, other: Run) -> float:
    return min(run.box[3], other.box[3]) - max(run.box[1], other.box[1])


def runs_of(page: PdfPage) -> list[Run]:
    moved = page.turned or page.slope or page.frame != WHOLE
    level = levelled(page) if moved else page
    found: list[Run] = []
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
    return (page.lefts[at] - page.rights[at - 1]) * page.width > 3 * APART


def _run(page: PdfPage, look: Look, first: int, last: int, line: int) -> Run:
    box = (
        min(page.lefts[first:last]) * page.width,
        min(page.tops[first:last]) * page.height,
        max(page.rights[first:last]) * page.width,
        max(page.bottoms[first:last]) * page.height,
    )
    text = " ".join(page.texts[first:last])
    known = look.seen and not look.added and bool(_LABELS.match(text))
    return Run(
        first, last, look, box, text, line, known, box_of_ink=REDACTED in text or text == UNKNOWN
    )


def under_boxes(runs: Sequence[Run]) -> set[int]:
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


def main_value(runs: Sequence[Run], key: Callable[[Run], float]) -> float:
    """The value that most characters have."""
    counts: Counter[float] = Counter()
    for run in runs:
        counts[key(run)] += run.size
    return counts.most_common(1)[0][0] if counts else 0


def differ(colour: int, other: float) -> bool:
    one, two = int(colour), int(other)
    return any(abs((one >> at & 255) - (two >> at & 255)) > _OTHER_COLOUR for at in (0, 8, 16))


def column_of(body: Sequence[Run]) -> tuple[float, float]:
    """The left and right edge of the letter's text."""
    wide = sorted(body, key=lambda run: run.box[0] - run.box[2])
    wide = wide[: max(len(wide) // 3, 1)]
    return min((run.box[0] for run in wide), default=0.0), max(
        (run.box[2] for run in wide), default=0.0
    )


def in_order(body: Sequence[Run]) -> frozenset[int]:
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


def with_wrapped(body: Sequence[Run], chain: frozenset[int]) -> frozenset[int]:
    """The chain with the lower lines of cells that stand, in the file, before a value beside them."""
    found = set(chain)
    for above, run in pairwise(body):
        if run.first in found or above.first not in found or above.last != run.first:
            continue
        aligned = abs(run.box[0] - above.box[0]) < OUTSIDE and run.look == above.look
        if aligned and 0 < run.middle - above.middle < _LEADING * above.height:
            found.add(run.first)
    return frozenset(found)
