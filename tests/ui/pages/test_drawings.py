"""Which pictures are drawn and kept, and how a page is made dark."""

from __future__ import annotations

import colorsys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.ui.jobs import Jobs
from app.ui.pages.dark import darkened
from app.ui.pages.drawings import Look, PageDrawings
from tests.ui.pages.conftest import Document, make_document

MEGABYTE = 2**20
BLACK = QColor(0, 0, 0)


@pytest.fixture
def drawings(qtbot: QtBot, jobs: Jobs, document: Document) -> PageDrawings:
    made = PageDrawings(jobs, cache_bytes=8 * MEGABYTE)
    made.show(document.pictures())
    return made


@pytest.fixture
def finish(qtbot: QtBot, jobs: Jobs) -> Callable[[], None]:
    def wait() -> None:
        qtbot.waitUntil(lambda: not jobs.busy)

    return wait


def test_a_page_gets_a_stand_in_first_and_then_its_sharp_picture(
    qtbot: QtBot, drawings: PageDrawings, finish: Callable[[], None]
) -> None:
    with qtbot.waitSignal(drawings.page_drawn):
        drawings.want(Look(1.5), [2])
    assert drawings.sharp(2) is None
    rough = drawings.rough(2)
    assert rough is not None
    assert rough.width() < 300
    finish()
    sharp = drawings.sharp(2)
    assert sharp is not None
    assert (sharp.width(), sharp.height()) == (918, 1188)


def test_what_is_wanted_last_is_drawn_next(
    qtbot: QtBot, drawings: PageDrawings, finish: Callable[[], None]
) -> None:
    order: list[int] = []
    drawings.page_drawn.connect(order.append)
    drawings.want(Look(1.5), [1])
    drawings.want(Look(1.5), [2])
    drawings.want(Look(1.5), [3])
    finish()
    # The one draw that had begun is finished; page 2 was passed by and is not drawn at all.
    assert order == [1, 3, 3]


def test_the_cache_keeps_to_its_limit(drawings: PageDrawings, finish: Callable[[], None]) -> None:
    for scale in (1.0, 1.1, 1.2, 1.3, 1.4):
        for page in (1, 2, 3):
            drawings.want(Look(scale), [page])
            finish()
            assert drawings.sharp(page) is not None
            assert drawings.cached_bytes <= 8 * MEGABYTE + 3 * 300_000


def test_near_pages_that_do_not_fit_are_left_alone(
    drawings: PageDrawings, finish: Callable[[], None]
) -> None:
    drawings.want(Look(1.7), [1], [2, 3])
    finish()
    assert drawings.sharp(1) is not None
    assert drawings.sharp(2) is None
    assert drawings.stand_in(2) is not None


def test_old_pictures_stand_in_while_a_new_state_is_drawn(
    drawings: PageDrawings, finish: Callable[[], None]
) -> None:
    drawings.want(Look(1.0), [1])
    finish()
    old = drawings.sharp(1)
    drawings.show(make_document(mark="changed").pictures(), keep_old=True)
    assert drawings.sharp(1) is None
    assert drawings.rough(1) == old
    drawings.want(Look(1.0), [1])
    finish()
    assert drawings.sharp(1) is not None
    assert drawings.rough(1) != old


def test_another_document_closes_the_one_before(
    jobs: Jobs, drawings: PageDrawings, document: Document, finish: Callable[[], None]
) -> None:
    pictures = document.pictures()
    drawings.show(pictures)
    drawings.want(Look(3.0), [1, 2, 3])
    drawings.show(None)
    finish()
    assert jobs.wait_for_done(30_000)
    with pytest.raises(ValueError, match="closed"):
        pictures.draw(1, 1.0)
    assert drawings.cached_bytes == 0


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_pages_are_turned(
    drawings: PageDrawings, finish: Callable[[], None], rotation: int
) -> None:
    drawings.want(Look(1.0, False, rotation), [1])
    finish()
    sharp = drawings.sharp(1)
    assert sharp is not None
    assert (sharp.width() > sharp.height()) == (rotation != 180)


channel = st.integers(0, 255)


@given(st.lists(st.tuples(channel, channel, channel), min_size=1, max_size=16))
def test_a_dark_page_turns_lightness_round_and_keeps_hues(
    pixels: list[tuple[int, int, int]],
) -> None:
    rgb = bytes(value for pixel in pixels for value in pixel)
    dark = darkened(rgb, len(pixels), 1, BLACK)
    for x, pixel in enumerate(pixels):
        made = QColor(dark.pixelColor(x, 0))
        expected = tuple(value + 255 - max(pixel) - min(pixel) for value in pixel)
        assert (made.red(), made.green(), made.blue()) == expected
        hue, light, _ = colorsys.rgb_to_hls(*(value / 255 for value in pixel))
        new_hue, new_light, _ = colorsys.rgb_to_hls(*(value / 255 for value in expected))
        assert new_light == pytest.approx(1 - light)
        if max(pixel) > min(pixel):
            assert min(abs(hue - new_hue), 1 - abs(hue - new_hue)) < 1e-6


def test_a_large_page_is_made_dark_without_seams() -> None:
    width, height = 1000, 1201
    rgb = bytearray(b"\xff" * (width * height * 3))
    rgb[(700 * width + 5) * 3] = 0
    dark = darkened(bytes(rgb), width, height, BLACK)
    tones = {dark.pixelColor(500, y).lightness() for y in range(height)}
    assert tones == {0}
    assert dark.pixelColor(5, 700).hue() == 180, "cyan stays cyan"


def test_white_paper_takes_the_dark_paper_and_print_turns_white() -> None:
    paper = QColor("#1B1D21")
    dark = darkened(b"\xff\xff\xff\x00\x00\x00", 2, 1, paper)
    assert dark.pixelColor(0, 0) == paper
    assert dark.pixelColor(1, 0) == QColor("white")


def test_dark_pages_are_drawn_from_coloured_ones(
    drawings: PageDrawings, finish: Callable[[], None]
) -> None:
    drawings.show(make_document(pages=1, colour=True).pictures())
    drawings.want(Look(1.0, dark=True), [1])
    finish()
    sharp = drawings.sharp(1)
    assert sharp is not None
    assert sharp.pixelColor(500, 600).lightness() < 50
    box = sharp.pixelColor(350, 350)
    assert min(box.hue(), 360 - box.hue()) <= 4
    assert box.saturation() > 200
