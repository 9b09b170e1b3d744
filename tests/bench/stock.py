"""Looking up a receipt among a thousand sales and among a million; and encoding a return slip."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from time import perf_counter_ns

from printer.escpos import encode
from printer.models import Model, load_models
from printer.qr import qr_matrix
from printer.slip import Columns, Mark, Qr, SignatureLine, Slip, Text
from storage.store import open_reader
from terminal.core.effects import Query
from terminal.ledger import Ledger
from tests.bench.measure import Row, in_turns
from tests.bench.shop import receipt_no, shop_of
from tests.flows.cashier import Till
from tests.flows.shelf import RECEIPT, groceries

FEW, MANY = 1_000, 1_000_000
LOOKUPS, TOGETHER, SLIPS = 60, 20, 20
PRINTERS = Path(__file__).parents[2] / "config" / "printers"


def look_up(folder: Path) -> Row:
    """The whole sale, as a scan needs it: heads, lines, tenders, hash, what went back."""
    chance = random.Random(7)
    for size in (FEW, MANY):
        _into_memory(shop_of(size))
    till = Till(folder)  # for its rules
    with open_reader(shop_of(FEW)) as few, open_reader(shop_of(MANY)) as many:
        rules = till.settings.rules
        ours = _looking(Ledger(many, rules), MANY, chance)
        peer = _looking(Ledger(few, rules), FEW, chance)
        pairs = in_turns(ours, peer, LOOKUPS)
    till.switch_off()
    name = f"look-up by receipt number, {MANY:,} sales | {FEW:,} sales"
    return pairs.row(name, "<= 1.5x", lambda _, ratio: ratio <= 1.5)


def _into_memory(file: Path) -> None:
    """Read it once, so that the row compares look-ups and not a disk with a cache."""
    with file.open("rb", buffering=0) as data:
        while data.read(1 << 20):
            pass


def _looking(ledger: Ledger, sales: int, chance: random.Random) -> Callable[[], float]:
    """Milliseconds a look-up; each of another sale, drawn at random."""

    def sample() -> float:
        drawn = [receipt_no(chance.randrange(sales)) for _ in range(TOGETHER)]
        start = perf_counter_ns()
        for one in drawn:
            (head,) = ledger.look_up(Query(receipt_no=one))
            assert ledger.case(head.id) is not None
        return (perf_counter_ns() - start) / 1e6 / TOGETHER

    return sample


def slips(folder: Path) -> Iterator[Row]:
    """A return slip of both copies as text and as one raster picture; each with a fresh QR."""
    models = load_models(PRINTERS)
    slip = return_slip(folder)
    fresh = count()

    def another() -> Slip:
        turn = f"{next(fresh):06d}"
        parts = (
            replace(one, payload=one.payload[:-6] + turn) if isinstance(one, Qr) else one
            for one in slip.parts
        )
        return Slip(tuple(parts))

    for how, model, most in (
        ("as text", models["generic-80mm"], 1.5),
        ("as a picture", models["raster-only-80mm"], 3.0),
    ):
        pairs = in_turns(_encoding(another, model), _floor(another), SLIPS)
        yield pairs.row(
            f"return slip {how} | its texts in GB18030 and its QR",
            f"<= {most}x",
            lambda _, ratio, most=most: bool(ratio <= most),  # type: ignore[misc]  # bound now
        )


def return_slip(folder: Path) -> Slip:
    """The slip of the tests' example sale, all of it returned."""
    till = Till(folder, [groceries()])
    till.signs_on()
    till.returns_all(RECEIPT)
    till.confirms()
    slip = till.slips[-1][1]
    till.switch_off()
    assert any(isinstance(one, Qr) for one in slip.parts)
    return slip


def _encoding(another: Callable[[], Slip], model: Model) -> Callable[[], float]:
    def sample() -> float:
        slip = another()
        start = perf_counter_ns()
        assert encode(slip, model)
        return (perf_counter_ns() - start) / 1e6

    return sample


def _floor(another: Callable[[], Slip]) -> Callable[[], float]:
    def sample() -> float:
        slip = another()
        start = perf_counter_ns()
        for one in slip.parts:
            match one:
                case Text(text=text) | Mark(text=text) | SignatureLine(label=text):
                    text.encode("gb18030")
                case Columns(left=left, right=right):
                    (left + right).encode("gb18030")
                case Qr(payload=payload):
                    qr_matrix(payload)
                case _:
                    pass
        return (perf_counter_ns() - start) / 1e6

    return sample
