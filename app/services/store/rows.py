"""How letters and their history lie in tables. Private to this package.

What the list shows is in `cases`; the long texts lie in tables of their own, so that reading
or writing one never moves the other.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.services.database.packing import pack_text, unpack_text
from app.services.database.schema import Table


class UtcTime(TypeDecorator[datetime]):
    """A moment as ISO text in UTC, always with microseconds: sorts as it reads."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else utc_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class PackedText(TypeDecorator[str]):
    """A text that lies packed in its column."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else pack_text(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else unpack_text(value)


def utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def table_of(rows: type[Table]) -> SqlTable[Any]:
    """The plain table, for statements on the path of an edit, where objects cost too much."""
    return cast("SqlTable[Any]", rows.__table__)


def _case(*, primary_key: bool = True) -> Mapped[int]:
    return mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=primary_key)


class CaseRow(Table):
    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("status IN ('new', 'in work', 'checked', 'exported')", name="status_known"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text, index=True)
    file_sha256: Mapped[str] = mapped_column(Text, unique=True)
    file_name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    doubts: Mapped[int]
    issues: Mapped[int]
    outcome: Mapped[str | None] = mapped_column(Text)
    layout: Mapped[str] = mapped_column(Text)
    pages: Mapped[int]
    priority: Mapped[str] = mapped_column(Text)
    date_assigned: Mapped[date | None]
    date_of_injury: Mapped[date | None]
    decision_date: Mapped[date | None]
    ur_denial_date: Mapped[date | None]
    application_received: Mapped[date | None]
    imported_at: Mapped[datetime] = mapped_column(UtcTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    undo_position: Mapped[int]
    journal_length: Mapped[int]
    journal_hash: Mapped[str] = mapped_column(Text)
    errors: Mapped[int] = mapped_column(server_default="0")
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class LetterRow(Table):
    """The letter as it stands now."""

    __tablename__ = "letters"

    case_id: Mapped[int] = _case()
    letter: Mapped[str] = mapped_column(Text)


class ParseRow(Table):
    """The letter as it was read, with its evidence."""

    __tablename__ = "parses"

    case_id: Mapped[int] = _case()
    result: Mapped[str] = mapped_column(PackedText)


class RecognisedRow(Table):
    """The words of a page (from 1) that were read from its picture."""

    __tablename__ = "recognised_pages"

    case_id: Mapped[int] = _case()
    page: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(PackedText)


class ViewRow(Table):
    """Where the user was in this letter: page, zoom, field."""

    __tablename__ = "views"

    case_id: Mapped[int] = _case()
    view: Mapped[str] = mapped_column(Text)


class JournalRow(Table):
    """One act on one letter. Rows are only ever added."""

    __tablename__ = "journal"

    case_id: Mapped[int] = _case()
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    letter_hash: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)


class UndoRow(Table):
    """One step of the undo history: the journal row that holds its values."""

    __tablename__ = "undo_steps"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "seq"], ["journal.case_id", "journal.seq"], ondelete="CASCADE"
        ),
    )

    case_id: Mapped[int] = _case()
    position: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]


class DraftRow(Table):
    __tablename__ = "drafts"

    case_id: Mapped[int] = _case()
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)


class ConfirmationRow(Table):
    __tablename__ = "confirmations"

    case_id: Mapped[int] = _case()
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str] = mapped_column(Text)


class PostponedRow(Table):
    __tablename__ = "postponed"

    case_id: Mapped[int] = _case()
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str] = mapped_column(Text)


class DismissalRow(Table):
    """A finding the user does not want to see again; without a case it holds for all."""

    __tablename__ = "dismissals"
    __table_args__ = (
        CheckConstraint("scope IN ('one', 'alike', 'always')", name="scope_known"),
        CheckConstraint("(case_id IS NULL) = (scope = 'always')", name="case_by_scope"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), index=True
    )
    finding: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str] = mapped_column(Text)


class SettingRow(Table):
    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class CaseFileRow(Table):
    """A PDF among the documents a letter is written from. `pages` is 0 until it was opened."""

    __tablename__ = "case_files"
    __table_args__ = (UniqueConstraint("case_id", "file_sha256"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = _case(primary_key=False)
    file_sha256: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    pages: Mapped[int]
    problem: Mapped[str] = mapped_column(Text)
    is_read: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class DocumentRow(Table):
    """Pages of such a file that are one document. `corrected` names the fields a person set."""

    __tablename__ = "case_documents"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("case_files.id", ondelete="CASCADE"))
    first_page: Mapped[int]
    last_page: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(Text)
    first_date: Mapped[date | None]
    last_date: Mapped[date | None]
    copy_of: Mapped[int | None]
    is_listed: Mapped[bool]
    corrected: Mapped[str] = mapped_column(Text)


class CasePageRow(Table):
    """The text of one page of such a file; its words are in the index under the row's id."""

    __tablename__ = "case_pages"
    __table_args__ = (UniqueConstraint("file_id", "page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("case_files.id", ondelete="CASCADE"))
    page: Mapped[int]
    has_text: Mapped[bool]
    text: Mapped[str] = mapped_column(PackedText)


class QuotationRow(Table):
    """Words that were taken from such a file into a field of the letter, with their place."""

    __tablename__ = "case_quotations"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("case_files.id", ondelete="CASCADE"))
    page: Mapped[int]
    boxes: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)


class ArchiveItemRow(Table):
    """A disputed item as the archive finds it; without one, what the letter says as a whole."""

    __tablename__ = "archive_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    issue_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text)
    request: Mapped[str] = mapped_column(Text)
    ur_guideline: Mapped[str] = mapped_column(Text)
    guideline: Mapped[str] = mapped_column(Text)
    rationale: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)


class ArchiveValueRow(Table):
    """A value that items of the archive have: facts are its numbers."""

    __tablename__ = "archive_values"
    __table_args__ = (UniqueConstraint("facet", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facet: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)


class ArchiveDueRow(Table):
    """A letter that is to be put into the archive anew: written by triggers."""

    __tablename__ = "archive_due"

    case_id: Mapped[int] = _case()


class ArchiveStateRow(Table):
    """By which rules the archive was made, and how often it changed since; no row where it was not."""

    __tablename__ = "archive_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    changes: Mapped[int]
