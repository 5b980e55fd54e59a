"""The archive: an index over the disputed items of all letters on the list, made from the letters.

What is in it can always be made anew; `archive_due` says of which letters that is to be done.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TEXTS = ("title", "request", "ur_guideline", "guideline", "rationale", "summary", "facts")
_NOTE = "INSERT OR IGNORE INTO archive_due (case_id) VALUES"
_LEAVE = "INSERT INTO archive_words (archive_words, rowid, {0}) VALUES ('delete', old.id, {1})"


def upgrade() -> None:
    op.create_table(
        "archive_items",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _case(), nullable=False),
        # None for what the letter says as a whole.
        sa.Column("issue_id", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
    )
    op.create_index("ix_archive_items_case_id", "archive_items", ["case_id"])
    op.create_table(
        "archive_values",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("facet", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.UniqueConstraint("facet", "value"),
    )
    op.create_table("archive_due", sa.Column("case_id", sa.Integer, _case(), primary_key=True))
    op.create_table(
        "archive_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
    )
    columns = ", ".join(_TEXTS)
    op.execute(
        f"CREATE VIRTUAL TABLE archive_words USING fts5({columns}, content='archive_items', "
        "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
    )
    op.execute("CREATE VIRTUAL TABLE archive_terms USING fts5vocab('archive_words', 'row')")
    new, old = (", ".join(f"{when}.{name}" for name in _TEXTS) for when in ("new", "old"))
    op.execute(
        "CREATE TRIGGER archive_item_added AFTER INSERT ON archive_items BEGIN "
        f"INSERT INTO archive_words (rowid, {columns}) VALUES (new.id, {new}); END"
    )
    op.execute(
        "CREATE TRIGGER archive_item_removed AFTER DELETE ON archive_items BEGIN "
        f"{_LEAVE.format(columns, old)}; END"
    )
    for name, event in (
        ("added", "INSERT ON letters"),
        ("changed", "UPDATE ON letters"),
    ):
        op.execute(
            f"CREATE TRIGGER archive_letter_{name} AFTER {event} BEGIN {_NOTE} (new.case_id); END"
        )
    op.execute(
        "CREATE TRIGGER archive_letter_listed AFTER UPDATE OF removed_at ON cases BEGIN "
        f"{_NOTE} (new.id); END"
    )


def _case() -> sa.ForeignKey:
    return sa.ForeignKey("cases.id", ondelete="CASCADE")
