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

    It is counted before the password is looked at, so that many at the same instant get no more
    looks than one after another. The counts go by the hash, too: a new password begins them anew.
    """

    def __init__(self, tx: Transaction, name: str, hashed: str, whence: Whence) -> None:
        self.name, self.hashed = name, hashed
        whose = self._whose = f"{name}\n{hashed}"
        known = bool(hashed) and _is_kept(tx.pepper, whose, whence.kept)
        self._place = f"{whose}\n{whence.kept if known else whence.address}"
        addresses = Vain("sign-in", Even(tx.settings.limits.tries_per_minute))
        strangers = [(addresses, whence.address), (_NAME, whose)]
        self._besides = [] if known else strangers

    def count(self, tx: Transaction) -> None:
        """Before the look. Raises TooOften, and then nothing may be committed."""
        counts = [(_PLACE, self._place), *self._besides]  # all in this order: no deadlock
        waits = [one.take(tx, who) for one, who in counts]
        if any(waits):
            raise TooOften(max(waits))

    def right(self, tx: Transaction) -> str:
        """It was not in vain. What the browser is to keep."""
        _PLACE.forget(tx, self._place)
        for one, who in self._besides:
            one.give_back(tx, who)
        return _kept(tx.pepper, self._whose, secrets.token_urlsafe(16))


def _kept(pepper: Pepper, whose: str, once: str) -> str:
    signed = pepper.of("browser of", f"{whose}\n{once}")
    return f"{once}.{signed}"


def _is_kept(pepper: Pepper, whose: str, kept: str) -> bool:
    once, _, _ = kept.partition(".")
    return compare_digest(kept.encode(), _kept(pepper, whose, once).encode())
