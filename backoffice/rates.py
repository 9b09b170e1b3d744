"""How often somebody may ask: so many within a minute, a burst passes and a flood does not.

Two of a kind. `Rate` keeps a process from being flooded, before anything is read or written, and so
each process counts for itself. `Tries` keeps codes and passwords from being guessed: what was
tried in vain is counted in the database, over all processes and restarts, by a keyed hash of who.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backoffice.db.tables import WrongTries
from backoffice.office import Office, Transaction
from backoffice.pepper import Pepper

MINUTE_MS = 60_000
RESTED_MS = 86_400_000  # no count matters that has rested so long
KNOWN_MAX = 10_000  # who asked least lately is forgotten first
ONE = 1000  # an ask, in thousandths


class TooOften(Exception):  # noqa: N818 - named for what happened
    """Not now; `seconds` from now it may be asked again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"asked too often; again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Even:
    """A bucket for `most` asks that empties evenly, within `within_ms`."""

    most: int
    within_ms: int = MINUTE_MS

    def left(self, used: int, passed: int) -> int:
        """What is still in use, `passed` ms later; in thousandths."""
        return max(0, used - max(0, passed) * self.most * ONE // self.within_ms)

    def wait_ms(self, used: int, passed: int) -> int:
        """Until one more fits; 0 where it does."""
        over = self.left(used, passed) + ONE - self.most * ONE
        return -(-over * self.within_ms // (self.most * ONE)) if over > 0 else 0


@dataclass(frozen=True)
class Growing:
    """After `free` of them a wait of `first_ms`, doubled by each more; forgotten after a day."""

    free: int
    first_ms: int
    longest_ms: int

    def left(self, used: int, passed: int) -> int:
        return used if passed < RESTED_MS else 0

    def wait_ms(self, used: int, passed: int) -> int:
        doublings = self.left(used, passed) // ONE - self.free
        if doublings < 0:
            return 0
        wait = min(self.first_ms << min(doublings, 32), self.longest_ms)
        return max(0, wait - max(0, passed))


class Rate:
    """So many a minute, of each who asks."""

    def __init__(self, per_minute: int, clock: Callable[[], int]) -> None:
        self._even = Even(per_minute)
        self._clock = clock
        self._used: OrderedDict[str, tuple[int, int]] = OrderedDict()  # thousandths used, when

    def take(self, who: str) -> None:
        """Count one more ask of theirs. Raises TooOften."""
        now = self._clock()
        used, then = self._used.pop(who, (0, now))
        used = self._even.left(used, now - then)
        over = seconds(self._even.wait_ms(used, 0))
        self._used[who] = (used if over else used + ONE, now)
        while len(self._used) > KNOWN_MAX:
            self._used.popitem(last=False)
        if over:
            raise TooOften(over)


@dataclass(frozen=True)
class Vain:
    """What is tried in vain for one purpose, as it is counted in the database."""

    purpose: str
    shape: Even | Growing

    def wait(self, session: Session, pepper: Pepper, who: str, now: int) -> int:
        """Seconds until they may try again; 0 where they may now."""
        columns = select(WrongTries.used, WrongTries.at_ms)
        found = session.execute(columns.where(WrongTries.who == self._key(pepper, who))).first()
        return seconds(self.shape.wait_ms(found.used, now - found.at_ms)) if found else 0

    def count(self, tx: Transaction, who: str) -> None:
        """One more. The row is theirs alone until the transaction ends."""
        used, passed = self._held(tx, who)
        self._put(tx, who, self.shape.left(used, passed) + ONE)

    def take(self, tx: Transaction, who: str) -> int:
        """One more, before it is known whether in vain; or the seconds until one more fits.

        The row is theirs alone from before it is read, so that those who come at the same instant
        get no more than one after another.
        """
        used, passed = self._held(tx, who)
        over = seconds(self.shape.wait_ms(used, passed))
        if not over:
            self._put(tx, who, self.shape.left(used, passed) + ONE)
        return over

    def give_back(self, tx: Transaction, who: str) -> None:
        """One that was taken, and was not in vain."""
        used, passed = self._held(tx, who)
        left = self.shape.left(used, passed) - ONE
        if left > 0:
            self._put(tx, who, left)
        else:
            self.forget(tx, who)

    def forget(self, tx: Transaction, who: str) -> None:
        key = self._key(tx.pepper, who)
        tx.session.execute(delete(WrongTries).where(WrongTries.who == key))

    def _held(self, tx: Transaction, who: str) -> tuple[int, int]:
        """What is in use, in thousandths, and for how many ms; begun with nothing."""
        insert = sqlite if tx.session.get_bind().dialect.name == "sqlite" else postgresql
        held = (
            insert.insert(WrongTries)
            .values(who=self._key(tx.pepper, who), used=0, at_ms=tx.now)
            .on_conflict_do_update(index_elements=[WrongTries.who], set_={"used": WrongTries.used})
            .returning(WrongTries.used, WrongTries.at_ms)
        )
        used, then = tx.session.execute(held).one()
        return used, tx.now - then

    def _put(self, tx: Transaction, who: str, used: int) -> None:
        row = update(WrongTries).where(WrongTries.who == self._key(tx.pepper, who))
        tx.session.execute(row.values(used=used, at_ms=tx.now))

    def _key(self, pepper: Pepper, who: str) -> str:
        return pepper.of(f"tries {self.purpose}", who)


class Tries:
    """What is tried in vain, for one purpose: so many a minute of each who tries."""

    def __init__(self, office: Office, purpose: str, per_minute: int) -> None:
        self._office = office
        self._vain = Vain(purpose, Even(per_minute))

    def check(self, who: str) -> None:
        """Before a try. Raises TooOften."""
        office = self._office
        with office.reading() as session:
            over = self._vain.wait(session, office.pepper, who, office.clock())
        if over:
            raise TooOften(over)

    def failed(self, who: str) -> None:
        """It was in vain."""
        self._office.write(lambda tx: self._vain.count(tx, who))


def seconds(ms: int) -> int:
    """Whole ones, the last begun."""
    return -(-ms // 1000)
