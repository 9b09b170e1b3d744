"""The people of the shop's office."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db.base import Base, Ms, Number, TextKey


class OfficeUser(Base):
    """`password_hash` is argon2id with its parameters; nobody is ever deleted."""

    __tablename__ = "office_users"

    name: Mapped[TextKey]
    role: Mapped[str]
    password_hash: Mapped[str]
    made_at: Mapped[Ms]
    disabled_at: Mapped[Ms | None]


class OfficeSession(Base):
    """`token_hash` is sha256 of the cookie, in hex."""

    __tablename__ = "office_sessions"

    token_hash: Mapped[TextKey]
    user_name: Mapped[str] = mapped_column(ForeignKey("office_users.name"), index=True)
    made_at: Mapped[Ms]
    seen_at: Mapped[Ms]
    expires_at: Mapped[Ms]


class WrongTries(Base):
    """What somebody tried in vain (backoffice/rates.py).

    `who`: a keyed hash of purpose and who tried; `used`: thousandths of tries counted at `at_ms`.
    """

    __tablename__ = "wrong_tries"

    who: Mapped[TextKey]
    used: Mapped[int]
    at_ms: Mapped[Ms]


class AuditEntry(Base):
    """What somebody of the office did. Never a password, token, code or tail."""

    __tablename__ = "office_audit"

    id: Mapped[Number]
    at_ms: Mapped[Ms]
    who: Mapped[str]
    what: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    detail: Mapped[str]
