"""A bundle sold at one price comes back in parts, each at its share."""

import json

from drivers.values import Key
from terminal.core.sale import Sale
from terminal.interchange.jsonlines import found_in
from terminal.interchange.source import Line
from terminal.interchange.values import Note, Offered
from tests.app.sales_files import line, sale
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill


def part(number: int, name: str, list_price: str, **changes: object) -> dict[str, object]:
    """A component: a line without a price of its own in the sale."""
    made = line(number, "0") | {"name": name, "sku": f"K{number}", "list_price": list_price}
    del made["net_amount"]
    return made | {"quantity": "1", "gtin": ""} | changes


KIT = {
    "sku": "KIT",
    "name": "早餐组合",
    "net_amount": "99.00",
    "components": [part(1, "面包机", "59"), part(2, "烤盘", "45"), part(3, "果酱", "25")],
}


def bundle(**changes: object) -> dict[str, object]:
    return sale(
        lines=[KIT | changes],
        reductions=[],
        tenders=[{"kind": "cash", "amount": "99.00"}],
        total="99.00",
    )


def taken(said: dict[str, object]) -> Sale:
    found = found_in(Line(1, json.dumps(said).encode()))
    assert isinstance(found, Offered), found
    return found.sale


def test_its_price_is_shared_by_what_the_components_cost_apart() -> None:
    assert [one.net for one in taken(bundle()).lines] == [4528, 3453, 1919]


def test_one_part_of_the_kit_returns_that_part_alone(make_till: MakeTill) -> None:
    """opensourcepos#3957: the whole kit was returned for one part."""
    kit = taken(bundle())
    till: Till = make_till(kit)
    till.scans(kit.receipt_no)
    till.sees("面包机", "烤盘", "果酱")
    till.scans("K2")
    till.sees("￥ 34.53")
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    assert till.returns[0].settlement.refund == 3453


def test_all_parts_come_to_what_was_paid_for_the_kit(make_till: MakeTill) -> None:
    kit = taken(bundle())
    till = make_till(kit)
    till.returns_all(kit.receipt_no)
    till.sees("￥ 99.00")


def test_a_component_without_any_price_apart_is_refused() -> None:
    free = [part(1, "面包机", "0"), part(2, "烤盘", "0")]
    found = found_in(Line(1, json.dumps(bundle(components=free)).encode()))
    assert isinstance(found, Note)
    assert "list price" in found.words.en
