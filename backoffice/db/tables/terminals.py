"""Terminals and what they prove themselves with."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db.base import Base, Ms, Number, TextKey


class Terminal(Base):
    """One unit at one till: `name` is <business unit>-<workstation>.

    `numbers_after`: the highest return number that this terminal is known to have given.
    `enrolments`: how often the office let a unit in under this name.
    `rules`: the version it said it works by; `rules_refused`: which it cannot, and why.
    """

    __tablename__ = "terminals"

    name: Mapped[TextKey]
    store: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[Ms]
    enrolments: Mapped[int] = mapped_column(default=0)
    numbers_after: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[Ms | None]
    revoked_at: Mapped[Ms | None]
    rules: Mapped[str | None]
    rules_refused: Mapped[str | None]
    rules_refused_at: Mapped[Ms | None]


class UnitClock(Base):
    """Our clock stood at `office_ms` when that boot of a terminal had run `uptime_ms`."""

    __tablename__ = "unit_clocks"

    terminal: Mapped[str] = mapped_column(ForeignKey("terminals.name"), primary_key=True)
    boot: Mapped[TextKey]
    uptime_ms: Mapped[Ms] = mapped_column(primary_key=True, autoincrement=False)
    office_ms: Mapped[Ms]


class Certificate(Base):
    """A client certificate that we issued; `fingerprint` is sha256 of its DER, in hex."""

    __tablename__ = "certificates"

    fingerprint: Mapped[TextKey]
    terminal: Mapped[str] = mapped_column(ForeignKey("terminals.name"), index=True)
    issued_at: Mapped[Ms]
    expires_at: Mapped[Ms]
    revoked_at: Mapped[Ms | None]


class TerminalKey(Base):
    """An Ed25519 key that signs the QR codes of slips; its number is in each of them."""

    __tablename__ = "terminal_keys"

    key: Mapped[Number]
    terminal: Mapped[str] = mapped_column(ForeignKey("terminals.name"), index=True)
    public_key: Mapped[bytes]  # 32 bytes
    made_at: Mapped[Ms]
    revoked_at: Mapped[Ms | None]


class EnrolmentCode(Base):
    """A one-time code, kept as a keyed hash of itself."""

    __tablename__ = "enrolment_codes"

    code_hash: Mapped[TextKey]
    terminal: Mapped[str] = mapped_column(ForeignKey("terminals.name"), index=True)
    made_by: Mapped[str]
    made_at: Mapped[Ms]
    expires_at: Mapped[Ms]
    used_at: Mapped[Ms | None]
