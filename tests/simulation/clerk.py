"""The cashier of one terminal: takes goods back, lets customers sign or go, comes back to them.

Law of the file: keys alone, as at the counter, one after the other with time between them; whatever
the network does, whoever signs is finished (`_finished` looks).
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Return
from terminal.core.sale import Sale
from terminal.core.shop import Standing
from tests.simulation.happenings import Broken, Run
from tests.simulation.unit import Unit

HOME_MAX = 16  # keys from anywhere to ready or signed off
WAITS_MAX = 8  # half seconds: the terminal gives a look-up 2 seconds, and one of grace
PAUSE_S = 3.0  # at most, between two keys


class Gone(Exception):  # noqa: N818 - named for what happened
    """The terminal died under the cashier's hands."""


class Clerk:
    def __init__(self, run: Run, unit: Unit, sales: Sequence[Sale]) -> None:
        self._run, self._unit, self._sales = run, unit, sales
        self._life = 0

    async def work(self, visits: int, within_s: float) -> None:
        """So many customers, spread over so many seconds."""
        times = sorted(self._run.chance.random() * within_s for _ in range(visits))
        for at in times:
            await asyncio.sleep(max(at - self._run.loop.time(), 0.0))
            await self.serve()

    async def serve(self) -> None:
        """One customer, new or back again."""
        if not self._unit.up:
            self._run.tell(self._unit.name, "nobody served")
            return
        self._life = self._unit.boots
        waiting = [
            one for one in self._unit.returns if not one.handed_on and one.status.name != "VOIDED"
        ]
        try:
            if waiting and self._run.chance.random() < 0.4:
                await self._again(self._run.chance.choice(waiting))
            else:
                await self._goods()
        except Gone:
            pass

    async def last_round(self) -> None:
        """At the end of the day: whatever the office has decided is done."""
        self._life = self._unit.boots
        for ret in self._unit.returns:
            if ret.decided:
                await self._again(ret)

    # One customer.

    async def _goods(self) -> None:
        """Goods on the counter: all of a receipt, or a piece of it."""
        till, chance = self._unit.till, self._run.chance
        await self._home()
        sale = chance.choice(self._sales)
        await self._act(lambda: till.scans(sale.receipt_no))
        if not isinstance(till.state, states.ChoosingGoods):
            self._run.tell(self._unit.name, "not taken", type(till.state).__name__)
            return
        if chance.random() < 0.5:
            await self._keys(Key.F1)
        else:
            await self._act(lambda: till.scans(chance.choice(sale.lines).gtin))
        await self._keys(Key.CONFIRM)
        if isinstance(till.state, states.ChoosingReason):
            await self._act(lambda: till.picks("质量问题"))
        if isinstance(till.state, states.ChoosingCondition):
            await self._act(lambda: till.picks("未拆封"))
        if not isinstance(till.state, states.ConfirmingAmounts):
            self._run.tell(self._unit.name, "not agreed", type(till.state).__name__)
            return
        await self._keys(Key.CONFIRM)
        self._run.tell(self._unit.name, "recorded", sale.receipt_no)
        await self._customer()

    async def _again(self, ret: Return) -> None:
        """The customer is back with the slip."""
        await self._home()
        await self._act(lambda: self._unit.till.scans(ret.number))
        if isinstance(self._unit.till.state, states.ShowingReturn):
            await self._keys(Key.CONFIRM)
        await self._customer()

    async def _customer(self) -> None:
        """A recorded return is on the screen: signed, left for later, voided, or as decided."""
        match self._unit.till.state:
            case states.WaitingForCustomer(ret=ret):
                match self._run.chance.choices(("sign", "later", "void"), (4, 5, 1))[0]:
                    case "sign":
                        await self._sign(ret)
                    case "later":
                        await self._keys(Key.F1)
                    case _:
                        await self._keys(Key.CANCEL)
                        if isinstance(self._unit.till.state, states.ConfirmingVoid):
                            await self._keys(Key.CONFIRM)
                            self._run.tell(self._unit.name, "voided", ret.number)
            case states.ShopDecided() | states.PayingCash():
                await self._decided()
            case _:
                pass

    async def _sign(self, ret: Return) -> None:
        offline = self._unit.offline
        await self._keys(Key.F2)
        if isinstance(self._unit.till.state, states.TakingSignature):
            await self._keys(Key.CONFIRM)
        await self._decided()
        self._finished(ret)
        self._run.tell(self._unit.name, "signed offline" if offline else "signed", ret.number)

    async def _decided(self) -> None:
        """Confirm until nothing is asked any more: the cash, the shop's answer."""
        for _ in range(3):
            if isinstance(self._unit.till.state, states.PayingCash | states.ShopDecided):
                await self._keys(Key.CONFIRM)

    def _finished(self, ret: Return) -> None:
        """Nothing the office says, or does not say, is needed to finish a customer (the third law
        of the wire): only its no or a conflict may come between.
        """
        state = self._unit.till.state
        now = next(one for one in self._unit.returns if one.id == ret.id)
        said = now.shop.state if now.shop is not None else None
        told = said in (Standing.DECLINED, Standing.CONFLICT, Standing.VOIDED)
        if not isinstance(state, states.Ready) or not (now.handed_on or told):
            raise Broken(f"{self._unit.name}: {ret.number} signed, and is {now.status} in {state}")

    # Hands.

    async def _home(self) -> None:
        till = self._unit.till
        for _ in range(HOME_MAX):
            match till.state:
                case states.Ready():
                    return
                case states.SignedOff():
                    await self._act(lambda: till.types("1007⏎1234⏎"))
                case states.SlipBlocked() | states.SlipUncertain():
                    await self._keys(Key.F2)
                case states.WaitingForCustomer() | states.PayingCash():
                    await self._keys(Key.F1)
                case states.ShopDecided():
                    await self._decided()
                case _:
                    await self._keys(Key.CANCEL)
        raise Broken(f"{self._unit.name}: no way home from {type(till.state).__name__}")

    async def _keys(self, *keys: Key) -> None:
        for key in keys:
            await self._act(partial(self._unit.till.presses, key))

    async def _act(self, act: Callable[[], object]) -> None:
        await asyncio.sleep(self._run.chance.random() * PAUSE_S)
        if not self._unit.up or self._unit.boots != self._life:
            raise Gone
        self._unit.set_clock()
        act()
        self._unit.wake()
        for _ in range(WAITS_MAX):
            if not isinstance(self._unit.till.state, states.LookingUp | states.AskingShop):
                return
            await asyncio.sleep(0.5)
            if self._unit.boots != self._life or not self._unit.up:
                raise Gone
        raise Broken(f"{self._unit.name}: the cashier waits for the office")
