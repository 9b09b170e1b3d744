"""Wrong passwords: whoever guesses waits, and keeps nobody waiting who has been in before.

A try comes from a browser in which its person signed in since their password was last changed (a
cookie says so: OWASP "Slow Down Online Guessing Attacks with Device Cookies"), else from an
address. Each browser and each address waits for itself after a few wrong ones, ever longer. What
comes from addresses is counted twice more: of an address for all names, so that it cannot go from
name to name, and of a name for all addresses, so that many of them guess no faster than one.

Law of the file: a name that nobody has is counted like any other, so that no wait tells which are.
"""

import secrets
from dataclasses import dataclass
from hmac import compare_digest

from backoffice.office import Transaction
from backoffice.pepper import Pepper
from backoffice.rates import Even, Growing, TooOften, Vain

FREE_TRIES = 5
NAME_PER_HOUR = 50  # at once, and again within the hour: 100 at most (OWASP ASVS 4.0.3, 2.2.1)
_PLACE = Vain("password from", Growing(FREE_TRIES, 15_000, 15 * 60_000))
_NAME = Vain("password of", Even(NAME_PER_HOUR, 3_600_000))


@dataclass(frozen=True)
class Whence:
    """Where a try comes from: its address, and what its browser kept of an earlier sign-in."""

    address: str
    kept: str = ""


class Try:
    """One try at the password of `name`; `hashed` is "" where nobody has that name.

    The counts go by the hash, too: a new password begins them anew. The caller holds the person's
    row, so that of tries at the same instant each sees what the others came to.
    """

    def __init__(self, tx: Transaction, name: str, hashed: str, whence: Whence) -> None:
        self._tx = tx
        self._whose = f"{name}\n{hashed}"
        self._known = bool(hashed) and _is_kept(tx.pepper, self._whose, whence.kept)
        self._address = whence.address
        self._place = f"{self._whose}\n{whence.kept if self._known else whence.address}"
        self._addresses = Vain("sign-in", Even(tx.settings.limits.tries_per_minute))

    def check(self) -> None:
        """Raises TooOften."""
        counted = [(_PLACE, self._place)]
        if not self._known:
            counted += [(self._addresses, self._address), (_NAME, self._whose)]
        tx = self._tx
        waits = [one.wait(tx.session, tx.pepper, who, tx.now) for one, who in counted]
        if any(waits):
            raise TooOften(max(waits))

    def wrong(self) -> None:
        _PLACE.count(self._tx, self._place)
        if not self._known:
            _NAME.count(self._tx, self._whose)
            self._addresses.count(self._tx, self._address)

    def right(self) -> str:
        """What the browser is to keep."""
        _PLACE.forget(self._tx, self._place)
        return _kept(self._tx.pepper, self._whose, secrets.token_urlsafe(16))


def _kept(pepper: Pepper, whose: str, once: str) -> str:
    signed = pepper.of("browser of", f"{whose}\n{once}")
    return f"{once}.{signed}"


def _is_kept(pepper: Pepper, whose: str, kept: str) -> bool:
    once, _, _ = kept.partition(".")
    return compare_digest(kept.encode(), _kept(pepper, whose, once).encode())
