"""No command comes from data: whatever a name, a number or a word holds, the printer hears what it
hears of a harmless slip.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.values import Key
from printer.models import Model
from terminal import demo_shop
from terminal.core.returns import Return
from tests.app.unit import Unit
from tests.flows.cashier import Till
from tests.flows.shelf import RECEIPT, Sold, sale
from tests.lab import shop
from tests.lab.slips.harmless import every_wire, with_words
from tests.lab.slips.hostile import RAW, SHOP
from tests.lab.slips.looks import MODELS, wrong
from tests.lab.slips.roll import sheets


def faults(ret: Return, model: Model) -> list[str]:
    found: list[str] = []
    for raw in every_wire(ret, model).values():
        for sheet in sheets(raw, model):
            found += wrong(sheet, model)
    return found


@pytest.mark.parametrize("text", [*SHOP, *RAW])
def test_no_hostile_word_becomes_a_command(text: str) -> None:
    assert faults(with_words(text), MODELS["generic-80mm"]) == []


@pytest.mark.parametrize("name", sorted(MODELS))
def test_no_printer_takes_the_worst_for_commands(name: str) -> None:
    assert faults(with_words("".join((*SHOP, *RAW))), MODELS[name]) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([*SHOP, *RAW, "8", "退", " "]), max_size=4).map("".join))
def test_no_mixture_becomes_a_command(text: str) -> None:
    assert faults(with_words(text), MODELS["generic-80mm"]) == []


def test_the_labs_shop_is_taken_in_as_it_is(tmp_path: Path) -> None:
    """What is sold there must come through the import, or the lab's slips prove nothing."""
    (tmp_path / "sales.jsonl").write_text("".join(shop.sale_lines()))
    unit = Unit(tmp_path)
    taken = unit.does("import-sales", tmp_path / "sales.jsonl")
    assert taken.code == 0, taken
    with unit.store() as store:
        heads = store.heads_by_receipt_no(demo_shop.MAIN.receipt_no(shop.TODAY))
        sale = store.sale(heads[0].id)
    assert sale is not None
    assert all(one.name.endswith(word) for one, word in zip(sale.lines, SHOP, strict=False))


def test_a_whole_return_of_hostile_goods_prints_harmless_commands(tmp_path: Path) -> None:
    kept = [word.encode(errors="ignore").decode() for word in (*SHOP, *RAW)]  # no half characters
    goods = [Sold(f"牛奶{word}", "9.90") for word in kept]
    till = Till(tmp_path, [sale(goods)])
    till.signs_on()
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.switch_off()
    model = till.settings.printer.model
    jobs = [sheets(data, model) for _, data in till.printing.sent]
    labels = len(kept)  # one each, after the result itself
    assert [len(made) for made in jobs] == [till.settings.printer.copies, 1 + labels]
    assert [fault for made in jobs for one in made for fault in wrong(one, model)] == []
