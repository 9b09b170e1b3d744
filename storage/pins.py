"""PINs and badges as they are kept: argon2id over a keyed digest.

A four-digit PIN falls to a search of minutes; therefore each secret first meets the pepper, a key
in a file of its own beside the database, and the database alone is worth little.
"""

import hmac
import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from storage.faults import PepperMissing
from storage.lock import fault_of_os

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PEPPER_BYTES = 32


class HashCost(Struct, frozen=True):
    """What one guess costs; the defaults take about 23 ms on a small x86 unit."""

    memory_kib: int = 19 * 1024
    passes: int = 2
    lanes: int = 1


def pepper_file(database: Path) -> Path:
    return database.with_name(database.name + ".pepper")


def load_pepper(database: Path, *, may_create: bool) -> bytes:
    """The key; made when there is none, or but a piece of it, and nobody depends on one."""
    file = pepper_file(database)
    try:
        if may_create and not has_pepper(database):
            new_pepper(database)
        pepper = file.read_bytes()
    except FileNotFoundError as error:
        raise PepperMissing(file) from error
    except OSError as error:
        raise fault_of_os(file, error) from error
    if len(pepper) != PEPPER_BYTES:
        raise PepperMissing(file)
    return pepper


def has_pepper(database: Path) -> bool:
    """Whether the key is there, whole. Raises OSError."""
    file = pepper_file(database)
    return file.exists() and file.stat().st_size == PEPPER_BYTES


def new_pepper(database: Path) -> None:
    """Whole and synced under another name before it bears its own. Raises OSError."""
    file = pepper_file(database)
    draft = file.with_name(file.name + ".new")
    draft.unlink(missing_ok=True)
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(fd, os.urandom(PEPPER_BYTES))
        os.fsync(fd)
    finally:
        os.close(fd)
    draft.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Keeper:
    """Turns secrets into what is stored, and says whether one fits."""

    def __init__(self, pepper: bytes, cost: HashCost) -> None:
        self._pepper = pepper
        self._hasher = _hasher(cost)
        # Unknown staff are checked against this, so that they take as long as a wrong PIN.
        self.nobody = self.pin_hash("")

    def pin_hash(self, pin: str) -> str:
        return self._hasher.hash(self._keyed("pin", pin))

    def pin_fits(self, stored: str, pin: str) -> bool:
        from argon2.exceptions import VerificationError  # noqa: PLC0415 - see _hasher

        try:
            return self._hasher.verify(stored, self._keyed("pin", pin))
        except VerificationError:
            return False

    def is_outdated(self, stored: str) -> bool:
        """The hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(stored)

    def badge_digest(self, token: str) -> bytes:
        """A badge is long and random: a keyed digest will do, and can be looked up."""
        return self._keyed("badge", token)

    def _keyed(self, use: str, secret: str) -> bytes:
        return hmac.digest(self._pepper, f"{use}\n{secret}".encode(), "sha256")


def _hasher(cost: HashCost) -> "PasswordHasher":
    from argon2 import PasswordHasher, Type  # noqa: PLC0415 - 30 ms that the first screen saves

    return PasswordHasher(
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        type=Type.ID,
    )
