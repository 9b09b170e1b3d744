"""No full card number goes anywhere, whatever the sale's feed, a scan or a hand brings in."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


def test_no_name_of_the_cashier_is_on_a_slip(make_till: MakeTill) -> None:
    till = make_till(sale((Sold("油", "59.90", gtin=OIL),)))
    till.returns_all(RECEIPT)
    till.confirms()
    assert "王芳" not in till.paper
    assert "1007" in till.paper
