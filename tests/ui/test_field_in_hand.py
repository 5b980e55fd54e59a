"""The field in hand is one thing: cursor, light, outline and the aim of every command agree.

The walk is `field_walk`; here it goes on to other letters, the sheet, findings, the page and windows
of other sizes. IMR_DESK_WALKS is how many walks are made, for a long run by hand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from typing_extensions import override

from app.evidence import ParseResult
from app.letter import FieldId, with_value
from app.services.one_field import HEADER
from app.ui.actions import FIELD, ISSUE, TABLE
from app.ui.dialogs.unlock import UnlockDialog
from app.ui.notice_bar import Kind
from tests.readers import the_reader
from tests.services.vault.made_folder import PASSPHRASE, made_header
from tests.ui.desk import Desk
from tests.ui.field_walk import OF_NO_FIELD, WALKED, FieldInHand, without
from tests.ui.letter_files import pdf_bytes
from tests.ui.made_letters import letter

ISSUES = 5
LETTERS = 3
SIZES = ((1440, 900), (1280, 680), (1000, 700), (1024, 720))
SHEETS = (HEADER, "header.date_of_injury", "issue.title", "issue.rationale", "clinical_summary")
BESIDE = (
    "new_letter",
    "case_file",
    "timeline",
    "find_in_case_file",
    "redact_pdf",
    "history",
    "settings",
    "keys",
    "library",
    "palette",
    "restore",
    "read_page",
    "encryption",
    "about",
)
"""Windows that are opened beside the work and closed again."""
_DESKS: list[Desk] = []
_NUMBERS = count(1)


@pytest.fixture(scope="module", autouse=True)
def walked_desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One window for all walks; each begins with letters of its own, as they were read."""
    made = Desk(tmp_path_factory.mktemp("desk"))
    # It can be locked then.
    made.window.vault.encrypt(made_header())
    made.wait_until(lambda: not made.window.vault.is_converting)
    _DESKS.append(made)
    yield
    _DESKS.remove(made)
    made.close()


def test_every_command_on_a_field_or_item_is_walked() -> None:
    listed = {spec.id for spec in TABLE if spec.menu in (FIELD, ISSUE)}
    assert listed == {*WALKED, *OF_NO_FIELD}


@cache
def _read() -> tuple[bytes, ParseResult]:
    data = pdf_bytes(letter(issues=ISSUES))
    return data, the_reader().letter(data).result


class FurtherWalk(FieldInHand):
    """Goes further than one letter and one window."""

    @initialize()
    def opens_the_letters(self) -> None:
        desk = _DESKS[0]
        for case in desk.store.cases():
            desk.store.remove_case(case.id, by="test")
        data, result = _read()
        ids: list[int] = []
        for number in (next(_NUMBERS) for _ in range(LETTERS)):
            named = with_value(result.letter, FieldId("header.case_number"), f"CM16-{number:07d}")
            kept = desk.store.import_pdf(
                data + b"\n%% %d" % number,
                replace(result, letter=named),
                by="test",
                file_name=f"{number}.pdf",
            )
            ids.append(kept.summary.id)
        desk.window.resize(*SIZES[0])
        desk.window.history.forget()
        desk.window.letters.show_queue()
        desk.window.letters.open(ids[1])
        desk.wait_until(lambda: desk.window.session.case_id == ids[1])
        self.begin(desk)

    @property
    def opened(self) -> int | None:
        return self.window.session.case_id if self.document.is_open else None

    def settle(self) -> None:
        """Whatever letter is on its way is there."""
        self.desk.settle()
        self.regain()

    @override
    def come_to_rest(self) -> None:
        super().come_to_rest()
        if self.desk.jobs.busy:
            self.settle()

    @override
    @contextmanager
    def aims_at(self, aim: FieldId) -> Iterator[None]:
        """Nothing but this field is changed; where it was the last answer, the next letter comes."""
        here, before = self.opened, self.document.letter
        yield
        self.come_to_rest()
        if self.opened == here:
            assert without(self.document.letter, aim) == without(before, aim)

    # To other letters

    @rule(step=st.sampled_from(("next_letter", "previous_letter")))
    def goes_to_another_letter(self, step: str) -> None:
        self.desk.trigger(step)
        self.settle()

    @rule(step=st.sampled_from(("next_letter", "previous_letter")))
    def looks_at_another_letter_and_returns(self, step: str) -> None:
        here, aim, back = self.opened, self.seen(), {"next_letter": "previous_letter"}
        self.desk.trigger(step)
        self.settle()
        if self.opened == here:
            return  # the list ends there
        self.all_speak_of_one_field()
        self.desk.trigger(back.get(step, "next_letter"))
        self.settle()
        assert self.opened == here
        assert self.seen() == aim

    @rule()
    def marks_it_checked_and_takes_that_back(self) -> None:
        here = self.opened
        self.desk.trigger("checked")
        self.desk.trigger("checked")  # something may be left to do
        self.settle()
        self.all_speak_of_one_field()
        self.desk.trigger("undo")
        self.settle()
        assert self.opened == here

    @precondition(lambda self: len(self.window.queue.listed()) > 1)
    @rule()
    def removes_the_letter_and_takes_that_back(self) -> None:
        here, aim = self.opened, self.seen()
        self.desk.trigger("remove_letter")
        self.settle()
        assert self.opened != here
        self.all_speak_of_one_field()
        self.desk.trigger("undo")
        self.settle()
        assert self.opened == here
        assert self.seen() == aim

    # In the sheet

    @rule(
        name=st.sampled_from(SHEETS),
        keys=st.lists(
            st.sampled_from(
                (Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_F8, Qt.Key.Key_A)
            ),
            max_size=5,
        ),
    )
    def works_in_the_sheet(self, name: str, keys: list[Qt.Key]) -> None:
        self.window.session.save_setting("sheet_field", name)
        self.window.session.settle()
        self.desk.trigger("sheet")
        view = self.window.sheet.view
        assert view is not None
        self.desk.wait_until(lambda: bool(view.model.rows))
        for key in keys:
            cursor = view.window.focusWidget()
            assert cursor is not None
            QTest.keyClick(cursor, key)
        view.window.close()
        self.settle()

    # On the page and at the findings

    @rule(place=st.integers(0, 60))
    def clicks_on_the_page(self, place: int) -> None:
        statuses = self.document.statuses
        read = [f for f, seen in self.document.evidence.items() if seen.places and f in statuses]
        field = read[place % len(read)]
        where = self.document.evidence[field].places[0]
        box = where.boxes[0]
        self.window.letter_pane.view.clicked.emit(
            where.page, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        )
        assert self.seen().spec.section == field.spec.section

    @rule(selects=st.booleans())
    def quotes_from_the_page(self, selects: bool) -> None:
        aim = self.seen()
        with self.aims_at(aim):
            if selects:
                self.window.letter_pane.view.select_all()
            self.desk.trigger("quote_selection")
        self.window.form.focus_current()
        assert self.seen() == aim

    @rule()
    def asks_where_a_sentence_came_from(self) -> None:
        aim, before = self.seen(), self.document.letter
        self.desk.trigger("show_source")
        assert self.document.letter == before
        assert self.document.current_field == aim
        self.window.form.focus_current()
        assert self.seen() == aim

    @rule(words=st.sampled_from(("lumbar", "2016", "Date")), times=st.integers(1, 3))
    def finds_words_and_comes_back(self, words: str, times: int) -> None:
        aim = self.seen()
        self.desk.trigger("find")
        line = self.holder()
        assert isinstance(line, QLineEdit)
        QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(line, words)
        for _ in range(times):
            QTest.keyClick(line, Qt.Key.Key_Return)
        QTest.keyClick(line, Qt.Key.Key_Escape)
        assert self.seen() == aim

    @rule(place=st.integers(0, 20))
    def goes_to_a_finding(self, place: int) -> None:
        self.window.checks.run_now()
        found = [one for one in self.window.checks.findings if one.field in self.document.statuses]
        if not found:
            return
        finding = found[place % len(found)]
        self.desk.trigger("checks")
        self.window.checks._select(finding.key)
        QTest.keyClick(self.holder(), Qt.Key.Key_Return)
        QApplication.processEvents()
        assert self.seen() == finding.field
        self.window.commands["checks"].setChecked(False)
        QApplication.processEvents()

    @rule(tab=st.sampled_from(("tab_preview", "tab_changes", "tab_letter")))
    def looks_at_another_tab(self, tab: str) -> None:
        aim = self.seen()
        self.desk.trigger(tab)
        self.window.form.focus_current()
        assert self.seen() == aim

    # The window itself

    @rule(size=st.sampled_from(SIZES))
    def gets_another_size(self, size: tuple[int, int]) -> None:
        aim = self.seen()
        self.window.resize(*size)
        QApplication.processEvents()
        assert self.seen() == aim

    @rule(name=st.sampled_from(("queue", "full_screen", "detach_page")))
    def folds_and_unfolds(self, name: str) -> None:
        aim = self.seen()
        for _ in range(2):
            self.desk.trigger(name)
            QApplication.processEvents()
            self.regain()
        assert self.seen() == aim

    @rule()
    def hides_patient_data_and_shows_it(self) -> None:
        aim = self.seen()
        for _ in range(2):
            self.desk.trigger("mask")
            QApplication.processEvents()
            assert self.seen() == aim

    @rule()
    def leaves_the_picker_as_it_was(self) -> None:
        aim, before = self.seen(), self.document.letter
        self.desk.trigger("cite")
        if self.seen_issue() is None:
            return
        QTest.keyClicks(self.window.picker.view.line, "knee")
        QTest.keyClick(self.window.picker.view.line, Qt.Key.Key_Escape)
        self.regain()
        assert not self.window.picker.isVisible()
        assert self.document.letter == before
        issue = self.seen_issue()
        assert self.seen() in (aim, FieldId("issue.maximus_guideline", issue))

    @rule(
        by=st.sampled_from(("key", "idleness", "a panel")), words=st.sampled_from(("", "a", "x9"))
    )
    def is_locked_and_opened_again(self, by: str, words: str) -> None:
        """The same field with the same words, and what was told meanwhile is told."""
        aim, here = self.seen(), self.opened
        QTest.keyClicks(self.holder(), words)
        written, letter_ = self.words_in_hand(), self.document.letter
        if by == "a panel":
            self.desk.trigger("palette")
        if by == "idleness":
            self.window.vault._idle.grew_idle.emit()
        else:
            self.desk.trigger("lock")
        vault = self.window.vault
        self.desk.wait_until(lambda: vault.vault.is_locked)
        assert not self.document.is_open
        assert not self.window.isVisible()
        self.window.notice.tell(Kind.BACKED_UP, "Made meanwhile.")
        dialog = vault.dialog
        assert isinstance(dialog, UnlockDialog)
        QTest.keyClicks(dialog.secret, PASSPHRASE)
        QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
        self.desk.wait_until(lambda: self.opened == here)
        self.settle()
        assert self.seen() == aim
        assert self.words_in_hand() == written
        assert self.document.letter == letter_
        assert "Made meanwhile." in self.window.notice.all_words
        self.window.notice.clear()

    def words_in_hand(self) -> str:
        """What stands in the editor that has the cursor."""
        holder = self.holder()
        if isinstance(holder, QPlainTextEdit):
            return holder.toPlainText()
        return holder.text() if isinstance(holder, QLineEdit) else ""

    @rule(name=st.sampled_from(BESIDE))
    def looks_into_another_window(self, name: str) -> None:
        aim, before = self.seen(), self.document.letter
        self.desk.trigger(name)
        QApplication.processEvents()
        self.desk.close_beside()
        self.regain()
        assert self.seen() == aim
        assert self.document.letter == before

    @rule()
    def takes_the_newest_notice_and_leaves_it(self) -> None:
        aim = self.seen()
        self.window.notice.tell(Kind.BACKED_UP, "Something to know.")
        self.window.notice.focus_offer()
        QTest.keyClick(self.holder(), Qt.Key.Key_Escape)
        assert self.seen() == aim


TestFieldInHand = FurtherWalk.TestCase
TestFieldInHand.settings = settings(
    max_examples=int(os.environ.get("IMR_DESK_WALKS", "6")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    database=None,
    phases=[Phase.generate],
)
