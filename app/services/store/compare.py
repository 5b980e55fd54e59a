"""What "differs" means between two states of a letter, and of all letters: field by field."""

from __future__ import annotations

from itertools import zip_longest

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.letter import FIELDS, FieldId, Letter, get_value
from app.services.database import Database
from app.services.store.rows import CaseRow, JournalRow, LetterRow
from app.services.store.values import CaseDifference, Change, Status
from app.services.store.wire import ISSUES, read_letter


def differing_fields(old: Letter, new: Letter) -> tuple[str, ...]:
    """Keys of the fields whose values differ, in the order of the form, issue ids as in `new`.

    `issues` stands for issues that only one of the two has.
    """
    keys = [
        spec.name
        for spec in FIELDS
        if not spec.of_issue
        and get_value(old, FieldId(spec.name)) != get_value(new, FieldId(spec.name))
    ]
    for old_issue, new_issue in zip_longest(old.issues, new.issues):
        if old_issue is None or new_issue is None:
            keys.append(ISSUES)
            break
        keys += [
            FieldId(spec.name, new_issue.id).key
            for spec in FIELDS
            if spec.of_issue
            and get_value(old, FieldId(spec.name, old_issue.id))
            != get_value(new, FieldId(spec.name, new_issue.id))
        ]
    return tuple(keys)


def differing_cases(then: Database, now: Database) -> tuple[CaseDifference, ...]:
    """The letters that are not the same in two databases, told apart by their files."""
    with then.reading() as old_session, now.reading() as new_session:
        old, new = _cases(old_session), _cases(new_session)
        found: list[CaseDifference] = []
        for sha256 in old | new:
            before, after = old.get(sha256), new.get(sha256)
            if before is None or after is None:
                found.append(_one_sided(before, after))
            elif (before.letter, before.status) != (after.letter, after.status):
                found.append(
                    CaseDifference(
                        number=after.number,
                        file_name=after.file_name,
                        change=Change.DIFFERENT,
                        fields=differing_fields(
                            _letter(old_session, before.id), _letter(new_session, after.id)
                        ),
                        status_then=Status(before.status),
                        status_now=Status(after.status),
                    )
                )
    return tuple(sorted(found, key=lambda difference: (difference.number, difference.file_name)))


class _Known(msgspec.Struct, frozen=True):
    id: int
    number: str
    file_name: str
    status: str
    letter: str
    """The hash of the letter as its journal has it."""


def _cases(session: Session) -> dict[str, _Known]:
    rows = session.execute(
        select(
            CaseRow.file_sha256,
            CaseRow.id,
            CaseRow.number,
            CaseRow.file_name,
            CaseRow.status,
            JournalRow.letter_hash,
        ).join(
            JournalRow,
            (JournalRow.case_id == CaseRow.id) & (JournalRow.seq == CaseRow.journal_length),
        )
    )
    return {row[0]: _Known(*row[1:]) for row in rows}


def _letter(session: Session, case_id: int) -> Letter:
    return read_letter(session.get_one(LetterRow, case_id).letter)


def _one_sided(before: _Known | None, after: _Known | None) -> CaseDifference:
    case = before or after
    assert case is not None
    return CaseDifference(
        number=case.number,
        file_name=case.file_name,
        change=Change.ONLY_IN_BACKUP if after is None else Change.ONLY_NOW,
        status_then=None if before is None else Status(before.status),
        status_now=None if after is None else Status(after.status),
    )
