"""How what was read from the pictures of pages lies beside a letter, and how the letter takes it up."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.evidence import ParseResult
from app.services.store import cases, journal
from app.services.store.history import add_step
from app.services.store.rows import ParseRow, RecognisedRow
from app.services.store.taking_up import taken_up
from app.services.store.values import Act
from app.services.store.wire import LETTER, parse_to_json, text_hash, to_json


def put_pages(session: Session, case_id: int, pages: Mapping[int, str]) -> None:
    """Keep what was read from the pictures of these pages."""
    cases.row_of(session, case_id)
    for page, words in pages.items():
        session.merge(RecognisedRow(case_id=case_id, page=page, words=words))


def read_pages(session: Session, case_id: int) -> dict[int, str]:
    query = select(RecognisedRow.page, RecognisedRow.words)
    rows = session.execute(query.where(RecognisedRow.case_id == case_id))
    return {row.page: row.words for row in rows}


def put_reading(
    session: Session,
    case_id: int,
    result: ParseResult,
    by: str,
    label: str,
    doubts: int,
    errors: int,
) -> None:
    """What is parsed is another from now on; the letter takes it up where it is as it was read.

    In a letter that somebody worked on that is a step of its own, which can be taken back.
    """
    case = cases.read_case(session, case_id)
    letter = taken_up(case.letter, case.parsed.letter, result.letter)
    parsed, text = parse_to_json(result), to_json(letter)
    session.merge(ParseRow(case_id=case_id, result=parsed))
    columns = {**cases.letter_columns(letter), "layout": result.layout, "pages": result.pages}
    columns |= {"doubts": doubts, "errors": errors}
    untouched = case.letter == case.parsed.letter and not case.history.steps
    if letter != case.letter and not untouched:
        before = to_json(case.letter)
        add_step(
            session, case_id, Act.EDIT, text, field=LETTER, before=before, after=text,
            by=by, label=label, also={},
        )  # fmt: skip
    journal.append(
        session,
        case_id,
        Act.READ,
        by=by,
        label=label,
        after=to_json(text_hash(parsed)),
        letter_hash=text_hash(text),
        also=columns,
    )
    cases.put_letter(session, case_id, text)
