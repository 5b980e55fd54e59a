"""Any order of edits, undo, redo, marks and restarts: the store says what a plain model says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.letter import FieldId, Letter, with_value
from app.services.database import open_database
from app.services.store import Backup, Backups, Case, Marks, Store
from tests.budget import examples
from tests.services.store.letters import BY, edit, letter, put

TEXT = st.text(max_size=20)
VALUES = st.one_of(
    st.tuples(st.sampled_from(["clinical_summary", "issues.1.rationale", "cover.employee"]), TEXT),
    st.tuples(st.just("patient.age"), st.none() | st.integers(0, 120)),
    st.tuples(st.just("header.decision_date"), st.none() | st.dates()),
    st.tuples(st.just("reviewer.specialties"), st.lists(TEXT, max_size=3).map(tuple)),
)


class Model:
    """What must be true: all letters of the history, where we are in it, the marks."""

    def __init__(self) -> None:
        self.letters: list[Letter] = [letter()]
        self.position = 0
        self.acts = 1
        self.drafts: dict[str, str] = {}
        self.confirmed: dict[str, object] = {}

    def copy(self) -> Model:
        copy = Model()
        copy.letters, copy.position, copy.acts = list(self.letters), self.position, self.acts
        copy.drafts, copy.confirmed = dict(self.drafts), dict(self.confirmed)
        return copy

    @property
    def letter(self) -> Letter:
        return self.letters[self.position]


class StoreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.model = Model()
        self.backup: tuple[Backup, Model] | None = None
        self.open()
        self.case_id = put(self.store)

    def open(self) -> None:
        self.database = open_database(self.folder / "imr-desk.db")
        self.store = Store(self.database, self.folder)
        self.backups = Backups(self.database, self.folder)

    def teardown(self) -> None:
        self.database.close()
        self.temporary.cleanup()

    @rule(change=VALUES)
    def edits(self, change: tuple[str, object]) -> None:
        key, value = change
        after = edit(self.store, self.case_id, self.model.letter, key, value)
        assert after == with_value(self.model.letter, FieldId.from_key(key), value)
        self.model.letters[self.model.position + 1 :] = [after]
        self.model.position += 1
        self.model.acts += 1
        self.model.drafts.pop(key, None)

    @precondition(lambda self: self.model.position > 0)
    @rule()
    def undoes(self) -> None:
        self.model.position -= 1
        self.model.acts += 1
        self.store.record_undo(self.case_id, self.model.letter, by=BY)

    @precondition(lambda self: self.model.position < len(self.model.letters) - 1)
    @rule()
    def redoes(self) -> None:
        self.model.position += 1
        self.model.acts += 1
        self.store.record_redo(self.case_id, self.model.letter, by=BY)

    @rule(key=st.sampled_from(["clinical_summary", "patient.age"]), text=TEXT)
    def types(self, key: str, text: str) -> None:
        self.store.save_draft(self.case_id, key, text)
        self.model.drafts[key] = text

    @rule(change=VALUES)
    def confirms(self, change: tuple[str, object]) -> None:
        key, value = change
        self.store.put_marks(self.case_id, key, Marks(confirmed=True, value=value), by=BY)
        known = key in self.model.confirmed and self.model.confirmed[key] == value
        self.model.confirmed[key] = value
        self.model.acts += not known  # what stands already is no act

    @rule()
    def restarts(self) -> None:
        self.database.close()
        self.open()

    @rule()
    def backs_up(self) -> None:
        self.backup = (self.backups.make(), self.model.copy())

    @precondition(lambda self: self.backup is not None and self.backup[0].path.exists())
    @rule()
    def goes_back(self) -> None:
        assert self.backup is not None
        backup, model = self.backup
        self.backups.restore(backup)
        self.model = model.copy()

    @invariant()
    def says_what_the_model_says(self) -> None:
        case = self.store.case(self.case_id)
        assert case.letter == self.model.letter
        assert case.parsed.letter == letter()
        assert case.history.position == self.model.position
        assert _replayed(case) == self.model.letters
        assert (case.drafts, case.confirmed) == (self.model.drafts, self.model.confirmed)
        assert len(self.store.journal(self.case_id)) == self.model.acts
        assert self.store.verify(self.case_id) is None


def _replayed(case: Case) -> list[Letter]:
    """Every letter of the history, made from the parsed one and the kept steps."""
    letters = [case.parsed.letter]
    for step in case.history.steps:
        letters.append(with_value(letters[-1], FieldId.from_key(step.field), step.after))
    return letters


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    max_examples=examples(20),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
