"""Amounts, days and plurals as the world writes them: held against Babel, which knows CLDR."""

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.messages.plurals import get_plural
from babel.numbers import format_decimal, get_currency_precision

from terminal.core.sale import Currency
from terminal.interchange.decimals import currency_of
from terminal.ui import formats
from terminal.ui.words import words_of

CURRENCIES = ("CNY", "GBP", "JPY", "KWD", "EUR", "USD", "KRW", "VND", "BHD", "CLP", "ISK", "TND")


@pytest.mark.parametrize("code", CURRENCIES)
def test_a_currency_has_the_minor_digits_that_cldr_gives_it(code: str) -> None:
    assert currency_of(code).digits == get_currency_precision(code)


@pytest.mark.parametrize("code", ["CNY", "GBP", "JPY", "KWD"])
@pytest.mark.parametrize("minor", [0, 1, 5, 99, 100, 12345, 9_999_999])
def test_an_amount_is_babels_but_for_the_groups(code: str, minor: int) -> None:
    """Groups are left out on purpose: what is typed and what is shown look alike."""
    currency = Currency(code, get_currency_precision(code))
    number = Decimal(minor).scaleb(-currency.digits)
    pattern = "0." + "0" * currency.digits if currency.digits else "0"
    for locale in ("zh_CN", "en"):
        theirs = format_decimal(number, format=pattern, locale=locale)
        assert formats.amount(minor, currency).replace(",", "") == theirs


def test_a_day_is_iso_in_both_languages() -> None:
    day = date(2026, 11, 3)
    for locale in ("zh_CN", "en"):
        assert format_date(day, "yyyy-MM-dd", locale=locale) == formats.day(day)


def test_the_catalogues_plurals_are_cldrs() -> None:
    chinese = get_plural("zh_CN")
    assert (chinese.num_plurals, get_plural("en").num_plurals) == (1, 2)
    english = words_of("en")
    one, many = "{n} line", "{n} lines"
    assert [english.plural(one, many, n) for n in (0, 1, 2)] == ["0 lines", "1 line", "2 lines"]
