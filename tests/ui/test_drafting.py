"""Snippets by name and from the list, and the way from blank to blank."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit

from app.letter import Basis, FieldId, get_value
from app.services.snippets import in_sentence
from app.ui.drafting import SnippetPopup
from tests.ui.desk import Desk
from tests.ui.made_letters import write_pdf


@pytest.fixture
def rationale(desk: Desk, tmp_path: Path) -> QPlainTextEdit:
    desk.open(write_pdf(tmp_path / "letter.pdf"))
    issue = desk.document.letter.issues[0].id
    box = desk.editor("issue.rationale", issue)
    assert isinstance(box, QPlainTextEdit)
    return box


def _rationale(desk: Desk) -> str:
    return desk.document.letter.issues[0].rationale


def test_a_name_and_a_space_become_the_sentence(desk: Desk, rationale: QPlainTextEdit) -> None:
    desk.type(rationale, ".upheld ")
    title = desk.document.letter.issues[0].title
    assert _rationale(desk) == f"The request for {title} is not medically necessary."


def test_what_is_no_name_stays_as_typed(desk: Desk, rationale: QPlainTextEdit) -> None:
    desk.type(rationale, "It ends here. .nonesuch x")
    assert _rationale(desk) == "It ends here. .nonesuch x"


def test_the_list_puts_in_and_blanks_are_walked(desk: Desk, rationale: QPlainTextEdit) -> None:
    desk.type(rationale, "")
    desk.trigger("snippet")
    popup = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SnippetPopup))
    line = popup.focusProxy()
    assert line is not None
    QTest.keyClicks(line, "overturned criteria")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert rationale.textCursor().selectedText() == "***"
    QTest.keyClicks(rationale, "imaging")
    desk.trigger("next_blank")
    assert rationale.textCursor().selectedText() == "***"
    QTest.keyClicks(rationale, "red flags are documented")
    assert _rationale(desk).startswith(
        "The guideline's criteria for imaging are met: red flags are documented."
    )
    desk.trigger("next_blank")
    assert "no blank left" in desk.window.notice.words
    for _ in ("red flags", "imaging", "the snippet"):
        desk.document.undo()
    assert "imaging" not in _rationale(desk)


def test_selected_text_can_be_kept(desk: Desk, rationale: QPlainTextEdit) -> None:
    desk.type(rationale, "A sentence of my own.")
    rationale.selectAll()
    desk.trigger("snippet")
    popup = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SnippetPopup))
    line = popup.focusProxy()
    assert line is not None
    QTest.keyClicks(line, "mine")
    popup.keep_button.click()
    desk.type(rationale, ".mine ")
    assert _rationale(desk) == "A sentence of my own."


@pytest.mark.parametrize(("selected", "told"), [("", "can be kept as one"), ("knee", "Name the")])
def test_a_field_without_snippets_says_so(desk: Desk, selected: str, told: str) -> None:
    popup = SnippetPopup((), {}, selected, desk.window)
    assert told in popup._text.text()
    assert "no snippet yet" in popup._text.text()
    popup.close()


def test_words_that_no_snippet_has_are_told(desk: Desk, rationale: QPlainTextEdit) -> None:
    desk.trigger("snippet")
    popup = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SnippetPopup))
    QTest.keyClicks(popup._line, "zzz")
    assert popup._text.text() == "No snippet has these words."
    popup.close()


def test_a_field_that_is_no_text_says_that_it_takes_none(
    desk: Desk, rationale: QPlainTextEdit
) -> None:
    desk.editor("header.date_of_injury")
    desk.trigger("snippet")
    assert "running texts" in desk.window.notice.words


def test_misspelt_words_are_marked_when_the_lists_are_loaded(
    desk: Desk, rationale: QPlainTextEdit
) -> None:
    desk.type(rationale, "The lumbr spine.")

    def marked() -> list[tuple[int, int]]:
        formats = rationale.document().firstBlock().layout().formats()
        return [(one.start, one.length) for one in formats]

    # The lists come some time after the window.
    desk.wait_until(lambda: marked() == [(4, 5)])
    assert desk.document.current_field == FieldId(
        "issue.rationale", desk.document.letter.issues[0].id
    )


def test_the_list_shows_the_sentence_as_it_will_stand(
    desk: Desk, rationale: QPlainTextEdit
) -> None:
    desk.type(rationale, "So it is. ")
    desk.trigger("snippet")
    popup = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SnippetPopup))
    line = popup.focusProxy()
    assert line is not None
    QTest.keyClicks(line, "upheld-criteria")
    shown = " ".join(label.text() for label in popup.findChildren(QLabel))
    assert "{issue.title}" not in shown
    title = desk.document.letter.issues[0].title
    assert in_sentence(title, starts=False) in shown
    popup.close()


def test_a_choice_is_taken_by_its_key(desk: Desk, rationale: QPlainTextEdit) -> None:
    desk.type(rationale, "")
    desk.type(rationale, ".improvement ", replace=False)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert "is not documented: ***." in _rationale(desk)
    desk.trigger("next_blank")
    assert rationale.textCursor().selectedText() == "***"


def test_a_guideline_field_has_its_fixed_sentences(desk: Desk, rationale: QPlainTextEdit) -> None:
    issue = desk.document.letter.issues[0].id
    box = desk.editor("issue.claims_administrator_guideline", issue)
    assert isinstance(box, QPlainTextEdit)
    desk.type(box, ".none ")
    field = FieldId("issue.claims_administrator_guideline", issue)
    guideline = get_value(desk.document.letter, field)
    assert guideline.text == (
        "The Claims Administrator did not cite any medical evidence for its decision."
    )
    assert guideline.basis is Basis.NONE


def test_the_reasons_begin_from_the_facts_and_nowhere_else(
    desk: Desk, rationale: QPlainTextEdit
) -> None:
    desk.type(rationale, "")
    desk.trigger("begin_text")
    desk.wait_until(lambda: "medically necessary" in _rationale(desk))
    assert rationale.textCursor().selectedText() == "***"
    desk.document.undo()
    desk.window.fields.go_to(FieldId("header.case_number"))
    desk.trigger("begin_text")
    assert "skeleton" in desk.window.notice.words
