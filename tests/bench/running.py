"""What is measured on a running unit: scan to frame, start to first frame, memory and wake-ups."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from PIL import Image

from drivers.framebuffer import Framebuffer
from storage.store import open_store
from terminal import demo_shop
from terminal.demo_shop import fill_shop
from terminal.ui import pixels
from terminal.ui.screen import Screen
from terminal.ui.theme import Theme, theme_for
from tests.bench.driven import DrivenUnit, environment
from tests.bench.kiosk import kiosk
from tests.bench.measure import Pairs, Row, in_turns
from tests.bench.processes import memory, switches
from tests.bench.shop import shop_of
from tests.bench.unit import HEIGHT, WIDTH
from tests.fakes.framebuffer import FakeFramebuffer
from tests.flows.cashier import Till
from tests.flows.shelf import Sold, sale

SALES = 100_000
SCANS, STARTS = 40, 15
IDLE_S = 12.0


def unit_folder(folder: Path) -> Path:
    """A unit's data with 100,000 sales on file, and the demo's staff and sales of these days."""
    shutil.copy(shop_of(SALES), folder / "returns.db")
    with open_store(folder / "returns.db") as store:
        fill_shop(store)
    return folder


def receipt() -> str:
    return demo_shop.MAIN.receipt_no(datetime.now().astimezone().date())


def sign_on(unit: DrivenUnit) -> None:
    unit.frame("SignedOff")
    unit.press(*demo_shop.CASHIER, "\r")
    unit.frame("EnteringPin")
    unit.press(*demo_shop.CASHIER_PIN, "\r")
    unit.frame("Ready")


class Redraw:
    """The floor of a scan: the two screens it leads from and to, drawn and shown, nothing else."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        fake = FakeFramebuffer(folder / "floor", WIDTH, HEIGHT)
        self._screen = Framebuffer(fake.path, probe=fake.probe)
        self._theme = theme
        self._ready, self._goods = _screens(folder)
        self._before: Image.Image = pixels.draw(self._ready, theme)

    def sample(self) -> float:
        self._screen.show(self._before)
        start = time.perf_counter_ns()
        self._screen.show(pixels.draw(self._goods, self._theme))
        return (time.perf_counter_ns() - start) / 1e6

    def close(self) -> None:
        self._screen.close()


def _screens(folder: Path) -> tuple[Screen, Screen]:
    """Ready, and the goods of the demo's main sale."""
    goods = (
        Sold("金龙鱼 大豆油 5L", "59.90"),
        Sold("蒙牛 纯牛奶 250ml×12", "39.90", "2"),
        Sold("清风 抽纸 3包", "15.50"),
    )
    till = Till(folder, [sale(goods, off=(("basket", "20.00"),), receipt_no=receipt())])
    till.signs_on()
    ready = till.screen
    till.scans(receipt())
    shown = till.screen
    till.switch_off()
    assert goods[0].name in repr(shown), shown
    return ready, shown


def scan_to_frame(folder: Path) -> Row:
    """The cashier's wait: from the code's last byte to the goods on the screen."""
    floor = Redraw(unit_folder(folder), theme_for(WIDTH, HEIGHT))
    with DrivenUnit(folder) as unit:
        sign_on(unit)

        def ours() -> float:
            took = unit.scan(receipt(), "ChoosingGoods")
            unit.press("\x1b")
            unit.frame("Ready")
            return took

        pairs = in_turns(ours, floor.sample, SCANS)
    floor.close()
    name = f"scan's last byte -> goods on the screen, {SALES:,} sales | bare redraw"
    return pairs.row(name, "<= 100 ms", lambda ours, _: ours <= 100)


def start(folder: Path) -> Iterator[Row]:
    """From the process' start to its first frame, with the store checked on the way.

    A start waits for nothing: its CPU time is what it takes where nothing else runs.
    """
    unit_folder(folder)
    frames: list[float] = []
    spent: list[float] = []

    def ours() -> float:
        with DrivenUnit(folder) as unit:
            frame = unit.frame()
        frames.append(frame.spent / 1e6)
        return (frame.at - unit.started) / 1e6

    def peer() -> float:
        command = [sys.executable, "-c", "pass"]
        begun = time.monotonic_ns()
        pid = os.posix_spawn(command[0], command, environment())
        _, status, usage = os.wait4(pid, 0)
        assert status == 0, status
        spent.append((usage.ru_utime + usage.ru_stime) * 1e3)
        return (time.monotonic_ns() - begun) / 1e6

    warm = 2
    pairs = in_turns(ours, peer, STARTS, warm)
    name = f"start -> first frame, {SALES:,} sales | python -c pass"
    yield pairs.row(name, "<= 400 ms", lambda ours, _: ours <= 400)
    cpu = Pairs(tuple(frames[warm:]), tuple(spent[warm:]))
    yield cpu.row("  the same in CPU time", "<= 400 ms", lambda ours, _: ours <= 400)


def idle(folder: Path) -> Iterator[Row]:
    """Memory after a whole return, and how often a unit with nothing to do wakes up."""
    with DrivenUnit(unit_folder(folder)) as unit:
        sign_on(unit)
        whole_return(unit)
        time.sleep(2.0)  # the last status of the printer has come
        rss, pss = memory(unit.pid, "Rss"), memory(unit.pid, "Pss")
        before, begun = switches(unit.pid), time.monotonic()
        time.sleep(IDLE_S)
        woken = (switches(unit.pid) - before) / (time.monotonic() - begun)
    peer = kiosk(folder)
    beside = "Chromium kiosk" if peer else "no Chromium here"
    peers = peer or (None, None, None)
    for name, ours, other, most, unit_ in (
        (f"memory after a return, Rss | {beside}", rss, peers[0], 60, "MB"),
        ("  the same, Pss: the font's file counted once", pss, peers[1], None, "MB"),
        (f"idle wake-ups of all threads | {beside}", woken, peers[2], 1, "/s"),
    ):
        ratio = ours / other if other else None
        goal, held = ("-", None) if most is None else (f"<= {most} {unit_}", ours <= most)
        yield Row(name, ours, other, ratio, goal, held, None, unit_)


def whole_return(unit: DrivenUnit) -> None:
    """Two goods, a reason, a signature, cash: as `make demo` walks it."""
    unit.scan(receipt(), "ChoosingGoods")
    for goods in (demo_shop.OIL.gtin, demo_shop.MILK.gtin):
        unit.scan(goods, "ChoosingGoods")
    unit.press("\r")
    unit.frame("ChoosingReason")
    unit.press("1")
    unit.frame("ChoosingCondition")
    unit.press("2")
    unit.frame("ConfirmingAmounts")
    unit.press("\r")
    unit.frame("WaitingForCustomer")
    unit.press("\x1bOQ")
    unit.frame("TakingSignature")
    unit.press("\r")
    unit.frame("PayingCash")
    unit.press("\r")
    unit.frame("Ready")
