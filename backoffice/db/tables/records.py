"""What terminals recorded, row by row and for ever; nothing here is changed once written.

On PostgreSQL `records` is partitioned by its id, a UUIDv7, and so by month (db/months.py).
"""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db.base import Base, Id, IdKey, Ms, Number


class Branch(Base):
    """One unbroken chain of a terminal. A restored store or a new disk begins a new one.

    `acked`/`head_hash` are its last record here; the newest branch (highest `number`) goes on.
    """

    __tablename__ = "branches"
    __table_args__ = (UniqueConstraint("terminal", "number"),)

    id: Mapped[Number]
    terminal: Mapped[str] = mapped_column(ForeignKey("terminals.name"))
    number: Mapped[int]
    origin: Mapped[str]
    from_seq: Mapped[int]
    acked: Mapped[int]
    head_hash: Mapped[bytes]
    enrolment: Mapped[int]  # Terminal.enrolments when it began
    opened_at: Mapped[Ms]


class Record(Base):
    """One record as it was delivered. Its id is its identity for ever."""

    __tablename__ = "records"
    __table_args__ = (
        Index("records_by_seq", "terminal", "seq"),
        {"postgresql_partition_by": "RANGE (id)"},
    )

    id: Mapped[IdKey]
    terminal: Mapped[str]
    branch: Mapped[int]  # Branch.number
    seq: Mapped[int]
    kind: Mapped[str]
    at_ms: Mapped[Ms]
    boot: Mapped[str]
    uptime_ms: Mapped[Ms]
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]
    promise: Mapped[bytes]  # empty where nothing is personal
    body: Mapped[str]
    received_at: Mapped[Ms]


class RecordPart(Base):
    """The personal part of a record and its salt; may be erased, the record stays."""

    __tablename__ = "record_parts"

    record_id: Mapped[IdKey]
    salt: Mapped[bytes]
    personal: Mapped[str]


class ParkedRecord(Base):
    """A record that is kept and acknowledged, but that the books could not take when it came."""

    __tablename__ = "parked"

    record_id: Mapped[IdKey]
    terminal: Mapped[str] = mapped_column(index=True)
    seq: Mapped[int]
    kind: Mapped[str]
    why: Mapped[str]
    parked_at: Mapped[Ms]
    settled_at: Mapped[Ms | None]  # a person has seen to it, or it was taken
    taken_at: Mapped[Ms | None]  # it is in the books since then (backoffice/archive/parked.py)


class RefusedRecord(Base):
    """Bytes that were refused, kept aside as they came; the same bytes once."""

    __tablename__ = "refused"
    __table_args__ = (UniqueConstraint("terminal", "digest"),)

    id: Mapped[Number]
    record_id: Mapped[Id]
    terminal: Mapped[str]
    seq: Mapped[int]
    why: Mapped[str]
    digest: Mapped[str]  # sha256 of `event`, hex
    event: Mapped[str]
    refused_at: Mapped[Ms]
