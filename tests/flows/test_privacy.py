"""No full card number goes anywhere, whatever the sale's feed, a scan or a hand brings in."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from drivers.values import Key
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, RECEIPT, Sold, sale


def luhn(body: str) -> str:
    total = sum(
        sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10))
        for place, digit in enumerate(reversed(body))
    )
    return f"{body}{-total % 10}"


CARDS = st.from_regex(r"(4|51|62)[0-9]{13,15}", fullmatch=True).map(luhn)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(card=CARDS, form=st.sampled_from(("{}", "Visa {}", "{} ok")))
def test_a_card_number_in_a_tender_reaches_neither_screen_slip_nor_journal(
    make_till: MakeTill, card: str, form: str
) -> None:
    """The importer cuts it to its tail; the terminal would not show more even if it had not."""
    till = make_till(
        sale((Sold("油", "59.90", gtin=OIL),), (("card", "59.90", form.format(card)),))
    )
    till.returns_all(RECEIPT)
    pictures = [till.says]
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    pictures += [till.says, *till.papers, *(row.body for row in till.store.journal())]
    for picture in pictures:
        digits = re.sub(r"[ -]", "", picture)
        assert card not in digits
    assert card[-4:] in till.papers[0]


def test_a_card_number_that_is_scanned_is_in_no_record_and_on_no_slip(make_till: MakeTill) -> None:
    card = luhn("621700001234567")
    till = make_till(sale((Sold("油", "59.90", gtin=OIL),)))
    till.scans(card)
    assert card not in till.says
    assert card not in till.store.load_state()  # type: ignore[operator]  # there is a state
    till.returns_all(RECEIPT)
    till.confirms()
    assert not any(card in row.body for row in till.store.journal())
    assert not any(card in paper for paper in till.papers)


def test_no_name_is_on_a_slip_or_in_its_code_and_a_phone_is_its_tail(make_till: MakeTill) -> None:
    """Cashier, approver and customer: their numbers, their tails; never who they are."""
    old = replace(sale((Sold("油", "59.90", gtin=OIL),), days_ago=10), phone_tail="8888")
    till = make_till(old)
    till.returns_all(old.receipt_no, "拿错/发错")
    till.types("2001⏎4321⏎")
    till.picks("已验货")
    till.confirms()
    code = till.qr
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    ret = till.returns[0]
    assert len(till.papers) == 2
    for paper in till.papers:
        assert not [name for name in ("王芳", "李店长") if name in paper]
        assert "1007" in paper
    assert code == f"HTTPS://R.EXAMPLE.CN/R/{ret.number}/{ret.short_code}"
    assert not [word for word in ("1007", "2001", "8888", "59.90", "5990") if word in code]
