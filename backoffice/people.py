"""The people of the office: sign-in, sessions, roles.

Law of the file: a password is kept as argon2id alone, a session as the hash of its cookie. An
unknown name costs as much time as a known one, and waits as long after wrong passwords.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from backoffice.audit import audit
from backoffice.db.tables import OfficeSession, OfficeUser
from backoffice.office import Office, Transaction
from backoffice.words import Refused
from backoffice.wrong_passwords import Try, Whence

PASSWORD_MIN = 12  # characters; long beats odd (NIST SP 800-63B 5.1.1)
PASSWORD_MAX = 200
NAME_MAX = 40
HOUR_MS = 3_600_000

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's second choice
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
_LOOKS = Semaphore(2)  # at a time, 19 MiB each: guesses fill neither memory nor processors
Verify = Callable[[str, str], bool]  # hash and password


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    VIEWER = "viewer"  # look and export
    REVIEWER = "reviewer"  # approve, decline, pay by hand
    MANAGER = "manager"  # conflicts, refunds that go on anew, terminals, people

    def covers(self, needed: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


def role_of(text: str) -> Role:
    """The role of that name. Raises Refused."""
    try:
        return Role(text)
    except ValueError as fault:
        names = ", ".join(Role)
        raise Refused(f"角色须为 {names}", f"A role is one of {names}") from fault


@dataclass(frozen=True)
class Person:
    """Who is signed in. `form_key` stands in every form of this session."""

    name: str
    role: Role
    form_key: str


def add(tx: Transaction, name: str, role: Role, password: str, who: str) -> None:
    """A new person. Raises Refused for a name that is taken or a password too short."""
    name = name.strip()
    if not name or len(name) > NAME_MAX or not name.isprintable():
        raise Refused("姓名须为 1 至 40 个字符", "A name has 1 to 40 characters")
    if tx.session.get(OfficeUser, name) is not None:
        raise Refused("已有这个姓名", "This name is taken")
    hashed = _hashed(password)
    tx.session.add(OfficeUser(name=name, role=role, password_hash=hashed, made_at=tx.now))
    audit(tx, who, "person_added", name, role)


def change(
    tx: Transaction,
    name: str,
    who: str,
    *,
    role: Role | None = None,
    password: str = "",
    disabled: bool | None = None,
) -> None:
    """Another role, a new password, away or back. Ends their sessions: a new password one's own,
    too, for whoever knew the old one may be signed in by it. Raises Refused.
    """
    user = tx.session.get(OfficeUser, name)
    if user is None:
        raise Refused("没有这个人", "There is nobody of that name")
    if name == who and (disabled or (role is not None and role != user.role)):
        raise Refused(
            "不能停用自己或改自己的角色", "Nobody disables themselves or changes their role"
        )
    if role is not None:
        user.role = role
    if password:
        user.password_hash = _hashed(password)
    if disabled is not None:
        user.disabled_at = tx.now if disabled else None
    if name != who or password:
        tx.session.execute(delete(OfficeSession).where(OfficeSession.user_name == name))
    what = {"role": role, "password": bool(password), "disabled": disabled}
    audit(tx, who, "person_changed", name, ", ".join(key for key, one in what.items() if one))


@dataclass(frozen=True)
class SignedIn:
    """`cookie` is the new session's; `kept` is for the browser to keep (wrong_passwords.py)."""

    cookie: str
    kept: str


def sign_in(
    office: Office, name: str, password: str, whence: Whence, verify: Verify | None = None
) -> SignedIn | None:
    """A new session; None where name and password do not fit. Raises TooOften.

    Counted in one transaction, answered in another. None is open while the password is verified:
    that takes its time by design, and on SQLite every delivery of a terminal would wait for it.
    """
    known = name.strip() if name.isprintable() else ""  # PostgreSQL takes no NUL to look for
    this = office.write(lambda tx: _counted(tx, known, whence))
    with _LOOKS:
        fits = (verify or _fits)(this.hashed or _NOBODY, password[:PASSWORD_MAX])
    return office.write(lambda tx: _answered(tx, this, fits=fits))


def _counted(tx: Transaction, name: str, whence: Whence) -> Try:
    user = tx.session.get(OfficeUser, name)
    this = Try(tx, name, user.password_hash if user else "", whence)
    this.count(tx)
    return this


def _answered(tx: Transaction, this: Try, *, fits: bool) -> SignedIn | None:
    """`fits` is about the hash that was verified: another one since then is another password."""
    user = tx.session.get(OfficeUser, this.name, with_for_update=True)
    there = user is not None and user.disabled_at is None and user.password_hash == this.hashed
    if user is None or not there or not fits:
        audit(tx, user.name if user else "", "sign_in_failed", "")
        return None
    cookie = secrets.token_urlsafe(32)
    session = OfficeSession(
        token_hash=_token(cookie),
        user_name=user.name,
        made_at=tx.now,
        seen_at=tx.now,
        expires_at=tx.now + tx.settings.desk_hours * HOUR_MS,
    )
    tx.session.add(session)
    tx.session.execute(delete(OfficeSession).where(OfficeSession.expires_at <= tx.now))
    audit(tx, user.name, "signed_in", "")
    return SignedIn(cookie, this.right(tx))


def sign_out(tx: Transaction, cookie: str, who: str) -> None:
    tx.session.execute(delete(OfficeSession).where(OfficeSession.token_hash == _token(cookie)))
    audit(tx, who, "signed_out", "")


def person_of(session: Session, cookie: str, now: int) -> Person | None:
    """Who a cookie stands for; None for an unknown or ended session."""
    if not cookie:
        return None
    found = session.get(OfficeSession, _token(cookie))
    if found is None or found.expires_at <= now:
        return None
    user = session.get(OfficeUser, found.user_name)
    if user is None or user.disabled_at is not None:
        return None
    key = sha256(f"form\n{cookie}".encode()).hexdigest()[:32]
    return Person(user.name, Role(user.role), key)


def _hashed(password: str) -> str:
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise Refused(
            f"密码至少 {PASSWORD_MIN} 个字符", f"A password has {PASSWORD_MIN} characters or more"
        )
    return _HASHER.hash(password)


def _fits(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except VerificationError:
        return False


def _token(cookie: str) -> str:
    return sha256(cookie.encode()).hexdigest()
