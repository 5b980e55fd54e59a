"""How a field, its value and an act on it are said in words where no editor shows them."""

from __future__ import annotations

from typing import Any, cast

from app.letter import FieldId, Issue, Letter
from app.services import wording
from app.services.store import ISSUES, LETTER, Act, JournalEntry

ACTS: dict[Act, str] = {
    Act.IMPORT: "Imported",
    Act.READ: "Read from the pictures",
    Act.EDIT: "Edited",
    Act.UNDO: "Undone",
    Act.REDO: "Redone",
    Act.REVERT: "Put back",
    Act.CONFIRM: "Confirmed",
    Act.UNCONFIRM: "Confirmation withdrawn",
    Act.POSTPONE: "Postponed",
    Act.RESUME: "Taken up again",
    Act.DISMISS: "Finding set aside",
    Act.RECALL: "Finding taken back",
    Act.STATUS: "Status",
    Act.EXPORT: "Exported",
    Act.MERGE: "Taken in from another desk",
    Act.UNREADABLE: "Changed from outside",
}
OF_VALUES = frozenset({Act.EDIT, Act.UNDO, Act.REDO, Act.REVERT, Act.CONFIRM, Act.UNCONFIRM})
"""Acts whose before and after are values of the field."""


def field_words(key: str, letter: Letter | None = None) -> str:
    """What the form calls the field behind a key; with the letter, items count as they stand."""
    if key == ISSUES:
        return "Disputed items"
    if key == LETTER:
        return "Whole letter"
    try:
        field = FieldId.from_key(key)
    except ValueError:
        return key
    if field.issue is None:
        return field.spec.label
    if letter is None:
        return f"Item {field.issue} · {field.spec.label}"
    if all(issue.id != field.issue for issue in letter.issues):
        return f"Removed item · {field.spec.label}"
    return wording.field_words(letter, field)


def value_words(key: str, value: Any) -> str:
    """A field's value in words; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, Letter):
        return "\n\n".join(
            part for part in (value.header.case_number, value.clinical_summary) if part
        )
    if key == ISSUES:
        return "\n".join(_issue_words(place, issue) for place, issue in enumerate(value, 1))
    return wording.value_words(value)


def _issue_words(place: int, issue: Issue) -> str:
    decision = f" · {issue.decision}" if issue.decision else ""
    return f"{place}. {issue.title or '(no title)'}{decision}"


def act_words(entry: JournalEntry) -> str:
    """What was done, in a word or two: the act, or the label where that says more."""
    if entry.act in (Act.STATUS, Act.EXPORT, Act.IMPORT, Act.READ, Act.MERGE):
        return entry.label or ACTS[entry.act]
    if entry.field in (ISSUES, LETTER) and entry.act is Act.EDIT:
        return entry.label
    return ACTS[entry.act]


def entry_words(entry: JournalEntry) -> tuple[str, str]:
    """(before, after) of an entry in words; an import tells nothing that a person reads."""
    if entry.act in (Act.IMPORT, Act.READ, Act.MERGE):
        return "", ""
    if entry.act in OF_VALUES:
        return value_words(entry.field, entry.before), value_words(entry.field, entry.after)
    return _plain(entry.before), _plain(entry.after)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        # What was set aside, and how far: the key of the finding tells a reader nothing.
        told = cast("dict[str, Any]", value)
        return ", ".join(str(told[name]) for name in ("reason", "note", "scope") if told.get(name))
    return "" if value is None else str(value)
