"""How the library lies in the database. Private to this package."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.services.database.schema import Table


class EntryRow(Table):
    """One entry. `body` is the entry as JSON; the other columns are for finding and sorting.

    The `words_` columns hold words in lower case with one space before and behind each; the
    full-text index `library_search` follows them by triggers. A deleted entry keeps its row,
    so that an update of the program does not bring it back, but has no words.
    """

    __tablename__ = "library_entries"
    __table_args__ = (Index("ix_library_entries_match_key", "match_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    match_key: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    edition: Mapped[str] = mapped_column(Text)
    words_title: Mapped[str] = mapped_column(Text)
    words_names: Mapped[str] = mapped_column(Text)
    words_topics: Mapped[str] = mapped_column(Text)
    words_notes: Mapped[str] = mapped_column(Text)
    deleted: Mapped[bool]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("library_entries.id"))
    changed_at: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class ChangeRow(Table):
    """One undoable action."""

    __tablename__ = "library_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    undone: Mapped[bool]


class StepRow(Table):
    """What an action did to one entry: its state before and after, as JSON, or nothing."""

    __tablename__ = "library_steps"
    __table_args__ = (Index("ix_library_steps_entry_id", "entry_id"),)

    change_id: Mapped[int] = mapped_column(
        ForeignKey("library_changes.id", ondelete="CASCADE"), primary_key=True
    )
    entry_id: Mapped[int] = mapped_column(ForeignKey("library_entries.id"), primary_key=True)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


class UseRow(Table):
    """An entry cited in a letter for a kind of treatment, with what was decided."""

    __tablename__ = "library_uses"
    __table_args__ = (
        UniqueConstraint("entry_id", "case_key", "treatment"),
        Index("ix_library_uses_treatment", "treatment"),
        Index("ix_library_uses_used_at", "used_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("library_entries.id"))
    case_key: Mapped[str] = mapped_column(Text)
    treatment: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    used_at: Mapped[str] = mapped_column(Text)


class StarterRow(Table):
    """Which content of the program was last taken over: a digest of its data files."""

    __tablename__ = "library_starter"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(Text)


class FactsRow(Table):
    """Facts read in since the program was made: the last update of the facts, and drug lists."""

    __tablename__ = "library_facts"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[str] = mapped_column(Text)
