"""Alembic's way in: the connection is given by backoffice/db/migrate.py."""

from alembic import context

from backoffice.db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=False,  # the caller's transaction holds all of it
)
context.run_migrations()
