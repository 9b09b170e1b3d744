"""What a code is: told by itself alone, whatever it holds, and never a command."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.values import Scan
from terminal import scans
from terminal.scans import CodePatterns, InStoreTemplate, gtin_checks, recognise
from tests.flows.shelf import label

PATTERNS = CodePatterns(
    receipts=(re.compile(r"(?P<number>[0-9]{17})"), re.compile(r"https://r\.cn/(?P<number>\w+)")),
    slip_url="HTTPS://R.EXAMPLE.CN/",
    badge_prefix="%B",
    voucher_prefix="V-",
    in_store=(
        InStoreTemplate("20", 5, 5, "weight", 3),
        InStoreTemplate("21", 5, 5, "price", 2),
        InStoreTemplate("22", 4, 5, "price", 2, inner_check=True),
    ),
    currency_digits=2,
)


def told(text: str, aim: str = "") -> scans.Code:
    return recognise(Scan("scanner", text, aim), PATTERNS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("05710326112001234", scans.Receipt("05710326112001234")),
        ("https://r.cn/AB12", scans.Receipt("AB12")),
        ("R-0571-03-000417", scans.ReturnSlip("R-0571-03-000417", "")),
        ("r-0571-03-000417", scans.ReturnSlip("R-0571-03-000417", "")),
        (
            "HTTPS://R.EXAMPLE.CN/R/R-0571-03-000417/7K2M9Q4XCTH",
            scans.ReturnSlip("R-0571-03-000417", "7K2M9Q4XCTH"),
        ),
        ("%BTOKEN", scans.Badge("TOKEN")),
        ("V-100", scans.Voucher("100")),
        ("6901234567892", scans.Goods("6901234567892")),
        ("036000291452", scans.Goods("0036000291452")),
        ("96385074", scans.Goods("0000096385074")),
        ("16901234567899", scans.Goods("16901234567899")),
        (label("12345", 412), scans.Weighed("12345", 412, 0, "2012345")),
        (label("12345", 1995, prefix="21"), scans.Weighed("12345", 0, 1995, "2112345")),
        ("6901234567891", scans.Other("6901234567891")),
        ("  6901234567892 ", scans.Goods("6901234567892")),
        ("S001", scans.Other("S001")),
    ],
)
def test_a_code_is_told_by_what_it_is(text: str, code: scans.Code) -> None:
    assert told(text) == code


def test_an_inner_check_digit_is_passed_over() -> None:
    digits = "22" + "1234" + "9" + "01995"
    check = -sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(digits)) % 10
    assert told(f"{digits}{check}") == scans.Weighed("1234", 0, 1995, "221234")


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("0106901234567892", "]C1"),
        ("0106901234567892\x1d10LOT", "]d2"),
        ("https://id.gs1.org/01/06901234567892/10/A", ""),
    ],
)
def test_gs1_codes_name_their_goods(text: str, aim: str) -> None:
    assert told(text, aim) == scans.Goods("6901234567892")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "a\x1bb",
        "a\nb",
        "\u202eabc",
        "x" * 513,
        "\ud800",
        "a\x1db",
        "\x1b@\x1dV\x00",
    ],
)
def test_what_may_not_come_in_is_refused_and_shown_harmlessly(text: str) -> None:
    code = told(text)
    assert isinstance(code, scans.CodeRefused)
    assert len(code.shown) <= 24
    assert code.shown.isprintable()


@given(st.text(max_size=600), st.sampled_from(("", "]C1", "]d2", "]Q3", "]E0", "]zz")))
def test_any_text_at_all_is_some_code_and_never_an_error(text: str, aim: str) -> None:
    code = told(text, aim)
    assert "\x1b" not in repr(code).replace("\\x1b", "")


@given(st.integers(0, 10**12 - 1), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_never_goods(body: int, place: int, shift: int) -> None:
    """EAN-13's check digit notices every single wrong digit."""
    digits = f"{body:012d}"
    check = -sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(digits)) % 10
    code = f"{digits}{check}"
    assert gtin_checks(code)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert not gtin_checks(wrong)


def test_a_price_of_a_currency_without_decimals_is_scaled() -> None:
    yen = replace(PATTERNS, currency_digits=0)
    assert recognise(Scan("s", label("12345", 19800, prefix="21")), yen) == scans.Weighed(
        "12345", 0, 198, "2112345"
    )
