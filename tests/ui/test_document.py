"""Any order of edits, undo, redo, marks and restarts leaves the document true to its history."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from pytestqt.qtbot import QtBot

from app.evidence import ParseResult
from app.letter import Citation, FieldId, Kind, Letter, Source, get_value
from app.services import editing
from app.services.citations import Style
from app.services.database import open_database
from app.services.parsing import parse
from app.services.pdf import read
from app.services.review import all_statuses
from app.services.store import Store
from app.ui.document import LetterDocument
from app.ui.history import EditKind
from app.ui.session import Session
from tests.budget import examples
from tests.ui.letter_files import pdf_bytes
from tests.ui.made_letters import letter

CASE_NUMBER = FieldId("header.case_number")
SUMMARY = FieldId("clinical_summary")
INJURY = FieldId("header.date_of_injury")

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
SENTENCES = st.sampled_from(
    (
        "",
        "Decision based on MTUS Knee Complaints 2004, Section(s): Special Studies.",
        "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Low Back.",
        "The Claims Administrator did not cite any medical evidence for its decision.",
    )
)
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.LINE: WORDS,
    Kind.TEXT: WORDS,
    Kind.NUMBER: st.none() | st.integers(1, 129),
    Kind.DATE: st.none() | st.dates(date(1950, 1, 1), date(2039, 12, 31)),
    Kind.CHOICE: st.sampled_from((None, "Upheld", "Overturned")),
    Kind.LIST: st.lists(WORDS, max_size=3).map(tuple),
    Kind.GUIDELINE: SENTENCES,
}
STYLE = Style.SECTIONS_2016
MISSING: Any = object()
CITATION = Citation(
    source=Source.MTUS, title="Knee Complaints", chapter="13", edition="2004", sections=("Summary",)
)


@cache
def _parsed(issues: int = 2) -> ParseResult:
    return parse(read(pdf_bytes(letter(issues=issues))))


class Desk(NamedTuple):
    """What a step of the history leads to."""

    letter: Letter
    confirmed: dict[FieldId, Any]
    postponed: dict[FieldId, str]


class DocumentMachine(RuleBasedStateMachine):
    """The model is the list of desks the history goes through, also after a new start."""

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        folder = Path(self.temporary.name)
        self.database = open_database(folder / "imr-desk.db")
        self.store = Store(self.database, folder)
        data = pdf_bytes(letter())
        self.case_id = self.store.import_pdf(data, _parsed(), by="tester").summary.id
        self.desks = [Desk(_parsed().letter, {}, {})]
        self.position = 0
        self.typing: FieldId | None = None
        self.latest: FieldId | None = None
        self.open()

    def open(self) -> None:
        self.document = LetterDocument()
        self.session = Session(self.store, self.document)
        self.session.open(self.store.case(self.case_id))

    def teardown(self) -> None:
        self.session.close()
        self.database.close()
        self.temporary.cleanup()

    # The model

    def sealed(self) -> None:
        if self.typing is not None:
            field, self.typing = self.typing, None
            if self.typed != self.now.letter:
                self.pushed(self.typed, field)

    @property
    def now(self) -> Desk:
        return self.desks[self.position]

    def pushed(self, after: Letter, field: FieldId | None = None) -> None:
        if after == self.now.letter:
            return
        self.latest = field
        self.stepped(self.now._replace(letter=after))

    def stepped(self, after: Desk) -> None:
        self.desks[self.position + 1 :] = [after]
        self.position += 1

    def marked(self, field: FieldId, value: Any, note: str | None) -> Desk:
        confirmed, postponed = dict(self.now.confirmed), dict(self.now.postponed)
        for marks, mark in ((confirmed, value), (postponed, note)):
            marks.pop(field, None)
            if mark is not MISSING:
                marks[field] = mark
        return Desk(self.now.letter, confirmed, postponed)

    def any_field(self, data: st.DataObject) -> FieldId:
        return data.draw(st.sampled_from(list(self.document.statuses)))

    def any_issue(self, data: st.DataObject) -> int:
        issues = self.document.letter.issues
        assume(issues)
        return data.draw(st.sampled_from([issue.id for issue in issues]))

    # What a person does

    @rule(data=st.data(), typing=st.booleans(), again=st.booleans())
    def edits(self, data: st.DataObject, typing: bool, again: bool) -> None:
        field = self.any_field(data)
        if again and self.typing in self.document.statuses:
            field = self.typing
        value = data.draw(VALUES[field.spec.kind])
        if field.name == "header.priority":
            value = value or ""
        if self.typing != field:
            self.sealed()
        before = self.now.letter
        after = editing.edit_value(self.document.letter, field, value)
        had = self.document.letter
        self.document.edit(field, value, typing=typing)
        assert self.document.letter == after
        if not typing:
            self.typing = None
            self.pushed(after, field)
            return
        if after != had:
            del self.desks[self.position + 1 :]
            self.typing = None if after == before else field
        self.typed = after

    @rule()
    def leaves_the_field(self) -> None:
        self.document.seal()
        self.sealed()

    @rule()
    def undoes(self) -> None:
        self.document.undo()
        self.sealed()
        self.latest = None
        self.went_to(max(0, self.position - 1))

    def went_to(self, position: int) -> None:
        self.position = position

    @rule()
    def redoes(self) -> None:
        self.document.redo()
        self.sealed()
        self.latest = None
        self.went_to(min(len(self.desks) - 1, self.position + 1))

    @rule(data=st.data(), act=st.sampled_from(("add", "duplicate", "up", "down", "remove")))
    def changes_the_issues(self, data: st.DataObject, act: str) -> None:
        now = self.document.letter
        desks = self.desks[: self.position + 1]
        ids_ever = {issue.id for one in desks for issue in one.letter.issues}
        if act == "add":
            after, made = editing.add_issue(now)
            assert made not in ids_ever
        elif act == "duplicate":
            after, made = editing.duplicate_issue(now, self.any_issue(data))
            assert made not in ids_ever
        elif act == "remove":
            after = editing.remove_issue(now, self.any_issue(data))
        else:
            after = editing.move_issue(now, self.any_issue(data), -1 if act == "up" else 1)
        self.document.replace_letter(after, act)
        self.sealed()
        self.pushed(after)

    @rule(data=st.data())
    def cites(self, data: st.DataObject) -> None:
        field = FieldId("issue.maximus_guideline", self.any_issue(data))
        after = editing.add_citation(self.document.letter, field, CITATION, STYLE)
        self.document.replace_letter(after, "Add citation", field)
        self.sealed()
        self.pushed(after, field)

    @rule(data=st.data())
    def takes_a_citation_out(self, data: st.DataObject) -> None:
        field = FieldId("issue.maximus_guideline", self.any_issue(data))
        count = len(get_value(self.document.letter, field).citations)
        assume(count)
        place = data.draw(st.integers(0, count - 1))
        after = editing.remove_citation(self.document.letter, field, place, STYLE)
        self.document.replace_letter(after, "Take out citation", field)
        self.sealed()
        self.pushed(after, field)

    @rule(data=st.data())
    def goes_back_to_what_was_read(self, data: st.DataObject) -> None:
        field = self.any_field(data)
        self.document.revert(field)
        self.sealed()
        if field.issue in (None, *(issue.id for issue in _parsed().letter.issues)):
            assert get_value(self.document.letter, field) == get_value(_parsed().letter, field)
        self.pushed(self.document.letter, field)

    @rule(data=st.data())
    def confirms(self, data: st.DataObject) -> None:
        field = self.any_field(data)
        self.document.confirm(field)
        self.sealed()
        value = get_value(self.document.letter, field)
        if field in self.now.confirmed and self.now.confirmed[field] == value:
            return
        after = self.marked(field, value, MISSING)
        if self.latest == field:
            # One key gave the value and said that it is right: one step.
            self.desks[self.position] = after
        else:
            self.latest = None
            self.stepped(after)

    @rule(data=st.data(), note=WORDS)
    def postpones(self, data: st.DataObject, note: str) -> None:
        field = self.any_field(data)
        self.document.postpone(field, note)
        self.sealed()
        self.latest = None
        self.stepped(self.marked(field, self.now.confirmed.get(field, MISSING), note))

    @precondition(lambda self: self.now.postponed)
    @rule(data=st.data())
    def takes_up_again(self, data: st.DataObject) -> None:
        field = data.draw(st.sampled_from(list(self.now.postponed)))
        self.document.resume(field)
        self.sealed()
        self.latest = None
        self.stepped(self.marked(field, self.now.confirmed.get(field, MISSING), MISSING))

    @rule()
    def starts_again(self) -> None:
        self.session.close()
        self.sealed()
        self.latest = None
        self.open()

    # What must hold

    @invariant()
    def the_letter_is_the_one_of_the_history(self) -> None:
        expected = self.typed if self.typing is not None else self.now.letter
        assert self.document.letter == expected
        typed = self.typing is not None
        assert self.document.history.count() == len(self.desks) + typed - 1
        assert self.document.history.index() == self.position + typed

    @invariant()
    def statuses_are_what_review_computes(self) -> None:
        parsed = _parsed()
        assert dict(self.document.statuses) == all_statuses(
            self.document.letter,
            parsed.letter,
            parsed.evidence,
            self.document.confirmed,
            written=self.document.written,
        )
        assert self.document.written is None or self.typing in (None, self.document.written)
        assert dict(self.document.confirmed) == self.now.confirmed
        assert dict(self.document.postponed) == self.now.postponed

    @rule()
    def undoes_all_and_goes_forth_again(self) -> None:
        self.document.seal()
        self.sealed()
        self.latest = None
        for _ in range(self.position):
            self.document.undo()
        assert self.document.letter == _parsed().letter
        assert not self.document.history.canUndo()
        for _ in range(self.position):
            self.document.redo()


TestDocument = DocumentMachine.TestCase
TestDocument.pytestmark = [pytest.mark.usefixtures("qapp")]
TestDocument.settings = settings(
    max_examples=examples(12),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    database=None,
)


@pytest.fixture
def document(qtbot: QtBot) -> LetterDocument:
    made = LetterDocument()
    made.load(_parsed())
    return made


def test_typing_in_one_field_is_one_step_until_the_field_is_left(document: LetterDocument) -> None:
    told: list[tuple[EditKind, str]] = []
    document.edit_made.connect(lambda kind, edit: told.append((kind, edit.label)))
    for text in ("C", "CM", "CM1"):
        document.edit(CASE_NUMBER, text, typing=True)
    assert document.history.count() == 1
    assert told == []
    document.seal()
    assert told == [(EditKind.EDIT, "Edit case number")]
    document.edit(CASE_NUMBER, "CM17", typing=True)
    document.edit(SUMMARY, "Other words.", typing=True)
    document.seal()
    assert document.history.count() == 3
    document.undo()
    document.undo()
    assert document.letter.header.case_number == "CM1"


def test_a_commit_ends_the_step_that_typing_made(document: LetterDocument) -> None:
    document.edit(CASE_NUMBER, "CM1", typing=True)
    document.edit(CASE_NUMBER, "CM17")
    assert document.history.count() == 1
    document.undo()
    assert document.letter is document.parsed.letter


def test_what_is_typed_back_to_the_start_leaves_no_step(document: LetterDocument) -> None:
    told: list[object] = []
    document.edit_made.connect(lambda *edit: told.append(edit))
    was = document.letter.header.case_number
    document.edit(CASE_NUMBER, was + "5", typing=True)
    document.edit(CASE_NUMBER, was, typing=True)
    document.seal()
    assert document.history.count() == 0
    assert told == []
    document.edit(CASE_NUMBER, "CM17", typing=True)
    document.seal()
    assert document.history.count() == 1


def test_undo_of_all_gives_the_very_letter_that_was_read(document: LetterDocument) -> None:
    document.edit(CASE_NUMBER, "CM17")
    document.edit(FieldId("issue.title", document.letter.issues[0].id), "Another item")
    after, _ = editing.add_issue(document.letter)
    document.replace_letter(after, "Add")
    for _ in range(3):
        document.undo()
    assert document.letter is document.parsed.letter


def test_undo_goes_to_the_field_it_changed(document: LetterDocument) -> None:
    document.edit(CASE_NUMBER, "CM17")
    document.set_current_field(SUMMARY)
    document.undo()
    assert document.current_field == CASE_NUMBER


def test_where_the_item_in_hand_goes_its_neighbour_is_in_hand(document: LetterDocument) -> None:
    stays, gone = (issue.id for issue in document.letter.issues)
    document.set_current_field(FieldId("issue.rationale", gone))
    document.replace_letter(editing.remove_issue(document.letter, gone), "Remove")
    assert document.current_field == FieldId("issue.title", stays)
    document.undo()
    assert document.current_field == FieldId("issue.title", gone)


def test_an_item_taken_back_leaves_the_one_it_was_made_from_in_hand(
    document: LetterDocument,
) -> None:
    for issue in (issue.id for issue in document.letter.issues):
        document.set_current_field(FieldId("issue.rationale", issue))
        after, made = editing.duplicate_issue(document.letter, issue)
        document.replace_letter(after, "Duplicate")
        assert document.current_field == FieldId("issue.title", made)
        document.undo()
        assert document.current_field == FieldId("issue.title", issue)
        document.redo()
        assert document.current_field == FieldId("issue.title", made)


def test_a_field_the_letter_does_not_have_is_not_taken_in_hand(document: LetterDocument) -> None:
    document.set_current_field(SUMMARY)
    document.set_current_field(FieldId("issue.title", 99))
    assert document.current_field == SUMMARY


def test_the_next_doubt_goes_round_and_back(document: LetterDocument) -> None:
    document.edit(CASE_NUMBER, "")
    document.edit(SUMMARY, "")
    waiting = document.doubts
    assert {CASE_NUMBER, INJURY, SUMMARY} <= set(waiting)
    met: list[FieldId] = []
    for _ in range(len(waiting) + 1):
        following = document.next_point()
        assert following is not None
        met.append(following)
        document.set_current_field(following)
    assert met == [*waiting, waiting[0]]
    assert document.next_point(backwards=True) == waiting[-1]


def test_a_postponed_doubt_is_passed_over_until_it_is_taken_up(document: LetterDocument) -> None:
    assert INJURY in document.doubts
    document.postpone(INJURY, "ask the office")
    assert INJURY not in document.doubts
    assert document.statuses[INJURY].open
    document.resume(INJURY)
    assert INJURY in document.doubts


def test_nothing_can_be_confirmed_as_missing_and_taken_back(document: LetterDocument) -> None:
    """A date that the letter does not have is a value like any other: None."""
    document.edit(INJURY, None)
    assert INJURY in document.doubts
    document.confirm(INJURY)
    assert INJURY not in document.doubts
    document.undo()
    assert INJURY in document.doubts


def test_a_confirmation_and_a_note_are_taken_back_one_by_one(document: LetterDocument) -> None:
    document.postpone(INJURY, "ask the office")
    document.confirm(INJURY)
    assert INJURY not in document.postponed
    document.set_current_field(SUMMARY)
    document.undo()
    assert document.current_field == INJURY
    assert INJURY not in document.confirmed
    assert document.postponed[INJURY] == "ask the office"
    document.undo()
    assert INJURY not in document.postponed
    document.redo()
    document.redo()
    assert INJURY in document.confirmed


def test_what_one_key_did_is_one_step(document: LetterDocument) -> None:
    """Enter behind a typed date keeps it and says that it is right."""
    document.set_current_field(INJURY)
    document.edit(INJURY, date(2016, 9, 18), typing=True)
    document.edit(INJURY, date(2016, 9, 18))
    document.confirm(INJURY)
    assert document.history.count() == 1
    document.undo()
    assert INJURY not in document.confirmed
    assert document.letter is document.parsed.letter
    document.redo()
    assert document.confirmed[INJURY] == date(2016, 9, 18)


def test_a_confirmation_given_later_is_a_step_of_its_own(document: LetterDocument) -> None:
    document.set_current_field(INJURY)
    document.edit(INJURY, date(2016, 9, 18))
    document.set_current_field(SUMMARY)
    document.set_current_field(INJURY)
    document.confirm(INJURY)
    document.undo()
    assert get_value(document.letter, INJURY) == date(2016, 9, 18)
    assert INJURY not in document.confirmed


def test_words_that_are_no_value_are_a_step_that_is_not_kept(document: LetterDocument) -> None:
    told: list[object] = []
    document.edit_made.connect(lambda *edit: told.append(edit))
    was = get_value(document.letter, INJURY)
    document.edit(INJURY, was, typing=True, words="10/1")
    document.seal()
    assert document.history.count() == 1
    document.undo()
    assert not document.words
    document.redo()
    assert document.words == {INJURY: "10/1"}
    document.undo()
    assert told == []


def test_words_that_go_as_the_field_is_left_leave_no_step(document: LetterDocument) -> None:
    text = get_value(document.letter, SUMMARY)
    document.edit(SUMMARY, text, typing=True, words=f"{text}\n")
    document.seal()
    document.edit(SUMMARY, text)
    assert document.history.count() == 0
    assert not document.words
