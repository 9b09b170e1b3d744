"""What must hold when a scenario has ended: on paper, on the screen, and in the unit's own file."""

import tarfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import zxingcpp
from PIL import Image, ImageFilter

from storage.store import open_reader
from terminal import demo_shop
from terminal.core.sale import Sale
from terminal.ledger.stored import core_sale
from tests.lab.cashier import NUMBER, REFUND, receipt
from tests.lab.eye import Picture
from tests.lab.unit import Missed, Unit
from tests.system.audit import Books

_DATA = "/var/lib/returns-terminal"
LABELS = (demo_shop.OIL, demo_shop.MILK)  # come back, and with the result each gets one


def holds(what: str, *, holds: bool) -> None:
    if not holds:
        raise Missed(what)


def books(unit: Unit) -> tuple[Counter[str], Path]:
    """The records by kind, after the auditor has found nothing; the unit goes on meanwhile."""
    copy = unit.folder / "data"
    copy.mkdir(exist_ok=True)
    unit.sh(f"cd {_DATA} && sqlite=returns.db && tar -cf /tmp/data.tar $sqlite $sqlite-*")
    tar = unit.take_file("/tmp/data.tar", unit.folder / "data.tar")
    for old in copy.glob("returns.db*"):
        old.unlink()
    with tarfile.open(tar) as packed:
        packed.extractall(copy, filter="data")
    return audit(copy / "returns.db"), copy / "returns.db"


def audit(path: Path) -> Counter[str]:
    """What the system tests' auditor says of the file; Missed with its sentences."""
    kept(path)
    with open_reader(path) as reader:
        return Counter(row.kind for row in reader.journal())


def kept(path: Path) -> Books:
    """The books of the file, and nothing wrong in them."""
    with open_reader(path) as reader:
        found = Books(_sales(path))
        wrong = list(found.read(reader))
        holds(f"the books are wrong: {wrong}", holds=not wrong)
        holds("the journal's chain is whole", holds=reader.verify_chain() is None)
    return found


def _sales(path: Path) -> dict[str, Sale]:
    with open_reader(path) as reader:
        heads = [
            head for one in demo_shop.SALES for head in reader.heads_by_receipt_no(receipt(one))
        ]
        kept = [reader.sale(head.id) for head in heads]
        return {one.id: core_sale(one) for one in kept if one is not None}


def recorded_once(kinds: Counter[str]) -> None:
    for kind in ("ReturnRecorded", "CustomerConfirmed", "CashPaid", "RefundAccepted"):
        holds(f"{kind} was recorded {kinds[kind]} times", holds=kinds[kind] == 1)


_OPEN = """
import os, sys
for node in sys.argv[1:]:
    try:
        os.close(os.open(node, os.O_RDONLY | os.O_NONBLOCK))
    except PermissionError:
        print(node)
    except OSError:
        pass  # the driver's own answer: the service may ask it
"""


def may_be_opened(unit: Unit, nodes: Sequence[str]) -> None:
    """By the service since it started: systemd looks the drivers up once, at its start."""
    unit.until(f"{nodes} are there", " && ".join(f"test -e {node}" for node in nodes))
    join = "echo $$ >/sys/fs/cgroup/system.slice/returns-terminal.service/cgroup.procs"
    said = unit.sh(f"sh -c '{join}; exec python3 - {' '.join(nodes)}' <<'END'\n{_OPEN}END")
    holds(f"the service may not open {said.split()}", holds=not said.split())


LABEL_PAGES = 2  # for the goods, one a line, behind the result slip


def paper(unit: Unit, slips: int = 3) -> list[Path]:
    """So many slips with the refund and the goods' labels, no byte wrong in them; its pictures."""
    saved = unit.slips.save(unit.folder)
    money = [text for text in unit.slips.texts if REFUND in text]
    labels = [text for text in unit.slips.texts if REFUND not in text and NUMBER in text]
    holds(f"{len(saved)} pages came out", holds=len(saved) == slips + LABEL_PAGES)
    holds(f"{len(money)} slips say {REFUND}, not {slips}", holds=len(money) == slips)
    holds(f"{len(labels)} labels say {NUMBER}", holds=len(labels) == LABEL_PAGES)
    holds(f"the printer found wrong: {unit.slips.troubles}", holds=not unit.slips.troubles)
    return saved


def code_of(slip: Path) -> str:
    """The QR code of a slip as a phone sees it: turned, far away, blurred."""
    seen = Image.open(slip).convert("L").rotate(7, expand=True, fillcolor=255)
    seen = seen.resize((seen.width * 7 // 10, seen.height * 7 // 10))
    found = zxingcpp.read_barcodes(seen.filter(ImageFilter.GaussianBlur(1)))
    holds(f"{slip.name}: {len(found)} codes are read", holds=len(found) == 1)
    return found[0].text


def same_code(screen: Picture, slip: Path) -> str:
    """The screen's QR code and the slip's are one and name the return."""
    shown, printed = screen.codes(), code_of(slip)
    holds(f"the screen says {shown}, the slip {printed}", holds=shown == [printed])
    holds(f"{printed} names no {NUMBER}", holds=f"/{NUMBER}/" in printed)
    return printed


def state(path: Path) -> str:
    """The state that the file would start in, as it is written there."""
    with open_reader(path) as reader:
        return reader.load_state() or ""
