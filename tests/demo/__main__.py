"""`make demo` without a terminal: one whole return through the real loop, checked step by step.

Real are: settings, SQLite, flow, loop, serial driver on a pseudo-terminal, encoder, TCP link, the
courier and the back office as processes of their own, TLS with certificates of an enrolment. The
printer is the tests' emulator. An independent reader reads the QR code off the slip's picture; the
customer follows it and submits, the office approves, a simulated rail pays.
"""

import json
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import zxingcpp
from PIL import Image

from storage.store import open_reader
from terminal import demo_shop
from terminal.app import Unit
from terminal.core.returns import Disposition
from terminal.demo_shop import fill_shop
from terminal.paper.labels import WHERE_TO
from terminal.settings import load_settings
from terminal.ui.words import Words
from tests.demo.around import Around, config_for, name_of
from tests.demo.hands import Hands
from tests.demo.people import Lost
from tests.demo.play import CASH, NUMBER, REFUND, WALLET, Play
from tests.demo.recorder import Missed, Recorder
from tests.fakes.printer import Machine, TcpPrinter

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "demo"


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
    except (Differs, Missed, Lost) as fault:
        say(f"✗ The demo went another way than it must:\n{fault}")
        return 1
    say(f"\nDone in {time.monotonic() - started:.1f} s. Pictures of each screen: {FOLDER}/screens,")
    say(f"of each slip: {FOLDER}/slips, of each page (with Chromium): {FOLDER}/pages.")
    say("By hand, at a terminal: make demo")
    return 0


def walk(machine: Machine, printer: TcpPrinter) -> str:
    """One return, from the receipt's barcode to the result slip; its number."""
    config = config_for(FOLDER, ROOT / "config", {"data": FOLDER / "data"})
    around = Around(FOLDER, config)
    settings = load_settings(
        config,
        {
            "uplink.socket": str(around.socket),
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
    fault: list[Exception] = []
    with ExitStack() as opened:
        opened.callback(hands.close)
        opened.callback(around.close)
        around.start(name_of(settings))
        unit = Unit(settings, recorder)
        opened.callback(unit.close)
        fill_shop(unit.store)
        play = Play(hands, around, machine, FOLDER)
        script = threading.Thread(target=_played, args=(play, unit.loop.stop, fault))
        script.start()
        unit.run(hands.devices)
        script.join()
    if fault:
        raise fault[0]
    check("the drawer was opened once", holds=machine.kicks == 1)
    look_at_office(around.database)
    return NUMBER


def _played(play: Play, stop: Callable[[], None], fault: list[Exception]) -> None:
    try:
        play.all()
    except Exception as missed:  # noqa: BLE001 - raised again by the thread that waits
        fault.append(missed)
    finally:
        stop()


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
    said = found[0].text
    check(f"it is a signed code: {said[:40]}...", holds="/T/" in said and said == said.upper())
    check(f"the refund {REFUND} is on every slip", holds=all(REFUND in t for t in papers))
    accepted = Words("zh_CN")("Accepted: the refund is on its way")
    check("the wallet's part is accepted, not refunded", holds=accepted in papers[2])


def look_at_office(database: Path) -> None:
    """What the office kept, read by another connection."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        (count,) = db.execute("SELECT count(*) FROM records").fetchone()
        state = db.execute("SELECT number, state, submitted_how FROM returns").fetchall()
        refunds = db.execute("SELECT kind, amount, state FROM refunds ORDER BY position").fetchall()
        (aside,) = db.execute(
            "SELECT (SELECT count(*) FROM parked) + count(*) FROM refused"
        ).fetchone()
    check(f"{count} records are in the office's books, none aside", holds=count > 10 and not aside)
    check(f"the office knows {NUMBER} as refunded", holds=state == [(NUMBER, "refunded", "page")])
    wallet = [one for one in refunds if one[0] == "wechat"]
    check(f"the rail paid {WALLET} once", holds=wallet == [("wechat", 4155, "success")])


def look_at_records(number: str) -> None:
    """What the database kept, read by another connection."""
    with open_reader(FOLDER / "data" / "returns.db") as reader:
        kinds = [row.kind for row in reader.journal()]
        kept = reader.return_by_number(number)
        check("the journal's chain is whole", holds=reader.verify_chain() is None)
        arrived = len(kinds) - reader.unsent_count()
        check(
            f"{arrived} of {len(kinds)} facts were acknowledged by the office", holds=arrived > 10
        )
    check(f"return {number} is on file", holds=kept is not None)
    assert kept is not None
    refunds = json.loads(kept.body)["settlement"]["refunds"]
    paid = [one["amount"] for one in refunds]
    check(f"refunds are {WALLET} and {CASH}", holds=paid == [4155, 2424])
    for kind in ("ReturnRecorded", "CustomerConfirmed", "CashPaid", "RefundAccepted"):
        check(f"{kind} was recorded once", holds=kinds.count(kind) == 1)


if __name__ == "__main__":
    sys.exit(main())
