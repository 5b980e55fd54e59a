"""The geometry of the strip of pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from app.ui.pages.layout import GAP, PageLayout, turned_box

SIZES = [(612.0, 792.0), (792.0, 612.0), (612.0, 792.0)]
share = st.floats(0.01, 0.99)


@given(
    page=st.integers(1, 3),
    x=share,
    y=share,
    rotation=st.sampled_from([0, 90, 180, 270]),
    scale=st.floats(0.2, 4),
    room=st.integers(0, 3000),
)
def test_a_point_of_a_page_is_found_again_on_the_strip(
    page: int, x: float, y: float, rotation: int, scale: float, room: int
) -> None:
    layout = PageLayout(SIZES, scale=scale, rotation=rotation, room=room)
    there = layout.to_strip(page, (x, y, x, y)).topLeft()
    spot = layout.to_page(there)
    assert spot is not None
    assert spot.page == page
    assert (spot.x, spot.y) == pytest.approx((x, y), abs=1e-6)


@given(top=st.floats(-500, 4000), height=st.floats(1, 3000))
def test_the_pages_between_two_heights_are_those_that_overlap_them(
    top: float, height: float
) -> None:
    layout = PageLayout(SIZES, scale=1.0)
    bottom = top + height
    overlapping = [
        number
        for number, rect in enumerate(layout.rects, start=1)
        if rect.bottom() > top and rect.top() <= bottom
    ]
    assert list(layout.pages_between(top, bottom)) == overlapping


def test_pages_lie_below_each_other_in_the_middle() -> None:
    layout = PageLayout(SIZES, scale=0.5, room=1000)
    assert [rect.center().x() for rect in layout.rects] == pytest.approx([500] * 3, abs=1)
    assert [b.top() - a.bottom() for a, b in zip(layout.rects, layout.rects[1:], strict=False)] == [
        GAP,
        GAP,
    ]
    assert layout.height == layout.rects[-1].bottom() + GAP


@pytest.mark.parametrize(
    ("point", "nearest", "page"),
    [
        (QPointF(0, 100), False, None),
        (QPointF(0, 100), True, 1),
        (QPointF(400, -50), True, 1),
        (QPointF(400, 99999), True, 3),
        (QPointF(400, GAP + 792 + 1), True, 1),
        (QPointF(400, GAP + 792 + GAP - 1), True, 2),
    ],
)
def test_a_point_beside_the_pages(point: QPointF, nearest: bool, page: int | None) -> None:
    spot = PageLayout(SIZES, scale=1.0, room=1000).to_page(point, nearest=nearest)
    assert (spot and spot.page) == page


@pytest.mark.parametrize(
    ("rotation", "turned"),
    [
        (0, (0.1, 0.2, 0.3, 0.4)),
        (90, (0.6, 0.1, 0.8, 0.3)),
        (180, (0.7, 0.6, 0.9, 0.8)),
        (270, (0.2, 0.7, 0.4, 0.9)),
    ],
)
def test_a_box_turns_with_its_page(rotation: int, turned: tuple[float, ...]) -> None:
    assert turned_box((0.1, 0.2, 0.3, 0.4), rotation) == pytest.approx(turned)


def test_without_pages_there_is_nothing_to_point_at() -> None:
    layout = PageLayout()
    assert layout.to_page(QPointF(5, 5), nearest=True) is None
    assert list(layout.pages_between(0, 1000)) == []
    with pytest.raises(IndexError):
        layout.rect(1)
