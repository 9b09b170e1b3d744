"""A cashier who presses and scans at random, on a unit whose printer, disk and power misbehave.

Law of the file: all chance is `chance`: one seed, one story. After every step the promises of the
flow are checked.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto

from drivers.values import Key, KeyPress
from printer.status import PrinterFault
from terminal.core import states
from terminal.core.refusals import Why
from terminal.core.returns import Return, Status
from terminal.core.sale import Sale
from terminal.core.shop import RailState, Standing
from terminal.ledger.ledger import Ledger
from terminal.ui import text
from terminal.ui.keys import bindings
from tests.fakes.small_disk import full_disk
from tests.flows.busy_hand import serve
from tests.flows.cashier import Till
from tests.flows.promises import (
    check_drawer,
    check_pieces,
    check_records,
    check_return,
    check_sale,
)
from tests.flows.shelf import APPLES, MILK, OIL, label
from tests.flows.shop_office import Office

GOODS = (OIL, MILK, APPLES, label(APPLES, 100), label(APPLES, 1236), "S001", "S002", "S003")
CODES = (
    "%BBOSS",
    "%BB1007",
    "%BNOBODY",
    "V-1",
    "\x1b@\x00",
    "9" * 600,
    "4006381333931",
    "R-0571-03-000099",
)
PIECES = ("SN-1", "SN-2", "SN-3")
PEOPLE = {
    "1007": "1234",
    "1008": "5678",
    "2001": "4321",
    "2002": "8765",
    "3001": "6173",
    "9001": "3908",
}
KEYS = tuple(key for key in Key if key is not Key.CHARACTER)
CHAPTER = 50  # steps, one of a wild hand and two of a busy one that serves customers
READING, HASTE = timedelta(seconds=1), timedelta(milliseconds=50)  # between two keys
HOME_MAX = 16  # keys from anywhere to ready or signed off


class Act(Enum):
    """What may happen next."""

    BOUND_KEY = auto()
    ANY_KEY = auto()
    SCAN = auto()
    NUMBER = auto()
    PERSON = auto()
    OFFICE = auto()
    PRINTER = auto()
    DISK_FULL = auto()
    POWER_OR_IDLE = auto()
    SERVE = auto()


WILD = (40, 12, 22, 8, 10, 6, 2, 1, 1, 0)  # how often, in the order of the acts
BUSY = (20, 1, 4, 3, 4, 1, 1, 1, 1, 64)


@dataclass(slots=True)
class RandomCashier:
    till: Till
    sales: tuple[Sale, ...]
    chance: random.Random
    seen: Counter[str] = field(default_factory=Counter)  # states that were stood in
    steps: int = 0
    _head: tuple[int, str] = (0, "")  # of the journal, after the last step
    version: int = 0  # of what the office said last

    def step(self) -> None:
        """One thing that happens, whatever it is."""
        busy = self.steps // CHAPTER % 3 > 0
        self.does(self.chance.choices(tuple(Act), BUSY if busy else WILD)[0])

    def does(self, act: Act) -> None:
        """This happens; how is up to chance."""
        self.steps += 1
        self.till.moments.pace = HASTE if self.chance.random() < 0.1 else READING
        if isinstance(self.till.state, states.SendingSlip) and self.chance.random() < 0.1:
            self.till.power_cut()  # the worst moment: it may be on paper already
        {
            Act.BOUND_KEY: self._bound_key,
            Act.ANY_KEY: self._any_key,
            Act.SCAN: self._scan,
            Act.NUMBER: self._number,
            Act.PERSON: self._person,
            Act.OFFICE: self._office_speaks,
            Act.PRINTER: self._printer_trouble,
            Act.DISK_FULL: self._disk_full_for_a_key,
            Act.POWER_OR_IDLE: self._power_cut_or_idle,
            Act.SERVE: self._serve,
        }[act]()
        self._printer_answers()
        self.seen[type(self.till.state).__name__] += 1
        self.check_step()

    @property
    def _storage(self) -> bool:
        """Whether the store is open: after a failed reopening nothing can be asked of it."""
        return self.till.counter.health.storage

    def _bound_key(self) -> None:
        codes = [one.code for one in bindings(self.till.state) if one.code is not None]
        if isinstance(self.till.state, states.Ready) and self.chance.random() < 0.9:
            # a look into the office or at the day now and then; the customers wait
            codes = [code for code in codes if code not in (Key.F4, Key.F6)]
        if isinstance(self.till.state, states.ConfirmingLeave):
            codes.remove(Key.CONFIRM)  # in a long story nobody would be left to sign on
        days = isinstance(self.till.state, states.DayState)  # looked at, and left again
        forward = [code for code in codes if days or code is not Key.CANCEL] * 6
        if isinstance(self.till.state, states.ChoosingGoods) and self.chance.random() < 0.4:
            self.till.presses(Key.F1, Key.CONFIRM, printer=False)  # towards the money
        elif Key.CONFIRM in codes and self.chance.random() < 0.4:
            self.till.presses(Key.CONFIRM, printer=False)
        elif codes:
            self.till.presses(self.chance.choice(forward + codes), printer=False)

    def _serve(self) -> None:
        if isinstance(self.till.state, states.SignedOff | states.AwaitingOverride):
            self._person()
        elif serve(self.till, self.sales, self.chance):
            pass
        elif isinstance(self.till.state, states.WaitingForCustomer):
            self._number()
        else:
            self._bound_key()

    def _any_key(self) -> None:
        if self.chance.random() < 0.5:
            self.till.presses(self.chance.choice(KEYS), printer=False)
        else:
            char = self.chance.choice("0123456789.abc*-")
            self.till.device(KeyPress("keypad", Key.CHARACTER, char))

    def _scan(self) -> None:
        last = self.till.store.next_return_sequence() if self._storage else 1
        slips = [f"R-0571-03-{max(last - back, 1):06d}" for back in range(1, 5)]
        kinds: tuple[tuple[str, ...], ...] = (
            tuple(one.receipt_no for one in self.sales),
            GOODS,
            tuple(slips),
            CODES,
        )
        if isinstance(self.till.state, states.ScanningSerials):
            kinds = (*kinds[:3], PIECES)
        weights = (
            (1, 1, 1, 8)
            if isinstance(self.till.state, states.ScanningSerials)
            else (4, 8, 2, 1)
            if isinstance(self.till.state, states.ChoosingGoods)
            else (8, 1, 3, 1)
        )
        code = self.chance.choice(self.chance.choices(kinds, weights)[0])
        self.till.scans(code)

    def _number(self) -> None:
        state = self.till.state
        if isinstance(state, states.WaitingForCustomer) and self.chance.random() < 0.8:
            self.till.types(state.ret.short_code + "⏎")
        elif isinstance(state, states.ScanningSerials):
            self.till.types(self.chance.choice((*PIECES, "SN-9")) + "⏎")
        else:
            self.till.types(
                self.chance.choice(("1⏎", "2⏎", "0.5⏎", "0⏎", "1120⏎", "95.00⏎", "77777⏎"))
            )

    def _person(self) -> None:
        """Sign on or approve, mostly with the right PIN."""
        if isinstance(self.till.state, states.SignedOff | states.AwaitingOverride):
            number = self.chance.choices(tuple(PEOPLE), (4, 4, 4, 4, 1, 1))[0]
            pin = PEOPLE[number] if self.chance.random() < 0.95 else "0000"
            self.till.types(f"{number}⏎{pin}⏎")

    def _office_speaks(self) -> None:
        """Of any return, the newest most often; now and then the power goes before it is heard."""
        found = self.till.returns if self._storage else []
        if not found:
            return
        ret = found[-1] if self.chance.random() < 0.7 else self.chance.choice(found)
        if ret.status is Status.REFUNDED:
            return  # what has arrived on every rail, no office calls accepted again
        office = Office(self.till)
        office.lost = self.chance.random() < 0.1
        self.version += 1
        state = self.chance.choice((*Standing, *[Standing.APPROVED] * 6))
        rails = self.chance.choices(tuple(RailState), k=3)
        office.about(ret, state, *rails, version=self.version)
        if office.lost:
            self.till.power_cut()

    def _printer_trouble(self) -> None:
        printing = self.till.printing
        fault = self.chance.choice(tuple(PrinterFault))
        match self.chance.randrange(4):
            case 0:
                printing.fault = fault
            case 1:
                printing.during = fault
            case 2:
                printing.before_send = fault
            case _:
                printing.stuck = not printing.stuck

    def _disk_full_for_a_key(self) -> None:
        with full_disk():
            self.till.presses(self.chance.choice(KEYS), printer=False)

    def _power_cut_or_idle(self) -> None:
        if self.chance.random() < 0.5:
            self.till.power_cut()
        else:
            self.till.counter.idle()

    def _printer_answers(self) -> None:
        """Now, later, or in another order."""
        mail = self.till.printing.mail
        if self.chance.random() < 0.1:
            return
        values = [mail.popleft() for _ in range(len(mail))]
        if self.chance.random() < 0.1:
            self.chance.shuffle(values)
        for value in values:
            self.till.device(value)
        if self.chance.random() < 0.3:
            self.till.printing.mend()

    # What must hold.

    def check_step(self) -> None:
        """Cheap enough for every step; what was recorded in it is reckoned at once."""
        till = self.till
        assert len(till.printing.sent_ids) == len(set(till.printing.sent_ids))
        assert text.lines(till.screen, 100, 30, qr=False)
        said = till.counter._said.refusal
        assert said is None or said.why is not Why.CAP_REACHED, "the store refused what was settled"
        head = till.store.journal_head() if self._storage else self._head
        if head != self._head:
            assert head[0] > self._head[0], "a record went away"
            self._head = head
            ret = getattr(till.state, "ret", None)
            if isinstance(ret, Return):
                check_return(ret)
                check_sale(Ledger(till.store, till.settings.rules), ret.sale_id)

    def check_all(self) -> None:
        """Every sale, every return, every record."""
        if not self._storage:
            self.till.counter.tick("14:06")
        assert self._storage, "the disk is well again"
        ledger = Ledger(self.till.store, self.till.settings.rules)
        for sale in self.sales:
            check_sale(ledger, sale.id)
            check_pieces(self.till, sale)
        for ret in self.till.returns:
            check_return(ret)
        check_records(self.till)
        check_drawer(self.till)
        assert self.till.store.verify_chain() is None

    def go_home(self) -> None:
        """By keys alone, the printer answering: a way home in a few keys from wherever we are."""
        self.till.printing.mend()
        self.till.moments.pace = READING
        for _ in range(HOME_MAX):
            self.till.let_the_printer_answer()
            state = self.till.state
            if isinstance(state, states.Ready | states.SignedOff):
                return
            match state:
                case states.SlipBlocked() | states.SlipUncertain():
                    self.till.presses(Key.F2)
                case states.ShopDecided():
                    bound = {one.code for one in bindings(state)}
                    self.till.presses(Key.F1 if Key.F1 in bound else Key.CONFIRM)
                case states.WaitingForCustomer() | states.PayingCash():
                    self.till.presses(Key.F1)
                case _:
                    self.till.presses(Key.CANCEL)
        raise AssertionError(f"no way home from {type(self.till.state).__name__}")
