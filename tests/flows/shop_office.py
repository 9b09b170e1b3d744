"""The shop's office for a till of these tests: what it says is in the store before it is posted."""

from typing import Any

import msgspec
from msgspec.structs import replace

from storage.office import CameDown, OfficeState
from terminal.core.returns import Return, Status
from terminal.core.shop import RailState, ShopRefund, ShopState, Standing
from terminal.core.steps.refund import HERE
from terminal.core.words import Worded
from terminal.uplink.values import LookedUp, Told, UplinkValue
from tests.fakes.uplink import FakeOffice
from tests.flows.cashier import Till

WHY = Worded("商品已使用", "The goods were used")
AT = "2026-11-25T02:02:00Z"  # 10:02 by the shop's clock


class Office(FakeOffice):
    """`lost` True: the power goes between the store and the flow."""

    def __init__(self, till: Till) -> None:
        super().__init__(self._came)
        self.till = till
        self.lost = False

    def _came(self, value: UplinkValue) -> None:
        assert isinstance(value, Told | LookedUp) or not self.lost
        if isinstance(value, Told):
            said = replace(value.state, at=AT)
            value = Told(said)
            body = msgspec.json.encode(said).decode()
            state = OfficeState(said.id, said.version, body)
            today = self.till.moments.at.date().isoformat()
            taken = self.till.store.take_down(CameDown(today, states=(state,)))
            if not taken.states or self.lost:
                return
        self.till.device(value)
        self.till.let_the_printer_answer()

    def about(self, ret: Return, state: Standing, *rails: RailState, **more: Any) -> ShopState:
        """How it stands, each refund on a rail as told, and arrived as asked for or as `actual`."""
        moved = [one for one in ret.settlement.refunds if one.amount and one.kind not in HERE]
        actual = more.pop("actual", None)
        refunds = tuple(
            ShopRefund(
                *(one.position, one.kind, one.amount, rail),
                actual=(actual or one.amount) if rail is RailState.SUCCESS else None,
                at=AT,
            )
            for one, rail in zip(moved, rails, strict=False)
        )
        return self.says(ret, state, refunds=refunds, **more)

    def replies(self, state: ShopState | None, fault: str = "") -> None:
        """To what the till asked last."""
        ask, _ = self.till.shop.asked[-1]
        self._came(LookedUp(ask, ret=state, fault=fault))


def status(till: Till) -> Status:
    """Of the first return on file."""
    return till.returns[0].status
