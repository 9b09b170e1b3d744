"""No card number is stored, wherever a till wrote it; receipt and article numbers stay whole."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from terminal.cards import luhn, masked, tail
from terminal.interchange.build import finished
from terminal.interchange.fields import Fields
from terminal.interchange.jsonlines import sale_of
from tests.app.sales_files import line, sale


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    """13 to 19 digits whose last one is the Luhn check digit."""
    body = draw(st.text("0123456789", min_size=12, max_size=18))
    return next(body + check for check in "0123456789" if luhn(body + check))


@st.composite
def written_cards(draw: st.DrawFn) -> tuple[str, str]:
    """A card number, and as people write it: in groups of four, or not."""
    number = draw(card_numbers())
    separator = draw(st.sampled_from(("", " ", "-", ".", " - ")))
    return number, separator.join(re.findall(r"\d{1,4}", number))


def test_luhn_is_the_check_of_known_test_cards() -> None:
    assert all(map(luhn, ("4111111111111111", "5555555555554444", "378282246310005")))
    assert not luhn("4111111111111112")


@given(written_cards(), st.sampled_from(("", "card ", "卡号：")), st.sampled_from(("", " x")))
def test_a_card_number_is_cut_to_its_last_four(
    card: tuple[str, str], before: str, after: str
) -> None:
    number, text = card
    found = masked(before + text + after)
    digits = "".join(re.findall(r"\d", found))
    assert number not in digits
    assert not re.search(r"\d{13}", digits)
    assert found.endswith(number[-4:] + after)


def test_a_number_beside_a_card_number_does_not_hide_it() -> None:
    assert "4111 1111 1111 1111" not in masked("12 4111 1111 1111 1111 34")
    assert masked("till 7, card 4111-1111-1111-1111") == "till 7, card 1111"


@given(card_numbers(), st.sampled_from(("reference", "masked", "cashier", "name", "category")))
def test_no_field_of_free_text_keeps_a_card_number(number: str, field: str) -> None:
    said = sale()
    if field in {"reference", "masked"}:
        said["tenders"][0][field] = number
    elif field == "cashier":
        said["cashier"] = number
    else:
        said["lines"] = [line(1, **{field: f"gift card {number}"})]
    assert number not in repr(sale_of(Fields(said)))


@given(st.text("0123456789 *-", min_size=1, max_size=30))
def test_a_tail_is_never_more_than_four_digits(text: str) -> None:
    assert len(re.findall(r"\d", tail(text))) <= 4


def test_words_and_tails_stay_as_they_are() -> None:
    for text in ("零钱", "招商银行(1234)", "**** 1234", ""):
        assert tail(text) == text
    for text in ("矿泉水 550ml", "4200002026112012345678901234", "2026-11-20 14:03", ""):
        assert masked(text) == text


@given(card_numbers())
def test_a_receipt_number_that_passes_the_check_by_chance_can_still_be_found(number: str) -> None:
    assume(not number.startswith("0"))
    said = sale(receipt_no=number, lines=[line(1, sku=number)])
    found = sale_of(Fields(said))
    assert (found.receipt_no, found.lines[0].sku) == (number, number)


@given(card_numbers())
def test_masking_twice_is_masking_once(number: str) -> None:
    """So that the same file imported again is the same sale."""
    said = sale(cashier=f"x {number}")
    once = sale_of(Fields(said))
    assert finished(once).cashier == once.cashier
