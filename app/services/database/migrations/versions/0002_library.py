"""The library of citations: entries, their search index, history, uses."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = "words_title, words_names, words_topics, words_notes"
NEW = "new.words_title, new.words_names, new.words_topics, new.words_notes"
OLD = "old.words_title, old.words_names, old.words_topics, old.words_notes"


def upgrade() -> None:
    _create_entries()
    _create_search()
    _create_history()
    op.create_table(
        "library_uses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("library_entries.id"), nullable=False),
        sa.Column("case_key", sa.Text, nullable=False),
        sa.Column("treatment", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("used_at", sa.Text, nullable=False),
        sa.UniqueConstraint("entry_id", "case_key", "treatment"),
    )
    op.create_index("ix_library_uses_treatment", "library_uses", ["treatment"])
    op.create_index("ix_library_uses_used_at", "library_uses", ["used_at"])
    op.create_table(
        "library_starter",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
    )


def _create_entries() -> None:
    op.create_table(
        "library_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("match_key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("words_title", sa.Text, nullable=False),
        sa.Column("words_names", sa.Text, nullable=False),
        sa.Column("words_topics", sa.Text, nullable=False),
        sa.Column("words_notes", sa.Text, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("merged_into", sa.Integer, sa.ForeignKey("library_entries.id")),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_library_entries_match_key", "library_entries", ["match_key"])


def _create_search() -> None:
    # Column detail is all that prefix search with column filters needs: half the size of full.
    op.execute(
        f"CREATE VIRTUAL TABLE library_search USING fts5({WORDS}, "
        "content='library_entries', content_rowid='id', detail=column, prefix='1 2 3', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("CREATE VIRTUAL TABLE library_words USING fts5vocab('library_search', 'row')")
    remove = f"INSERT INTO library_search (library_search, rowid, {WORDS}) VALUES ('delete', old.id, {OLD});"
    add = f"INSERT INTO library_search (rowid, {WORDS}) VALUES (new.id, {NEW});"
    for event, statements in (("INSERT", add), ("DELETE", remove)):
        op.execute(
            f"CREATE TRIGGER library_search_{event.lower()} AFTER {event} ON library_entries "
            f"BEGIN {statements} END"
        )
    op.execute(
        f"CREATE TRIGGER library_search_update AFTER UPDATE OF {WORDS} ON library_entries "
        f"BEGIN {remove} {add} END"
    )


def _create_history() -> None:
    op.create_table(
        "library_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("undone", sa.Boolean, nullable=False),
    )
    op.create_table(
        "library_steps",
        sa.Column(
            "change_id",
            sa.Integer,
            sa.ForeignKey("library_changes.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("library_entries.id"), primary_key=True),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
    )
    op.create_index("ix_library_steps_entry_id", "library_steps", ["entry_id"])
