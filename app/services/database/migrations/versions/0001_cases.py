"""Letters, their edit journal and undo history, drafts, marks and settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_cases()
    _create_history()
    _create_marks()
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _create_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("file_sha256", sa.Text, nullable=False, unique=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("issues", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("layout", sa.Text, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("priority", sa.Text, nullable=False),
        sa.Column("date_assigned", sa.Date),
        sa.Column("date_of_injury", sa.Date),
        sa.Column("decision_date", sa.Date),
        sa.Column("ur_denial_date", sa.Date),
        sa.Column("application_received", sa.Date),
        sa.Column("imported_at", sa.Text, nullable=False),
        sa.Column("opened_at", sa.Text),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("undo_position", sa.Integer, nullable=False),
        sa.Column("journal_length", sa.Integer, nullable=False),
        sa.Column("journal_hash", sa.Text, nullable=False),
        sa.CheckConstraint(
            "status IN ('new', 'in work', 'checked', 'exported')", name="status_known"
        ),
        # A case number of ours in another place must never mean a different, later case.
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cases_number", "cases", ["number"])
    for table, column in (("letters", "letter"), ("parses", "result"), ("views", "view")):
        op.create_table(
            table,
            sa.Column("case_id", sa.Integer, _case(), primary_key=True),
            sa.Column(column, sa.Text, nullable=False),
        )


def _create_history() -> None:
    op.create_table(
        "journal",
        sa.Column("case_id", sa.Integer, _case(), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("letter_hash", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_table(
        "undo_steps",
        sa.Column("case_id", sa.Integer, _case(), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "seq"], ["journal.case_id", "journal.seq"], ondelete="CASCADE"
        ),
    )


def _create_marks() -> None:
    op.create_table(
        "drafts",
        sa.Column("case_id", sa.Integer, _case(), primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "confirmations",
        sa.Column("case_id", sa.Integer, _case(), primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
    op.create_table(
        "postponed",
        sa.Column("case_id", sa.Integer, _case(), primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
    op.create_table(
        "dismissals",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, _case(), nullable=True),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.CheckConstraint("scope IN ('one', 'alike', 'always')", name="scope_known"),
        sa.CheckConstraint("(case_id IS NULL) = (scope = 'always')", name="case_by_scope"),
    )
    op.create_index("ix_dismissals_case_id", "dismissals", ["case_id"])


def _case() -> sa.ForeignKey:
    return sa.ForeignKey("cases.id", ondelete="CASCADE")
