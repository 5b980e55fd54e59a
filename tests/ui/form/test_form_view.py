"""The form as a whole: made from the table of fields, true to the letter, ways out at each doubt."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.evidence import Doubt, Evidence, ParseResult, Place
from app.letter import CASE, FIELDS, FieldId, FieldSpec, Kind, Letter, field_ids, get_value
from app.services.checks import Quote
from app.services.review import State
from app.ui.form.choice_editor import ChoiceEditor
from app.ui.form.field_row import MARKS, FieldRow
from app.ui.form.form_sections import make_editor
from app.ui.form.guideline_editor import GuidelineEditor
from app.ui.form.line_editors import DateEditor, LineEditor, ListEditor
from app.ui.form.text_editor import TextEditor
from tests.ui.desk import Desk
from tests.ui.made_letters import letter

INJURY = FieldId("header.date_of_injury")


def row_of(desk: Desk, field: FieldId) -> FieldRow:
    row = desk.window.form.row(field)
    assert row is not None
    return row


def test_every_field_of_the_table_has_one_row_that_can_be_gone_to(desk: Desk) -> None:
    form = desk.window.form
    rows = form.findChildren(FieldRow)
    assert sorted(row.spec.name for row in rows) == sorted(spec.name for spec in FIELDS)
    met: list[FieldId] = []
    for field in field_ids(desk.document.letter):
        desk.window.fields.go_to(field)
        row = form.row(field)
        assert row is not None
        assert row.isVisible()
        assert row.spec.label == field.spec.label
        assert row.isAncestorOf(desk.window.focusWidget())
        met.append(field)
    assert len(met) == len(FIELDS) + sum(spec.of_issue for spec in FIELDS)


def test_a_field_added_to_the_table_would_get_an_editor(qtbot: QtBot) -> None:
    """Every kind there is has an editor of its own."""
    expected = {
        Kind.LINE: LineEditor,
        Kind.TEXT: TextEditor,
        Kind.NUMBER: LineEditor,
        Kind.DATE: DateEditor,
        Kind.CHOICE: ChoiceEditor,
        Kind.LIST: ListEditor,
        Kind.GUIDELINE: GuidelineEditor,
    }
    assert set(expected) == set(Kind)
    for kind, editor_type in expected.items():
        made = make_editor(
            FieldSpec(name="x", label="X", kind=kind, section="Case", choices=("A", "B"))
        )
        qtbot.addWidget(made)
        assert type(made) is editor_type


def test_each_state_is_told_by_mark_and_word(desk: Desk) -> None:
    document = desk.document
    missing, edited, confirmed, read, empty = (
        FieldId(name)
        for name in (
            "header.ur_denial_date",
            "header.priority",
            "header.date_assigned",
            "header.application_received",
            "reviewer.subspecialties",
        )
    )
    half_typed, wrong = FieldId("header.decision_date"), FieldId("header.case_number")
    document.edit(missing, None)
    document.edit(edited, "Expedited")
    document.confirm(confirmed)
    document.set_wrong(half_typed, "This is no date.")
    document.edit(wrong, "CM16-1")
    desk.window.checks.run_now()
    expected = {
        half_typed: State.HALF_TYPED,
        wrong: State.ERROR,
        missing: State.MISSING,
        INJURY: State.DOUBTFUL,
        edited: State.EDITED,
        confirmed: State.CONFIRMED,
        read: State.PARSED,
        empty: State.EMPTY,
    }
    assert set(expected.values()) == set(State)
    for field, state in expected.items():
        row = row_of(desk, field)
        assert document.statuses[field].state is state
        assert row._mark_word.text() == MARKS[state][2]
        assert row._mark.pixmap().isNull() == (state is State.EMPTY)
        proxy = row.editor.focusProxy()
        assert proxy is not None
        assert MARKS[state][2] in proxy.accessibleDescription()


def test_a_doubt_says_why_and_offers_to_keep_the_value(desk: Desk) -> None:
    row = row_of(desk, INJURY)
    assert row.words == desk.document.statuses[INJURY].words
    assert "09/18/2016" in row.words
    keep = button(row, "Keep")
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert desk.document.statuses[INJURY].state is State.CONFIRMED
    assert not keep.isVisible()


def button(row: FieldRow, text: str) -> QPushButton:
    found = [b for b in row.findChildren(QPushButton) if b.text() == text]
    assert len(found) == 1
    assert found[0].isVisible()
    return found[0]


def test_the_value_read_is_one_click_away(desk: Desk) -> None:
    before = desk.document.letter
    line = desk.editor("header.date_of_injury")
    desk.type(line, "9/18/2016")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    row = row_of(desk, INJURY)
    assert row.words == "was: 09/13/2016"
    desk.type(line, "9/18/20x")  # half-typed, then taken back: the same is told as before
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert "Not a date" in row.words
    desk.trigger("undo")
    assert row.words == "was: 09/13/2016"
    QTest.mouseClick(button(row, "Use read value"), Qt.MouseButton.LeftButton)
    assert desk.document.letter == before
    assert line.property("text") == "09/13/2016"


def test_the_page_button_shows_the_place(desk: Desk) -> None:
    desk.trigger("tab_changes")
    row = row_of(desk, INJURY)
    QTest.mouseClick(button(row, "Page"), Qt.MouseButton.LeftButton)
    assert desk.window.letter_pane.currentIndex() == 0
    assert desk.document.current_field == INJURY
    view = desk.window.letter_pane.view
    assert view.highlights.places("field") == desk.document.evidence[INJURY].places


PARTS = ("issue.request.original", "issue.request.authorized", "issue.request.in_dispute")
TITLE = (
    "Physical therapy 12 sessions was the original request. Physical therapy 6 sessions were "
    "authorized by the Claims Administrator. The remaining IMR-eligible portion of the original "
    "request, physical therapy 6 sessions is"
)


def test_a_title_of_a_partial_approval_and_its_parts_follow_each_other(desk: Desk) -> None:
    issue = desk.document.letter.issues[0].id
    before = desk.document.letter
    desk.type(desk.editor("issue.title", issue), TITLE)
    parts = [get_value(desk.document.letter, FieldId(name, issue)) for name in PARTS]
    assert parts == [
        "Physical therapy 12 sessions",
        "Physical therapy 6 sessions",
        "physical therapy 6 sessions",
    ]
    assert all(row_of(desk, FieldId(name, issue)).isVisible() for name in PARTS)
    desk.type(desk.editor(PARTS[0], issue), "Physical therapy 18 sessions")
    title = desk.document.letter.issue(issue).title
    assert title.startswith("Physical therapy 18 sessions was the original request.")
    shown = row_of(desk, FieldId("issue.title", issue)).editor
    assert isinstance(shown, TextEditor)
    assert shown.text.toPlainText() == title
    desk.document.seal()
    desk.trigger("undo")
    assert desk.document.letter.issue(issue).title == TITLE
    desk.trigger("undo")
    assert desk.document.letter == before


def titles(made: Letter) -> list[str]:
    return [issue.title for issue in made.issues]


def test_issues_are_added_duplicated_moved_removed_and_all_taken_back(desk: Desk) -> None:
    before = desk.document.letter
    first, second = titles(before)
    desk.window.form.show_issue(before.issues[0].id)
    desk.trigger("add_issue")
    assert titles(desk.document.letter) == [first, "", second]
    made = desk.document.letter.issues[1].id
    assert made not in {issue.id for issue in before.issues}
    assert desk.window.form.current_issue == made
    assert desk.document.current_field == FieldId("issue.title", made)
    desk.window.form.show_issue(before.issues[1].id)
    desk.trigger("duplicate_issue")
    assert titles(desk.document.letter) == [first, "", second, second]
    desk.trigger("issue_up")
    desk.trigger("issue_up")
    copy = desk.window.form.current_issue
    assert desk.document.letter.issues[1].id == copy
    assert titles(desk.document.letter) == [first, second, "", second]
    desk.trigger("issue_down")
    desk.trigger("remove_issue")
    assert titles(desk.document.letter) == [first, "", second]
    assert desk.window.form.current_issue in {i.id for i in desk.document.letter.issues}
    for _ in range(6):
        desk.trigger("undo")
    assert desk.document.letter == before
    for _ in range(6):
        desk.trigger("redo")
    assert titles(desk.document.letter) == [first, "", second]


def test_an_issue_never_gets_the_id_of_one_that_was_undone(desk: Desk) -> None:
    ids = {issue.id for issue in desk.document.letter.issues}
    for command in ("add_issue", "duplicate_issue", "add_issue"):
        desk.trigger(command)
        made = desk.window.form.current_issue
        assert made not in ids
        ids.add(made or 0)
        desk.trigger("undo")
    assert desk.document.letter == desk.document.parsed.letter


def test_the_last_issue_can_go_and_a_first_one_come(desk: Desk) -> None:
    for _ in range(2):
        desk.trigger("remove_issue")
    assert desk.document.letter.issues == ()
    assert desk.window.form.current_issue is None
    title_row = desk.window.form._rows["issue.title"]
    assert not title_row.isVisible()
    desk.trigger("add_issue")
    assert titles(desk.document.letter) == [""]
    assert title_row.isVisible()
    assert title_row.field.issue == desk.document.letter.issues[0].id


def test_an_issue_that_was_never_read_can_be_taken_back_to_nothing(desk: Desk) -> None:
    """An added issue has no value read: there, back to what was read is back to nothing."""
    desk.trigger("add_issue")
    issue = desk.window.form.current_issue
    desk.document.edit(FieldId("issue.title", issue), "New")
    desk.window.fields.go_to(FieldId("issue.title", issue))
    desk.trigger("revert_field")
    assert issue is not None
    assert desk.document.letter.issue(issue).title == ""


def test_steps_through_the_issues_stop_at_the_ends(desk: Desk) -> None:
    ids = [issue.id for issue in desk.document.letter.issues]
    met = []
    for command in ("next_issue", "next_issue", "previous_issue", "previous_issue"):
        desk.trigger(command)
        met.append(desk.window.form.current_issue)
    assert met == [ids[1], ids[1], ids[0], ids[0]]


def test_the_issue_list_shows_decision_and_doubts(desk: Desk) -> None:
    issue = desk.document.letter.issues[0].id
    desk.document.edit(FieldId("issue.decision", issue), None)
    tree = desk.window.form.issue_list._tree
    item = tree.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in (1, 2)] == ["1 to check", "undecided"]
    desk.window.form.issue_list._tree.setCurrentItem(tree.topLevelItem(1))
    assert desk.window.form.current_issue == desk.document.letter.issues[1].id


def test_a_field_of_a_folded_section_unfolds_it(desk: Desk) -> None:
    desk.window.form._sections["Parties"].fold(True)
    line = desk.editor("cover.employee")
    assert line.isVisible()
    desk.type(line, "A. Worker")
    assert desk.document.letter.cover.employee == "A. Worker"


def test_doubts_that_many_fields_share_are_told_once(desk: Desk) -> None:
    document, form = desk.document, desk.window.form
    words = "This PDF has no text."
    missing = Letter(issues=letter().issues, issues_made=2)
    evidence = {
        field: Evidence(doubts=(Doubt(words=words),))
        for field in field_ids(missing)
        if field.spec.section == "Case"
    }
    document.load(ParseResult(letter=missing, evidence=evidence, layout="unknown"))
    assert form._sections["Case"]._words.text() == words
    row = form.row(INJURY)
    assert row is not None
    assert row.words == ""
    document.edit(INJURY, date(2016, 9, 13))
    assert form._sections["Case"]._words.text() == words
    assert form._sections["Reviewer"]._words.text() == ""


def test_a_place_on_another_page_is_lit_there(desk: Desk) -> None:
    issue = desk.document.letter.issues[1].id
    field = FieldId("issue.rationale", issue)
    desk.window.fields.go_to(field)
    places = desk.window.letter_pane.view.highlights.places("field")
    assert places == desk.document.evidence[field].places
    assert all(isinstance(place, Place) for place in places)


def in_sight(desk: Desk, field: FieldId) -> bool:
    """Whether a field's row, its label with it, is wholly seen; of a high one its label."""
    desk.settle()
    row, scroll = row_of(desk, field), desk.window.form._scroll._scroll
    top = row.mapTo(scroll.viewport(), QPoint(0, 0)).y()
    room = scroll.viewport().height()
    return top >= 0 and (row.height() > room or top + row.height() <= room)


def test_the_field_in_hand_is_wholly_seen_with_its_label(desk: Desk) -> None:
    size = desk.window.size()
    desk.window.resize(1000, 560)
    fields = list(field_ids(desk.document.letter))
    hidden = []
    for field in [*fields[::4], *reversed(fields[1::4])]:
        desk.window.fields.go_to(field)
        if not in_sight(desk, field):
            hidden.append(field)
    desk.window.resize(size)
    assert hidden == []


def test_it_stays_in_sight_while_words_come_under_it_and_over_it(desk: Desk) -> None:
    size = desk.window.size()
    desk.window.resize(1000, 560)
    field = FieldId("header.application_received")
    desk.window.fields.go_to(field)
    assert in_sight(desk, field)
    for above in ("header.case_number", "header.date_assigned", "header.decision_date"):
        desk.document.edit(FieldId(above), "CM16-0299999" if "case" in above else None)
    desk.document.edit(field, None)
    seen = in_sight(desk, field)
    desk.window.resize(size)
    assert seen


def test_the_line_that_is_written_is_seen_in_a_text_higher_than_the_form(desk: Desk) -> None:
    size = desk.window.size()
    desk.window.resize(1000, 560)
    summary = FieldId("clinical_summary")
    desk.document.edit(summary, "\n".join(f"Line {number}." for number in range(60)))
    text = desk.editor("clinical_summary")
    assert isinstance(text, QPlainTextEdit)
    QTest.keyClick(text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(text, " More.")
    desk.settle()
    scroll = desk.window.form._scroll._scroll
    caret = text.viewport().mapTo(scroll.viewport(), text.cursorRect().bottomLeft()).y()
    room = scroll.viewport().height()
    desk.window.resize(size)
    assert 0 < caret <= room


@pytest.mark.parametrize("width", [900, 1000, 1280, 1440])
def test_it_stays_in_sight_while_a_card_above_it_becomes_lower(desk: Desk, width: int) -> None:
    """Its own card is moved by that, not the field within its card."""
    size = desk.window.size()
    desk.window.resize(width, 560)
    desk.settle()
    field = FieldId("clinical_summary")
    desk.document.edit(field, "\n".join(f"Line {number}." for number in range(6)))
    case = [FieldId(spec.name) for spec in FIELDS if spec.section == CASE]
    for above in case:
        desk.document.postpone(above, "Ask the office")
    desk.window.fields.go_to(case[0])
    desk.settle()
    desk.window.fields.go_to(field)
    assert in_sight(desk, field)
    for above in case:
        desk.document.resume(above)
    desk.settle()  # the heights come from card to card, a turn of the loop each
    seen = in_sight(desk, field)
    desk.window.resize(size)
    assert seen


def test_the_words_a_finding_is_about_are_selected(desk: Desk) -> None:
    form, field = desk.window.form, FieldId("clinical_summary")
    text = desk.document.letter.clinical_summary
    desk.window.fields.go_to(field)
    form.select_place(Quote(text[4:11], field, None, 4, 11))
    editor = row_of(desk, field).editor
    assert isinstance(editor, TextEditor)
    assert editor.text.textCursor().selectedText() == text[4:11]
    form.select_place(Quote("gone", field, None, 4, len(text) + 9))
    assert editor.text.textCursor().selectedText() == text[4:11]
