"""The letter as it was read lies packed: its evidence is most of what a letter takes."""

import sqlalchemy as sa
from alembic import op

from app.services.database.packing import pack_text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("parses") as table:
        table.alter_column(
            "result", existing_type=sa.Text(), type_=sa.LargeBinary(), existing_nullable=False
        )
    connection = op.get_bind()
    rows = connection.exec_driver_sql("SELECT case_id FROM parses").fetchall()
    for (case_id,) in rows:
        text = connection.exec_driver_sql(
            "SELECT CAST(result AS TEXT) FROM parses WHERE case_id = ?", (case_id,)
        ).scalar_one()
        connection.exec_driver_sql(
            "UPDATE parses SET result = ? WHERE case_id = ?", (pack_text(text), case_id)
        )
