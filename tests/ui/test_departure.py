"""The gate: errors hold a letter here until someone says why it may leave, and that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.services.pdf import read
from app.services.public_copy import CopyStopped
from app.services.store import Act, Scope
from app.ui.dialogs.other_people import OtherPeopleDialog
from tests.ui.desk import Desk
from tests.ui.made_letters import ON_A_SATURDAY, letter, write_pdf


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A letter whose dates of injury differ is open: one error."""
    made = Desk(tmp_path)
    made.open(write_pdf(tmp_path / "letter.pdf", letter(3)))
    made.settle()
    made.window.exporter.ask_path = lambda _name, _filter: tmp_path / "out.pdf"
    yield made
    made.close()


def give_reason(desk: Desk, reason: str) -> None:
    line = desk.window.checks.reason_line
    desk.wait_until(line.isVisible)
    desk.type(line, reason, replace=False)
    QTest.keyClick(line, Qt.Key.Key_Return)
    desk.settle()


def dismissals(desk: Desk) -> list[str]:
    entries = desk.store.journal(desk.window.session.case_id)
    return [str(entry.after) for entry in entries if entry.act is Act.DISMISS]


def test_errors_hold_the_letter_and_ask_why(desk: Desk, tmp_path: Path) -> None:
    checks = desk.window.checks
    assert len(checks.errors) >= 1
    for form in ("export_pdf", "export_redacted", "export_word"):
        desk.trigger(form)
        desk.settle()
        assert not (tmp_path / "out.pdf").exists()
        assert checks.isVisible()
        assert checks.reason_line.isVisible()
        assert "stands. Why may" in checks._question.text()
        # No reason, no leave; Escape withdraws.
        QTest.keyClick(checks.reason_line, Qt.Key.Key_Return)
        QTest.keyClick(checks.reason_line, Qt.Key.Key_Escape)
        desk.settle()
        assert not checks.reason_line.isVisible()
        assert not (tmp_path / "out.pdf").exists()
        assert dismissals(desk) == []


def test_what_is_left_is_told_in_the_words_of_what_was_asked_for(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    desk.open(
        write_pdf(
            tmp_path / "letter.pdf", letter(3, summary_doi="09/13/2016", decided=ON_A_SATURDAY)
        )
    )
    desk.settle()
    desk.trigger("tab_preview")
    for command, done, button in (
        ("print", "Not printed yet.", "Print all the same"),
        ("export_pdf", "Not written yet.", "Export all the same"),
    ):
        desk.trigger(command)
        assert desk.window.notice.words.startswith(done)
        shown = desk.window.notice.findChildren(QPushButton)
        assert button in [one.text() for one in shown if one.isVisible()]
    desk.close()


def test_a_reason_lets_it_leave_once_and_is_kept_in_the_journal(desk: Desk, tmp_path: Path) -> None:
    errors = desk.window.checks.errors
    desk.trigger("export_pdf")
    give_reason(desk, "The file has both dates")
    assert (tmp_path / "out.pdf").exists()
    (kept,) = dismissals(desk)
    assert "The file has both dates" in kept
    assert all(error.rule in kept for error in errors)
    assert desk.store.verify(desk.window.session.case_id) is None
    # The errors still stand, and the next export asks again.
    assert desk.window.checks.errors == errors
    (tmp_path / "out.pdf").unlink()
    desk.trigger("export_pdf")
    desk.settle()
    assert desk.window.checks.reason_line.isVisible()
    assert not (tmp_path / "out.pdf").exists()


def test_a_reason_for_an_export_that_was_thought_better_of_is_not_kept(desk: Desk) -> None:
    errors = desk.window.checks.errors
    desk.window.exporter.ask_path = lambda _name, _filter: None
    desk.trigger("export_pdf")
    give_reason(desk, "The file has both dates")
    assert dismissals(desk) == []
    assert desk.window.checks.errors == errors


def test_words_that_are_no_value_keep_the_letter_here(desk: Desk, tmp_path: Path) -> None:
    editor = desk.editor("header.date_of_injury")
    desk.type(editor, "2016-13-1")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert FieldId("header.date_of_injury") in desk.document.wrong
    assert FieldId("header.date_of_injury") in desk.document.doubts
    for form in ("export_pdf", "export_redacted", "export_word", "export_json"):
        desk.trigger(form)
        desk.settle()
        assert "no value" in desk.window.notice.words
        assert not (tmp_path / "out.pdf").exists()
    desk.type(desk.editor("header.date_of_injury"), "09/13/2016")
    assert desk.document.wrong == {}


def test_an_error_made_a_moment_ago_counts(desk: Desk, tmp_path: Path) -> None:
    desk.trigger("export_pdf")
    give_reason(desk, "both dates are right")
    (tmp_path / "out.pdf").unlink()
    line = desk.editor("header.case_number")
    desk.type(line, "CM16-1")
    # At once: the checks that run behind the typing have not come to it yet.
    desk.trigger("export_pdf")
    assert desk.window.checks.reason_line.isVisible()
    desk.settle()
    assert not (tmp_path / "out.pdf").exists()
    assert desk.window.checks.errors


def test_a_working_copy_is_not_held(desk: Desk, tmp_path: Path) -> None:
    desk.window.exporter.ask_path = lambda _name, _filter: tmp_path / "out.json"
    desk.trigger("export_json")
    desk.settle()
    assert (tmp_path / "out.json").exists()
    assert not desk.window.checks.reason_line.isVisible()


def test_a_report_tells_what_was_set_aside_and_why(desk: Desk, tmp_path: Path) -> None:
    error = desk.window.checks.errors[0]
    desk.window.checks.dismissed.emit(error, Scope.ONE, "seen on page 2")
    desk.settle()
    assert error not in desk.window.checks.errors
    desk.trigger("checks_report")
    desk.settle()
    shown = " ".join(w.text for page in read(tmp_path / "out.pdf").pages for w in page.words)
    assert "Set aside (1)" in shown
    assert "seen on page 2" in shown
    # Recalled, it is an error again.
    desk.window.checks.recalled.emit()
    desk.wait_until(lambda: any(e.key == error.key for e in desk.window.checks.errors))


def test_without_a_letter_nothing_can_be_exported(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        for name in ("export_pdf", "export_redacted", "checks_report", "redact_pdf"):
            assert not desk.window.commands[name].isEnabled()
        desk.window.departure.report("report_pdf")
        assert desk.window.notice.words == ""
    finally:
        desk.close()


@pytest.fixture
def doubtful(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A letter with a doubt and no error is open."""
    made = Desk(tmp_path)
    made.open(
        write_pdf(
            tmp_path / "letter.pdf", letter(3, summary_doi="09/13/2016", decided=ON_A_SATURDAY)
        )
    )
    made.settle()
    made.window.exporter.ask_path = lambda _name, _filter: tmp_path / "out.pdf"
    yield made
    made.close()


def test_what_is_left_is_told_before_the_letter_leaves(doubtful: Desk, tmp_path: Path) -> None:
    assert doubtful.window.checks.errors == ()
    doubtful.trigger("export_pdf")
    doubtful.settle()
    assert "Left to do in this letter: 1 doubt (Decision date)." in doubtful.window.notice.words
    assert not (tmp_path / "out.pdf").exists()
    # Put off is left to do too, and something else than was told: it is told anew.
    doubtful.document.postpone(FieldId("header.decision_date"), "ask the office")
    doubtful.trigger("export_pdf")
    doubtful.settle()
    assert "1 postponed (Decision date)" in doubtful.window.notice.words
    doubtful.trigger("export_pdf")
    doubtful.settle()
    assert (tmp_path / "out.pdf").exists()
    entry = doubtful.store.journal(doubtful.window.session.case_id)[-1]
    assert entry.label == "Marked exported. Left to do: 1 postponed (Decision date)."


def test_the_offer_writes_it_too(doubtful: Desk, tmp_path: Path) -> None:
    doubtful.trigger("export_pdf")
    doubtful.window.notice._cards[-1].buttons[-1].click()
    doubtful.settle()
    assert (tmp_path / "out.pdf").exists()


def _named(desk: Desk, tmp_path: Path) -> Path:
    """A letter that names a treater and the worker's wife, about to leave as a public copy."""
    out = tmp_path / "public.pdf"
    desk.window.exporter.ask_path = lambda _name, _filter: out
    summary = desk.document.letter.clinical_summary
    told = f"{summary} Dr. Priya Raghunathan saw him. His wife Marisol helps."
    desk.document.edit(FieldId("clinical_summary"), told)
    desk.settle()
    return out


def _press_offer(desk: Desk, words: str) -> None:
    buttons = desk.window.notice.findChildren(QPushButton)
    next(one for one in buttons if one.text() == words).click()
    desk.settle()


@pytest.mark.parametrize(
    ("offer", "gone"),
    [("Leave them", ()), ("Take all out", ("Raghunathan", "Marisol"))],
)
def test_others_that_a_public_copy_names_stay_or_go_as_the_user_says(
    desk: Desk, tmp_path: Path, offer: str, gone: tuple[str, ...]
) -> None:
    out = _named(desk, tmp_path)

    desk.window.departure.export("redacted")
    desk.window.departure.override("as it stands")
    desk.settle()
    assert not out.exists()
    assert "names 2 others" in desk.window.notice.words
    _press_offer(desk, offer)
    text = " ".join(read(out).page_texts)
    assert [name for name in ("Raghunathan", "Marisol") if name not in text] == list(gone)


def test_only_the_names_that_are_ticked_go(desk: Desk, tmp_path: Path) -> None:
    out = _named(desk, tmp_path)
    desk.window.departure.export("redacted")
    desk.window.departure.override("as it stands")
    desk.settle()
    _press_offer(desk, "Choose…")
    (dialog,) = desk.window.findChildren(OtherPeopleDialog)
    tree = dialog.findChild(QTreeWidget)
    tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Write the copy…").click()
    desk.settle()
    text = " ".join(read(out).page_texts)
    assert "Raghunathan" in text
    assert "Marisol" not in text


def test_how_far_the_proof_of_a_public_copy_is_stands_in_a_notice_that_stops_it(desk: Desk) -> None:
    desk.open(write_pdf(desk.folder / "a.pdf", letter(1)))
    watch = desk.window.exporter.begin_proof()
    watch.tell(1, 4)
    assert "pictures of the pages are being read: 1 of 4" in desk.window.notice.words
    _press_offer(desk, "Stop")
    assert watch.is_cancelled
    desk.window.exporter.failed.emit(CopyStopped())
    assert "being read" not in desk.window.notice.words
    assert "its proof was stopped" in desk.window.notice.words
    watch.tell(2, 4)
    assert "being read" not in desk.window.notice.words
