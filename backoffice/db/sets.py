"""A set of values as one parameter: `among(column, "ids")` is column IN `ids`, and
`each("ids", column.type)` are its values as rows.

However many there are it is one statement, so that it is compiled, planned and prepared once.
"""

from collections.abc import Collection
from typing import Any, Self

import msgspec
from sqlalchemy import (
    ColumnElement,
    Dialect,
    TableValuedAlias,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Boolean, TypeEngine


class _Keys(TypeDecorator[Collection[str]]):
    """A set of values of one type: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(self.of) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        assert value is not None, "a set may be empty, and is never missing"
        if dialect.name == "postgresql":
            return list(value)
        as_kept = self.of.dialect_impl(dialect).bind_processor(dialect)
        return msgspec.json.encode([as_kept(one) if as_kept else one for one in value]).decode()


class among(FunctionElement[bool]):  # noqa: N801 - reads as an operator
    """`session.execute(select(Record).where(among(Record.id, "ids")), {"ids": ids})`."""

    type = Boolean()
    inherit_cache = True

    def __init__(self, column: ColumnElement[str] | InstrumentedAttribute[str], name: str) -> None:
        super().__init__(column, bindparam(name, type_=_Keys(column.type)))

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 - SQLAlchemy calls it
        """As it is: SQLite would be asked for `IN (...) = 1`, and read the whole table for it."""
        return self


class _Each(FunctionElement[str]):
    inherit_cache = True


def each(parameter: str, of: TypeEngine[Any]) -> TableValuedAlias:
    """`select(each("ids", Record.id.type).c.value)`, of a type that SQLite keeps as JSON has it."""
    values = _Each(bindparam(parameter, type_=_Keys(of)))
    return values.table_valued(sql_column("value", of), name="value")


@compiles(_Each, "postgresql")
def _unnested(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"unnest({compiler.process(element.clauses, **options)})"


@compiles(_Each, "sqlite")
def _out_of_json(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(among, "postgresql")
def _postgresql(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY({values})"


@compiles(among, "sqlite")
def _sqlite(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - names, no value
