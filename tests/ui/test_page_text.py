"""The pages as text: in reading order, line by line, with what is doubted named where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.evidence import Place
from app.letter import FieldId
from app.services.pdf import Word
from app.ui.page_text import PageTextWindow, Remark, lines_of
from app.ui.pages.text import PageText
from tests.ui.desk import Desk

CASE = FieldId("header.case_number")
SEX = FieldId("header.priority")


def words(*rows: str) -> list[Word]:
    """A page with these rows, a word every tenth of its width."""
    return [
        Word(
            text=text,
            box=(0.1 + n / 10, 0.1 + row / 20, 0.18 + n / 10, 0.12 + row / 20),
            line=row,
            bold=False,
        )
        for row, line in enumerate(rows)
        for n, text in enumerate(line.split())
    ]


def opened(desk: Desk) -> PageTextWindow:
    desk.trigger("read_page")
    (made,) = desk.window.findChildren(PageTextWindow)
    return made


TEXT = PageText([words("River City", "Number: 12", "Urgent yes"), [], words("The end")])


def place(page: int, row: int, word: int = 1) -> Place:
    left, top = 0.1 + word / 10, 0.1 + row / 20
    return Place(page, ((left, top, left + 0.08, top + 0.02),))


def test_pages_are_headings_and_each_printed_line_is_a_line() -> None:
    assert [line.words for line in lines_of(TEXT, 3, ())] == [
        "Page 1 of 3",
        "River City",
        "Number: 12",
        "Urgent yes",
        "Page 2 of 3",
        "No words are known of this page.",
        "Page 3 of 3",
        "The end",
    ]


def test_what_stands_against_a_field_is_told_once_at_its_first_line() -> None:
    remarks = [
        Remark(CASE, "Case number: too short", (place(1, 1), place(3, 0))),
        Remark(SEX, "", (place(1, 2),)),
    ]
    lines = lines_of(TEXT, 3, remarks)
    assert [line.words for line in lines if "[" in line.words] == [
        "Number: 12 [Case number: too short]"
    ]
    assert {line.words: line.fields for line in lines if line.fields} == {
        "Number: 12 [Case number: too short]": (CASE,),
        "Urgent yes": (SEX,),
        "The end": (CASE,),
    }


def test_it_is_read_as_text_line_by_line_from_the_field_in_hand(open_desk: Desk) -> None:
    open_desk.window.fields.go_to(CASE)
    reading = opened(open_desk)
    spoken = QAccessible.queryAccessibleInterface(reading.text)
    assert spoken is not None
    assert spoken.text(QAccessible.Text.Name) == "Text of the pages"
    assert spoken.state().readOnly
    text = spoken.textInterface()
    number = open_desk.document.letter.header.case_number
    whole = text.text(0, text.characterCount())
    assert whole.startswith("Page 1 of ")
    start = text.cursorPosition()
    assert number in text.text(start, whole.index("\n", start))
    QTest.keyClick(reading.text, Qt.Key.Key_Down)
    assert text.cursorPosition() > start
    reading.close()


def test_enter_goes_to_the_field_of_the_line(open_desk: Desk) -> None:
    open_desk.window.fields.go_to(CASE)
    reading = opened(open_desk)
    open_desk.window.fields.go_to(FieldId("header.priority"))
    QTest.keyClick(reading.text, Qt.Key.Key_Return)
    assert not reading.isVisible()
    assert open_desk.document.current_field == CASE


def test_the_mouse_goes_to_the_field_of_the_line_too(open_desk: Desk) -> None:
    open_desk.window.fields.go_to(CASE)
    reading = opened(open_desk)
    open_desk.window.fields.go_to(FieldId("header.priority"))
    (go,) = (one for one in reading.findChildren(QPushButton) if one.text() == "Go to the field")
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    assert open_desk.document.current_field == CASE


def test_a_line_where_no_field_was_read_stays(open_desk: Desk) -> None:
    reading = opened(open_desk)
    reading.text.moveCursor(reading.text.textCursor().MoveOperation.Start)
    assert reading.fields_here == ()
    QTest.keyClick(reading.text, Qt.Key.Key_Return)
    assert reading.isVisible()
    QTest.keyClick(reading.text, Qt.Key.Key_Escape)
    assert not reading.isVisible()


def test_the_new_letter_is_read_without_remarks(open_desk: Desk) -> None:
    open_desk.trigger("tab_preview")
    view = open_desk.window.letter_pane.preview.view
    open_desk.wait_until(lambda: view.page_count > 0)
    open_desk.settle()
    reading = opened(open_desk)
    shown = reading.text.toPlainText()
    assert open_desk.document.letter.header.case_number in shown
    assert "[" not in shown
    reading.close()


def test_it_is_not_opened_while_patient_data_is_hidden(open_desk: Desk) -> None:
    open_desk.window.commands["mask"].setChecked(True)
    open_desk.trigger("read_page")
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, PageTextWindow)]
    assert "Show it" in open_desk.window.notice.words
