"""One unit's life: it works, is killed, is looked at, starts again; round after round.

The law: the file is looked at in a copy, so that the unit itself finds it as the kill left it.
"""

import contextlib
import json
import random
import select
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storage.faults import StorageFault
from storage.pins import HashCost
from storage.store import open_store
from terminal.ledger.stored import stored_sale
from tests.fakes.printer import TcpPrinter
from tests.fakes.serial_scanner import ScannerGun
from tests.system.audit import Books
from tests.system.clerk import NOTHING, Clerk, Hand
from tests.system.fuse import WriteFuse
from tests.system.nursery import Child, Nursery
from tests.system.restart import SIGNED_OFF, could_follow, without_rules, wrong_start
from tests.system.shelves import CASHIERS, MANAGERS, sales
from tests.system.till_roll import Printed, Roll, wait_until_read
from tests.system.unit_child import SETTLED, Order

SALES = 60
LONGEST = 2.5  # seconds that a round may take before it is killed where it is
DATABASE = "returns.db"
PATIENCE = 0.05  # seconds without a new screen after which the clerk goes on
SCANNING = 1.0  # seconds in which a scanned code has surely arrived
PRINTING = {"PreparingSlip", "SendingSlip"}


class BrokenPromise(AssertionError):  # noqa: N818 - named for what happened
    """A promise was not kept; the sentences say which."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When to kill: `after` so many of `what`, and then `wait` seconds."""

    what: str  # moment | start | hand | row | byte | write
    after: int
    wait: float


@dataclass(slots=True)
class Count:
    """What happened in all the rounds, for the report."""

    rounds: int = 0
    returns: int = 0
    voided: int = 0
    whole: int = 0
    torn: int = 0
    copies: int = 0
    uncertain: int = 0
    screens: int = 0
    ahead: int = 0  # the file was a step ahead of the screen
    killed_in: Counter[str] = field(default_factory=Counter)
    killed_by: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Count") -> None:
        for name in self.__slots__:
            mine = getattr(self, name)
            setattr(self, name, mine + getattr(other, name))


class Life:
    """`folder` must be empty; `chance` decides everything but the scheduler."""

    def __init__(self, folder: Path, nursery: Nursery, chance: random.Random) -> None:
        self._folder = folder
        self._nursery = nursery
        self._chance = chance
        self._roll = Roll()
        self._printer = TcpPrinter(self._roll)
        stock = sales(chance, SALES)
        self._clerk = Clerk(chance, stock)
        self._books = Books({sale.id: sale for sale in stock})
        self._kept = SIGNED_OFF
        self._frames: list[dict[str, Any]] = []
        self._slips: list[Printed] = []
        self._asked = self._settled = 0  # hands on the keys, and how many of them were heard
        self._scanned = 0.0  # when the last code was scanned
        self.count = Count()
        (folder / "data").mkdir(parents=True)
        with open_store(
            folder / "data" / DATABASE, cost=HashCost(memory_kib=64, passes=1)
        ) as store:
            store.add_sales([stored_sale(sale) for sale in stock])
            for people, role in ((CASHIERS, "cashier"), (MANAGERS, "manager")):
                for number, name, pin in people:
                    store.staff.add(number, name, role, pin)

    def close(self) -> None:
        self._printer.close()

    def round(self) -> None:
        """Work, be killed, be looked at. Raises BrokenPromise."""
        plan = draw(self._chance)
        self._frames, self._asked, self._settled, self._scanned = [], 0, 0, 0.0
        self._misfortune()
        path = self._folder / "scanner"
        path.unlink(missing_ok=True)
        with ScannerGun(path) as gun:
            order = Order(str(self._folder / "data"), self._printer.port, str(path))
            child = self._nursery.start(order, self._folder / "errors")
            try:
                with ExitStack() as fuses:
                    self._light(plan, child, fuses)
                    rest = self._work(child, gun, plan)
            finally:
                child.kill()
                code = child.bury()
        with child.line:
            self._hear(rest, child, 0)
        if code != -9:
            raise BrokenPromise(f"the unit ended by itself ({code}): {self._errors()}")
        faults = list(self._look())
        if faults:
            paper = [f"on paper: {one}" for one in (*self._slips, *self._roll.hanging_out())]
            raise BrokenPromise("\n".join([f"{plan}", *faults, *paper]))
        self._tally(plan)

    def _light(self, plan: Plan, child: Child, fuses: ExitStack) -> None:
        """What kills by itself, in the middle of a slip or of a commit."""
        if plan.what == "byte":
            self._roll.burn = child.kill  # type: ignore[method-assign]  # it is there to be set
            self._roll.fuse = plan.after
        if plan.what == "write":
            fuses.enter_context(WriteFuse(self._folder / "data", plan.after, child.kill))
        fuses.callback(setattr, self._roll, "fuse", None)

    def _misfortune(self) -> None:
        """The printer may be out of paper in this round, or hang up in the middle of a slip."""
        self._roll.resume()
        self._printer.cut_after = None
        match self._chance.choices(("none", "cut", "paper"), (75, 17, 8))[0]:
            case "cut":
                self._printer.cut_after = self._chance.randint(20, 30_000)
            case "paper":
                self._roll.paper_out = True
            case _:
                pass

    def _work(self, child: Child, gun: ScannerGun, plan: Plan) -> bytearray:
        """Until the plan says kill; what came of an unfinished line."""
        rest = bytearray()
        start = time.monotonic()
        hands, rows = 0, len(self._books.hashes)
        wait = 1.0
        while time.monotonic() - start < LONGEST:
            if plan.what == "moment" and time.monotonic() - start >= plan.wait:
                break
            if not self._hear(rest, child, min(wait, plan.wait) if not self._frames else wait):
                break  # killed by the fuse
            if plan.what == "start" and self._frames:
                time.sleep(plan.wait)
                break
            if not self._frames:
                continue
            if plan.what == "row" and self._frames[-1]["head"][0] >= rows + plan.after:
                time.sleep(plan.wait)
                break
            hand = self._clerk.next_hand(json.loads(self._frames[-1]["state"]))
            if hand is not NOTHING:
                if not self._do(hand, child, gun):
                    break
                hands += 1
            if plan.what == "hand" and hands >= plan.after:
                time.sleep(plan.wait)
                break
            wait = PATIENCE
        return rest

    def _do(self, hand: Hand, child: Child, gun: ScannerGun) -> bool:
        """Press or scan; False when nobody is there any more."""
        try:
            if hand.code:
                self._scanned = time.monotonic()
                gun.scan(hand.code)
            else:
                self._asked += 1
                keys = [*hand.keys, f"{SETTLED} {self._asked}"]
                child.line.sendall("".join(f"{key}\n" for key in keys).encode())
        except OSError:
            return False
        return True

    def _hear(self, rest: bytearray, child: Child, patience: float) -> bool:
        """Take the screens that were shown; False at the end of the line."""
        while select.select([child.line], [], [], patience)[0]:
            try:
                data = child.line.recv(65536)
            except ConnectionResetError:  # killed with our keys unread
                return False
            if not data:
                return False
            rest += data
            *lines, last = rest.split(b"\n")
            rest[:] = last
            for line in lines:
                told = json.loads(line)
                if SETTLED.lower() in told:
                    self._settled = told[SETTLED.lower()]
                else:
                    told["state"] = without_rules(told["state"])
                    self._frames.append(told)
            if self._frames and self._settled == self._asked:
                patience = 0.001
        return True

    def _look(self) -> Iterator[str]:
        """Everything that is wrong with screens, paper and file, now that the unit is dead."""
        wait_until_read(self._printer)
        copy = self._folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self._folder / "data", copy)
        try:
            with open_store(copy / DATABASE) as store:  # checks every page and the whole chain
                store.check()
                kept = without_rules(store.load_state() or SIGNED_OFF)
                yield from self._books.read(store)
        except StorageFault as fault:
            yield f"the file is not sound: {fault}"
            return
        yield from self._books.seen_on_screen(self._frames)
        self._slips = self._roll.tear_off()
        yield from self._books.seen_on_paper(self._slips, self._roll.hanging_out())
        yield from self._states(kept)
        self.count.whole += sum(one.whole for one in self._slips)
        self.count.torn += sum(not one.whole for one in self._slips)
        self._kept = kept

    def _states(self, kept: str) -> Iterator[str]:
        """It started where it had been killed, and the file is not behind the last screen."""
        if self._frames and (wrong := wrong_start(self._kept, self._frames[0]["state"])):
            yield wrong
        last = self._frames[-1]["state"] if self._frames else self._kept
        heard = self._settled == self._asked and time.monotonic() - self._scanned > SCANNING
        still = self._frames and heard and json.loads(last)["$"] not in PRINTING
        if not could_follow(last, kept, steps=0 if still else 3):
            yield f"the last screen was of {last}, the file holds {kept}"
        self.count.ahead += last != kept
        self.count.killed_in[json.loads(kept)["$"]] += 1

    def _tally(self, plan: Plan) -> None:
        count, books = self.count, self._books
        count.rounds += 1
        count.screens += len(self._frames)
        count.killed_by[plan.what] += 1
        count.returns = len(books.returns)
        count.voided = sum(one["status"]["is"] == "VOIDED" for one in books.returns.values())
        count.copies = sum(bool(one.copy) for one in books.paper)
        count.uncertain = sum("UNCERTAIN" in job.trail for job in books.jobs.values())

    def _errors(self) -> str:
        with contextlib.suppress(FileNotFoundError):
            return (self._folder / "errors").read_text()[-2000:]
        return "it said nothing"


def draw(chance: random.Random) -> Plan:
    """A moment to kill, of every sort."""
    kinds = ("moment", "start", "hand", "row", "byte", "write")
    what = chance.choices(kinds, (10, 10, 25, 10, 15, 30))[0]
    match what:
        case "moment":
            return Plan(what, 0, chance.uniform(0.0, 0.6))
        case "start":
            return Plan(what, 0, chance.uniform(0.0, 0.05))
        case "hand":
            return Plan(what, chance.randint(1, 20), chance.uniform(0.0, 0.02))
        case "row":
            return Plan(what, chance.randint(1, 8), chance.uniform(0.0, 0.003))
        case "write":
            return Plan(what, chance.randint(1, 150), 0.0)
        case _:
            return Plan(what, chance.randint(1, 25_000), 0.0)
