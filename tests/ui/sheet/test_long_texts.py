"""Long texts in the sheet: a row shows the words in doubt, the editor is the form's, the keys write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from app.evidence import Doubt, Evidence, ParseResult
from app.letter import FieldId, Guideline, get_value, with_value
from app.services.review import State
from app.ui.sheet.cell import BEFORE, excerpt
from tests.ui.accessibility import walk
from tests.ui.sheet.many import Change, every
from tests.ui.sheet.sheet_desk import CONTROL, SHIFT, SheetDesk

Show = Callable[..., SheetDesk]
ENTER = Qt.Key.Key_Return
SUMMARY = FieldId("clinical_summary")
RATIONALE = "issue.rationale"
MUCH = "The worker was seen again and pain was as before. " * 60


def misread(field: FieldId = SUMMARY, wrong: str = "L5-Sl", right: str = "L5-S1") -> Change:
    """A long text in which a word looks misread."""

    def change(result: ParseResult) -> ParseResult:
        value = get_value(result.letter, field)
        text = value.text if isinstance(value, Guideline) else str(value)
        bad, good = f"{text} Pain at {wrong} stayed.", f"{text} Pain at {right} stayed."
        seen = result.evidence.get(field, Evidence())
        doubt = Doubt(words=f"“{wrong}” looks misread: a spine level with a letter for a digit?")
        doubtful = replace(seen, doubts=(doubt,), others=(good,))
        letter = with_value(result.letter, field, bad)
        return replace(result, letter=letter, evidence={**result.evidence, field: doubtful})

    return change


def grown(result: ParseResult) -> ParseResult:
    """A summary of some pages."""
    return replace(result, letter=with_value(result.letter, SUMMARY, MUCH.strip()))


def box(desk: SheetDesk) -> QPlainTextEdit:
    assert isinstance(desk.cursor, QPlainTextEdit)
    return desk.cursor


def test_the_word_in_doubt_is_in_hand_and_typing_replaces_it(show: Show):
    desk = show(SUMMARY.name, 4, every((2, 3), misread()))
    assert desk.numbers() == [2, 3, 1, 4]
    assert box(desk).textCursor().selectedText() == "L5-Sl"
    desk.write("L5-S1")
    desk.press(ENTER, CONTROL)
    kept = str(desk.kept(2, SUMMARY))
    assert kept.endswith("Pain at L5-S1 stayed.")
    assert desk.is_confirmed(2, SUMMARY)
    assert desk.view.walk.at == (3, SUMMARY)
    # Enter keeps what asks, as in the form; F4 puts the other text there.
    desk.press(Qt.Key.Key_F4)
    assert str(desk.kept(3, SUMMARY)).endswith("Pain at L5-S1 stayed.")
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert str(desk.kept(3, SUMMARY)).endswith("Pain at L5-Sl stayed.")


def test_enter_keeps_a_text_that_asks_and_breaks_one_that_is_written(show: Show):
    desk = show(SUMMARY.name, 3, {2: misread()})
    desk.press(ENTER)
    assert desk.is_confirmed(2, SUMMARY)
    assert desk.view.walk.at == (1, SUMMARY)
    before = str(desk.kept(1, SUMMARY))
    desk.write("New")
    desk.press(ENTER)
    desk.press(ENTER, SHIFT)
    desk.write("end ")
    desk.press(ENTER, CONTROL)
    assert str(desk.kept(1, SUMMARY)) == f"New\nend {before}"
    assert not desk.is_confirmed(3, SUMMARY)


def test_up_and_down_stay_in_the_text_and_tab_goes_to_the_next_letter(show: Show):
    desk = show(SUMMARY.name, 3)
    first = desk.view.walk.at
    desk.press(Qt.Key.Key_Down)
    assert desk.view.walk.at == first
    assert box(desk).textCursor().position() > 0
    desk.press(Qt.Key.Key_Tab)
    assert desk.view.walk.at == (2, SUMMARY)
    desk.press(Qt.Key.Key_PageUp, CONTROL)
    assert desk.view.walk.at == first


def test_the_editor_of_a_text_of_pages_stays_in_the_table_with_its_line_in_sight(show: Show):
    desk = show(SUMMARY.name, 6, every((1, 6), grown))
    view = desk.view.window.table.viewport()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        desk.press(key, CONTROL)
        desk.settle()
        text = box(desk)
        caret = text.cursorRect().translated(text.viewport().mapTo(view, QPoint()))
        assert view.rect().contains(caret)
    while desk.view.walk.at != (6, SUMMARY):
        desk.press(Qt.Key.Key_Tab)
    desk.settle()
    text = box(desk)
    assert view.rect().contains(text.cursorRect().translated(text.viewport().mapTo(view, QPoint())))


def test_the_editor_is_as_high_as_its_text_at_once_and_as_it_grows(show: Show):
    desk = show(SUMMARY.name, 3)
    desk.view.window.showNormal()
    desk.view.window.resize(960, 700)
    for _ in range(2):
        desk.settle()
        text = box(desk)
        around = text.parentWidget()
        assert around is not None
        assert around.height() == text.height()
        desk.press(Qt.Key.Key_End, CONTROL)
        desk.write(" And more of it.")
        desk.press(ENTER, SHIFT)


def test_nothing_of_a_long_text_is_kept_unseen(show: Show):
    """The button keeps the one in hand; no key keeps all that are in view."""
    desk = show(SUMMARY.name, 4)
    desk.press(ENTER, SHIFT)
    assert not any(desk.is_confirmed(number, SUMMARY) for number in range(1, 5))
    desk.press(Qt.Key.Key_Z, CONTROL)
    keep = desk.view.window.keep
    assert "this text" in keep.text()
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert [desk.is_confirmed(number, SUMMARY) for number in range(1, 5)] == [True] + [False] * 3


def test_each_item_has_its_rationale(show: Show):
    desk = show(RATIONALE, 2, {2: misread(FieldId(RATIONALE, 1))})
    assert desk.view.walk.at == (2, FieldId(RATIONALE, 1))
    assert "· item 2" in desk.view.model.name_of(0)
    assert len(desk.view.model.rows) == 2 * len(desk.store.case(1).letter.issues)


def test_a_citation_is_taken_out_of_a_guideline_and_put_back(show: Show):
    field = FieldId("issue.maximus_guideline", 0)
    desk = show(field.name, 2)
    before = desk.kept(1, field)
    assert isinstance(before, Guideline)
    assert before.citations
    row = desk.view.window.hand.row
    assert row is not None
    shown = [b for b in row.editor.findChildren(QPushButton) if b.isVisible()]
    assert [b.toolTip() for b in shown] == ["Take this citation out"]
    QTest.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    after = desk.kept(1, field)
    assert isinstance(after, Guideline)
    assert not after.citations
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.kept(1, field) == before


def test_every_part_has_a_name_and_is_reached(show: Show):
    desk = show(SUMMARY.name, 3, {2: misread()})
    walk(desk.view.window)


def test_half_a_text_written_elsewhere_is_taken_up(show: Show):
    desk = show(SUMMARY.name, 3)
    desk.write("Begun ")
    desk.wait_until(lambda: SUMMARY.key in desk.store.case(1).drafts)
    desk.press(Qt.Key.Key_Tab)
    assert str(desk.kept(1, SUMMARY)).startswith("Begun ")
    asked = desk.view.model.asked_at(0, 2)
    assert asked is not None
    assert asked.status.state is State.EDITED


@pytest.mark.parametrize("place", [0, 10, 400])
def test_an_excerpt_begins_a_little_before_the_words_in_doubt(place: int):
    text = MUCH[:place] + "L5-Sl" + MUCH[place:]
    words, marked = excerpt(text, (place, place + 5))
    assert marked is not None
    assert words[marked[0] : marked[1]] == "L5-Sl"
    assert marked[0] <= BEFORE + 2
    assert excerpt("one\ntwo", None) == ("one two", None)
