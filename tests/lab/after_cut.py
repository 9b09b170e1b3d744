"""What is left after a power cut: the file system mended, the books audited, the program started.

The law: what was on paper or on the screen when the power went is in the file, and nothing in it
is there twice. A slip that may have left is asked about, whoever starts from that file.
"""

import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.store import open_store
from tests.fakes.printer import Machine, TcpPrinter
from tests.lab import cashier, checks
from tests.lab.cashier import CASH, NUMBER, WAITING, W
from tests.lab.eye import Picture
from tests.lab.faults import UNIT
from tests.lab.printers import UNSURE
from tests.lab.unit import Missed, Unit, powered_on
from tests.system.audit import PARTS, Job
from tests.system.nursery import Nursery
from tests.system.restart import SIGNED_OFF, without_rules, wrong_start
from tests.system.unit_child import Order

_DATA = "/var/lib/returns-terminal"
_MENDED = 1  # e2fsck: it has set right what a power cut leaves


@dataclass(frozen=True, slots=True)
class Cut:
    """What there was when the power went: `slips` cut off, `begun` those and what hangs out."""

    step: str
    disk: Path
    seen: Picture | None
    slips: int
    begun: int


@dataclass(frozen=True, slots=True)
class Left:
    """A disk after its cut: the state in its file, and what kind of slip was on its way."""

    disk: Path
    state: str
    slip: str


def all_hold(cuts: list[Cut]) -> list[Left]:
    """Missed with what is wrong, and with which cut."""
    with Nursery() as nursery, TcpPrinter(Machine()) as printer:
        found = []
        for cut in cuts:
            data = cut.disk.with_suffix("")
            try:
                _take_data(cut.disk, data)
                _kept_what_was_seen(cut, data / "returns.db")
                state = _state(data / "returns.db")
                _starts_where_it_was(nursery, printer, data, json.dumps(state))
            except Missed as fault:
                raise Missed(f"{cut.disk}, cut in {cut.step}: {fault}") from fault
            slip = state.get("job", {}).get("kind", {}).get("is", "")
            found.append(Left(cut.disk, state["$"], slip))
    return found


def _take_data(disk: Path, data: Path) -> None:
    """The program's folder, from the file system as a start would find it."""
    raw = disk.with_suffix(".raw")
    _tool("qemu-img", "convert", "-O", "raw", str(disk), str(raw))
    try:
        _tool("e2fsck", "-p", str(raw), upto=_MENDED)
        _tool("e2fsck", "-fn", str(raw))
        data.mkdir()
        for name in ("returns.db", "returns.db-wal"):
            _tool("debugfs", "-R", f"dump {_DATA}/{name} {data / name}", str(raw))
    finally:
        raw.unlink()


def _tool(*command: str, upto: int = 0) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    checks.holds(
        f"$ {' '.join(command)}: {done.stdout}{done.stderr}", holds=done.returncode <= upto
    )


def _state(path: Path) -> dict[str, Any]:
    with open_store(path) as store:
        store.check()
        found: dict[str, Any] = json.loads(without_rules(store.load_state() or SIGNED_OFF))
    return found


def _kept_what_was_seen(cut: Cut, path: Path) -> None:
    kinds, books = checks.audit(path), checks.kept(path)
    for kind in ("ReturnRecorded", "CustomerConfirmed", "CashPaid", "RefundAccepted"):
        checks.holds(f"{kind} {kinds[kind]} times", holds=kinds[kind] <= 1)
    for kind in _shown(cut.seen):
        checks.holds(f"{kind} was on the screen, and is not on file", holds=kinds[kind] == 1)
    sent = sum(_pieces(job) for job in books.jobs.values() if "SENDING" in job.trail)
    checks.holds(f"{cut.begun} slips on paper, {sent} on file", holds=cut.begun <= sent)
    done = sum(_pieces(job) for job in books.jobs.values() if "PRINTED" in job.trail)
    checks.holds(f"{cut.slips} slips came out, {done} are called so", holds=done <= cut.slips)


def _pieces(job: Job) -> int:
    """Of paper, cut off one by one; with a first result come the labels."""
    labels = checks.LABEL_PAGES if job.kind == "RESULT" and not job.copy else 0
    return len(PARTS[job.kind]) + labels


def _shown(seen: Picture | None) -> Iterator[str]:
    """The records that this screen tells of."""
    if seen is None:
        return
    if seen.says(WAITING) and seen.says(NUMBER):
        yield "ReturnRecorded"
    if seen.says(CASH) and seen.says(cashier.COUNT_IT_OUT):
        yield "CustomerConfirmed"
    if seen.says(cashier.ACCEPTED):
        yield from ("CashPaid", "RefundAccepted")


def _starts_where_it_was(nursery: Nursery, printer: TcpPrinter, data: Path, kept: str) -> None:
    """The program's own start from this file, here; and its first screen."""
    child = nursery.start(Order(str(data), printer.port, ""), data / "errors")
    try:
        with child.line, child.line.makefile("r") as frames:
            first = frames.readline()
    finally:
        child.kill()
        child.bury()
    checks.holds(f"no screen: {(data / 'errors').read_text()}", holds=bool(first))
    wrong = wrong_start(kept, without_rules(json.loads(first)["state"]))
    checks.holds(wrong, holds=not wrong)


# Where the return goes on from each state; those before it are gone through by themselves.
_GO_ON = {
    "ConfirmingAmounts": 3,
    "PreparingSlip": 4,
    "WaitingForCustomer": 5,
    "PayingCash": 6,
}


def start_some(found: list[Left], count: int) -> int:
    """Switch some of them on and finish the return there, one of each state first; how many."""
    fit = _varied(one for one in found if one.state in _GO_ON or one.state == "SendingSlip")
    for one in fit[:count]:
        with powered_on(one.disk.with_suffix(".start"), one.disk) as unit:
            try:
                _finish(unit, one)
            except Missed as fault:
                raise Missed(f"{one.disk}, {one.state}: {fault}") from fault
    return len(fit[:count])


def _varied(found: Iterable[Left]) -> list[Left]:
    """Each kind once, slips in doubt before the others; then each a second time, and so on."""
    kinds: Counter[tuple[str, str]] = Counter()
    turns = []
    for number, one in enumerate(found):
        kind = (one.state, one.slip)
        turns.append((kinds[kind], one.state != "SendingSlip", number, one))
        kinds[kind] += 1
    return [one for *_, one in sorted(turns, key=lambda turn: turn[:3])]


def _finish(unit: Unit, one: Left) -> None:
    unit.until("the unit is back", f"systemctl is-active {UNIT}")
    unit.listens()
    at = _GO_ON.get(one.state, 4)
    if one.state == "SendingSlip":
        unit.see(UNSURE)
        checks.holds("nothing is printed unasked", holds=not unit.slips.pages)
        unit.press("f3")
    if one.slip == "RESULT":
        at = len(cashier.STEPS) - 1
    for step in cashier.STEPS[at:]:
        step(unit, "wedge")
    kinds, _ = checks.books(unit)
    checks.recorded_once(kinds)
    copies = [text for text in unit.slips.texts if W("COPY {n}", n=1) in text]
    asked = one.state == "SendingSlip"
    checks.holds("what was printed again says so", holds=bool(copies) == asked)
