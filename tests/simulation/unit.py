"""A terminal: the flow tests' till with the real uplink, on one line to its courier.

What is real: counter, flow, ledger, SQLite file, uplink (its turns, what is sent, what is taken).
What is not: the line's thread and its socket (`terminal.uplink.line`), whose words and patience are
done here; the printer, the screen and the people's register, as in the flow tests.
Law of the file: it dies between two instructions, and starts from the files as they were then.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from terminal.core import states
from terminal.core.returns import Return
from terminal.courier.protocol import Answer, Request, Tell
from terminal.ledger.ledger import Ledger
from terminal.uplink import line as product
from terminal.uplink.clocks import Clocks
from terminal.uplink.desk import Uplink
from terminal.uplink.line import CourierThere, Heard, LineValue
from terminal.uplink.rulebook import Rulebook
from terminal.uplink.sending import Sending
from terminal.uplink.taking import Taking
from terminal.uplink.values import UplinkValue
from tests.fakes.moments import TODAY
from tests.fakes.printing import FakePrinting
from tests.fakes.shop_line import ShopLine
from tests.flows.cashier import Till
from tests.simulation.courier import CourierProcess
from tests.simulation.happenings import Broken, Run
from tests.simulation.network import Wire
from tests.simulation.places import root
from tests.simulation.sales import every

STORE = "0571"


class SimTill(Till):
    """A till that begins with the files of a template."""

    def __init__(self, folder: Path, template: Till, shop: ShopLine) -> None:
        self.__dict__.update(template.__dict__)
        self.shop = shop
        template_folder, self.folder = self.folder, folder
        del self.moments
        folder.mkdir()
        for file in template_folder.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        self.printing, self.slips, self.power_cuts = FakePrinting(), [], 0
        self._plug_in()


@lru_cache(maxsize=16)
def _template(workstation: str, takes_back: tuple[str, ...]) -> Till:
    folder = root() / f"till-{workstation}-{len(takes_back)}"
    folder.mkdir()
    till = Till(folder, every(), terminal__workstation=workstation, terminal__takes_back=takes_back)
    till.encodes = False
    till.switch_off()
    return till


class Shop(ShopLine):
    """What the flow asks, asked at the office."""

    def __init__(self, unit: "Unit") -> None:
        super().__init__()
        self.name, self._unit = unit.name, unit

    def ask(self, ask: str, query: Mapping[str, str | int]) -> bool:
        return self._unit.up and self._unit.uplink.ask(ask, query)


class Line:
    """`terminal.uplink.line.Line` without its thread: connects, says, hears, tries again."""

    def __init__(self, unit: "Unit") -> None:
        self._unit, self._loop = unit, unit.run.loop
        self._say: Callable[[Request | None], None] | None = None
        self._number, self._wait = 0, product.FIRST_S
        self._closed = False
        self._began = 0.0

    def start(self) -> None:
        self._loop.call_soon(self._connect)

    def say(self, number: int, request: Request) -> None:
        if number == self._number and self._say is not None:
            self._say(request)

    def close(self) -> None:
        """The terminal died: its end of the socket is closed by the kernel."""
        self._closed = True
        if self._say is not None:
            self._say(None)
            self._say = None

    def _connect(self) -> None:
        if self._closed:
            return
        courier = self._unit.courier
        if courier is None or not courier.alive:
            self._again()
            return
        self._number += 1
        number = self._number
        self._began = self._loop.time()
        self._say = courier.connect(lambda words: self._heard(number, words), self._ended)
        self._unit.heard(CourierThere(number))

    def _heard(self, number: int, words: Answer | Tell) -> None:
        if not self._closed and self._say is not None and number == self._number:
            self._unit.heard(Heard(number, words))

    def _ended(self) -> None:
        """The courier hung up, or died."""
        if self._closed or self._say is None:
            return
        self._say(None)
        self._say = None
        self._unit.heard(CourierThere(0))
        if self._loop.time() - self._began > product.SHORT_S:
            self._wait = product.FIRST_S
        self._again()

    hang_up = _ended

    def _again(self) -> None:
        wait = self._wait * (0.5 + self._unit.run.chance.random() / 2)
        self._wait = min(self._wait * 2, product.CAP_S)
        self._loop.call_later(wait, self._connect)


class Unit:
    """`skew`: how wrong its clock is. `boots` counts its lives; one that is over does nothing."""

    def __init__(
        self, run: Run, folder: Path, workstation: str, wire: Wire, committed: dict[str, int], *,
        takes_back: bool,
    ) -> None:  # fmt: skip
        self.run, self.wire = run, wire
        self.name = f"{STORE}-{workstation}"
        self._committed = committed
        self.skew = timedelta()
        self.boots, self.up = 0, False
        (folder / workstation).mkdir()
        template = _template(workstation, ("*",) if takes_back else ())
        self.till = SimTill(folder / workstation / "unit", template, Shop(self))
        self.till.moments.given = int(workstation) * 1_000_000
        self.courier: CourierProcess | None = None
        self.start_courier()
        self._begin()

    # Lives and deaths.

    def _begin(self) -> None:
        self.boots += 1
        self.up = True
        self._mail: deque[LineValue] = deque()
        self._told: deque[UplinkValue] = deque()
        self._due: asyncio.TimerHandle | None = None
        self.line = Line(self)
        till = self.till
        self.uplink = Uplink(
            self.line,  # type: ignore[arg-type]  # see Line
            self.name,
            Sending(till.moments.stamp),
            Taking(self.name, Rulebook(till.settings), lambda: self.till.moments.at),
            Clocks(till.moments.stamp),
            2.0,
            self._told.append,
            lambda: not till.counter.printing,
            self._aside,
        )
        self.uplink.start()

    def die(self) -> None:
        """The power goes now; it is back after a while."""
        if not self.up:
            return
        self.run.tell(self.name, "terminal dies", type(self.till.state).__name__)
        self.up = False
        self.line.close()
        if self._due is not None:
            self._due.cancel()
        self.run.loop.call_later(1 + self.run.chance.random() * 20, self._boot)

    def _boot(self) -> None:
        self.set_clock()
        self.till.power_cut()
        self.run.tell(self.name, "terminal boots", type(self.till.state).__name__)
        self._begin()

    def start_courier(self) -> None:
        self.courier = CourierProcess(self.name, self.wire)

    def kill_courier(self) -> None:
        if self.courier is None or not self.courier.alive:
            return
        self.run.tell(self.name, "courier dies")
        self.courier.die()
        self.line.hang_up()
        self.run.loop.call_later(0.5 + self.run.chance.random() * 15, self.start_courier)

    # Its loop.

    def set_clock(self) -> None:
        self.till.moments.at = TODAY + timedelta(seconds=self.run.loop.time()) + self.skew

    def heard(self, value: LineValue) -> None:
        if self.up:
            self._mail.append(value)
            self.wake()

    def wake(self) -> None:
        """Turn as soon as those have turned who are before us."""
        self._turn_at(self.run.loop.time())

    def _turn_at(self, when: float) -> None:
        if self._due is not None:
            self._due.cancel()
        self._due = self.run.loop.call_at(when, self._turn)

    def _turn(self) -> None:
        """What came, then one step of the uplink, as the loop of a terminal does."""
        self._due = None
        if not self.up:
            return
        self.set_clock()
        while self._mail:
            self.uplink.handle(self._mail.popleft())
        self._hear()
        due = self.uplink.step()
        self._hear()
        if due is not None:
            self._turn_at(max(due, self.run.loop.time()))
        elif self._told or self._mail:
            self.wake()
        acked, really = self.till.store.acked_seq(), self._committed.get(self.name, 0)
        if acked > really:
            raise Broken(f"{self.name}: {acked} acknowledged, {really} committed at the office")

    def _hear(self) -> None:
        while self._told:
            self.till.device(self._told.popleft())
            self.till.let_the_printer_answer()

    def _aside(self, work: Callable[[Ledger], None]) -> bool:
        work(self.till.counter._ledger)
        return True

    # What others look at.

    @property
    def offline(self) -> bool:
        return not self.uplink.network.up

    @property
    def ready(self) -> bool:
        return self.up and isinstance(self.till.state, states.Ready | states.SignedOff)

    @property
    def returns(self) -> list[Return]:
        """Every return on file, by its number."""
        ledger, count = self.till.counter._ledger, self.till.store.next_return_sequence()
        found = (ledger.find_return(f"R-{self.name}-{at:06d}") for at in range(1, count))
        return [one for one in found if one is not None]
