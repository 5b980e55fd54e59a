"""One field of many letters: which are offered, what is asked first, which part of a page is cut out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from app.errors import UserError
from app.evidence import Box, Place
from app.letter import CASE, FIELDS, FieldId, Kind, Letter
from app.services.check_context import check_context
from app.services.checks import Finding, check, standing
from app.services.editing import REQUEST_PREFIX
from app.services.letter_intake import text_of_kept
from app.services.review import FieldStatus, State
from app.services.settings import Settings
from app.services.store import Case, Store

if TYPE_CHECKING:
    from app.services.letter_intake import Reader

HEADER = ""
"""In place of a field's name: all fields of the header at once."""
LONG = frozenset({Kind.TEXT, Kind.GUIDELINE})
"""Kinds whose values run over many lines: beside them stand those lines that are in doubt."""
_AIR = 3.0
"""Points of the page left around what is cut out."""
_AIR_ABOVE = 1.0
"""Points left above and below a line, where others stand close to it."""
_LEAST_SCALE = 0.8
"""Pixels a point below which print is not read at a glance: a longer value shows its beginning."""
_BEFORE = 110.0
"""Points of the page before a value that are cut out with it: they say what it is."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One field of one letter as the sheet shows it.

    `words` are what stands in its editor where that makes no value; `note` is why it was left for
    later, None where it was not. Of a long text `doubtful` is between which places of it the words
    stand that are in doubt, None where none do.
    """

    field: FieldId
    value: Any
    status: FieldStatus
    places: tuple[Place, ...] = ()
    words: str = ""
    note: str | None = None
    doubtful: tuple[int, int] | None = None

    @property
    def is_long(self) -> bool:
        """Whether only a part of it is seen in a row of the sheet."""
        return self.field.spec.kind in LONG

    @property
    def waits(self) -> bool:
        """Whether a person is asked, and nobody has answered or put it off yet."""
        return self.status.waits and self.note is None

    @property
    def can_be_kept(self) -> bool:
        """Whether it was read, nothing speaks against it, and nobody has said yet that it is right."""
        return self.status.state is State.PARSED and not self.status.open and self.note is None


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a page (from 1) to draw, at `scale` pixels a point, and where in it values lie: by
    their fields, in 0..1 of the part."""

    page: int
    clip: Box
    scale: float
    lit: Mapping[FieldId, tuple[Box, ...]]


def fields_of(letter: Letter, name: str) -> tuple[FieldId, ...]:
    """The fields of a letter by the name of one: one of each disputed item, or all of the header."""
    if name == HEADER:
        return tuple(FieldId(spec.name) for spec in FIELDS if spec.section == CASE)
    field = FieldId(name)
    if name.startswith(REQUEST_PREFIX):
        return tuple(FieldId(name, issue.id) for issue in letter.issues if issue.request)
    if field.spec.of_issue:
        return tuple(FieldId(name, issue.id) for issue in letter.issues)
    return (field,)


def lines_in_doubt(
    places: Sequence[Place], text: str, doubtful: tuple[int, int] | None
) -> tuple[Place, ...]:
    """Of the printed lines of a long text those on which the words in doubt stand, or its first.

    The lines are told by how wide they are: so many letters of the text stand on each.
    """
    lines = [(place.page, box) for place in places for box in place.boxes]
    if not lines or not text:
        return tuple(places)
    start, end = doubtful or (0, 0)
    whole = sum(box[2] - box[0] for _, box in lines)
    reached, wanted = 0.0, list[tuple[int, Box]]()
    for page, box in lines:
        before, reached = reached, reached + (box[2] - box[0]) / whole * len(text)
        if before <= max(end - 1, start) and reached > start:
            wanted.append((page, box))
    wanted = wanted or lines[-1:]  # at its very end
    page = wanted[0][0]
    return (Place(page, tuple(box for on, box in wanted if on == page)),)


def urgency(asked: Sequence[Asked]) -> int:
    """How soon fields come in the sheet: 0 where a person is asked, 1 where something was put off
    or is left to do, 2 where nothing is."""
    if any(one.waits for one in asked):
        return 0
    return 1 if any(one.status.open or one.note is not None for one in asked) else 2


def read_cases(store: Store, ids: Iterable[int]) -> dict[int, Case | UserError]:
    """Letters as they are kept; in place of one that cannot be read, why."""
    found: dict[int, Case | UserError] = {}
    for case_id in ids:
        try:
            found[case_id] = store.case(case_id)
        except UserError as error:
            found[case_id] = error
        except KeyError:  # erased meanwhile
            continue
    return found


def judge(
    store: Store,
    reader: Reader,
    case: Case,
    letter: Letter,
    settings: Settings,
    password: str | None = None,
) -> tuple[Finding, ...]:
    """What the checks find in a letter as it stands and nobody set aside, as on the desk.

    Raises UserError where its file cannot be read.
    """
    text = text_of_kept(store, reader, case.id, password)
    context = check_context(
        settings,
        case.summary.file_name,
        evidence=case.parsed.evidence,
        pages=text.page_texts,
        metadata=text.metadata,
    )
    return standing(check(letter, context), {one.finding for one in case.dismissals})


def cut_for_value(
    field: FieldId,
    places: Sequence[Place],
    sizes: Sequence[tuple[float, float]],
    room: tuple[float, float],
    largest: float,
    *,
    lines_around: bool = False,
) -> Cut | None:
    """The part of a page where a value is printed, with what stands before it on its line and, with
    `lines_around`, as much of what is above and below it as there is room for.

    `room` is how much can be shown, in pixels, `largest` how many of them a point may take. None
    where it is printed nowhere.
    """
    place = next((place for place in places if place.boxes), None)
    if place is None or not 1 <= place.page <= len(sizes):
        return None
    width, height = sizes[place.page - 1]
    x0, y0, x1, y1 = _points(_around(place.boxes), width, height)
    fits = min(room[0] / (x1 - x0 + 2 * _AIR), room[1] / (y1 - y0 + 2 * _AIR_ABOVE))
    scale = min(largest, max(fits, min(_LEAST_SCALE, largest)))
    wide, high = min(room[0] / scale, width), min(room[1] / scale, height)
    if not lines_around:
        high = min(high, y1 - y0 + 2 * _AIR_ABOVE)
    before = min(_BEFORE, max(wide - (x1 - x0) - _AIR, _AIR))
    left = min(max(x0 - before, 0.0), width - wide)
    middle = (y0 + y1) / 2 if high >= y1 - y0 else y0 + high / 2
    top = min(max(middle - high / 2, 0.0), height - high)
    part = (left, top, left + wide, top + high)
    return _cut([(field, place)], part, (width, height), scale)


def cut_for_text(
    field: FieldId,
    places: Sequence[Place],
    doubtful: Place,
    sizes: Sequence[tuple[float, float]],
    room: tuple[float, float],
    largest: float,
) -> Cut | None:
    """Whole lines of a long text, `places`: those of `doubtful` and as many around them as there is
    room for. `room` and `largest` as for `cut_for_value`; None where it is printed nowhere."""
    lines = sorted(
        (box for one in places if one.page == doubtful.page for box in one.boxes), key=_y
    )
    if not doubtful.boxes or not lines or not 1 <= doubtful.page <= len(sizes):
        return None
    width, height = sizes[doubtful.page - 1]
    x0, _, x1, _ = _points(_around(lines), width, height)
    needed = x1 - x0 + 2 * _AIR
    scale = min(largest, max(room[0] / needed, _LEAST_SCALE))
    wide, most = min(room[0] / scale, width), room[1] / scale / height
    top, bottom = _whole_lines(
        lines, sorted(doubtful.boxes, key=_y), most - 2 * _AIR_ABOVE / height
    )
    left = max(x0 - _AIR - min(_BEFORE, max(wide - needed, 0.0)), 0.0)
    air = _AIR_ABOVE / height
    part = (left, (top - air) * height, min(left + wide, width), (bottom + air) * height)
    return _cut([(field, doubtful)], part, (width, height), scale)


def _y(box: Box) -> float:
    return box[1]


def _whole_lines(lines: Sequence[Box], wanted: Sequence[Box], most: float) -> tuple[float, float]:
    """The upper and the lower edge of lines, the wanted ones in their middle, no further apart
    than `most` but for one line."""
    first = last = min(range(len(lines)), key=lambda n: abs(lines[n][1] - wanted[0][1]))
    steps = [(0, 1)] * (len(wanted) - 1) + [(1, 0), (0, 1)] * len(lines)
    for up, down in steps:
        above, below = max(first - up, 0), min(last + down, len(lines) - 1)
        if lines[below][3] - lines[above][1] <= most:
            first, last = above, below
    return lines[first][1], lines[last][3]


def cut_for_header(
    places: Mapping[FieldId, Sequence[Place]],
    sizes: Sequence[tuple[float, float]],
    room: tuple[float, float],
    largest: float,
) -> Cut | None:
    """The part of a page where all these fields are printed. None where they are printed nowhere,
    or so far apart that they could not be read in the room there is."""
    printed = [(field, place) for field, some in places.items() for place in some if place.boxes]
    if not printed or not 1 <= printed[0][1].page <= len(sizes):
        return None
    page = printed[0][1].page
    here = [(field, place) for field, place in printed if place.page == page]
    width, height = sizes[page - 1]
    x0, y0, x1, y1 = _points(
        _around([box for _, place in here for box in place.boxes]), width, height
    )
    x0, x1 = max(x0 - _BEFORE, 0.0), min(x1 + 2 * _AIR, width)
    # The name of the last field may go on in a line below its value.
    y0, y1 = max(y0 - 2 * _AIR, 0.0), min(y1 + 5 * _AIR, height)
    scale = min(largest, room[0] / (x1 - x0), room[1] / (y1 - y0))
    if scale < _LEAST_SCALE:
        return None
    return _cut(here, (x0, y0, x1, y1), (width, height), scale)


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _points(box: Box, width: float, height: float) -> Box:
    return (box[0] * width, box[1] * height, box[2] * width, box[3] * height)


def _cut(
    printed: Sequence[tuple[FieldId, Place]], part: Box, size: tuple[float, float], scale: float
) -> Cut:
    x0, y0, x1, y1 = part
    width, height = size

    def within(box: Box) -> Box:
        a, c = ((x * width - x0) / (x1 - x0) for x in (box[0], box[2]))
        b, d = ((y * height - y0) / (y1 - y0) for y in (box[1], box[3]))
        return (max(a, 0.0), max(b, 0.0), min(c, 1.0), min(d, 1.0))

    return Cut(
        page=printed[0][1].page,
        clip=(x0 / width, y0 / height, x1 / width, y1 / height),
        scale=scale,
        lit={field: tuple(within(box) for box in place.boxes) for field, place in printed},
    )
