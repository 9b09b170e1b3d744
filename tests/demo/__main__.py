"""`make demo` without a terminal: one whole return through the real loop, checked step by step.

Real are: settings, SQLite, flow, loop, serial driver on a pseudo-terminal, encoder, TCP link. The
printer is the tests' emulator, the customer signs, and an independent reader reads the QR code.
"""

import json
import shutil
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import zxingcpp
from PIL import Image

from storage.store import open_reader
from terminal import demo_shop
from terminal.app import Unit
from terminal.core.returns import Disposition
from terminal.demo import fill_shop
from terminal.labels import WHERE_TO
from terminal.settings import load_settings
from terminal.ui.words import Words
from tests.demo.hands import CANCEL, CONFIRM, SIGN, Hands
from tests.demo.recorder import Missed, Recorder
from tests.fakes.printer import Machine, TcpPrinter

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "demo"
# Worked by hand: 59.90 + 39.90 + 15.50 less 20.00 and 0.30 is 49.35 + 32.88 + 12.77 = 95.00, so the
# oil and one of two cartons of milk are 49.35 + 16.44 = 65.79; over 60.00 and 35.00 by share.
REFUND, LEFT, WALLET, CASH = "65.79", "29.21", "41.55", "24.24"


class Differs(Exception):  # noqa: N818 - named for what happened
    """A step did not end as it must."""


def check(what: str, *, holds: bool) -> None:
    """Say what was proved. Raises Differs."""
    if not holds:
        raise Differs(what)
    say(f"  ✓ {what}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """0 when every step was as it must be."""
    started = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "data").mkdir(parents=True)
    (FOLDER / "screens").mkdir()
    machine = Machine()
    try:
        with TcpPrinter(machine) as printer:
            number = walk(machine, printer)
        look_at_paper(machine)
        look_at_records(number)
    except (Differs, Missed) as fault:
        say(f"✗ The demo went another way than it must:\n{fault}")
        return 1
    say(f"\nDone in {time.monotonic() - started:.1f} s. Pictures of each screen: {FOLDER}/screens,")
    say(f"of each slip: {FOLDER}/slips. By hand, at a terminal: make demo")
    return 0


def walk(machine: Machine, printer: TcpPrinter) -> str:
    """One return, from the receipt's barcode to the result slip; its number."""
    settings = load_settings(
        ROOT / "config",
        {
            "terminal.data": str(FOLDER / "data"),
            "scanner.kind": "serial",
            "scanner.path": str(FOLDER / "scanner"),
            "keypad.kind": "none",
            "screen.kind": "none",
            "printer.link": "tcp",
            "printer.host": printer.host,
            "printer.port": printer.port,
        },
    )
    recorder = Recorder(FOLDER / "screens", say)
    words = Words(settings.language)
    hands = Hands(FOLDER, recorder, words)
    unit = Unit(settings, recorder)
    fault: list[Exception] = []
    try:
        fill_shop(unit.store)
        script = threading.Thread(target=_played, args=(hands, unit.loop.stop, fault))
        script.start()
        unit.run(hands.devices)
        script.join()
    finally:
        unit.close()
        hands.close()
    if fault:
        raise fault[0]
    check("the drawer was opened once", holds=machine.kicks == 1)
    return f"R-{settings.business_unit}-{settings.workstation}-000001"


def _played(hands: Hands, stop: Callable[[], None], fault: list[Exception]) -> None:
    try:
        cashier(hands)
    except (Missed, OSError) as missed:
        fault.append(missed)
    finally:
        stop()


def cashier(hands: Hands) -> None:
    """The script: what is on the screen, then what the cashier does."""
    today = datetime.now().astimezone().date()
    hands.press("Scan your badge", *demo_shop.CASHIER, CONFIRM)
    hands.press("Cover the keys while you type.", *demo_shop.CASHIER_PIN, CONFIRM)
    hands.scan("Scan the receipt", demo_shop.MAIN.receipt_no(today))
    hands.scan("Scan the goods that come back; each scan adds one", demo_shop.OIL.gtin)
    hands.scan("49.35", demo_shop.MILK.gtin)
    hands.press(REFUND, CONFIRM)
    hands.press("Why does it come back?", "1")
    hands.press("How do the goods look?", "2")
    hands.press(LEFT, CONFIRM)
    hands.press("Waiting for the customer", SIGN)
    hands.press("Then press Confirm.", CONFIRM)
    hands.press(CASH, CONFIRM)
    hands.scan("Accepted; the money is on its way", "R-0571-03-000001")
    hands.press("Recorded", CANCEL)
    hands.press("Scan the receipt", CANCEL)
    hands.press("Scan your badge")


def look_at_paper(machine: Machine) -> None:
    """What an independent eye sees on the paper."""
    slips = machine.save(FOLDER / "slips")
    papers, labels = machine.texts[:3], machine.texts[3:]
    check(
        "three slips came out: customer's, shop's and the result",
        holds=len(slips) >= len(papers) == 3,
    )
    goods = (demo_shop.OIL, demo_shop.MILK)
    where_to = Words("zh_CN")(WHERE_TO[Disposition.RETURN_TO_SUPPLIER])
    check(
        "then a label for each article, with its name and where it goes",
        holds=len(labels) == 2
        and all(
            one.sku in label and where_to in label for one, label in zip(goods, labels, strict=True)
        ),
    )
    check("the printer found nothing wrong in any byte", holds=not machine.troubles)
    found = zxingcpp.read_barcodes(Image.open(slips[0]).convert("L"))
    check("an independent reader reads one QR code", holds=len(found) == 1)
    check(f"it says {found[0].text}", holds="/R-0571-03-000001/" in found[0].text)
    check(f"the refund {REFUND} is on every slip", holds=all(REFUND in t for t in papers))
    accepted = Words("zh_CN")("Accepted: the refund is on its way")
    check("the wallet's part is accepted, not refunded", holds=accepted in papers[2])


def look_at_records(number: str) -> None:
    """What the database kept, read by another connection."""
    with open_reader(FOLDER / "data" / "returns.db") as reader:
        kinds = [row.kind for row in reader.journal()]
        kept = reader.return_by_number(number)
        check("the journal's chain is whole", holds=reader.verify_chain() is None)
        check(f"{len(kinds)} facts wait to be synced", holds=reader.unsent_count() == len(kinds))
    check(f"return {number} is on file", holds=kept is not None)
    assert kept is not None
    refunds = json.loads(kept.body)["settlement"]["refunds"]
    paid = [one["amount"] for one in refunds]
    check(f"refunds are {WALLET} and {CASH}", holds=paid == [4155, 2424])
    for kind in ("ReturnRecorded", "CustomerConfirmed", "CashPaid", "RefundAccepted"):
        check(f"{kind} was recorded once", holds=kinds.count(kind) == 1)


if __name__ == "__main__":
    sys.exit(main())
