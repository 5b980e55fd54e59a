"""A walk through the window by keys, clicks, commands and panels, as a state machine.

After each step the field that a person sees the cursor in is the one that is lit, marked in the
outline, and changed by commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.letter import (
    CASE,
    COVER,
    REVIEWER,
    SUMMARY,
    Citation,
    FieldId,
    Issue,
    Letter,
    Source,
    get_value,
    with_value,
)
from app.ui.dialogs.note import NotePopup
from app.ui.form.field_row import FieldRow
from app.ui.notice_bar import Kind
from tests.ui.desk import WAIT_MS, Desk

ISSUES = 5
TITLE = "issue.title"
SECTIONS = {CASE: "Case", REVIEWER: "Reviewer", SUMMARY: "Clinical case summary", COVER: ""}
PICKED = ("09/18/2016", "MRI of the left knee", "47", "female", "Overturned", "nothing of use")
STEPS_OF_ITEMS = ("add_issue", "duplicate_issue", "issue_up", "issue_down", "remove_issue")
WALKED = (
    "confirm",
    "use_other",
    "use_second_other",
    "next_doubt",
    "previous_doubt",
    "show_place",
    "fill_from_page",
    "quote_selection",
    "show_source",
    "revert_field",
    "postpone",
    "cite",
    "remove_citation",
    "snippet",
    "begin_text",
    "join_lines",
    "next_blank",
    "previous_blank",
    "next_issue",
    "previous_issue",
    "partial_approval",
    *STEPS_OF_ITEMS,
)
CITATION = Citation(
    source=Source.MTUS, title="Knee Complaints", chapter="13", edition="2004", sections=("Summary",)
)
OF_NO_FIELD = ("application_items", "show_not_read")
"""Commands of these menus that speak of the whole letter."""


class FieldInHand(RuleBasedStateMachine):
    """What a person sees is the model: the row with the cursor, under the title of its item."""

    desk: Desk

    def come_to_rest(self) -> None:
        """Whatever was begun is done."""
        QApplication.processEvents()

    def begin(self, desk: Desk) -> None:
        """On the letter that is on the desk."""
        self.desk = desk
        self.window, self.document = desk.window, desk.document
        desk.close_beside()
        self.regain()
        self.window.notice.clear()
        self.window.letter_pane.find_bar.hide()
        self.window.commands["checks"].setChecked(False)
        self.window.form._sections[COVER].fold(True)

    # What is seen

    def holder(self) -> QWidget:
        QApplication.processEvents()
        widget = self.window.focusWidget()
        assert widget is not None
        return widget

    def seen(self) -> FieldId:
        """The field a person sees the cursor in, read from the screen."""
        holder = self.holder()
        rows = self.window.form.findChildren(FieldRow)
        found = [row for row in rows if row.editor.isAncestorOf(holder) and row.isVisible()]
        assert len(found) == 1, f"the cursor is in {holder}"
        spec = found[0].spec
        return FieldId(spec.name, self.seen_issue() if spec.of_issue else None)

    def seen_issue(self) -> int | None:
        """The item whose title stands over the fields."""
        words = [
            label.text()
            for label in self.window.form.findChildren(QLabel)
            if label.text().startswith("Disputed item ") and " of " in label.text()
        ]
        if not words:
            return None
        number, total = (int(word) for word in words[0].split()[2::2])
        assert total == len(self.document.letter.issues)
        return self.document.letter.issues[number - 1].id

    @contextmanager
    def aims_at(self, aim: FieldId) -> Iterator[None]:
        """Nothing but this field, and what hangs on it, is changed."""
        before = self.document.letter
        yield
        assert without(self.document.letter, aim) == without(before, aim)

    # Going about

    @rule(place=st.integers(0, 40))
    def clicks(self, place: int) -> None:
        rows = [row for row in self.window.form.findChildren(FieldRow) if row.isVisible()]
        row = rows[place % len(rows)]
        target = row.editor.focusProxy()
        assert target is not None
        aim = FieldId(row.spec.name, self.seen_issue() if row.spec.of_issue else None)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        assert self.seen() == aim

    @rule(times=st.integers(1, 4), key=st.sampled_from((Qt.Key.Key_Tab, Qt.Key.Key_Backtab)))
    def tabs(self, times: int, key: Qt.Key) -> None:
        for _ in range(times):
            QTest.keyClick(self.holder(), key)
        self.window.form.focus_current()

    @rule(step=st.sampled_from(("next_issue", "previous_issue")), times=st.integers(1, 3))
    def steps_through_the_items(self, step: str, times: int) -> None:
        ids = [issue.id for issue in self.document.letter.issues]
        here = self.seen_issue()
        for _ in range(times):
            self.desk.trigger(step)
        if here is not None:
            place = ids.index(here) + (times if step == "next_issue" else -times)
            assert self.seen() == FieldId(TITLE, ids[min(max(place, 0), len(ids) - 1)])

    @rule(place=st.integers(0, 8))
    def picks_an_item(self, place: int) -> None:
        issues = self.document.letter.issues
        if issues:
            place %= len(issues)
            tree = self.window.form.issue_list._tree
            item = tree.topLevelItem(place)
            assert item is not None
            tree.scrollToItem(item)  # a list of many items shows a part of them
            row = tree.visualItemRect(item).center()
            before = self.seen_issue()
            QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=row)
            assert self.seen_issue() == issues[place].id
            if before == issues[place].id:
                self.window.form.focus_current()

    @rule(command=st.sampled_from(("next_doubt", "previous_doubt")))
    def goes_to_a_doubt(self, command: str) -> None:
        waiting = [point.field for point in self.document.open_points]
        self.desk.trigger(command)
        assert not waiting or self.seen() in waiting

    @rule(place=st.integers(0, 3), child=st.integers(0, 8))
    def chooses_in_the_outline(self, place: int, child: int) -> None:
        outline = self.window.outline
        item = outline.topLevelItem(place)
        assert item is not None
        if item.childCount():
            item = item.child(child % item.childCount())
            assert item is not None
        self.window.side.show()
        outline.scrollToItem(item)
        where = outline.visualItemRect(item).center()
        QTest.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=where)

    # Changing

    @rule(words=st.sampled_from(("a", "7 ", "03/18/2016", "x\n")))
    def types(self, words: str) -> None:
        aim = self.seen()
        with self.aims_at(aim):
            QTest.keyClicks(self.holder(), words.rstrip())
            if words.endswith("\n"):
                QTest.keyClick(self.holder(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    @rule(words=st.sampled_from(PICKED), by_key=st.booleans())
    def fills_from_the_page(self, words: str, by_key: bool) -> None:
        aim = self.seen()
        with self.aims_at(aim):
            if by_key:
                self.window.letter_pane.view.select_all()
                self.desk.trigger("fill_from_page")
            else:
                self.window.letter_pane.view.words_picked.emit(words, 1, ())
        assert self.seen() == aim

    @rule()
    def reverts(self) -> None:
        aim = self.seen()
        with self.aims_at(aim):
            self.desk.trigger("revert_field")
        assert self.seen() == aim

    @rule(command=st.sampled_from(("confirm", "use_other", "use_second_other")))
    def settles(self, command: str) -> None:
        aim, before = self.seen(), dict(self.document.confirmed)
        with self.aims_at(aim):
            self.desk.trigger(command)
        now = {key: value for key, value in self.document.confirmed.items() if key not in before}
        assert set(now) <= {aim}

    @rule()
    def presses_enter(self) -> None:
        aim, before = self.seen(), dict(self.document.confirmed)
        with self.aims_at(aim):
            QTest.keyClick(self.holder(), Qt.Key.Key_Return)
        assert set(self.document.confirmed) - set(before) <= {aim}

    @rule()
    def takes_a_citation_out(self) -> None:
        aim = self.seen()
        with self.aims_at(aim):
            self.desk.trigger("remove_citation")
            if (menu := QApplication.activePopupWidget()) is not None:
                QTest.keyClick(menu, Qt.Key.Key_Return)
                self.regain()
        assert self.seen() == aim

    @rule()
    def tells_of_a_partial_approval(self) -> None:
        issue = self.seen_issue()
        self.desk.trigger("partial_approval")
        if issue is not None:
            assert self.seen() == FieldId("issue.request.original", issue)

    @rule(command=st.sampled_from(STEPS_OF_ITEMS))
    def changes_the_items(self, command: str) -> None:
        ids, here = [issue.id for issue in self.document.letter.issues], self.seen_issue()
        self.desk.trigger(command)
        now = [issue.id for issue in self.document.letter.issues]
        if here is None:
            assert now == ([] if command != "add_issue" else [self.seen().issue])
            return
        place = ids.index(here)
        if command in ("add_issue", "duplicate_issue"):
            assert now == [*ids[: place + 1], now[place + 1], *ids[place + 1 :]]
            assert self.seen() == FieldId(TITLE, now[place + 1])
        elif command == "remove_issue":
            assert now == [one for one in ids if one != here]
        else:
            other = place + (1 if command == "issue_down" else -1)
            if 0 <= other < len(ids):
                ids[place], ids[other] = ids[other], ids[place]
            assert now == ids
            assert self.seen_issue() == here

    @rule(command=st.sampled_from(("undo", "redo")), times=st.integers(1, 3), by_key=st.booleans())
    def goes_through_the_history(self, command: str, times: int, by_key: bool) -> None:
        key = Qt.Key.Key_Z if command == "undo" else Qt.Key.Key_Y
        for _ in range(times):
            before, can = self.document.letter, self.window.commands[command].isEnabled()
            if by_key:
                QTest.keyClick(self.holder(), key, Qt.KeyboardModifier.ControlModifier)
            else:
                self.desk.trigger(command)
            self.come_to_rest()
            assert can or self.document.letter == before

    @rule(note=st.sampled_from(("", "ask the office")))
    def postpones(self, note: str) -> None:
        aim, before = self.seen(), set(self.document.postponed)
        self.desk.trigger("postpone")
        popup = self.window.findChildren(NotePopup)[-1]
        assert f"“{aim.spec.label}”" in popup.windowTitle()
        line = popup.findChildren(QLineEdit)[0]
        QTest.keyClicks(line, note)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.regain()
        assert set(self.document.postponed) - before <= {aim}
        assert aim in self.document.postponed

    # Panels that come and go

    @rule()
    def looks_at_the_checks(self) -> None:
        aim = self.seen()
        self.desk.trigger("checks")
        assert self.window.checks.isAncestorOf(self.holder())
        self.desk.trigger("checks")
        assert self.seen() == aim

    @rule()
    def closes_a_notice(self) -> None:
        aim = self.seen()
        self.window.notice.tell(Kind.BACKED_UP, "Something to know.")
        for button in self.window.notice.findChildren(QWidget):
            if button.accessibleName() == "Close this notice":
                button.setFocus()
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert self.seen() == aim

    @rule()
    def reads_the_manual(self) -> None:
        aim = self.seen()
        self.desk.trigger("help")
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.isVisible():
                top.close()
        self.regain()
        assert self.seen() == aim

    @rule()
    def goes_to_the_page_and_back(self) -> None:
        aim = self.seen()
        self.desk.trigger("show_place")
        assert self.window.letter_pane.view.hasFocus()
        self.desk.trigger("show_place")
        assert self.seen() == aim

    @rule()
    def asks_for_a_citation(self) -> None:
        issue, aim = self.seen_issue(), self.seen()
        self.desk.trigger("cite")
        if issue is None:
            return
        if not aim.name.endswith("_guideline"):
            aim = FieldId("issue.maximus_guideline", issue)
        assert self.window.picker.isVisible()
        with self.aims_at(aim):
            self.window.picker.citation_chosen.emit(self.window.picker._trial.field, CITATION)
        self.window.picker.close()
        self.regain()
        assert self.seen() == aim

    @rule()
    def joins_lines(self) -> None:
        aim = self.seen()
        with self.aims_at(aim):
            self.desk.trigger("join_lines")
        assert self.seen() == aim

    @rule(command=st.sampled_from(("snippet", "next_blank", "previous_blank")))
    def writes_with_snippets(self, command: str) -> None:
        aim = self.seen()
        with self.aims_at(aim):
            self.desk.trigger(command)
            self.take_what_is_offered()
        assert self.seen() == aim

    @rule()
    def begins_a_text(self) -> None:
        aim = self.seen()
        with self.aims_at(aim):
            self.desk.trigger("begin_text")
            self.desk.jobs.wait_for_done(WAIT_MS)
            QApplication.processEvents()
            self.take_what_is_offered()
        assert self.seen() == aim

    def take_what_is_offered(self) -> None:
        """A list of snippets, then the choices of a blank; a list with nothing for the field in hand
        is left again."""
        before: QWidget | None = None
        while (popup := QApplication.activePopupWidget()) is not None:
            key = Qt.Key.Key_Escape if popup is before else Qt.Key.Key_Return
            QTest.keyClick(popup.focusWidget() or popup, key)
            before = popup
            self.regain()

    def regain(self) -> None:
        """Without a window manager nobody gives the keyboard back when a window closes."""
        QApplication.processEvents()
        self.window.activateWindow()
        handle = self.window.windowHandle()
        self.desk.wait_until(lambda: QGuiApplication.focusWindow() is handle)
        QApplication.processEvents()

    # What must hold

    @invariant()
    def all_speak_of_one_field(self) -> None:
        field = self.seen()
        assert self.document.current_field == field
        assert self.window.letter_pane.view.highlights.places("field") == self.document.places_of(
            field
        )
        assert self.marked_in_the_outline() == self.expected_in_the_outline(field)

    def marked_in_the_outline(self) -> tuple[str, int]:
        item = self.window.outline.currentItem()
        if item is None:
            return "", -1
        above = item.parent()
        return item.text(0), -1 if above is None else above.indexOfChild(item)

    def expected_in_the_outline(self, field: FieldId) -> tuple[str, int]:
        if field.issue is None:
            return SECTIONS[field.spec.section], -1
        issues = self.document.letter.issues
        place = next(place for place, issue in enumerate(issues) if issue.id == field.issue)
        return f"{place + 1}. {issues[place].title}", place


def without(letter: Letter, field: FieldId) -> Letter:
    """A letter in which a field, and what follows from it, is empty."""
    if field.issue is None:
        value = get_value(letter, field)
        nothing: Any = () if isinstance(value, tuple) else "" if isinstance(value, str) else None
        return with_value(letter, field, nothing)
    if field.name.startswith((TITLE, "issue.request")):
        bare = replace(letter.issue(field.issue), title="", request=None)
    else:
        name = field.name.removeprefix("issue.")
        bare = replace(letter.issue(field.issue), **{name: getattr(Issue(id=0), name)})
    issues = tuple(bare if one.id == field.issue else one for one in letter.issues)
    return replace(letter, issues=issues)
