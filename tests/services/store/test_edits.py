"""Edits, undo across a restart, drafts, marks, and the chain that shows tampering."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.letter import FIELDS, FieldId, Letter, field_ids, get_value, with_value
from app.services.database import Database, open_database
from app.services.database.packing import pack_text
from app.services.store import ISSUES, LETTER, Act, CaseUnreadable, Marks, Scope, Status, Store
from tests.services.store.letters import BY, edit, letter, put


@pytest.fixture
def reopened(tmp_path: Path, database: Database) -> Iterator[Store]:
    """The same folder as a program started later would see it."""
    second = open_database(database.path)
    yield Store(second, tmp_path)
    second.close()


def test_an_edit_is_there_after_a_restart(store: Store, reopened: Store) -> None:
    case_id = put(store)
    after = edit(store, case_id, letter(), "issues.2.rationale", "Exercise was tried.")
    case = reopened.case(case_id)
    assert case.letter == after
    assert case.parsed.letter == letter()
    (step,) = case.history.steps
    assert (step.field, step.before) == ("issues.2.rationale", "Land-based exercise was not tried.")
    assert (step.after, case.history.position) == ("Exercise was tried.", 1)


@pytest.mark.parametrize("field", list(field_ids(letter())), ids=lambda field: field.key)
def test_each_field_keeps_its_type_in_history_and_journal(store: Store, field: FieldId) -> None:
    case_id = put(store)
    full = with_value(letter(), FieldId("cover.employee"), "A Worker")
    value = get_value(full, field)
    edit(store, case_id, letter(), field.key, value)
    (step,) = store.case(case_id).history.steps
    entry = store.journal(case_id, field.key)[-1]
    assert (step.after, entry.after) == (value, value)
    assert type(step.after) is type(value)
    assert entry.label == f"Edit {field.spec.label.lower()}"
    store.put_marks(case_id, field.key, Marks(confirmed=True, value=value), by=BY)
    assert store.case(case_id).confirmed == {field.key: value}


def test_the_table_of_fields_is_covered() -> None:
    assert {field.name for field in field_ids(letter())} == {spec.name for spec in FIELDS}


@pytest.mark.parametrize("key", [ISSUES, LETTER])
def test_edits_of_more_than_one_field(store: Store, key: str) -> None:
    case_id = put(store)
    before = letter()
    after = replace(before, issues=before.issues[::-1])
    values = (before.issues, after.issues) if key == ISSUES else (before, after)
    store.record_edit(
        case_id, after, field=key, before=values[0], after=values[1], by=BY, label="Move issue"
    )
    case = store.case(case_id)
    assert case.letter == after
    assert (case.history.steps[0].before, case.history.steps[0].after) == values


def test_undo_and_redo_move_in_one_history(store: Store, reopened: Store) -> None:
    case_id = put(store)
    first = edit(store, case_id, letter(), "header.priority", "Expedited")
    second = edit(store, case_id, first, "patient.age", 57)
    store.record_undo(case_id, first, by=BY)
    store.record_undo(case_id, letter(), by=BY)
    store.record_redo(case_id, first, by=BY)
    case = reopened.case(case_id)
    assert case.letter == first
    assert [step.field for step in case.history.steps] == ["header.priority", "patient.age"]
    assert case.history.position == 1
    acts = [(entry.act, entry.before, entry.after) for entry in store.journal(case_id)[1:]]
    assert acts == [
        (Act.EDIT, "Standard", "Expedited"),
        (Act.EDIT, 56, 57),
        (Act.UNDO, 57, 56),
        (Act.UNDO, "Expedited", "Standard"),
        (Act.REDO, "Standard", "Expedited"),
    ]
    # A new edit ends what could be redone, but the journal still tells of it.
    edit(store, case_id, first, "patient.sex", "female")
    case = store.case(case_id)
    assert [step.field for step in case.history.steps] == ["header.priority", "patient.sex"]
    assert len(store.journal(case_id)) == 7
    assert second.patient.age == 57
    assert store.verify(case_id) is None


def test_there_is_no_step_beyond_the_ends(store: Store) -> None:
    case_id = put(store)
    with pytest.raises(LookupError):
        store.record_undo(case_id, letter(), by=BY)
    with pytest.raises(LookupError):
        store.record_redo(case_id, letter(), by=BY)
    assert len(store.journal(case_id)) == 1


def test_an_edit_of_no_field_is_refused_whole(store: Store) -> None:
    case_id = put(store)
    with pytest.raises(ValueError, match="no field"):
        store.record_edit(
            case_id, Letter(), field="header.color", before="", after="red", by=BY, label="Edit"
        )
    assert store.case(case_id).letter == letter()


def test_a_draft_is_kept_until_its_field_is_edited(store: Store, reopened: Store) -> None:
    case_id = put(store)
    store.save_draft(case_id, "patient.age", "5")
    store.save_draft(case_id, "patient.age", "57")
    store.save_draft(case_id, "clinical_summary", "The wor")
    assert reopened.drafts(case_id) == {"patient.age": "57", "clinical_summary": "The wor"}
    edit(store, case_id, letter(), "patient.age", 57)
    assert reopened.case(case_id).drafts == {"clinical_summary": "The wor"}
    store.clear_draft(case_id, "clinical_summary")
    assert store.drafts(case_id) == {}


def test_marks_are_kept_and_journalled(store: Store) -> None:
    case_id, other = put(store, 1), put(store, 2)
    store.put_marks(case_id, "patient.age", Marks(note="ask the doctor"), by=BY)
    assert store.case(case_id).postponed == {"patient.age": "ask the doctor"}
    store.put_marks(case_id, "patient.age", Marks(confirmed=True, value=56), by=BY)
    case = store.case(case_id)
    assert (case.confirmed, case.postponed) == ({"patient.age": 56}, {})
    store.put_marks(case_id, "patient.age", Marks(), by=BY)
    store.put_marks(case_id, "patient.age", Marks(), by=BY)
    store.put_marks(case_id, "patient.sex", Marks(note="later"), by=BY)
    store.put_marks(case_id, "patient.sex", Marks(), by=BY)
    store.put_marks(case_id, "patient.sex", Marks(), by=BY)
    case = store.case(case_id)
    assert (case.confirmed, case.postponed) == ({}, {})
    one = store.dismiss(case_id, "R1:patient.age", scope=Scope.ONE, reason="so printed", by=BY)
    store.dismiss(case_id, "R2", scope=Scope.ALWAYS, reason="house style", by=BY)
    assert [found.finding for found in store.case(case_id).dismissals] == ["R1:patient.age", "R2"]
    assert [found.finding for found in store.case(other).dismissals] == ["R2"]
    store.recall(case_id, one, by=BY)
    assert [found.finding for found in store.case(case_id).dismissals] == ["R2"]
    assert [entry.act for entry in store.journal(case_id)[1:]] == [
        Act.POSTPONE,
        Act.CONFIRM,
        Act.UNCONFIRM,
        Act.POSTPONE,
        Act.RESUME,
        Act.DISMISS,
        Act.DISMISS,
        Act.RECALL,
    ]
    assert store.verify(case_id) is None


def test_a_revert_is_an_edit_that_says_so(store: Store) -> None:
    case_id = put(store)
    changed = edit(store, case_id, letter(), "patient.age", 57)
    store.record_edit(
        case_id,
        with_value(changed, FieldId("patient.age"), 56),
        field="patient.age",
        before=57,
        after=56,
        by=BY,
        label="Back to the first value",
        act=Act.REVERT,
    )
    case = store.case(case_id)
    assert case.letter == letter()
    assert (case.history.position, store.journal(case_id)[-1].act) == (2, Act.REVERT)


TAMPERINGS = [
    ("UPDATE journal SET after = '66' WHERE seq = 3", 3),
    ("UPDATE journal SET \"by\" = 'someone' WHERE seq = 2", 2),
    ("UPDATE journal SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 4", 4),
    ("DELETE FROM journal WHERE seq = 3", 3),
    ("DELETE FROM journal WHERE seq = 4", 4),
    ("UPDATE journal SET seq = 9 WHERE seq = 4", 4),
    ("UPDATE journal SET previous_hash = 'x' WHERE seq = 2", 2),
    ("UPDATE cases SET journal_length = 3", 5),
    ("UPDATE cases SET journal_hash = 'x'", 5),
    ("UPDATE letters SET letter = replace(letter, 'wet floor', 'dry floor')", 4),
    (f"UPDATE parses SET result = x'{pack_text('[]').hex()}'", 1),
    ("UPDATE parses SET result = x'00' WHERE case_id = 1", 1),
    ("UPDATE parses SET result = substr(result, 1, 60) WHERE case_id = 1", 1),
]


@pytest.mark.parametrize(("statement", "seq"), TAMPERINGS)
def test_tampering_shows_at_its_place(
    store: Store, database: Database, statement: str, seq: int
) -> None:
    case_id = put(store)
    current = letter()
    for age in (57, 58, 59):
        current = edit(store, case_id, current, "patient.age", age)
    assert store.verify(case_id) is None
    with database.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("DELETE FROM undo_steps")
        assert connection.exec_driver_sql(statement).rowcount == 1
    broken = store.verify(case_id)
    assert broken is not None
    assert broken.seq == seq


UNREADABLE = [
    "UPDATE journal SET after = '{broken' WHERE seq = 2",
    "UPDATE journal SET after = '\"old\"' WHERE seq = 2",
    "UPDATE journal SET field = 'issue.nothing' WHERE seq = 2",
    "UPDATE journal SET kind = 'something' WHERE seq = 2",
    "UPDATE journal SET at = 'once' WHERE seq = 2",
]


@pytest.mark.parametrize("statement", UNREADABLE)
def test_an_entry_that_cannot_be_read_is_shown_as_it_stands(
    store: Store, database: Database, statement: str
) -> None:
    case_id = put(store)
    after = edit(store, case_id, letter(), "patient.age", 57)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    entry = store.journal(case_id)[1]
    assert entry.act is Act.UNREADABLE
    assert isinstance(entry.after, str)
    assert store.verify(case_id) is not None
    assert store.case(case_id).letter == after


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letters SET letter = '[]' WHERE case_id = 1",
        "DELETE FROM letters WHERE case_id = 1",
        "UPDATE parses SET result = x'7b7d' WHERE case_id = 1",
        f"UPDATE parses SET result = x'{pack_text('{}').hex()}' WHERE case_id = 1",
        "INSERT INTO confirmations VALUES (1, 'patient.age', '\"old\"', '', '')",
    ],
)
def test_a_letter_that_cannot_be_read_is_told(
    store: Store, database: Database, statement: str
) -> None:
    case_id, other = put(store), put(store, 2)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    with pytest.raises(CaseUnreadable, match="Restore a backup"):
        store.case(case_id)
    assert store.case(other).letter == letter(2)


def test_what_is_said_of_a_field_is_a_step_that_outlives_the_program(
    store: Store, reopened: Store
) -> None:
    case_id = put(store)
    age, put_off = "patient.age", Marks(note="ask the doctor")
    right = Marks(confirmed=True, value=56)
    store.put_marks(case_id, age, put_off, by=BY, step=Act.EDIT)
    store.put_marks(case_id, age, right, by=BY, step=Act.EDIT)
    history = reopened.case(case_id).history
    assert [step.edits for step in history.steps] == [False, False]
    assert [step.marks for step in history.steps] == [(Marks(), put_off), (put_off, right)]
    assert history.position == 2
    reopened.put_marks(case_id, age, put_off, by=BY, step=Act.UNDO)
    case = store.case(case_id)
    assert (case.confirmed, case.postponed) == ({}, {age: "ask the doctor"})
    assert (len(case.history.steps), case.history.position) == (2, 1)
    # Another step takes the place of what could be done again; an edit is one like any other.
    edit(store, case_id, letter(), "header.priority", "Expedited")
    history = store.case(case_id).history
    assert [step.edits for step in history.steps] == [False, True]
    assert history.position == 2
    assert store.verify(case_id) is None


def test_what_one_key_wrote_and_kept_is_one_step(store: Store) -> None:
    case_id = put(store)
    after = edit(store, case_id, letter(), "patient.age", 57)
    store.set_status(case_id, Status.CHECKED, by=BY)  # the journal goes on between them
    right = Marks(confirmed=True, value=57)
    store.put_marks(case_id, "patient.age", right, by=BY)
    (step,) = store.case(case_id).history.steps
    assert (step.edits, step.after, step.marks) == (True, 57, (Marks(), right))
    # Said later, by a key of its own, it is a step of its own, also where that was taken back.
    other = edit(store, case_id, after, "header.priority", "Expedited")
    of_priority = Marks(confirmed=True, value="Expedited")
    store.put_marks(case_id, "header.priority", of_priority, by=BY, step=Act.EDIT)
    store.put_marks(case_id, "header.priority", Marks(), by=BY, step=Act.UNDO)
    edit(store, case_id, other, "patient.age", 58)
    assert [step.marks for step in store.case(case_id).history.steps] == [
        (Marks(), right),
        None,
        None,
    ]
