"""The documents a letter is written from: their files, the text of their pages, and an index of words."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _case(), nullable=False),
        sa.Column("file_sha256", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("is_read", sa.Boolean, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.UniqueConstraint("case_id", "file_sha256"),
        # A quotation names a file: its number must never mean a later one.
        sqlite_autoincrement=True,
    )
    op.create_table(
        "case_documents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _case(), nullable=False),
        sa.Column("file_id", sa.Integer, _file(), nullable=False),
        sa.Column("first_page", sa.Integer, nullable=False),
        sa.Column("last_page", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("first_date", sa.Date),
        sa.Column("last_date", sa.Date),
        sa.Column("copy_of", sa.Integer),
        sa.Column("is_listed", sa.Boolean, nullable=False),
        sa.Column("corrected", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_documents_case_id", "case_documents", ["case_id"])
    op.create_table(
        "case_pages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _case(), nullable=False),
        sa.Column("file_id", sa.Integer, _file(), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("has_text", sa.Boolean, nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("file_id", "page"),
    )
    op.create_index("ix_case_pages_case_id", "case_pages", ["case_id"])
    op.create_table(
        "case_quotations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _case(), nullable=False),
        sa.Column("file_id", sa.Integer, _file(), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("boxes", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_case_quotations_case_id", "case_quotations", ["case_id"])
    # The texts lie in case_pages alone: the index has no copy of them.
    op.execute(
        "CREATE VIRTUAL TABLE case_words USING fts5(case_key, words, content='', "
        "tokenize='unicode61 remove_diacritics 2')"
    )


def _case() -> sa.ForeignKey:
    return sa.ForeignKey("cases.id", ondelete="CASCADE")


def _file() -> sa.ForeignKey:
    return sa.ForeignKey("case_files.id", ondelete="CASCADE")
