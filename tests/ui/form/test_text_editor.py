"""Running text: its height, its cursor, its way to be confirmed."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.evidence import Doubt, Evidence
from app.letter import FieldId, with_value
from app.ui.form.text_editor import TextEditor
from tests.ui.desk import Desk
from tests.ui.form.rows import focus, issue_of, row_of, value_of


def test_text_grows_with_its_lines_and_ctrl_enter_confirms(desk: Desk) -> None:
    text = desk.editor("clinical_summary")
    height = text.height()
    desk.type(text, "One.")
    for line in ("", "", "  Two   words. ", *("line" for _ in range(20))):
        QTest.keyClick(text, Qt.Key.Key_Return)
        QTest.keyClicks(text, line)
    assert text.height() > height
    assert text.property("verticalScrollBarPolicy") == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    value = value_of(desk, "clinical_summary")
    assert value.startswith("One.\nTwo words.\nline\n")
    assert desk.document.confirmed[FieldId("clinical_summary")] == value


def enter_is(desk: Desk, name: str, issue: int | None = None) -> str:
    """What the field says of the Enter key, on the screen and to a screen reader."""
    row = row_of(desk, name, issue)
    assert row._enter.text() in focus(desk).accessibleDescription()
    return row._enter.text()


def test_enter_keeps_a_text_that_is_asked_for_and_puts_nothing_in(desk: Desk) -> None:
    """In every field that waits, long or short, one key says that it is right."""
    issue = desk.document.letter.issues[0].id
    cut = "The records show neither."
    rationale = FieldId("issue.rationale", issue)
    parsed = desk.document.parsed
    evidence = {
        **parsed.evidence,
        rationale: Evidence(doubts=(Doubt(words="The text breaks off."),)),
    }
    letter = with_value(parsed.letter, rationale, cut)
    desk.document.load(replace(parsed, letter=letter, evidence=evidence))
    text = desk.editor("issue.rationale", issue)
    assert enter_is(desk, "issue.rationale", issue) == "Enter: right, next"
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert desk.document.confirmed[rationale] == cut
    assert desk.document.current_field == FieldId("header.date_of_injury")
    assert desk.document.letter is letter
    assert text.property("plainText") == cut
    desk.trigger("undo")
    assert rationale not in desk.document.confirmed
    assert desk.document.current_field == rationale


def test_while_a_text_is_written_enter_breaks_a_line(desk: Desk) -> None:
    issue = desk.document.letter.issues[0].id
    text = desk.editor("issue.rationale", issue)
    QTest.keyClick(text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(text, " She agrees.")
    assert "new line" in enter_is(desk, "issue.rationale", issue)
    QTest.keyClick(text, Qt.Key.Key_Return)
    QTest.keyClicks(text, "So do I.")
    assert value_of(desk, "issue.rationale", issue).endswith(" She agrees.\nSo do I.")
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert FieldId("issue.rationale", issue) in desk.document.confirmed


def test_a_title_is_a_line_however_long(desk: Desk) -> None:
    issue = desk.document.letter.issues[0].id
    text = desk.editor("issue.title", issue)
    for typed in ("", " with contrast"):
        QTest.keyClick(text, Qt.Key.Key_End)
        QTest.keyClicks(text, typed)
        assert enter_is(desk, "issue.title", issue) == "Enter: right, next"
        QTest.keyClick(text, Qt.Key.Key_Return)
        assert "\n" not in value_of(desk, "issue.title", issue)
        assert value_of(desk, "issue.title", issue) == text.property("plainText")
        assert FieldId("issue.title", issue) in desk.document.confirmed
        desk.editor("issue.title", issue)


def test_undo_takes_back_a_sentence_a_blank_line_and_no_other_field(desk: Desk) -> None:
    desk.document.edit(FieldId("header.case_number"), "CM16-0299999")
    issue = desk.document.letter.issues[0].id
    text = desk.editor("issue.rationale", issue)
    desk.type(text, "She fell. Her knee hurts.")
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    was = desk.document.parsed.letter.issue(issue).rationale
    for shown in ("She fell. Her knee hurts.", "She fell. ", was):
        desk.trigger("undo")
        assert text.property("plainText") == shown
    assert value_of(desk, "issue.rationale", issue) == was
    assert desk.document.letter.header.case_number == "CM16-0299999"


def test_a_pause_ends_a_step(desk: Desk) -> None:
    issue = desk.document.letter.issues[0].id
    row = row_of(desk, "issue.rationale", issue)
    assert isinstance(row.editor, TextEditor)
    text = desk.editor("issue.rationale", issue)
    desk.type(text, "one ")
    row.editor._pause.setInterval(0)
    QTest.keyClicks(text, "two ")
    desk.wait_until(lambda: not row.editor._pause.isActive())
    QTest.keyClicks(text, "three")
    desk.trigger("undo")
    assert text.property("plainText").strip() == "one two"


def test_a_blank_line_that_is_left_is_gone_and_leaves_no_step(desk: Desk) -> None:
    text = desk.editor("clinical_summary")
    before = text.property("plainText")
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert text.property("plainText") == f"\n{before}"
    desk.editor("header.case_number")
    assert text.property("plainText") == before
    assert not desk.document.history.canUndo()


def test_text_shown_anew_keeps_the_cursor(qtbot: QtBot) -> None:
    editor = TextEditor()
    qtbot.addWidget(editor)
    editor.show()
    editor.show_value("A line of text.")
    editor.text.setFocus()
    qtbot.waitUntil(editor.text.hasFocus)
    cursor = editor.text.textCursor()
    cursor.setPosition(6)
    editor.text.setTextCursor(cursor)
    told: list[object] = []
    editor.typed.connect(lambda *typed: told.append(typed))
    editor.show_value("A line of other text.")
    assert editor.text.textCursor().position() == 6
    assert told == []


BROKEN = (
    "The worker slipped on a wet floor in March and\n"
    "has had pain in the right knee since then. Two\n"
    "courses of therapy brought little relief.\n"
    "\n"
    "An image of the joint was asked for."
)
WHOLE = (
    "The worker slipped on a wet floor in March and has had pain in the right knee since then. Two "
    "courses of therapy brought little relief.\nAn image of the joint was asked for."
)


def paste(widget: QWidget, text: str = "", html: str = "") -> None:
    source = QMimeData()
    if text:
        source.setText(text)
    if html:
        source.setHtml(html)
    QGuiApplication.clipboard().setMimeData(source)
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_pasted_lines_are_joined_and_the_paste_is_one_step(desk: Desk) -> None:
    text = desk.editor("clinical_summary")
    desk.type(text, "So: ")
    paste(text, BROKEN)
    QTest.keyClicks(text, "!!")
    assert value_of(desk, "clinical_summary") == f"So: {WHOLE}!!"
    desk.trigger("undo")
    assert value_of(desk, "clinical_summary") == f"So: {WHOLE}"
    desk.trigger("undo")
    assert value_of(desk, "clinical_summary") == "So:"


def test_formatted_text_alone_is_pasted_as_its_words(desk: Desk) -> None:
    text = desk.editor("clinical_summary")
    desk.type(text, "")
    paste(text, html="<p>One <b>bold</b>\nword.</p><p>Another one.</p>")
    assert value_of(desk, "clinical_summary") == "One bold word.\nAnother one."
    line = desk.editor("cover.employee")
    desk.type(line, "")
    paste(line, html="<p>A.<br>Worker</p>")
    assert value_of(desk, "cover.employee") == "A. Worker"
    title = desk.editor("issue.title", issue_of(desk))
    desk.type(title, "")
    paste(title, "MRI of the\nleft knee")
    assert value_of(desk, "issue.title", issue_of(desk)) == "MRI of the left knee"


def test_the_selected_lines_are_joined_by_a_command(desk: Desk) -> None:
    desk.document.edit(FieldId("clinical_summary"), "One.\nTwo\nthree.\nFour.")
    text = desk.editor("clinical_summary")
    assert isinstance(text, QPlainTextEdit)
    cursor = text.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(11, cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    desk.trigger("join_lines")
    assert value_of(desk, "clinical_summary") == "One.\nTwo three.\nFour."
    text.moveCursor(text.textCursor().MoveOperation.Start)
    desk.trigger("join_lines")
    assert value_of(desk, "clinical_summary") == "One. Two three.\nFour."
    desk.trigger("undo")
    assert value_of(desk, "clinical_summary") == "One.\nTwo three.\nFour."
