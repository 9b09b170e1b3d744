"""Looking up a receipt among a thousand sales and among a million; and encoding a return slip."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from time import perf_counter_ns

from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont

from drivers.values import Key
from printer.escpos import encode
from printer.models import Model, load_models
from printer.qr import qr_matrix
from printer.raster import FONT
from printer.slip import Columns, Mark, Qr, SignatureLine, Slip, Text
from storage.store import open_reader
from storage.values import StoredSale
from terminal.core.effects import Query
from terminal.ledger.ledger import Ledger
from terminal.ui.pixels import draw
from terminal.ui.theme import theme_for
from tests.bench.measure import Row, in_turns
from tests.bench.shop import receipt_no, sale, shop_of
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


def find(folder: Path) -> Iterator[Row]:
    """A sale without its code: the answer beside one redraw of the screen that asks for it."""
    chance = random.Random(11)
    _into_memory(shop_of(MANY))
    till = Till(folder)
    till.signs_on()
    till.presses(Key.F1, Key.F1)
    theme = theme_for()

    def redraw() -> float:
        start = perf_counter_ns()
        draw(till.screen, theme)
        return (perf_counter_ns() - start) / 1e6

    with open_reader(shop_of(MANY)) as many:
        ledger = Ledger(many, till.settings.rules)
        for name, query in _KNOWN.items():
            pairs = in_turns(_finding(ledger, query, chance), redraw, LOOKUPS)
            title = f"find by {name} among {MANY:,} sales | one redraw"
            yield pairs.row(title, "<= 1x", lambda _, ratio: ratio <= 1)
    till.switch_off()


_KNOWN: dict[str, Callable[[StoredSale], Query]] = {
    "day and amount": lambda one: Query(day=_day(one), amount=one.total),
    "card tail": lambda one: Query(tail=one.tenders[0].masked),
    "card tail and day": lambda one: Query(tail=one.tenders[0].masked, day=_day(one)),
    "goods": lambda one: Query(goods=one.lines[0].sku),
    "goods and day": lambda one: Query(goods=one.lines[0].sku, day=_day(one)),
}


def _day(one: StoredSale) -> date:
    return date.fromisoformat(one.business_day)


def _finding(
    ledger: Ledger, query: Callable[[StoredSale], Query], chance: random.Random
) -> Callable[[], float]:
    def sample() -> float:
        wanted = query(sale(chance.randrange(MANY)))
        start = perf_counter_ns()
        found = ledger.look_up(wanted)
        spent = (perf_counter_ns() - start) / 1e6
        assert found
        return spent

    return sample


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

    for name, model, floor in (
        ("return slip as text | its texts in GB18030, its QR", "generic-80mm", _floor(another)),
        ("return slip as a picture | its texts drawn, its QR", "raster-only-80mm", _drawn(another)),
    ):
        pairs = in_turns(_encoding(another, models[model]), floor, SLIPS)
        yield pairs.row(name, "<= 2x", lambda _, ratio: ratio <= 2.0)


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
        for text in _texts(slip):
            text.encode("gb18030")
        _codes(slip)
        return (perf_counter_ns() - start) / 1e6

    return sample


def _drawn(another: Callable[[], Slip]) -> Callable[[], float]:
    """The same texts drawn once by Pillow on paper of the same size, cut to dots."""
    font = ImageFont.truetype(str(FONT), 26, layout_engine=ImageFont.Layout.BASIC)

    def sample() -> float:
        slip = another()
        start = perf_counter_ns()
        texts = list(_texts(slip))
        paper = Image.new("L", (576, 36 * len(texts)), 255)
        draw = ImageDraw.Draw(paper)
        for at, text in enumerate(texts):
            draw.text((8, 36 * at), text, 0, font)
        paper.point(lambda grey: 255 * (grey > 127)).convert("1").tobytes()
        _codes(slip)
        return (perf_counter_ns() - start) / 1e6

    return sample


def _texts(slip: Slip) -> Iterator[str]:
    for one in slip.parts:
        match one:
            case Text(text=text) | Mark(text=text) | SignatureLine(label=text):
                yield text
            case Columns(left=left, right=right):
                yield left
                yield right
            case _:
                pass


def _codes(slip: Slip) -> None:
    for one in slip.parts:
        if isinstance(one, Qr):
            qr_matrix(one.payload)
