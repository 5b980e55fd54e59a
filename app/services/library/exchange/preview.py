"""What an import will change, before it changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import msgspec
from msgspec.structs import replace

from app.services.library.duplicates import compare
from app.services.library.exchange.reference import Imported
from app.services.library.library import Library
from app.services.library.validation import EntryProblem, check_entry
from app.services.library.values import CONTENT_FIELDS, Difference, Entry


class Action(Enum):
    """What will happen with an entry of the file."""

    ADD = "add"
    CHANGE = "change"
    SAME = "nothing to do"
    REFUSE = "cannot be used"


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the file: what it will become, and in what that differs from what is there."""

    line: int
    action: Action
    entry: Entry
    differences: tuple[Difference, ...] = ()
    problems: tuple[EntryProblem, ...] = ()


class ImportPreview(msgspec.Struct, frozen=True, kw_only=True):
    """Everything an import would do."""

    rows: tuple[ImportRow, ...]

    def count(self, action: Action) -> int:
        return sum(row.action is action for row in self.rows)


def preview_import(library: Library, found: Sequence[Imported]) -> ImportPreview:
    """Compares what was read from a file with the library. Changes nothing."""
    counterparts = library.counterparts([one.entry for one in found])
    return ImportPreview(rows=tuple(map(_row, found, counterparts)))


def _row(one: Imported, there: Entry | None) -> ImportRow:
    problems = check_entry(one.entry)
    if there is None:
        entry = replace(one.entry, id=None)
        action = Action.ADD
        differences: tuple[Difference, ...] = ()
    else:
        told = [field for field in CONTENT_FIELDS if field in one.fields]
        entry = replace(there, **{field: getattr(one.entry, field) for field in told})
        problems = check_entry(entry)
        differences = compare(there, entry)
        action = Action.CHANGE if differences else Action.SAME
    if any(problem.blocks for problem in problems):
        action = Action.REFUSE
    return ImportRow(
        line=one.line, action=action, entry=entry, differences=differences, problems=problems
    )


def apply_import(
    library: Library, preview: ImportPreview, label: str = "Import"
) -> tuple[Entry, ...]:
    """Adds and changes what the preview says, as one undoable step."""
    wanted = [row.entry for row in preview.rows if row.action in (Action.ADD, Action.CHANGE)]
    return library.save_all(wanted, label) if wanted else ()
