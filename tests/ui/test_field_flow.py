"""The clerk's way through the doubts, by keys and by the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.evidence import Doubt, Evidence, Place
from app.letter import FieldId, get_value, with_value
from app.services.pdf import read
from app.services.review import State
from app.ui.letter_pane import LETTER_TAB, PREVIEW_TAB
from app.ui.outline_items import first_field, outline_items, place_in_hand
from app.ui.pages import Mark
from tests.ui.desk import Desk
from tests.ui.made_letters import ON_A_SATURDAY, letter, write_pdf

INJURY = FieldId("header.date_of_injury")
IN_SUMMARY = FieldId("patient.date_of_injury")
DECIDED = FieldId("header.decision_date")
CASE_NUMBER = FieldId("header.case_number")
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def shared_desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.close()


@pytest.fixture
def desk(shared_desk: Desk) -> Desk:
    """A letter just opened: its injury date is not the summary's, and it was decided on a
    Saturday: two questions."""
    shared_desk.window.activateWindow()
    shared_desk.wait_until(shared_desk.window.isActiveWindow)
    shared_desk.window.notice.clear()
    shared_desk.trigger("tab_letter")
    number = next(_NUMBERS)
    made = letter(number, decided=ON_A_SATURDAY)
    shared_desk.open(write_pdf(shared_desk.folder / f"letter-{number}.pdf", made))
    shared_desk.settle()
    assert shared_desk.document.doubts == (INJURY, DECIDED)
    return shared_desk


def focus(desk: Desk) -> QWidget:
    widget = desk.window.focusWidget()
    assert widget is not None
    return widget


def field_with_cursor(desk: Desk) -> FieldId:
    """The field whose editor holds the keyboard, which is the field in hand too."""
    holder = focus(desk)
    found = [row.field for row in desk.window.form._rows.values() if row.isAncestorOf(holder)]
    assert found == [desk.document.current_field]
    return found[0]


def test_the_first_doubt_is_in_hand_when_a_letter_opens(desk: Desk) -> None:
    assert field_with_cursor(desk) == INJURY
    view = desk.window.letter_pane.view
    assert view.highlights.places("field") == desk.document.evidence[INJURY].places
    doubtful = {place.page for place in view.highlights.places("doubts")}
    assert doubtful == {1}


def test_enter_confirms_and_goes_to_the_next_doubt_until_the_last(desk: Desk) -> None:
    QTest.keyClick(focus(desk), Qt.Key.Key_Return)
    assert INJURY in desk.document.confirmed
    assert field_with_cursor(desk) == DECIDED
    assert desk.window.top_bar._left.text() == "✕ 1 error, 1 doubt"
    assert "been through" not in desk.window.notice.words
    QTest.keyClick(focus(desk), Qt.Key.Key_Return)
    # Which of two days is right was chosen; that the letter still prints both is left to do.
    assert desk.document.doubts == (IN_SUMMARY,)
    assert desk.window.top_bar._left.text() == "✕ 1 error"
    assert "Left to do: 1 error (Date of injury in the summary)." in desk.window.notice.words


def test_with_nothing_left_the_flow_says_so(desk: Desk) -> None:
    desk.window.fields.use_other()
    desk.document.confirm(DECIDED)
    desk.window.fields.go_to(CASE_NUMBER)
    QTest.keyClick(focus(desk), Qt.Key.Key_Return)  # no answer to anything: nothing is decided
    desk.settle()
    assert desk.document.open_points == ()
    assert "nothing left to do" in desk.window.top_bar._left.text()
    assert desk.window.notice.words.startswith("Nothing is left to do in this letter.")


def test_enter_comes_to_an_error_that_nobody_has_seen(desk: Desk) -> None:
    desk.document.edit(CASE_NUMBER, "CM16-1")
    desk.window.fields.go_to(INJURY)
    for expected in (DECIDED, CASE_NUMBER):
        desk.window.fields.confirm()
        assert field_with_cursor(desk) == expected
    desk.settle()
    assert desk.document.statuses[CASE_NUMBER].state is State.ERROR
    row = desk.window.form.row(CASE_NUMBER)
    assert row is not None
    assert row._mark_word.text() == "error"
    desk.window.fields.confirm()
    assert "2 errors" in desk.window.notice.words
    # F8 leads there again: it is left to do.
    desk.trigger("next_doubt")
    assert field_with_cursor(desk) == IN_SUMMARY
    desk.trigger("next_doubt")
    assert field_with_cursor(desk) == CASE_NUMBER


def test_the_command_confirms_from_anywhere(desk: Desk) -> None:
    desk.trigger("confirm")
    assert INJURY in desk.document.confirmed
    assert field_with_cursor(desk) == DECIDED


def test_enter_on_a_field_without_a_doubt_goes_to_the_next_one(desk: Desk) -> None:
    line = desk.editor("header.case_number")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert CASE_NUMBER in desk.document.confirmed
    assert field_with_cursor(desk) == INJURY


def test_f8_goes_round_the_doubts_without_confirming(desk: Desk) -> None:
    met: list[FieldId] = []
    for modifier in ("", "", "Shift", "Shift"):
        keys = Qt.KeyboardModifier.ShiftModifier if modifier else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(focus(desk), Qt.Key.Key_F8, keys)
        met.append(field_with_cursor(desk))
    assert met == [DECIDED, INJURY, DECIDED, INJURY]
    assert desk.document.confirmed == {}


def test_a_typed_correction_is_no_doubt_any_more(desk: Desk) -> None:
    desk.type(focus(desk), "9/18/2016")
    QTest.keyClick(focus(desk), Qt.Key.Key_Return)
    assert desk.document.letter.header.date_of_injury == date(2016, 9, 18)
    assert desk.document.doubts == (DECIDED,)


def test_a_postponed_doubt_is_passed_over_with_its_note(desk: Desk) -> None:
    desk.trigger("postpone")
    desk.wait_until(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    line = popup.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "ask the office")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert dict(desk.document.postponed) == {INJURY: "ask the office"}
    assert "? 1 doubt, 1 postponed" in desk.window.top_bar._left.text()
    row = desk.window.form.row(INJURY)
    assert row is not None
    assert row.words.startswith("ask the office\n")
    # The next doubt comes by itself, and the one left is passed over from then on.
    assert desk.document.current_field == DECIDED
    desk.window.fields.go_on()
    assert desk.document.current_field == DECIDED
    # F8 goes through all that is left.
    desk.trigger("next_doubt")
    assert desk.document.current_field == INJURY
    assert desk.window.session.log.settle(30.0)
    case_id = desk.window.session.case_id
    assert case_id is not None
    case = desk.store.case(case_id)
    assert case.postponed == {INJURY.key: "ask the office"}
    # Enter looks at it after all, and the list counts it no longer.
    desk.window.fields.go_to(INJURY)
    desk.trigger("confirm")
    assert dict(desk.document.postponed) == {}


def test_the_note_stands_at_the_field_also_from_the_page(desk: Desk) -> None:
    desk.window.letter_pane.view.setFocus()
    desk.trigger("postpone")
    desk.wait_until(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    row = desk.window.form.row(INJURY)
    assert popup is not None
    assert row is not None
    below = popup.y() - row.editor.mapToGlobal(QPoint(0, row.editor.height())).y()
    popup.close()
    assert 0 < below < 12


def spot_of(desk: Desk, field: FieldId) -> QPoint:
    """A spot of the page view where the field's value is printed, after scrolling there."""
    view = desk.window.letter_pane.view
    place = desk.document.evidence[field].places[0]
    first_line = Place(place.page, place.boxes[:1])
    view.go_to([first_line])
    desk.settle()
    return (view.rect_of([first_line]).center() - view.to_strip(QPointF())).toPoint()


def test_a_click_on_the_page_goes_to_the_field_printed_there(desk: Desk) -> None:
    rationale = FieldId("issue.rationale", desk.document.letter.issues[1].id)
    viewport = desk.window.letter_pane.view.viewport()
    for field in (CASE_NUMBER, rationale, INJURY):
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot_of(desk, field))
        assert field_with_cursor(desk) == field
    desk.window.letter_pane.view.clicked.emit(1, 0.01, 0.01)
    assert field_with_cursor(desk) == INJURY


def test_ctrl_click_fills_the_field_with_the_word(desk: Desk) -> None:
    viewport = desk.window.letter_pane.view.viewport()
    control = Qt.KeyboardModifier.ControlModifier
    spot = spot_of(desk, FieldId("header.decision_date"))
    assert desk.document.current_field == INJURY
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, control, spot)
    assert desk.document.letter.header.date_of_injury == ON_A_SATURDAY
    assert field_with_cursor(desk) == INJURY


def test_words_of_the_page_fill_the_field_as_its_kind(desk: Desk) -> None:
    picked = desk.window.letter_pane.view.words_picked
    picked.emit("on 09/18/2016,", 1, ())
    assert desk.document.letter.header.date_of_injury == date(2016, 9, 18)
    assert field_with_cursor(desk) == INJURY
    desk.window.fields.go_to(FieldId("patient.age"))
    picked.emit("a 52 year old", 1, ())
    assert desk.document.letter.patient.age == 52
    issue = desk.document.letter.issues[0].id
    desk.window.fields.go_to(FieldId("issue.decision", issue))
    picked.emit("item: OVERTURNED.", 1, ())
    assert desk.document.letter.issues[0].decision == "Overturned"
    before = desk.document.letter
    picked.emit("neither of them", 1, ())
    assert desk.document.letter is before
    assert desk.window.notice.words == "What you picked is none of: Upheld, Overturned."
    desk.trigger("undo")
    assert desk.document.letter.issues[0].decision == "Upheld"


def test_words_without_a_field_in_hand_ask_for_one(desk: Desk) -> None:
    desk.document.set_current_field(None)
    desk.window.letter_pane.view.words_picked.emit("09/18/2016", 1, ())
    assert desk.window.notice.words == "Choose the field first, then the words on the page."


def test_the_selection_fills_the_field_by_its_key(desk: Desk) -> None:
    view = desk.window.letter_pane.view
    words = [word.text for page in desk.window.letters.opened.text.pages for word in page.words]
    view.pointer.select(range(words.index("10/26/2016"), words.index("10/26/2016") + 1))
    assert view.selected_text == "10/26/2016"
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(focus(desk), Qt.Key.Key_Return, keys)
    assert desk.document.letter.header.date_of_injury == date(2016, 10, 26)


def test_the_value_read_comes_back_by_its_key(desk: Desk) -> None:
    desk.type(focus(desk), "9/18/2016")
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(focus(desk), Qt.Key.Key_Backspace, keys)
    assert desk.document.letter == desk.document.parsed.letter
    assert focus(desk).property("text") == "09/13/2016"


def test_from_the_field_to_its_place_and_back(desk: Desk) -> None:
    desk.trigger("tab_preview")
    keys = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(focus(desk), Qt.Key.Key_J, keys)
    assert desk.window.letter_pane.currentIndex() == LETTER_TAB
    assert desk.window.letter_pane.view.hasFocus()
    QTest.keyClick(desk.window.letter_pane.view, Qt.Key.Key_J, keys)
    assert field_with_cursor(desk) == INJURY


def test_the_new_letter_leads_to_the_field_clicked(desk: Desk) -> None:
    desk.trigger("tab_preview")
    preview = desk.window.letter_pane.preview
    desk.wait_until(lambda: preview.rendered is not None)
    assert preview.rendered is not None
    assert desk.window.letter_pane.currentIndex() == PREVIEW_TAB
    desk.settle()  # its places follow its picture
    places = preview.rendered.places_on(read(preview.rendered.pdf).pages)[CASE_NUMBER]
    place = places[0]
    x0, y0, x1, y1 = place.boxes[0]
    preview.view.clicked.emit(place.page, (x0 + x1) / 2, (y0 + y1) / 2)
    assert field_with_cursor(desk) == CASE_NUMBER
    assert preview.view.highlights.places("field") == places


def test_undo_with_nothing_to_undo_changes_no_field(desk: Desk) -> None:
    """The boxes have histories of their own, in which the text that was read is a step."""
    desk.document.history.clear()
    before = desk.document.letter
    for field in desk.document.statuses:
        editor = desk.editor(field.name, field.issue)
        for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
            QTest.keyClick(editor, key, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(
            editor,
            Qt.Key.Key_Z,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        assert desk.document.letter == before, field.key
        assert not desk.document.words, field.key
    assert desk.document.history.count() == 0


def test_citing_from_elsewhere_in_an_issue_speaks_of_maximus(desk: Desk) -> None:
    issue = desk.document.letter.issues[1].id
    desk.window.fields.go_to(FieldId("issue.rationale", issue))
    desk.trigger("cite")
    desk.wait_until(desk.window.picker.isVisible)
    desk.window.picker.close()
    desk.settle()
    assert field_with_cursor(desk) == FieldId("issue.maximus_guideline", issue)
    assert desk.document.current_field == FieldId("issue.maximus_guideline", issue)
    assert get_value(desk.document.letter, desk.document.current_field).text


def test_where_the_flow_arrives_typing_replaces_the_value(desk: Desk) -> None:
    QTest.keyClicks(focus(desk), "03/18/2016")
    assert desk.document.letter.header.date_of_injury == date(2016, 3, 18)
    assert focus(desk).property("text") == "03/18/2016"


def test_the_doubtful_word_of_a_text_is_selected_and_its_right_one_offered(desk: Desk) -> None:
    issue = desk.document.letter.issues[0].id
    rationale = FieldId("issue.rationale", issue)
    right = "A fusion of L5-S1 was done. The request is not medically necessary."
    wrong = right.replace("S1", "Sl")
    parsed = desk.document.parsed
    why = "“L5-Sl” looks misread: a spine level with a letter for a digit?"
    evidence = {
        field: Evidence(doubts=(Doubt(words=why),), others=(right,))
        if field == rationale
        else replace(seen, doubts=())
        for field, seen in parsed.evidence.items()
    }
    letter = with_value(parsed.letter, rationale, wrong)
    desk.document.load(replace(parsed, letter=letter, evidence=evidence))
    desk.window.fields.start()
    assert field_with_cursor(desk) == rationale
    text = focus(desk)
    assert isinstance(text, QPlainTextEdit)
    assert text.textCursor().selectedText() == "L5-Sl"
    row = desk.window.form.row(rationale)
    assert row is not None
    offered = [b.text() for b in row.findChildren(QPushButton) if b.isVisible()]
    assert "Use L5-S1" in offered
    desk.trigger("use_other")
    assert get_value(desk.document.letter, rationale) == right
    desk.trigger("undo")
    desk.window.fields.go_to(rationale)
    QTest.keyClicks(text, "L5-S1")
    assert get_value(desk.document.letter, rationale) == right


# The two sides of one question


def test_keeping_one_day_offers_the_sentence_that_has_the_other(desk: Desk) -> None:
    QTest.keyClick(focus(desk), Qt.Key.Key_Return)
    told = [w for w in desk.window.notice.all_words if "still says" in w]
    assert told == ["The clinical case summary still says 09/18/2016."]
    (card,) = (c for c in desk.window.notice._cards if c.notice.words in told)
    card.buttons[0].click()
    assert field_with_cursor(desk) == FieldId("clinical_summary")
    row = desk.window.form.row(FieldId("clinical_summary"))
    assert row is not None
    # The day is selected: what is typed takes its place, and then nothing is left to offer.
    QTest.keyClicks(focus(desk), "09/13/2016")
    desk.document.seal()
    assert "09/18/2016" not in desk.document.letter.clinical_summary
    assert not any("still says" in words for words in desk.window.notice.all_words)


def test_taking_the_summarys_day_leaves_nothing_to_go_to(desk: Desk) -> None:
    desk.window.fields.use_other()
    assert not any("still says" in words for words in desk.window.notice.all_words)


def test_giving_the_summarys_field_the_headers_day_offers_the_sentence_too(desk: Desk) -> None:
    desk.window.fields.go_to(IN_SUMMARY)
    desk.window.fields.use_other()
    assert desk.document.letter.patient.date_of_injury == date(2016, 9, 13)
    assert "The clinical case summary still says 09/18/2016." in desk.window.notice.all_words
    # The header's side of the question is answered with it.
    assert INJURY not in desk.document.doubts


def test_arriving_at_an_error_in_a_text_selects_what_it_is_about(desk: Desk) -> None:
    QTest.keyClick(focus(desk), Qt.Key.Key_Return)
    desk.document.edit(IN_SUMMARY, date(2016, 9, 13))
    desk.window.checks.run_now()
    desk.trigger("next_doubt")
    assert field_with_cursor(desk) == FieldId("clinical_summary")
    text = focus(desk)
    assert isinstance(text, QPlainTextEdit)
    assert text.textCursor().selectedText() == "09/18/2016"


@pytest.mark.parametrize("moves", [False, True])
def test_what_the_checks_find_a_moment_later_is_selected_unless_the_caret_was_moved(
    desk: Desk, moves: bool
) -> None:
    desk.document.edit(IN_SUMMARY, date(2016, 9, 13))
    desk.window.checks.run_now()
    found, form = desk.window.checks.findings, desk.window.form
    form.show_findings(())  # as a letter comes: before the checks have run
    desk.window.fields.go_to(FieldId("clinical_summary"))
    text = focus(desk)
    assert isinstance(text, QPlainTextEdit)
    assert not text.textCursor().hasSelection()
    if moves:
        QTest.keyClick(text, Qt.Key.Key_Right)
    form.show_findings(found)
    assert text.textCursor().selectedText() == ("" if moves else "09/18/2016")


def test_what_is_filled_from_the_page_is_lit_where_it_was_picked(desk: Desk) -> None:
    view = desk.window.letter_pane.view
    read = desk.document.evidence[INJURY].places
    boxes = ((0.3, 0.5, 0.4, 0.52),)
    view.words_picked.emit("09/18/2016", 2, boxes)
    assert view.highlights.places("field") == (Place(2, boxes),)
    desk.trigger("undo")
    assert view.highlights.places("field") == read
    desk.trigger("redo")
    assert view.highlights.places("field") == (Place(2, boxes),)
    desk.window.fields.go_to(CASE_NUMBER)
    desk.window.fields.go_to(INJURY)
    assert view.highlights.places("field") == (Place(2, boxes),)
    letters, here = desk.window.letters, desk.window.session.case_id
    assert here is not None
    letters.close()  # as where the desk is locked: the form comes back with the cursor in it
    desk.settle()
    letters.open(here)
    desk.wait_until(lambda: desk.document.is_open)
    desk.settle()
    assert desk.document.current_field == INJURY
    assert view.highlights.places("field") == (Place(2, boxes),)


def test_at_a_text_that_breaks_off_writing_goes_on_at_its_end(desk: Desk) -> None:
    field = FieldId("clinical_summary")
    document = desk.document
    torn = with_value(document.parsed.letter, field, "The worker fell from a ladder and was")
    doubt = Evidence(doubts=(Doubt(words="A page may be lacking here."),))
    document.load(replace(document.parsed, letter=torn, evidence={field: doubt}))
    desk.window.fields.start()
    assert field_with_cursor(desk) == field
    QTest.keyClicks(focus(desk), " hurt.")
    assert document.letter.clinical_summary == "The worker fell from a ladder and was hurt."
    document.load(
        replace(
            document.parsed, letter=with_value(torn, field, "He fell."), evidence={field: doubt}
        )
    )
    desk.window.fields.start()
    QTest.keyClicks(focus(desk), "Then ")
    assert document.letter.clinical_summary == "Then He fell."


def test_a_word_is_asked_for_on_its_list_when_it_is_finished(desk: Desk) -> None:
    field = FieldId("reviewer.specialties")
    desk.type(desk.editor(field.name), "Dragon medicine")
    row = desk.window.form.row(field)
    assert row is not None
    high = row.height()
    assert desk.document.statuses[field].state is State.EDITED
    assert field not in desk.document.doubts
    desk.window.fields.go_to(CASE_NUMBER)
    assert desk.document.statuses[field].state is State.DOUBTFUL
    assert row.height() >= high
    desk.trigger("undo")
    assert field not in desk.document.doubts
    desk.trigger("redo")
    assert desk.document.statuses[field].unlisted


def test_what_the_checks_find_is_in_hand_when_they_come(desk: Desk) -> None:
    number = next(_NUMBERS)
    path = write_pdf(desk.folder / f"letter-{number}.pdf", letter(number, summary_doi="09/13/2016"))
    desk.open(path)
    desk.settle()
    document = desk.document
    assert document.open_points == ()
    first = document.current_field
    assert first is not None
    document.load(
        replace(
            document.parsed, letter=with_value(document.parsed.letter, DECIDED, date(2013, 1, 2))
        )
    )
    desk.window.fields.start()
    assert document.current_field == first
    desk.wait_until(lambda: bool(document.open_points))
    assert field_with_cursor(desk) == next(p.field for p in document.open_points if p.waits)
    # Whoever has gone on to another field stays there.
    document.load(document.parsed)
    desk.window.fields.start()
    desk.window.fields.go_to(CASE_NUMBER)
    elsewhere = FieldId("reviewer.specialties")
    desk.window.fields.go_to(elsewhere)
    desk.wait_until(lambda: bool(document.open_points))
    assert field_with_cursor(desk) == elsewhere


def test_tab_stops_at_no_button_that_folds(desk: Desk) -> None:
    buttons = desk.window.form._sections["Parties"].findChildren(QToolButton)
    folds = [button for button in buttons if button.toolTip() == "Show or hide"]
    assert [button.focusPolicy() for button in folds] == [Qt.FocusPolicy.NoFocus]
    body = desk.window.form._sections["Parties"]._body
    shown = body.isVisible()
    desk.trigger("fold_cover")
    assert body.isVisible() is not shown
    desk.trigger("fold_cover")
    assert body.isVisible() is shown


def test_the_outline_leads_to_the_letter_to_the_parties(desk: Desk) -> None:
    document, field = desk.document, FieldId("cover.copies_to")
    titles = [item.title for item in outline_items(document)]
    assert "Letter to the parties" not in titles
    document.edit(field, "Employee")
    items = outline_items(document)
    assert items[-1].title == "Letter to the parties"
    assert items[-1].mark is Mark.EDITED
    desk.window.fields.go_to(field)
    place = place_in_hand(document)
    assert place == (len(items) - 1,)
    led = first_field(document, place)
    assert led is not None
    assert led.spec.section == "Parties"
    titled = first_field(document, (len(items) - 2,))
    assert titled is not None
    assert titled.name == "issue.title"
