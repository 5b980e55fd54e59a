"""What the list of letters tells: errors that stand, when a letter was done, and what is removed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("errors", sa.Integer, nullable=False, server_default="0"))
    op.add_column("cases", sa.Column("done_at", sa.Text))
    op.add_column("cases", sa.Column("removed_at", sa.Text))
