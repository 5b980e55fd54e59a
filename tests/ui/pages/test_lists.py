"""The thumbnails and the outline."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.evidence import Place
from app.ui.jobs import Jobs
from app.ui.pages import Mark, OutlineItem, OutlineView, PageView, ThumbnailList
from tests.ui.pages.conftest import make_document

LEFT = Qt.MouseButton.LeftButton
TOP = Place(1, ((0.1, 0.1, 0.3, 0.12),))
LOW = Place(2, ((0.1, 0.7, 0.3, 0.72),))


@pytest.fixture
def thumbnails(qtbot: QtBot, shown: PageView) -> ThumbnailList:
    made = ThumbnailList(shown)
    qtbot.addWidget(made)
    made.resize(160, 400)
    made.show()
    return made


def test_only_pages_in_sight_are_drawn(
    qtbot: QtBot, shown: PageView, thumbnails: ThumbnailList, jobs: Jobs
) -> None:
    many = make_document(pages=60)
    shown.show_document(many.pictures(), many.words)
    qtbot.waitUntil(lambda: not jobs.busy)
    drawn = [page for page in range(1, 61) if shown.drawings.stand_in(page)]
    assert drawn == list(range(1, len(drawn) + 1))
    assert 3 <= len(drawn) < 20
    thumbnails.verticalScrollBar().setValue(thumbnails.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: shown.drawings.stand_in(60) is not None)


def test_the_list_and_the_view_stand_on_the_same_page(
    qtbot: QtBot, shown: PageView, thumbnails: ThumbnailList, settle: Callable[[], None]
) -> None:
    shown.go_to_page(3)
    assert thumbnails.currentIndex().row() == 2
    second = thumbnails.model().index(1, 0)
    thumbnails.scrollTo(second)
    qtbot.mouseClick(thumbnails.viewport(), LEFT, pos=thumbnails.visualRect(second).center())
    assert shown.current_page == 2
    settle()
    picture = thumbnails.viewport().grab().toImage()
    place = thumbnails.visualRect(second).center()
    tones = {picture.pixelColor(place.x() - 40 + x, place.y() - 50).lightness() for x in range(60)}
    assert max(tones) == 255
    assert thumbnails.model().data(second) == "Page 2"


def test_the_list_is_emptied_with_the_view(shown: PageView, thumbnails: ThumbnailList) -> None:
    shown.clear()
    assert thumbnails.model().rowCount() == 0


ITEMS = (
    OutlineItem("Case", TOP, Mark.DOUBT),
    OutlineItem(
        "Issues",
        None,
        Mark.NONE,
        (OutlineItem("1 Knee brace", LOW, Mark.MISSING), OutlineItem("2 X-rays", LOW, Mark.OK)),
    ),
)


@pytest.fixture
def outline(qtbot: QtBot) -> OutlineView:
    made = OutlineView()
    qtbot.addWidget(made)
    made.resize(240, 300)
    made.set_items(ITEMS)
    made.show()
    return made


def test_choosing_a_section_tells_which_and_its_place(qtbot: QtBot, outline: OutlineView) -> None:
    issues = outline.topLevelItem(1)
    assert issues is not None
    row = issues.child(0)
    with qtbot.waitSignal(outline.section_chosen) as told:
        qtbot.mouseClick(outline.viewport(), LEFT, pos=outline.visualItemRect(row).center())
    assert told.args == [(1, 0), LOW]
    with qtbot.waitSignal(outline.section_chosen) as told:
        qtbot.mouseClick(outline.viewport(), LEFT, pos=outline.visualItemRect(issues).center())
    assert told.args == [(1,), None]


def test_the_keyboard_chooses_too(qtbot: QtBot, outline: OutlineView) -> None:
    outline.setCurrentItem(outline.topLevelItem(0))
    with qtbot.waitSignal(outline.section_chosen) as told:
        qtbot.keyClick(outline, Qt.Key.Key_Return)
    assert told.args == [(0,), TOP]


def test_a_mark_is_a_sign_and_words(outline: OutlineView) -> None:
    case = outline.topLevelItem(0)
    assert case is not None
    assert not case.icon(1).isNull()
    assert case.data(0, Qt.ItemDataRole.AccessibleTextRole) == "Case, doubtful"
    assert case.toolTip(1) == "doubtful"


def test_new_marks_leave_what_is_folded_and_in_hand_alone(outline: OutlineView) -> None:
    issues = outline.topLevelItem(1)
    assert issues is not None
    outline.show_current((0,))
    issues.setExpanded(False)
    outline.set_items((OutlineItem("Case", TOP, Mark.OK), *ITEMS[1:]))
    case, issues = outline.topLevelItem(0), outline.topLevelItem(1)
    assert case is not None
    assert issues is not None
    assert not issues.isExpanded()
    assert outline.currentItem() is case
    assert case.data(0, Qt.ItemDataRole.AccessibleTextRole) == "Case, nothing open"
