"""What is ticked on a form: the type of review, and whether liability is disputed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.evidence import Doubt, Evidence, Place
from app.services.intake.layout import Layout
from app.services.intake.values import Told
from app.services.parsing.rows import Row

_TYPE = re.compile(r"type\s*of\s*(?:utilization\s*)?review|review\s*type|priority", re.I)
_TYPES = (
    (re.compile(r"\bregular\b|\bstandard\b|\bnon-?expedited\b", re.I), "Standard"),
    (re.compile(r"\bexpedited\b|\burgent\b", re.I), "Expedited"),
    (re.compile(r"\bmodification\b", re.I), ""),
)
_LIABILITY = re.compile(
    r"disput\w*\s+liability|liability\b.{0,60}disput|disput\w*.{0,40}\bliability", re.I
)
_ANSWERS = ((re.compile(r"\byes\b", re.I), "yes"), (re.compile(r"\bno\b", re.I), "no"))
_ROWS_BELOW = 4
_CLOSE = 0.03
"""Of the page's width: a box stands no farther from its words."""
_IN_ROW = 0.008


class _Option(NamedTuple):
    """One answer as printed: its row, words and sides."""

    value: str
    row: Row
    first: int
    last: int
    left: float
    right: float


class _Tick(NamedTuple):
    left: float
    right: float
    middle: float
    is_on: bool
    place: Place


def chosen_type(layout: Layout, rows: Sequence[Row]) -> Told:
    """The priority that the ticked type of review means."""
    options = _options_near(layout, rows, _TYPE, _TYPES)
    on, is_boxed = _chosen(layout, options)
    named = [option for option, _ in on if option.value]
    if len(named) == 1:
        option, place = next(pair for pair in on if pair[0].value)
        places = (place,) if place else layout.places(option.first, option.last)
        text = layout.sheet.joined(option.first, option.last)
        return Told(
            value=option.value,
            evidence=Evidence(places=places, text=text, rule="application: ticked"),
        )
    if len(named) > 1:
        return _unsure("More than one type of review is ticked on the application.")
    if on:
        return _unsure(
            "Modification after appeal is ticked on the application: the priority is not told."
        )
    if options and is_boxed:
        return _unsure("No type of review is ticked on the application.")
    return _unsure("The type of review cannot be read from the application.")


def liability(layout: Layout, rows: Sequence[Row]) -> Told:
    """Whether it is ticked that liability is disputed too: the words for it, None where not told."""
    options = _options_near(layout, rows, _LIABILITY, _ANSWERS)
    on, _ = _chosen(layout, options)
    if len(on) != 1:
        return _unsure("Whether liability is disputed too is not ticked on the application.")
    option, place = on[0]
    places = (place,) if place else layout.places(option.first, option.last)
    return Told(value=option.value, evidence=Evidence(places=places, text=option.value))


def _unsure(words: str) -> Told:
    return Told(value=None, evidence=Evidence(doubts=(Doubt(words=words),)))


def _options_near(
    layout: Layout,
    rows: Sequence[Row],
    question: re.Pattern[str],
    answers: Sequence[tuple[re.Pattern[str], str]],
) -> list[_Option]:
    """The printed answers of a question, in its row or one of the next."""
    at = next((n for n in range(len(rows)) if question.search(_with_next(rows, n))), None)
    if at is None:
        return []
    for row in rows[at : at + _ROWS_BELOW]:
        found: list[_Option] = []
        for pattern, value in answers:
            for match in pattern.finditer(row.text):
                first = row.first + row.text.count(" ", 0, match.start())
                left = row.sides_of(first)[0]
                found.append(_Option(value, row, first, first + 1, left, row.sides_of(first)[1]))
        if len({option.value for option in found}) >= 2:
            return sorted(found, key=lambda option: option.left)
    return []


def _with_next(rows: Sequence[Row], at: int) -> str:
    """A row, and the next one where the question is broken over both."""
    row = rows[at]
    return (
        f"{row.text} {rows[at + 1].text}" if at + 1 < len(rows) and len(row.text) > 60 else row.text
    )


def _chosen(
    layout: Layout, options: list[_Option]
) -> tuple[list[tuple[_Option, Place | None]], bool]:
    """The answers whose box has a mark, and whether there are boxes at all."""
    if not options:
        return [], False
    row = options[0].row
    ticks = _ticks(layout, row)
    if not ticks:
        return [(option, None) for option in options if _is_crossed(layout, option)], False
    before = sum(_before(ticks, option) is not None for option in options)
    behind = sum(_behind(ticks, option, options) is not None for option in options)
    pairs = [
        (option, _before(ticks, option) if before >= behind else _behind(ticks, option, options))
        for option in options
    ]
    return [(option, tick.place) for option, tick in pairs if tick is not None and tick.is_on], True


def _ticks(layout: Layout, row: Row) -> list[_Tick]:
    if layout.form is None:
        return []
    found: list[_Tick] = []
    for check in layout.form.page(row.page).boxes:
        x0, y0, x1, y1 = layout.upright(row.page, check.box)
        middle = (y0 + y1) / 2
        if row.top - _IN_ROW <= middle <= row.bottom + _IN_ROW:
            place = Place(row.page, (check.box,))
            found.append(_Tick(x0, x1, middle, check.is_on, place))
    return found


def _before(ticks: list[_Tick], option: _Option) -> _Tick | None:
    near = [tick for tick in ticks if -0.004 <= option.left - tick.right <= _CLOSE]
    return max(near, key=lambda tick: tick.right, default=None)


def _behind(ticks: list[_Tick], option: _Option, options: list[_Option]) -> _Tick | None:
    until = min((one.left for one in options if one.left > option.left), default=1.0)
    near = [tick for tick in ticks if option.right - 0.004 <= tick.left < until]
    return min(near, key=lambda tick: tick.left, default=None)


def _is_crossed(layout: Layout, option: _Option) -> bool:
    """Whether an X stands right before the words, without a box."""
    before = option.first - 1
    return before >= option.row.first and layout.sheet.texts[before].strip("_") in ("X", "x")
