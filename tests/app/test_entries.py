"""Typed days, amounts and quantities: what people mean, and nothing else gets through."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.core.sale import Currency, Unit
from terminal.ui.entries import (
    ENTRY_LENGTH_MAX,
    Editor,
    Kind,
    Malformed,
    allows,
    as_amount,
    as_day,
    as_quantity,
)

TODAY = date(2026, 11, 23)
CNY, YEN, DINAR = Currency("CNY", 2), Currency("JPY", 0), Currency("KWD", 3)
days = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("20261120", TODAY, date(2026, 11, 20)),
        ("20261123", TODAY, TODAY),
        ("1120", TODAY, date(2026, 11, 20)),
        ("1123", TODAY, TODAY),
        ("1124", TODAY, date(2025, 11, 24)),
        ("1231", TODAY, date(2025, 12, 31)),
        ("23", TODAY, TODAY),
        ("1", TODAY, date(2026, 11, 1)),
        ("01", TODAY, date(2026, 11, 1)),
        ("1231", date(2027, 1, 1), date(2026, 12, 31)),
        ("0229", date(2024, 2, 29), date(2024, 2, 29)),
        ("0229", date(2024, 12, 31), date(2024, 2, 29)),
        ("0229", date(2025, 1, 10), date(2024, 2, 29)),
        ("20240229", TODAY, date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_as_people_mean_it(text: str, today: date, day: date) -> None:
    assert as_day(text, today) == day


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("0229", date(2024, 1, 15)),  # neither 2023 nor this year, yet
        ("0229", TODAY),
        ("20250229", TODAY),
        ("20261124", TODAY),
        ("20271120", TODAY),
        ("24", TODAY),
        ("31", TODAY),
        ("0", TODAY),
        ("00", TODAY),
        ("0000", TODAY),
        ("1301", TODAY),
        ("0431", TODAY),
        ("00001120", TODAY),
        ("99999999", TODAY),
        ("", TODAY),
        ("123", TODAY),
        ("202611", TODAY),
        ("2026-11-20", TODAY),
        ("-1", TODAY),
        ("+1", TODAY),
        (" 1", TODAY),
        ("１１２０", TODAY),
    ],
)
def test_what_is_no_day_until_today_is_malformed(text: str, today: date) -> None:
    with pytest.raises(Malformed) as caught:
        as_day(text, today)
    assert caught.value.kind is Kind.DAY


@given(days, days)
def test_a_whole_day_is_read_back_unless_it_is_to_come(day: date, today: date) -> None:
    text = f"{day:%Y%m%d}"
    if day <= today:
        assert as_day(text, today) == day
    else:
        with pytest.raises(Malformed):
            as_day(text, today)


@given(days, st.integers(0, 364))
def test_a_short_day_is_the_last_such_day(today: date, ago: int) -> None:
    """Any day of the last year, but for a 29 February more than a year away."""
    day = today - timedelta(days=ago)
    assert as_day(f"{day:%m%d}", today) == day


@given(st.text(max_size=9), days)
def test_any_text_is_a_day_until_today_or_malformed(text: str, today: date) -> None:
    with suppress(Malformed):
        assert as_day(text, today) <= today


@given(st.integers(0, 10**11 - 1))
def test_an_amount_is_read_back_to_the_penny(minor: int) -> None:
    assert as_amount(f"{minor // 100}.{minor % 100:02d}", CNY) == minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("80.54", CNY, 8054),
        ("80.5", CNY, 8050),
        ("80.", CNY, 8000),
        ("80", CNY, 8000),
        (".5", CNY, 50),
        ("0", CNY, 0),
        ("007", CNY, 700),
        ("999999999.99", CNY, 99_999_999_999),
        ("500", YEN, 500),
        ("1.234", DINAR, 1234),
    ],
)
def test_an_amount_may_be_typed_short(text: str, currency: Currency, minor: int) -> None:
    assert as_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("", CNY),
        (".", CNY),
        ("1.234", CNY),
        ("1.000", CNY),
        ("1.2.3", CNY),
        ("1,50", CNY),
        ("-1", CNY),
        ("+1", CNY),
        ("1e3", CNY),
        ("8 0", CNY),
        ("１", CNY),
        ("1000000000", CNY),
        ("1.5", YEN),
        ("1.0", YEN),
        ("1.2345", DINAR),
    ],
)
def test_what_is_no_amount_is_malformed(text: str, currency: Currency) -> None:
    """More decimals than the currency has are refused, never rounded."""
    with pytest.raises(Malformed) as caught:
        as_amount(text, currency)
    assert caught.value.kind is Kind.AMOUNT


@given(st.text(alphabet="0123456789.", max_size=ENTRY_LENGTH_MAX), st.sampled_from((CNY, YEN)))
def test_whatever_the_keys_can_type_is_its_exact_value_or_malformed(
    text: str, currency: Currency
) -> None:
    try:
        minor = as_amount(text, currency)
    except Malformed:
        return
    assert Decimal(minor) == Decimal(f"0{text}").scaleb(currency.digits)


@given(st.text(max_size=12), st.sampled_from(Unit))
def test_any_text_is_a_quantity_or_malformed(text: str, unit: Unit) -> None:
    with suppress(Malformed):
        assert as_quantity(text, unit) >= 0


@pytest.mark.parametrize(
    ("text", "unit", "thousandths"),
    [
        ("3", Unit.EACH, 3000),
        ("3.", Unit.EACH, 3000),
        ("0", Unit.EACH, 0),
        ("999999999", Unit.EACH, 999_999_999_000),
        ("0.412", Unit.WEIGHT, 412),
        (".4", Unit.WEIGHT, 400),
        ("2", Unit.WEIGHT, 2000),
    ],
)
def test_a_quantity_is_pieces_or_kilograms(text: str, unit: Unit, thousandths: int) -> None:
    assert as_quantity(text, unit) == thousandths


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1.5", Unit.EACH),
        ("1.0", Unit.EACH),
        ("0.4125", Unit.WEIGHT),
        ("", Unit.WEIGHT),
        (".", Unit.EACH),
        ("1000000000", Unit.EACH),
        ("6901234567892", Unit.EACH),
    ],
)
def test_no_part_of_a_piece_and_no_part_of_a_gram(text: str, unit: Unit) -> None:
    """Nor a barcode: ten digits are no quantity."""
    with pytest.raises(Malformed):
        as_quantity(text, unit)


def test_the_editor_holds_a_line_and_no_more() -> None:
    editor = Editor()
    for _ in range(ENTRY_LENGTH_MAX + 5):
        editor = editor.typed("1")
    assert editor.text == "1" * ENTRY_LENGTH_MAX
    assert editor.rubbed_out().text == "1" * (ENTRY_LENGTH_MAX - 1)
    assert Editor().rubbed_out() == Editor()


def test_what_is_typed_does_not_show_in_a_log() -> None:
    assert "4321" not in repr(Editor("4321"))


@given(st.sampled_from([one for one in Kind if one is not Kind.NAME]), st.characters())
def test_no_field_takes_what_no_keypad_has(kind: Kind, char: str) -> None:
    if allows(kind, char):
        assert char.isascii()
        assert char.isprintable()
        assert char != " "


@given(st.characters())
def test_a_name_takes_letters_of_every_language_and_nothing_unseen(char: str) -> None:
    if allows(Kind.NAME, char):
        assert char.isprintable()
        assert char.isalnum() or char in " .'-"
