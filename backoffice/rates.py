"""How often somebody may ask: so many within a minute, a burst passes and a flood does not.

Two of a kind. `Rate` keeps a process from being flooded, before anything is read or written, and so
each process counts for itself. `Tries` keeps codes and passwords from being guessed: what was
tried in vain is counted in the database, over all processes and restarts, by a keyed hash of who.
"""

from collections import OrderedDict
from collections.abc import Callable

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from backoffice.db.tables import WrongTries
from backoffice.office import Office, Transaction

MINUTE_MS = 60_000
KNOWN_MAX = 10_000  # who asked least lately is forgotten first
ONE = 1000  # an ask, in thousandths


class TooOften(Exception):  # noqa: N818 - named for what happened
    """Not now; `seconds` from now it may be asked again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"asked too often; again in {seconds} s")
        self.seconds = seconds


class Rate:
    """A bucket of one minute's worth that fills evenly."""

    def __init__(self, per_minute: int, clock: Callable[[], int]) -> None:
        self._most = per_minute
        self._clock = clock
        self._used: OrderedDict[str, tuple[int, int]] = OrderedDict()  # thousandths used, when

    def take(self, who: str) -> None:
        """Count one more ask of theirs. Raises TooOften."""
        now = self._clock()
        used = _left_of(*self._used.pop(who, (0, now)), now, self._most)
        over = _over(used, self._most)
        self._used[who] = (used if over else used + ONE, now)
        while len(self._used) > KNOWN_MAX:
            self._used.popitem(last=False)
        if over:
            raise TooOften(over)


class Tries:
    """What is tried in vain, for one purpose: so many a minute of each who tries."""

    def __init__(self, office: Office, purpose: str, per_minute: int) -> None:
        self._office = office
        self._purpose = purpose
        self._most = per_minute

    def check(self, who: str) -> None:
        """Before a try. Raises TooOften."""
        with self._office.reading() as session:
            found = session.get(WrongTries, self._key(who))
            used = (
                _left_of(found.used, found.at_ms, self._office.clock(), self._most) if found else 0
            )
        if over := _over(used, self._most):
            raise TooOften(over)

    def failed(self, who: str) -> None:
        """It was in vain."""
        key = self._key(who)

        def count(tx: Transaction) -> None:
            row = select(WrongTries).where(WrongTries.who == key).with_for_update()
            found = tx.session.scalars(row).one_or_none()
            if found is None:
                tx.session.execute(insert(WrongTries).values(who=key, used=ONE, at_ms=tx.now))
            else:
                found.used = _left_of(found.used, found.at_ms, tx.now, self._most) + ONE
                found.at_ms = tx.now

        try:
            self._office.write(count)
        except IntegrityError:  # another process counted their first one at the same instant
            self._office.write(count)

    def _key(self, who: str) -> str:
        return self._office.pepper.of(f"tries {self._purpose}", who)


def _left_of(used: int, then: int, now: int, most: int) -> int:
    """What is still in use of a bucket that was so full then."""
    return max(0, used - max(0, now - then) * most * ONE // MINUTE_MS)


def _over(used: int, most: int) -> int:
    """Seconds until one more fits; 0 where it does now."""
    over = used + ONE - most * ONE
    return -(-over * 60 // (most * ONE)) if over > 0 else 0
