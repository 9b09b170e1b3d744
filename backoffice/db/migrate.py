"""Bringing a database to the schema of this version (Alembic)."""

from datetime import UTC, date, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from backoffice.db.engine import WRITING, is_sqlite, one_writer
from backoffice.db.months import make_months

PATIENCE_S = 5  # a partition is made behind everybody's back, or another night
PLACE = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Every migration that is missing, each in a transaction; and the coming months' partitions."""
    with one_writer(engine), engine.execution_options(**{WRITING: True}).begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        make_months(connection, datetime.now(UTC).date())


def coming_months(engine: Engine, today: date) -> tuple[str, ...]:
    """Partitions of the coming months that are not there yet; the names of those made now.
    Raises OperationalError where the records are in use for too long: there is time.
    """
    with one_writer(engine), engine.execution_options(**{WRITING: True}).begin() as connection:
        if not is_sqlite(engine):
            connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'"))
        return make_months(connection, today)


def is_current(engine: Engine) -> bool:
    """Whether the database has the schema that this version works with."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def is_new(engine: Engine) -> bool:
    """Whether nothing is in the database at all."""
    return not inspect(engine).get_table_names()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(PLACE))
    return config
