"""Power cuts at random moments of a return, most of them while it is recorded, printed and paid.

The law: a machine is held for an instant and its disk is copied as it is. That is what SIGKILL
would leave, so one return is cut many times and still comes to its end. Each copy's file system
is mended as a start mends it, its books are audited, and the program itself takes it up; some are
switched on as whole machines and the return is finished there.
"""

import os
import random
import shutil
import threading
import time
from collections import Counter

from tests.lab import after_cut, cashier
from tests.lab.after_cut import Cut
from tests.lab.cashier import READY, Step, whole_return
from tests.lab.faults import done
from tests.lab.unit import Bench, Missed, Unit, fresh, powered_on

CUTS = int(os.environ.get("LAB_CUTS", "30"))
STARTS = int(os.environ.get("LAB_STARTS", "6"))
OF_ONE_RETURN = 10
# How often each step is cut. What a step did is seen by the next: the return is recorded and its
# slip is printed while `hand_over_slip` waits, the result slip while `accept` does.
_WEIGHTS = {"hand_over_slip": 12, "accept": 7, "pay_cash": 3}
_SPANS = {"hand_over_slip": 6.0, "accept": 3.0}  # s; as long as no step has been timed
_COMMIT = 0.6  # s after a key in which its step is committed; a third of the cuts fall into it
_DRAIN = 0.1  # s in which the printer has read what is on its line


class Axe:
    """Cuts one return at moments drawn beforehand. `spans`: seconds each step took before."""

    def __init__(
        self, unit: Unit, cuts: int, chance: random.Random, spans: dict[str, float]
    ) -> None:
        names = [step.__name__ for step in cashier.STEPS]
        weights = [_WEIGHTS.get(name, 1) for name in names]
        drawn = Counter(chance.choices(names, weights, k=cuts))
        self._offsets = {
            name: [_offset(chance, spans.get(name, 1.5)) for _ in range(count)]
            for name, count in drawn.items()
        }
        self._unit, self._spans = unit, spans
        self._due: list[tuple[float, str]] = []
        self._began = ("", 0.0)
        self.cuts: list[Cut] = []

    def step(self, step: Step) -> None:
        """Called before each."""
        now, name = time.monotonic(), step.__name__
        last, began = self._began
        self._spans[last] = now - began
        self._began = (name, now)
        self._due += [(now + offset, name) for offset in self._offsets.pop(name, ())]

    def fall(self, *, ended: bool = False) -> None:
        """Cut whatever is due now; when the return has `ended`, what is left."""
        for moment in sorted(self._due):
            if ended or moment[0] <= time.monotonic():
                self._due.remove(moment)
                self._cut(moment[1])

    def _cut(self, step: str) -> None:
        unit = self._unit
        with unit.machine.held():
            disk = unit.folder / f"cut-{len(self.cuts):02d}.qcow2"
            shutil.copyfile(unit.disk, disk)
            seen = unit.seen
            time.sleep(_DRAIN)
            begun = len(unit.slips.pages)
            slips = sum(one.name == "GS V" for one in unit.slips.commands)
        self.cuts.append(Cut(step, disk, seen, slips, begun))


def _offset(chance: random.Random, span: float) -> float:
    return chance.uniform(0, min(_COMMIT, span) if chance.random() < 1 / 3 else span)


def _cut_one_return(
    bench: Bench, number: int, cuts: int, chance: random.Random, spans: dict[str, float]
) -> list[Cut]:
    folder = fresh(f"power_cuts/return-{number}")
    with powered_on(folder, bench.ready(folder), restore="ready") as unit:
        unit.see(READY)
        axe = Axe(unit, cuts, chance, spans)
        faults: list[Exception] = []

        def work() -> None:
            try:
                whole_return(unit, between=axe.step)
            except Exception as fault:  # noqa: BLE001 - told below, in the scenario's own thread
                faults.append(fault)

        hand = threading.Thread(target=work)
        hand.start()
        while hand.is_alive():
            axe.fall()
            time.sleep(0.01)
        axe.fall(ended=True)
        if faults:
            raise Missed(f"the return itself: {faults[0]}") from faults[0]
        done(unit)
    return axe.cuts


def power_cuts(bench: Bench) -> str:
    chance = random.Random(int(os.environ.get("LAB_SEED", "3")))
    fresh("power_cuts")
    spans = dict(_SPANS)
    cuts: list[Cut] = []
    for first in range(0, CUTS, OF_ONE_RETURN):
        count = min(OF_ONE_RETURN, CUTS - first)
        cuts += _cut_one_return(bench, first // OF_ONE_RETURN, count, chance, spans)
    found = after_cut.all_hold(cuts)
    states = Counter(one.state for one in found)
    started = after_cut.start_some(found, STARTS)
    told = ", ".join(f"{state} {count}" for state, count in states.most_common())
    asked = f"{states['SendingSlip'] + states['SlipUncertain']} slips in doubt are asked about"
    return f"{len(cuts)} cuts ({told}); {asked}; {started} whole starts finished the return"
