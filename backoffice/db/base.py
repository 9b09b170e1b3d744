"""What every table is made of: column types that both databases hold alike.

Law of the package: times are integers, milliseconds since 1970 UTC; amounts are minor units,
quantities thousandths; ids that a terminal made are UUIDs; JSON is kept as the text that was read.
"""

from typing import Annotated, Any

from sqlalchemy import BigInteger, Integer, LargeBinary, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, mapped_column

Big = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows by INTEGER alone

Id = Annotated[str, mapped_column(Uuid(as_uuid=False))]
IdKey = Annotated[str, mapped_column(Uuid(as_uuid=False), primary_key=True)]
Number = Annotated[int, mapped_column(Big, primary_key=True, autoincrement=True)]
TextKey = Annotated[str, mapped_column(Text, primary_key=True)]
Ms = Annotated[int, mapped_column(Big)]


class Base(DeclarativeBase):
    """Constraints are named alike on both databases, so that a migration can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "%(table_name)s_by_%(column_0_N_name)s",
            "uq": "%(table_name)s_once_%(column_0_N_name)s",
            "ck": "%(table_name)s_ck_%(constraint_name)s",
            "fk": "%(table_name)s_%(column_0_N_name)s_fk",
            "pk": "%(table_name)s_pk",
        }
    )
    type_annotation_map: dict[Any, Any] = {int: Big, str: Text(), bytes: LargeBinary()}  # noqa: RUF012 - as SQLAlchemy names it
