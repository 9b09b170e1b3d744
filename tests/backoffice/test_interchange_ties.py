"""Bundles, gifts, coupons, pieces and batches in a sale file: what the office takes, a till takes.

Each object is given to both ends: a sale on file at the office that its terminals refuse one by one
would be found at none of them.
"""

import json
from typing import Any

import pytest

from backoffice.sales.interchange import offered
from backoffice.sales.offered import BadSale
from terminal.interchange.jsonlines import found_in
from terminal.interchange.source import Line
from terminal.interchange.values import Offered
from tests.app.sales_files import line, sale


def sold(*lines: dict[str, Any], total: str, **more: Any) -> dict[str, Any]:
    cash = [{"kind": "cash", "amount": total}]
    return sale(lines=list(lines), reductions=[], tenders=cash, total=total, **more)


def kit(**changes: Any) -> dict[str, Any]:
    parts = [
        {key: one for key, one in line(at, "0", list_price=price).items() if key != "net_amount"}
        for at, price in ((1, "59.00"), (2, "40.00"))
    ]
    return {"sku": "KIT", "name": "组合", "net_amount": "90.00", "components": parts} | changes


def goods(**changes: Any) -> dict[str, Any]:
    return line(1, "10.00", quantity="2") | changes


def gift(**changes: Any) -> dict[str, Any]:
    return line(2, "0.00", quantity="1", list_price="3.00") | changes


def taken_by_both(plain: dict[str, Any]) -> tuple[bool, bool]:
    till = isinstance(found_in(Line(1, json.dumps(plain).encode())), Offered)
    try:
        offered(json.loads(json.dumps(plain)))
    except BadSale:
        return False, till
    return True, till


@pytest.mark.parametrize(
    "plain",
    [
        sold(goods(serials=["356938035643809", "SN-2"], batch="B2611"), total="10.00"),
        sold(goods(serials=[], batch=""), total="10.00"),
        sold(goods(), gift(gift_of=[1]), total="10.00"),
        sold(goods(), gift(gift_of=[]), total="10.00"),
        sold(goods(), gift(gift_threshold="8.00"), total="10.00"),
        sold(kit(), total="90.00"),
        sold(kit(whole=True), total="90.00"),
    ],
)
def test_what_is_sound_is_taken_by_both(plain: dict[str, Any]) -> None:
    assert taken_by_both(plain) == (True, True)


@pytest.mark.parametrize(
    "plain",
    [
        sold(goods(serials=["A"]), total="10.00"),
        sold(goods(serials=["A", "a"]), total="10.00"),
        sold(goods(serials=["A", "B", "C"]), total="10.00"),
        sold(goods(serials=["A", "序列号"]), total="10.00"),
        sold(goods(serials="A B"), total="10.00"),
        sold(goods(serials=["A", 7]), total="10.00"),
        sold(goods(unit="kg", serials=["A", "B"]), total="10.00"),
        sold(goods(batch="B" * 65), total="10.00"),
        sold(goods(batch=7), total="10.00"),
        sold(goods(), gift(gift_of=[2]), total="10.00"),
        sold(goods(), gift(gift_of=[7]), total="10.00"),
        sold(goods(), gift(gift_of=[0]), total="10.00"),
        sold(goods(), gift(gift_of=["1"]), total="10.00"),
        sold(goods(), gift(gift_of=1), total="10.00"),
        sold(goods(), gift(gift_of=[1], net_amount="1.00"), total="11.00"),
        sold(goods(), gift(gift_threshold="-1"), total="10.00"),
        sold(goods(), gift(gift_threshold=8), total="10.00"),
        sold(gift(gift_of=[]), total="0.00"),
        sold(goods(whole=True), total="10.00"),
        sold(kit(whole="yes"), total="90.00"),
        sold(kit(gift_of=[]), total="90.00"),
    ],
)
def test_what_a_till_would_refuse_is_refused_at_the_office(plain: dict[str, Any]) -> None:
    assert taken_by_both(plain) == (False, False)


def test_all_of_it_goes_down_as_it_came() -> None:
    """A piece's number is no card's, though an IMEI passes a card's check."""
    lines = [goods(serials=["356938035643809", "SN-2"], batch="B2611"), gift(gift_of=[1])]
    plain = sold(*lines, total="10.00")
    assert offered(plain).body["lines"] == lines
