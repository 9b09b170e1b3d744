"""What a code is: told by itself alone, whatever it holds, and never a command."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

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


def gtin(body: str) -> str:
    """`body` and its GS1 check digit."""
    total = sum(int(one) * (1 if at % 2 else 3) for at, one in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def carded(body: str) -> str:
    """`body` and its Luhn digit."""
    doubled = [sum(divmod(2 * int(one), 10)) for one in body[::-1][::2]]
    return f"{body}{-(sum(doubled) + sum(map(int, body[::-1][1::2]))) % 10}"


@pytest.mark.parametrize("aim", ["", "]C1", "]d2", "]Q3", "]e0"])
def test_a_cartons_gtin_is_its_own_and_not_the_pieces(aim: str) -> None:
    """ITF-14 on the box: the box of twelve is another article than one of the twelve."""
    carton = gtin("1690123456789")
    text = f"01{carton}" if aim else carton
    assert told(text, aim) == scans.Goods(carton)


def test_a_gtin_14_of_a_single_piece_is_its_gtin_13() -> None:
    assert told("06901234567892") == scans.Goods("6901234567892")
    assert told("0106901234567892", "]C1") == scans.Goods("6901234567892")


@pytest.mark.parametrize(
    "text",
    [
        "https://id.gs1.org/01/06901234567891",
        "https://id.gs1.org/01/",
        "https://id.gs1.org/01/abc",
        "https://id.gs1.org/01/069012345678",
        "https:///01/06901234567892",
        "https://[/01/06901234567892",
        "https://[::1/01/06901234567892",
        "http://id.gs1.org:99999/01/06901234567892",
        "http://01/01/01",
        "https://id.gs1.org/01/00000000000000",
        "https://%ff%fe/01/%00",
    ],
)
def test_a_broken_url_names_no_goods_and_breaks_nothing(text: str) -> None:
    code = told(text)
    if isinstance(code, scans.Goods):
        assert code == scans.Goods("6901234567892"), "what biip forgives is at least right"


CARDS = (
    "4111111111111111",
    "5555555555554444",
    "378282246310005",
    "30569309025904",
    carded("622588013770686"),
    carded("621226123456789012"),
)


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("how", ["plain", "spaced", "dashed"])
def test_a_card_number_is_refused_and_not_shown(card: str, how: str) -> None:
    mark = {"plain": "", "spaced": " ", "dashed": "-"}[how]
    text = mark.join(card[at : at + 4] for at in range(0, len(card), 4))
    assert told(text) == scans.CodeRefused("****")


@pytest.mark.parametrize("prefix", [*range(10, 16), *range(25, 31)])
def test_a_wallets_payment_code_is_refused_and_not_shown(prefix: int) -> None:
    """WeChat Pay begins with 10 to 15, Alipay with 25 to 30: with it money could be taken."""
    assert told(f"{prefix}1234567890123456") == scans.CodeRefused("****")


@given(st.integers(10**11, 10**18 - 1))
def test_every_number_that_could_be_a_card_is_refused_whole(body: int) -> None:
    card = carded(str(body))
    code = told(card)
    if isinstance(code, scans.Goods | scans.Weighed | scans.Receipt):
        return  # the shop's own kinds come first: their check digit or their length fitted
    assert code == scans.CodeRefused("****")
    assert card not in repr(code)


def test_the_shops_own_receipt_number_is_no_card_number() -> None:
    """One in ten passes Luhn's check by chance."""
    number = next(
        f"{at:017d}"
        for at in range(5710326112000000, 5710326112000010)
        if scans.looks_secret(f"{at:017d}")
    )
    assert told(number) == scans.Receipt(number)


PIECES = st.sampled_from(
    ("01", "06901234567892", "\x1d", "]C1", "https://", "id.gs1.org", "/01/", "/10/", "?17=", "%",
     "[", "]", "R-0571-03-000417", "HTTPS://R.EXAMPLE.CN/", "R/", "%B", "V-", "(", ")", "²", "１",
     "310", "392", "17", "991332", "99999999999999", " ", "\u202e", "é", "😀")
)  # fmt: skip


@given(
    st.lists(PIECES, max_size=9).map("".join),
    st.sampled_from(("", "]C1", "]d2", "]Q3", "]e0", "]E0", "]I0", "]")),
)
def test_pieces_of_real_codes_in_any_order_are_some_code_and_never_an_error(
    text: str, aim: str
) -> None:
    code = told(text, aim)
    if isinstance(code, scans.CodeRefused):
        assert code.shown.isprintable()
