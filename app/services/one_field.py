"""One field of many letters: which are offered, what is asked first, which part of a page is cut out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from app.errors import UserError
from app.evidence import Box, Place
from app.letter import CASE, FIELDS, FieldId, FieldSpec, Kind, Letter
from app.services.check_context import check_context
from app.services.checks import Finding, check, standing
from app.services.letter_intake import text_of_kept
from app.services.review import FieldStatus, State
from app.services.settings import Settings
from app.services.store import Case, Store

if TYPE_CHECKING:
    from app.services.letter_intake import Reader

HEADER = ""
"""In place of a field's name: all fields of the header at once."""
ON_ONE_LINE = frozenset({Kind.LINE, Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.LIST})
"""Kinds whose values can be compared with their print at a glance, letter under letter."""
_REQUEST = "issue.request."
_AIR = 3.0
"""Points of the page left around what is cut out."""
_LEAST_SCALE = 0.8
"""Pixels a point below which print is not read at a glance: a longer value shows its beginning."""
_BEFORE = 110.0
"""Points of the page before a value that are cut out with it: they say what it is."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One field of one letter as the sheet shows it.

    `words` are what stands in its editor where that makes no value; `note` is why it was left for
    later, None where it was not.
    """

    field: FieldId
    value: Any
    status: FieldStatus
    places: tuple[Place, ...] = ()
    words: str = ""
    note: str | None = None

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


def specs_offered() -> tuple[FieldSpec, ...]:
    """The fields that can be looked through over many letters, in the order of the form."""
    return tuple(
        spec for spec in FIELDS if spec.kind in ON_ONE_LINE and not spec.name.startswith(_REQUEST)
    )


def fields_of(letter: Letter, name: str) -> tuple[FieldId, ...]:
    """The fields of a letter by the name of one: one of each disputed item, or all of the header."""
    if name == HEADER:
        return tuple(FieldId(spec.name) for spec in FIELDS if spec.section == CASE)
    field = FieldId(name)
    if field.spec.of_issue:
        return tuple(FieldId(name, issue.id) for issue in letter.issues)
    return (field,)


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
    fits = min(room[0] / (x1 - x0 + 2 * _AIR), room[1] / (y1 - y0 + 2 * _AIR))
    scale = min(largest, max(fits, min(_LEAST_SCALE, largest)))
    wide, high = min(room[0] / scale, width), min(room[1] / scale, height)
    if not lines_around:
        high = min(high, y1 - y0 + 2 * _AIR)
    before = min(_BEFORE, max(wide - (x1 - x0) - _AIR, _AIR))
    left = min(max(x0 - before, 0.0), width - wide)
    middle = (y0 + y1) / 2 if high >= y1 - y0 else y0 + high / 2
    top = min(max(middle - high / 2, 0.0), height - high)
    part = (left, top, left + wide, top + high)
    return _cut([(field, place)], part, (width, height), scale)


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
