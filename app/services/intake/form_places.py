"""Where a form has its values: behind their labels, below or above them."""

from __future__ import annotations

from enum import StrEnum

from app.services.intake.labels import Spot, generic_label
from app.services.intake.layout import Layout, Piece
from app.services.intake.values import Fact
from app.services.language.dates import read_date

_NEAR_ROWS = 3
_SLACK = 0.012
"""Of the page's width: by so much a value may begin before its label."""
_DAYS = (Fact.DATE_OF_INJURY, Fact.UR_DECIDED)
_STEP = 0.045
"""Of the page's height: a value stands no farther from its label."""


class Arrangement(StrEnum):
    """Where the value of a label stands."""

    BEHIND = "behind the label"
    BELOW = "below the label"
    ABOVE = "above the label"


def arrangement_of(layout: Layout, spots: list[Spot]) -> Arrangement:
    """Where this form has its values, told by all its labels.

    Most of the labels that have words behind them settle it; between below and above the days do,
    for only one of the two is a day.
    """
    named = [spot for spot in spots if spot.fact is not None]
    behind = sum(_behind(layout, spot, spots) is not None for spot in named)
    if behind * 2 >= len(named):
        return Arrangement.BEHIND
    scores = {how: _score(layout, named, spots, how) for how in Arrangement}
    return max(Arrangement, key=lambda how: scores[how])


def _score(layout: Layout, named: list[Spot], spots: list[Spot], how: Arrangement) -> float:
    score = 0.0
    for spot in named:
        words = value_of(layout, spot, spots, how)
        if words is None:
            continue
        if spot.fact in _DAYS:
            found = read_date(layout.sheet.joined(*words))
            score += 3.0 if found is not None and found.value else -2.0
        else:
            score += 0.5
    return score


def value_of(
    layout: Layout, spot: Spot, spots: list[Spot], how: Arrangement
) -> tuple[int, int] | None:
    """The words of a label's value, first and behind the last; None where nothing stands there."""
    if how is Arrangement.BEHIND:
        return _behind(layout, spot, spots) or _below_where_no_room(layout, spot, spots)
    return _stacked(layout, spot, spots, -1 if how is Arrangement.ABOVE else 1)


def _behind(layout: Layout, spot: Spot, spots: list[Spot]) -> tuple[int, int] | None:
    row = layout.rows[spot.row]
    end = min(
        (one.first for one in spots if one.row == spot.row and one.first >= spot.last),
        default=row.last,
    )
    for piece in layout.pieces(row):
        if spot.last < piece.first < end and generic_label(piece.text):
            end = piece.first
    return (spot.last, end) if end > spot.last else None


def _below_where_no_room(layout: Layout, spot: Spot, spots: list[Spot]) -> tuple[int, int] | None:
    """The value under a label that ends near the right edge: there was no room behind it."""
    if spot.right < 0.72:
        return None
    return _stacked(layout, spot, spots, 1)


def _stacked(layout: Layout, spot: Spot, spots: list[Spot], step: int) -> tuple[int, int] | None:
    """The pieces right below or above a label, up to where the next label of its row begins."""
    row = layout.rows[spot.row]
    right = min(
        (one.left for one in spots if one.row == spot.row and one.left > spot.left), default=1.0
    )
    number = spot.row
    for _ in range(_NEAR_ROWS):
        number += step
        if not 0 <= number < len(layout.rows):
            return None
        other = layout.rows[number]
        apart = (other.top - row.top) * step
        if other.page != row.page or apart > _STEP:
            return None
        inside = [
            piece
            for piece in layout.pieces(other)
            if spot.left - _SLACK <= piece.left < right - _SLACK
        ]
        taken = [
            one
            for one in spots
            if one.row == number and spot.left - _SLACK <= one.left < right - _SLACK
        ]
        if taken or any(generic_label(piece.text) for piece in inside):
            return None
        if inside:
            return _run(inside)
    return None


def _run(pieces: list[Piece]) -> tuple[int, int]:
    return pieces[0].first, pieces[-1].last
