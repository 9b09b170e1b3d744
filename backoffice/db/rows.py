"""New rows in numbers: made as they will be read, and written at once."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

import psycopg
from sqlalchemy import Connection, Table, insert, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backoffice.db.base import Base

Row = TypeVar("Row", bound=Base)


def fresh(table: type[Row], **values: Any) -> Row:
    """A new row as it will be read: what `values` leave out has its column's default, or None.

    No session minds it; it is written by `put`.
    """
    row = cast("Row", inspect(table).class_manager.new_instance())
    vars(row).update(_defaults(table) | values)
    return row


def put(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert them: COPY on PostgreSQL, one prepared statement on SQLite. Raises DBAPIError.

    Every row holds every column but a number that the database gives. What else it holds is passed
    over: `vars` of an object is a row, too.
    """
    if not rows:
        return
    columns = _columns(table)
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table.__tablename__, columns, rows)
        return
    plain = [{column: row[column] for column in columns} for row in rows]
    connection.execute(insert(table_of(table)), plain)


def _copy(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    named = ", ".join(f'"{one}"' for one in columns)
    driver: Any = connection.connection.driver_connection
    statement = f'COPY "{table}" ({named}) FROM STDIN'
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[column] for column in columns])
    except psycopg.Error as fault:
        raise DBAPIError.instance(
            statement, None, fault, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        ) from fault


@cache
def table_of(mapped: type[Base]) -> Table:
    """The table of a class."""
    return Base.metadata.tables[mapped.__tablename__]


@cache
def _columns(table: type[Base]) -> tuple[str, ...]:
    return tuple(one.name for one in table_of(table).columns if one.autoincrement is not True)


@cache
def _defaults(table: type[Base]) -> dict[str, Any]:
    wanted = set(_columns(table))
    return {
        one.name: getattr(one.default, "arg", None)
        for one in table_of(table).columns
        if one.name in wanted
    }
