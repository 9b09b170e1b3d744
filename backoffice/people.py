"""The people of the office: who may sign in at the desk, and what for.

Law of the file: a password is kept as argon2id alone, and its check takes as long for a name that
does not exist; after five wrong ones each further try waits twice as long.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backoffice.db.tables import OfficeUser
from backoffice.office import Transaction
from backoffice.words import Refused

ROLES = ("viewer", "reviewer", "manager")  # sees; approves and declines; and decides conflicts
PASSWORD_MIN = 10
FREE_TRIES = 5
WAIT_MS = 30_000
WAIT_MAX_MS = 3_600_000

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _HASHER.hash("nobody has this password")


def add_user(tx: Transaction, name: str, role: str, password: str) -> None:
    """Raises Refused: the name is taken, the role unknown, the password too short."""
    if role not in ROLES:
        raise Refused(f"角色须为 {'、'.join(ROLES)}", f"A role is one of {', '.join(ROLES)}")
    if not name.strip() or tx.session.get(OfficeUser, name) is not None:
        raise Refused("用户名已存在或为空", "The name is taken, or empty")
    made = OfficeUser(name=name, role=role, password_hash=_hashed(password), made_at=tx.now)
    tx.session.add(made)
    tx.session.flush()


def set_password(tx: Transaction, name: str, password: str) -> None:
    user = _known(tx, name)
    user.password_hash, user.failed, user.locked_until = _hashed(password), 0, None


def disable_user(tx: Transaction, name: str) -> None:
    """Nobody is deleted: what they did stays theirs."""
    _known(tx, name).disabled_at = tx.now


def signed_in(tx: Transaction, name: str, password: str) -> OfficeUser | None:
    """The user of this name and password; None for any other, without a word which was wrong.

    The caller commits either way: a wrong password is counted.
    """
    user = tx.session.get(OfficeUser, name, with_for_update=True)
    usable = user is not None and user.disabled_at is None and (user.locked_until or 0) <= tx.now
    right = _matches(user.password_hash if user is not None and usable else _NOBODY, password)
    if user is None or not usable:
        return None
    if right:
        user.failed, user.locked_until = 0, None
        return user
    user.failed += 1
    if user.failed >= FREE_TRIES:
        wait = min(WAIT_MS << min(user.failed - FREE_TRIES, 20), WAIT_MAX_MS)
        user.locked_until = tx.now + wait
    return None


def _known(tx: Transaction, name: str) -> OfficeUser:
    user = tx.session.get(OfficeUser, name, with_for_update=True)
    if user is None:
        raise Refused("没有这个用户", "There is no user of this name")
    return user


def _hashed(password: str) -> str:
    if len(password) < PASSWORD_MIN:
        raise Refused(
            f"密码至少 {PASSWORD_MIN} 个字符", f"A password has at least {PASSWORD_MIN} characters"
        )
    return _HASHER.hash(password)


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
