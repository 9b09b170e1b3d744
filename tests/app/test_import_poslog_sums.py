"""What a POSLog transaction came to, where money went both ways or one reading would not do."""

from pathlib import Path

import pytest

from terminal.interchange.poslog import read
from terminal.interchange.values import Found, Note, Offered
from tests.app.poslog_files import goods, item, log, modifier, retail, saved, tender, transaction
from tests.app.told import english


def found(tmp_path: Path, *items: str) -> Found:
    (one,) = read(saved(tmp_path / "log.xml", log(transaction(1234, retail(*items)))))
    return one


def back(amount: str, kind: str, code: str = "Refund") -> str:
    return tender(amount, kind).replace('TypeCode="Sale"', f'TypeCode="{code}"')


@pytest.mark.parametrize("code", ["Refund", "Return"])
@pytest.mark.parametrize("kind", ["Cash", "Wechat"])
def test_a_tender_that_went_back_in_part_was_paid_in_part(
    tmp_path: Path, kind: str, code: str
) -> None:
    paid = item(2, tender("5.00", "Wechat"))
    one = found(tmp_path, item(1, goods("2.00")), paid, item(3, back("3.00", kind, code)))
    assert isinstance(one, Offered), one
    assert [(it.kind, it.amount) for it in one.sale.tenders] == [("wechat", 200)]


def test_where_more_went_back_than_came_in_no_sale_is_left(tmp_path: Path) -> None:
    one = found(tmp_path, item(1, goods("2.00")), item(2, back("3.00", "Cash")))
    assert isinstance(one, Note)
    assert english(one.words) == "more money went back than came in"


def test_no_reading_makes_a_line_cost_less_than_nothing(tmp_path: Path) -> None:
    less = item(1, goods("2.00", inside=modifier("3.00")))
    one = found(tmp_path, less, item(2, goods("8.00")), item(3, tender("7.00")))
    assert isinstance(one, Note)
    assert "the sums differ" in english(one.words)


def test_the_currency_is_that_of_the_amounts_where_the_transaction_names_none(
    tmp_path: Path,
) -> None:
    items = (item(1, goods("2.00")), item(2, tender("2.00")))
    text = log(transaction(1, retail(*items))).replace("<CurrencyCode>CNY</CurrencyCode>", "")
    (one,) = read(saved(tmp_path / "log.xml", text))
    assert isinstance(one, Offered), one
    assert one.sale.currency.code == "CNY"
