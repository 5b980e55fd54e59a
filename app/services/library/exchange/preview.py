"""What an import will change, before it changes anything."""

from __future__ import annotations

from enum import Enum

import msgspec
from msgspec.structs import replace

from app.services.library.counterparts import twins
from app.services.library.duplicates import compare
from app.services.library.exchange.files import Found
from app.services.library.exchange.reference import Imported, Unread
from app.services.library.library import Library
from app.services.library.validation import EntryProblem, Rule, check_entry
from app.services.library.values import CONTENT_FIELDS, Difference, Entry


class Action(Enum):
    """What will happen with an entry of the file."""

    ADD = "add"
    CHANGE = "change"
    SAME = "nothing to do"
    TWICE = "twice in the file"
    REFUSE = "cannot be used"


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the file: what it will become, and in what that differs from what is there.

    `remarks` are sentences on what was read with doubt, `left_out` one on what the library has no
    field for; `problems` what the entry lacks, or, where it could not be read, why.
    """

    line: int
    action: Action
    entry: Entry
    differences: tuple[Difference, ...] = ()
    problems: tuple[EntryProblem, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: str = ""


class ImportPreview(msgspec.Struct, frozen=True, kw_only=True):
    """Everything an import would do, in the order of the file's lines."""

    rows: tuple[ImportRow, ...]

    def count(self, action: Action) -> int:
        return sum(row.action is action for row in self.rows)


def preview_import(library: Library, found: Found) -> ImportPreview:
    """Compares what was read from a file with the library. Changes nothing."""
    entries = [one.entry for one in found.entries]
    rows = [
        _row(one, there, None if twin is None else found.entries[twin])
        for one, there, twin in zip(
            found.entries, library.counterparts(entries), twins(entries), strict=True
        )
    ]
    rows += map(_refused, found.unread)
    return ImportPreview(rows=tuple(sorted(rows, key=lambda row: row.line)))


def _refused(unread: Unread) -> ImportRow:
    reason = f"{unread.reason[:1].upper()}{unread.reason[1:]}."
    problem = EntryProblem(field="", rule=Rule.FORM, message=reason, blocks=True)
    return ImportRow(
        line=unread.line,
        action=Action.REFUSE,
        entry=Entry(title=unread.words),
        problems=(problem,),
    )


def _row(one: Imported, there: Entry | None, twin: Imported | None) -> ImportRow:
    if there is None:
        entry = replace(one.entry, id=None)
        action = Action.ADD
        differences: tuple[Difference, ...] = ()
    else:
        told = [field for field in CONTENT_FIELDS if field in one.fields]
        entry = replace(there, **{field: getattr(one.entry, field) for field in told})
        differences = compare(there, entry)
        action = Action.CHANGE if differences else Action.SAME
    problems = check_entry(entry)
    remarks = one.remarks
    if twin is not None and action is not Action.SAME:
        action = Action.TWICE
        differences = compare(twin.entry, one.entry)
        remarks = (f"The entry of line {twin.line} is the same publication.", *remarks)
    if any(problem.blocks for problem in problems):
        action = Action.REFUSE
    return ImportRow(
        line=one.line,
        action=action,
        entry=entry,
        differences=differences,
        problems=problems,
        remarks=remarks,
        left_out=_left_out(one),
    )


def _left_out(one: Imported) -> str:
    left = ", ".join(f"“{name}”" for name in one.left_out)
    return f"The library has no field for {left}." if left else ""


def apply_import(
    library: Library, preview: ImportPreview, label: str = "Import"
) -> tuple[Entry, ...]:
    """Adds and changes what the preview says, as one undoable step."""
    wanted = [row.entry for row in preview.rows if row.action in (Action.ADD, Action.CHANGE)]
    return library.save_all(wanted, label) if wanted else ()
