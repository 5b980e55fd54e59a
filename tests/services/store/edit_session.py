"""An edit session that goes on until it is killed, and says what was acknowledged: for `deaths`.

One JSON line an act: the number of its journal entry, the field, the value, the hash of the
letter after it. For half-typed text the number is 0, and -1 before it is handed over.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import msgspec

from app.letter import FieldId, Letter, get_value, with_value
from app.services.database import open_database
from app.services.store import EditLog, Store
from app.services.store.wire import text_hash, to_json
from tests.services.store.letters import BY, put

FIELDS = ("clinical_summary", "header.case_number", "issues.1.rationale", "issues.2.title")


DRAFTED = "cover.addressee"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the child acknowledges."""

    seq: int
    field: str
    value: str
    letter: str = ""


def say(line: str) -> None:
    os.write(1, line.encode() + b"\n")


class Editing:
    """What the window's document does, in small."""

    def __init__(self, store: Store, case_id: int, seed: int) -> None:
        self.store = store
        self.case_id = case_id
        self.chance = random.Random(seed)
        self.log = EditLog(on_saved=lambda: None, on_trouble=lambda error: None)
        case = store.case(case_id)
        self.letter = case.letter
        self.steps = list(case.history.steps)
        self.position = case.history.position
        self.seq = len(store.journal(case_id))

    def go_on(self) -> None:
        while True:
            # Sometimes several acts are handed over before the first is on the disk.
            said = [self.act() for _ in range(self.chance.choice((1, 1, 1, 2, 5)))]
            self.log.flush()
            for one in said:
                say(msgspec.json.encode(one).decode())

    def act(self) -> Said:
        kind = self.chance.random()
        if kind < 0.15:
            return self.type_half()
        if kind < 0.3 and self.position > 0:
            return self.undo()
        if kind < 0.4 and self.position < len(self.steps):
            return self.redo()
        return self.edit()

    def type_half(self) -> Said:
        text = f"{self.chance.random()} " * self.chance.randrange(1, 100)
        say(msgspec.json.encode(Said(seq=-1, field=DRAFTED, value=text)).decode())
        self.log.submit(self.store.save_draft, self.case_id, DRAFTED, text)
        return Said(seq=0, field=DRAFTED, value=text)

    def edit(self) -> Said:
        key = self.chance.choice(FIELDS)
        field = FieldId.from_key(key)
        value = f"{self.chance.random()} " * self.chance.randrange(1, 200)
        before = get_value(self.letter, field)
        after = with_value(self.letter, field, value)
        self.log.submit(
            self.store.record_edit,
            self.case_id,
            after,
            field=key,
            before=before,
            after=value,
            by=BY,
            label="Edit",
        )
        self.steps[self.position :] = [(key, before, value)]
        self.position += 1
        return self.done(after, key, value)

    def undo(self) -> Said:
        self.position -= 1
        key, before, _ = self.step()
        after = with_value(self.letter, FieldId.from_key(key), before)
        self.log.submit(self.store.record_undo, self.case_id, after, by=BY)
        return self.done(after, key, before)

    def redo(self) -> Said:
        key, _, value = self.step()
        self.position += 1
        after = with_value(self.letter, FieldId.from_key(key), value)
        self.log.submit(self.store.record_redo, self.case_id, after, by=BY)
        return self.done(after, key, value)

    def step(self) -> tuple[str, str, str]:
        step = self.steps[self.position]
        return step if isinstance(step, tuple) else (step.field, step.before, step.after)

    def done(self, letter: Letter, key: str, value: str) -> Said:
        self.letter = letter
        self.seq += 1
        return Said(seq=self.seq, field=key, value=value, letter=text_hash(to_json(letter)))


def work(folder: Path, case: int, seed: int) -> None:
    """Opens the folder as the program does and works on that case."""
    store = Store(open_database(folder / "imr-desk.db"), folder)
    Editing(store, put(store, case), seed).go_on()
