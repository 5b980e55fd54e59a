"""The page bar and the find bar: what they do to the view and what they show of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.jobs import Jobs
from app.ui.pages import FindBar, Fit, OutlineView, PageBar, PageView, ThumbnailList
from tests.ui.pages.conftest import Document, make_document

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page_bar(qtbot: QtBot, shown: PageView) -> PageBar:
    made = PageBar(shown)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def find_bar(qtbot: QtBot, shown: PageView) -> FindBar:
    made = FindBar(shown)
    qtbot.addWidget(made)
    return made


def named(parent: QWidget, name: str) -> QWidget:
    (found,) = [child for child in parent.findChildren(QWidget) if child.accessibleName() == name]
    return found


def push(qtbot: QtBot, parent: QWidget, name: str) -> None:
    button = named(parent, name)
    assert isinstance(button, QAbstractButton)
    qtbot.mouseClick(button, LEFT)


def text_of(parent: QWidget, name: str) -> str:
    widget = named(parent, name)
    if isinstance(widget, QComboBox):
        return widget.currentText()
    assert isinstance(widget, (QLineEdit, QLabel))
    return widget.text()


# -- page bar


def test_pages_are_turned_and_counted(qtbot: QtBot, shown: PageView, page_bar: PageBar) -> None:
    assert (text_of(page_bar, "Page number"), text_of(page_bar, "Number of pages")) == ("1", "/ 3")
    assert not named(page_bar, "Previous page").isEnabled()
    push(qtbot, page_bar, "Next page")
    push(qtbot, page_bar, "Next page")
    assert (shown.current_page, text_of(page_bar, "Page number")) == (3, "3")
    assert not named(page_bar, "Next page").isEnabled()
    push(qtbot, page_bar, "Previous page")
    assert shown.current_page == 2


@pytest.mark.parametrize(("typed", "page"), [("3", 3), ("2", 2), ("9", 1), ("0", 1)])
def test_a_page_number_can_be_typed(
    qtbot: QtBot, shown: PageView, page_bar: PageBar, typed: str, page: int
) -> None:
    box = named(page_bar, "Page number")
    assert isinstance(box, QLineEdit)
    box.selectAll()
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert shown.current_page == page


@pytest.mark.parametrize(
    ("typed", "zoom"), [("150", 1.5), ("80 %", 0.8), ("9999", 6.0), ("1", 0.1)]
)
def test_a_percentage_can_be_typed(
    qtbot: QtBot, shown: PageView, page_bar: PageBar, typed: str, zoom: float
) -> None:
    combo = named(page_bar, "Zoom")
    assert isinstance(combo, QComboBox)
    combo.setEditText(typed)
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    assert shown.zoom == pytest.approx(zoom)
    assert shown.fit is Fit.NONE
    assert combo.currentText() == f"{zoom * 100:.0f} %"


def test_a_percentage_that_is_none_changes_nothing(
    qtbot: QtBot, shown: PageView, page_bar: PageBar
) -> None:
    combo = named(page_bar, "Zoom")
    assert isinstance(combo, QComboBox)
    before = shown.zoom
    combo.setEditText("large")
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    assert shown.zoom == before
    assert combo.currentText() == f"{before * 100:.0f} %"


def test_zoom_and_fit_buttons_show_what_is_in_force(
    qtbot: QtBot, shown: PageView, page_bar: PageBar
) -> None:
    width, page = named(page_bar, "Fit width"), named(page_bar, "Fit page")
    assert isinstance(width, QAbstractButton)
    assert isinstance(page, QAbstractButton)
    assert (width.isChecked(), page.isChecked()) == (True, False)
    push(qtbot, page_bar, "Fit page")
    assert shown.fit is Fit.PAGE
    assert (width.isChecked(), page.isChecked()) == (False, True)
    push(qtbot, page_bar, "Fit page")
    assert page.isChecked(), "a fit is left by choosing another scale, not by a second push"
    push(qtbot, page_bar, "Zoom in")
    assert (width.isChecked(), page.isChecked()) == (False, False)
    shown.set_fit(Fit.WIDTH)
    assert width.isChecked()


def test_turning_dark_page_and_find(qtbot: QtBot, shown: PageView, page_bar: PageBar) -> None:
    push(qtbot, page_bar, "Turn the pages clockwise")
    assert shown.rotation == 90
    push(qtbot, page_bar, "Dark page")
    assert shown.dark_page
    shown.set_dark_page(False)
    dark = named(page_bar, "Dark page")
    assert isinstance(dark, QAbstractButton)
    assert not dark.isChecked()
    with qtbot.waitSignal(page_bar.find_toggled) as told:
        push(qtbot, page_bar, "Find")
    assert told.args == [True]


def test_without_a_letter_there_is_nothing_to_turn(shown: PageView, page_bar: PageBar) -> None:
    shown.clear()
    assert text_of(page_bar, "Page number") == ""
    for name in ("Next page", "Previous page", "Page number", "Zoom in", "Zoom"):
        assert not named(page_bar, name).isEnabled()


# -- find bar


@pytest.fixture
def type_term(qtbot: QtBot, shown: PageView, find_bar: FindBar, jobs: Jobs) -> Callable:
    def enter(term: str) -> None:
        find_bar.open_bar()
        box = named(find_bar, "Phrase to find")
        assert isinstance(box, QLineEdit)
        box.clear()
        qtbot.keyClicks(box, term)
        qtbot.waitUntil(lambda: not jobs.busy)

    return enter


def test_every_hit_is_lit_and_counted(
    qtbot: QtBot, shown: PageView, find_bar: FindBar, type_term: Callable
) -> None:
    type_term("KNEE")
    assert text_of(find_bar, "Hits") == "1 of 9"
    assert len(shown.highlights.places("find")) == 8
    assert len(shown.highlights.places("find current")) == 1


def test_keys_go_from_hit_to_hit_and_round(
    qtbot: QtBot, shown: PageView, find_bar: FindBar, type_term: Callable
) -> None:
    type_term("upheld")
    box = named(find_bar, "Phrase to find")
    seen = []
    for key, modifier in (
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, SHIFT),
        (Qt.Key.Key_F3, SHIFT),
    ):
        qtbot.keyClick(box, key, modifier)
        seen.append((text_of(find_bar, "Hits"), shown.current_page))
    assert [hits for hits, _ in seen] == ["2 of 3", "3 of 3", "1 of 3", "3 of 3", "2 of 3"]


@pytest.mark.parametrize("zoom", [0.3, 1.0, 4.0])
def test_the_view_lands_on_the_hit_at_any_zoom(
    shown: PageView, find_bar: FindBar, type_term: Callable, zoom: float
) -> None:
    shown.set_zoom(zoom)
    type_term("x-rays taken")
    find_bar.find_next()
    current = shown.finder.current
    assert current is not None
    assert current.places[0].page == 2
    assert shown.is_visible(shown.rect_of(current.places))


def test_whole_words(qtbot: QtBot, find_bar: FindBar, type_term: Callable, jobs: Jobs) -> None:
    type_term("was")
    assert text_of(find_bar, "Hits") == "1 of 9"
    type_term("wa")
    push(qtbot, find_bar, "Whole words only")
    qtbot.waitUntil(lambda: not jobs.busy)
    assert text_of(find_bar, "Hits") == "No hits"
    assert not named(find_bar, "Next hit").isEnabled()


def test_escape_puts_the_lights_out_and_f3_brings_the_phrase_back(
    qtbot: QtBot, shown: PageView, find_bar: FindBar, type_term: Callable, jobs: Jobs
) -> None:
    type_term("brace")
    with qtbot.waitSignal(find_bar.closed):
        qtbot.keyClick(named(find_bar, "Phrase to find"), Qt.Key.Key_Escape)
    assert not find_bar.isVisible()
    assert shown.highlights.places("find") == ()
    assert shown.highlights.places("find current") == ()
    qtbot.keyClick(shown, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: len(shown.highlights.places("find")) == 5)
    find_bar.open_bar()
    assert find_bar.term == "brace"


def test_the_phrase_is_looked_for_in_the_next_letter_without_moving_it(
    qtbot: QtBot, shown: PageView, find_bar: FindBar, type_term: Callable, jobs: Jobs
) -> None:
    type_term("sheet")
    other = make_document(pages=5)
    shown.show_document(other.pictures(), other.words)
    qtbot.waitUntil(lambda: text_of(find_bar, "Hits") == "0 of 5")
    assert shown.current_page == 1


def test_the_bar_opens_with_the_selected_words(
    qtbot: QtBot, shown: PageView, find_bar: FindBar
) -> None:
    word = shown.text.nearest_word(1, 0.4, 90 / 792)
    assert word is not None
    shown.pointer.select(range(word, word + 1))
    find_bar.open_bar()
    assert find_bar.term == "CM16-0200001"


# -- for everyone


def test_every_control_has_a_name(
    qtbot: QtBot, shown: PageView, page_bar: PageBar, find_bar: FindBar
) -> None:
    lists = (ThumbnailList(shown), OutlineView())
    for widget in lists:
        qtbot.addWidget(widget)
    for root in (shown, page_bar, find_bar, *lists):
        assert root.accessibleName()
        for child in root.findChildren(QWidget):
            takes_keys = child.focusPolicy() & Qt.FocusPolicy.TabFocus
            inner = child.parent() is not None and isinstance(child.parent(), QComboBox)
            if takes_keys and not inner and child.isEnabledTo(root):
                text = child.text() if isinstance(child, QAbstractButton) else ""
                assert child.accessibleName() or text, child


def test_the_term_is_not_looked_for_on_the_main_thread(
    shown: PageView, find_bar: FindBar, document: Document, jobs: Jobs
) -> None:
    shown.finder.find("knee")
    assert jobs.busy
    assert shown.finder.hits == ()
