"""A program that edits until it is killed, and says what was acknowledged: for `test_kill`.

Reads lines `FOLDER CASE SEED` and for each forks a child that opens the folder as the program
does and works on that case. The child prints `ready`, then one JSON line an acknowledged act:
the number of its journal entry, the field, the value, the hash of the letter after it; for half
typed text the number is 0.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import msgspec

from app.letter import FieldId, Letter, get_value, with_value
from app.services.database import open_database
from app.services.store import EditLog, Store
from app.services.store.wire import text_hash, to_json
from tests.services.store.letters import BY, put

FIELDS = ("clinical_summary", "header.case_number", "issues.1.rationale", "issues.2.title")


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
        text = "t" * self.chance.randrange(1, 2000)
        self.log.submit(self.store.save_draft, self.case_id, "cover.addressee", text)
        return Said(seq=0, field="cover.addressee", value=text)

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


def main() -> None:
    for line in sys.stdin:
        folder, case, seed = line.split()
        child = os.fork()
        if child == 0:
            say("ready")
            store = Store(open_database(Path(folder) / "imr-desk.db"), Path(folder))
            Editing(store, put(store, int(case)), int(seed)).go_on()
        say(f"child {child}")
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
