"""Pictures cut from pages: the right place, told where there is none, never more than their bounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.evidence import Place
from app.letter import FieldId
from app.paths import DATABASE
from app.services.database import open_database
from app.services.store import Store
from app.ui.jobs import Jobs
from app.ui.pages.drawings import image_of
from app.ui.sheet.strips import Strip, Strips, Wish
from tests.readers import the_reader
from tests.ui.sheet.many import DECIDED, INJURY, add_letters


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_database(tmp_path / DATABASE)
    made = Store(database, tmp_path)
    add_letters(made, 6)
    yield made
    database.close()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    made.wait_for_done(30_000)


def wish_for(store: Store, number: int, field: FieldId = INJURY, width: int = 400) -> Wish:
    places = store.case(number).parsed.evidence[field].places
    return Wish(number, field, ((field, places),), (width, 40), 1.5, dark=False)


def draw(qtbot: QtBot, strips: Strips, wishes: list[Wish]) -> None:
    strips.want(wishes)
    qtbot.waitUntil(lambda: all(strips.get(wish) is not None for wish in wishes))


def of_page(store: Store, number: int, strip: Strip, place: Place) -> tuple[QImage, QImage]:
    """What is lit in a strip, and the same place cut from the picture of the whole page."""
    assert strip.image is not None
    with the_reader().pictures(store.pdf(number)) as pictures:
        page = image_of(pictures.draw(place.page, 1.5))
    (x0, y0, x1, y1) = place.boxes[0]
    lit = next(iter(strip.lit.values()))[0]
    width, height = strip.image.width(), strip.image.height()
    size = int((x1 - x0) * page.width()) - 2, int((y1 - y0) * page.height()) - 2
    return (
        strip.image.copy(int(lit.x() * width) + 1, int(lit.y() * height) + 1, *size),
        page.copy(int(x0 * page.width()) + 1, int(y0 * page.height()) + 1, *size),
    )


def darkness(image: QImage) -> list[int]:
    """How much ink each column has."""
    return [
        sum(255 - image.pixelColor(x, y).lightness() for y in range(image.height()))
        for x in range(image.width())
    ]


def likeness(one: list[int], other: list[int]) -> float:
    """1 where two rows of ink are alike, at their best within two pixels."""

    def at(shift: int) -> float:
        pairs = [(a, other[x + shift]) for x, a in enumerate(one) if 0 <= x + shift < len(other)]
        return sum(min(p) for p in pairs) / max(sum(max(p) for p in pairs), 1)

    return max(at(shift) for shift in range(-2, 3))


@pytest.mark.parametrize("field", [INJURY, DECIDED, FieldId("header.priority")], ids=str)
def test_the_picture_shows_the_place_where_the_value_was_read(
    qtbot: QtBot, store: Store, jobs: Jobs, field: FieldId
):
    strips = Strips(store, the_reader(), jobs, lambda _: None)
    wish = wish_for(store, 2, field)
    draw(qtbot, strips, [wish])
    strip = strips.get(wish)
    assert strip is not None
    assert strip.image is not None
    assert strip.image.width() <= 401
    assert strip.image.height() <= 41
    own = wish.places[0][1][0]
    shown, printed = of_page(store, 2, strip, own)
    assert likeness(darkness(shown), darkness(printed)) > 0.8
    # Another value looks otherwise: the comparison tells places apart.
    others = store.case(2).parsed.evidence[FieldId("header.case_number")].places[0]
    elsewhere = of_page(store, 2, strip, Place(others.page, others.boxes))[1]
    assert likeness(darkness(shown), darkness(elsewhere)) < 0.8


def test_pictures_never_take_more_than_their_bounds(qtbot: QtBot, store: Store, jobs: Jobs):
    limit = 100_000
    strips = Strips(store, the_reader(), jobs, lambda _: None, cache_bytes=limit)
    for number in range(1, 7):
        draw(qtbot, strips, [wish_for(store, number)])
        assert 0 < strips.cached_bytes <= limit
    assert strips.get(wish_for(store, 1)) is None
    assert strips.get(wish_for(store, 6)) is not None
    strips.close()
    assert strips.cached_bytes == 0


def test_what_shows_is_drawn_before_what_showed_before(qtbot: QtBot, store: Store, jobs: Jobs):
    strips = Strips(store, the_reader(), jobs, lambda _: None)
    drawn: list[int] = []
    strips.strip_drawn.connect(lambda wish: drawn.append(wish.case_id))
    strips.want([wish_for(store, number) for number in (1, 2, 3, 4)])
    draw(qtbot, strips, [wish_for(store, 6), wish_for(store, 5)])
    # Two were under way and end when they end; the others of the first screen are not drawn for nobody.
    qtbot.waitUntil(lambda: {1, 2} <= set(drawn))
    assert set(drawn) == {1, 2, 6, 5}


def test_a_letter_whose_file_is_gone_is_told(qtbot: QtBot, store: Store, jobs: Jobs):
    store.files.path(store.summary(3).file_sha256).unlink()
    strips = Strips(store, the_reader(), jobs, lambda _: None)
    draw(qtbot, strips, [wish_for(store, 3), wish_for(store, 4)])
    gone, there = strips.get(wish_for(store, 3)), strips.get(wish_for(store, 4))
    assert gone is not None
    assert gone.image is None
    assert gone.problem is not None
    assert there is not None
    assert there.image is not None
