"""An office that says what a test wants it to say, in the words of the uplink."""

from collections.abc import Callable
from typing import Any

from terminal.core.returns import Return
from terminal.core.shop import NOTHING_SAID, ShopRefund, ShopState, Standing
from terminal.core.words import Worded
from terminal.uplink.values import LookedUp, NetworkChanged, Told, UplinkValue


class FakeOffice:
    """`post` takes each value, as the loop's mailbox or a counter's `handle` does."""

    def __init__(self, post: Callable[[UplinkValue], None], terminal: str = "0571-03") -> None:
        self._post = post
        self._terminal = terminal
        self._versions: dict[str, int] = {}

    def network(self, *, up: bool, why: str = "") -> None:
        self._post(NetworkChanged(up, why))

    def says(
        self,
        ret: Return,
        state: Standing,
        reason: Worded = NOTHING_SAID,
        refunds: tuple[ShopRefund, ...] = (),
        version: int | None = None,
    ) -> ShopState:
        """Tell how a return stands; each time with a higher version, unless one is given."""
        if version is None:
            version = self._versions.get(ret.id, 0) + 1
        self._versions[ret.id] = max(version, self._versions.get(ret.id, 0))
        told = ShopState(ret.id, ret.number, self._terminal, version, state, reason, refunds)
        self._post(Told(told))
        return told

    def answers(self, ask: str, *sales: dict[str, Any], fault: str = "") -> None:
        """The answer to a look-up."""
        self._post(LookedUp(ask, sales, fault=fault))
