"""What a run is made of: its seed, its chance, its loop, its trace, and the faults put into it."""

import random
from collections import Counter
from enum import Enum
from hashlib import sha256

from tests.simulation.virtual import VirtualLoop


class Broken(AssertionError):  # noqa: N818 - named for what happened
    """A promise was not kept; the sentence says which."""


class Sabotage(Enum):
    """A product that is broken on purpose: a run that cannot see it is worth nothing."""

    NONE = "none"
    NO_DEDUPE = "a record that is here is taken for a new one"
    ACK_FIRST = "a batch is acknowledged before it is committed"
    NO_CAPS = "what does not fit its sale is no conflict"
    PAY_AGAIN = "a refund whose answer was lost gets another number at once"
    STATE_LOST = "a terminal passes over some of what the office says"


class Run:
    """One seed. `chance` decides everything, in the order in which the loop calls."""

    def __init__(self, seed: int, sabotage: Sabotage = Sabotage.NONE) -> None:
        self.seed, self.sabotage = seed, sabotage
        self.chance = random.Random(seed)
        self.loop = VirtualLoop()
        self.trace: list[str] = []
        self.seen: Counter[str] = Counter()  # what happened how often, for a look at the coverage
        self.quiet = True  # no misfortune: before the day and after it

    def tell(self, who: str, what: str, detail: object = "") -> None:
        """One line of the trace. Nothing in it may come from a hash, an address or a salt."""
        self.seen[what] += 1
        self.trace.append(f"{self.loop.time():9.3f} {who:<8} {what} {detail}".rstrip())

    def odds(self, of_one: float) -> bool:
        """Whether a misfortune of this likelihood strikes now; never once it is quiet."""
        return not self.quiet and self.chance.random() < of_one

    @property
    def digest(self) -> str:
        return sha256("\n".join(self.trace).encode()).hexdigest()
