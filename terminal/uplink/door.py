"""The unit's one name for the back office, from before the uplink is begun.

Law of the file: nothing of the uplink is imported here; the first screen comes first.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from terminal.core.rules import Rules
from terminal.core.upkeep import UpkeepRecord
from terminal.ledger.ledger import Ledger
from terminal.moments import Moments
from terminal.settings.values import Settings
from terminal.uplink.values import RulesStand

if TYPE_CHECKING:
    from terminal.uplink.desk import Uplink

SLIP_KEY = "slip-key.json"  # there once the unit is enrolled


class Door:
    """Until it is opened nobody can be asked. `there`: this unit has a back office at all."""

    def __init__(self, settings: Settings) -> None:
        enrolled = (settings.data / SLIP_KEY).is_file()
        self.there = settings.uplink.socket is not None and enrolled and not settings.training
        self.name = f"{settings.business_unit}-{settings.workstation}"
        self._settings = settings
        self._uplink: Uplink | None = None

    def open(
        self,
        post: Callable[[Any], None],
        idle: Callable[[], bool],
        aside: Callable[[Callable[[Ledger], None]], bool],
        moments: Moments,
    ) -> None:
        """Once, after the first screen; see `Uplink` for what each is."""
        from terminal.uplink.compose import uplink_of  # noqa: PLC0415 - its law

        self._uplink = uplink_of(self._settings, post, idle, aside, moments)
        self._uplink.start()

    @property
    def brings_news(self) -> bool:
        """Whether rules came down that nobody works by yet, or what is not recorded yet."""
        uplink = self._uplink
        return uplink is not None and (uplink.rulebook.news or uplink.clocks.news)

    def heed(
        self,
        now: Rules,
        keep: Callable[[UpkeepRecord], None],
        tell: Callable[[RulesStand], None],
    ) -> Rules | None:
        """What came is recorded. The rules to work by from now on, or None: `Rulebook.heed`."""
        if self._uplink is None:
            return None
        self._uplink.clocks.heed(keep)
        return self._uplink.rulebook.heed(now, keep, tell)

    @property
    def is_open(self) -> bool:
        return self._uplink is not None

    def ask(self, ask: str, query: Mapping[str, str | int]) -> bool:
        return self._uplink is not None and self._uplink.ask(ask, query)

    def takes(self, value: object) -> bool:
        """Whether the value was the uplink's own, and is handled."""
        return self._uplink is not None and self._uplink.takes(value)

    def step(self) -> float | None:
        return None if self._uplink is None else self._uplink.step()

    def close(self) -> None:
        if self._uplink is not None:
            self._uplink.close()
            self._uplink = None
