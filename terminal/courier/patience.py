"""How long to wait before the next try, so that a shop's thousand tills do not all ask at once.

Capped exponential with full jitter (any moment up to the step is as likely as another); after an
outage the first try is spread evenly over the seconds that the server named last.
"""

import random

BASE_S = 1.0
CAP_S = 300.0
SPREAD_S = 5.0  # before the server has named one
SPREAD_MAX_S = 3600.0
RETRY_AFTER_MAX_S = 3600.0


class Patience:
    """One row of failures. `chance` gives numbers from 0 to 1."""

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.SystemRandom()
        self.failures = 0

    def failed(self, retry_after_s: float = 0.0) -> float:
        """One more failure; the seconds until the next try, never before the server wants it."""
        step: float = min(CAP_S, BASE_S * 2 ** min(self.failures, 16))
        self.failures += 1
        asked = min(max(retry_after_s, 0.0), RETRY_AFTER_MAX_S)
        return asked + self._chance.random() * step

    def worked(self) -> None:
        self.failures = 0

    def spread(self, seconds: float) -> float:
        """When to begin after an outage: any moment within `seconds`."""
        return self._chance.random() * min(max(seconds, 0.0), SPREAD_MAX_S)
