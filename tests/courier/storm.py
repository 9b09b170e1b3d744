"""A shop chain comes back at once: every terminal's first delivery after the same outage.

The back-off is the courier's own (`Patience`); the server takes so many requests a second and
answers the rest with 503 at once. Virtual time, one seed, no thread.
"""

import heapq
import random
from collections import Counter
from dataclasses import dataclass

from terminal.courier.patience import Patience

TERMINALS = 100_000
CAPACITY = 2_000  # requests a second, for as many
WINDOW_S = 60.0  # what the server named last (config/backoffice.toml: spread_s)


@dataclass(frozen=True)
class Storm:
    """`peak` is of one second; `seconds` until the last terminal got through."""

    requests: int
    peak: int
    seconds: int


def storm(window_s: float, seed: int, terminals: int = TERMINALS) -> Storm:
    """All see the network at second 0. `window_s` 0: jitter alone, nobody spreads the first try.

    With fewer terminals the server takes as much less.
    """
    capacity = CAPACITY * terminals // TERMINALS
    chance = random.Random(seed)
    patience = [Patience(chance) for _ in range(terminals)]
    waiting = [(one.spread(window_s), number) for number, one in enumerate(patience)]
    heapq.heapify(waiting)
    asked: Counter[int] = Counter()
    last = 0.0
    while waiting:
        at, number = heapq.heappop(waiting)
        second = int(at)
        asked[second] += 1
        if asked[second] <= capacity:
            last = at
            continue
        heapq.heappush(waiting, (at + patience[number].failed(), number))
    return Storm(asked.total(), max(asked.values()), int(last) + 1)
