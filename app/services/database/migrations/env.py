"""Alembic's entry: migrations run on the connection, and in the transaction, of the caller."""

from alembic import context

from app.services.database.schema import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,  # for its constraint names
    # SQLite changes most of a table by building it anew.
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
