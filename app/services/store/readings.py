"""What was read from the pictures of a kept letter's pages, and a letter read anew with it.

It lies in the database with everything else of the letter: encrypted, backed up and erased with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.evidence import ParseResult
from app.services.store import sql
from app.services.store.store import Store


def pages_read(store: Store, case_id: int) -> dict[int, str]:
    """What was read, by the numbers of the pages, as it was put."""
    with store.database.reading() as session:
        return sql.recognised.read_pages(session, case_id)


def put_pages_read(store: Store, case_id: int, pages: Mapping[int, str]) -> None:
    """Keeps what was read from the pictures of some pages, so that it is done once."""
    with store.database.writing() as session:
        sql.recognised.put_pages(session, case_id, pages)


def put_reading(
    store: Store,
    case_id: int,
    result: ParseResult,
    *,
    by: str,
    label: str,
    doubts: int,
    errors: int,
) -> None:
    """Another reading of a letter, with more of its pages: its fields take it up where they are
    as they were read before."""
    with store.database.writing() as session:
        sql.recognised.put_reading(session, case_id, result, by, label, doubts, errors)
