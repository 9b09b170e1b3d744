"""What a POSLog says of pieces, batches, coupons, kits and gifts: read, or told as not kept.

The elements are those of POSLogV6.0.0.xsd; the last two files are shaped like those of real tills.
"""

from pathlib import Path

import pytest

from terminal.core.sale import Bundle, Reduction, Sale
from terminal.interchange import poslog
from terminal.interchange.values import Note, Offered
from tests.app.poslog_files import (
    goods,
    item,
    log,
    modifier,
    retail,
    saved,
    tax,
    tender,
    transaction,
)
from tests.app.told import english


def read(tmp_path: Path, *items: str) -> tuple[Sale, list[str]]:
    """The one sale of a file, and what is told of it besides."""
    path = saved(tmp_path / "day.xml", log(transaction(1, retail(*items))))
    first, *rest = poslog.read(path)
    assert isinstance(first, Offered), first
    notes = [one for one in rest if isinstance(one, Note) and not one.fault]
    assert len(notes) == len(rest)
    return first.sale, [english(one.words) for one in notes]


def numbers(*serials: str) -> str:
    return "".join(f"<SerialNumber>{one}</SerialNumber>" for one in serials)


def test_a_line_names_its_pieces(tmp_path: Path) -> None:
    line = goods("4.00", "2", inside=numbers("356938035643809", "SN2"))
    sold, notes = read(tmp_path, item(1, line), item(2, tender("4.00")))
    assert sold.lines[0].serials == ("356938035643809", "SN2"), "an IMEI is no card"
    assert notes == []


@pytest.mark.parametrize(("quantity", "serials"), [("2", ("SN1",)), ("1", ("A", "B"))])
def test_pieces_that_are_not_one_number_each_are_told_and_not_kept(
    tmp_path: Path, quantity: str, serials: tuple[str, ...]
) -> None:
    """A system that writes the number of one piece alone would have the others refused."""
    line = goods("4.00", quantity, inside=numbers(*serials))
    sold, notes = read(tmp_path, item(1, line), item(2, tender("4.00")))
    assert sold.lines[0].serials == ()
    (told,) = notes
    assert told.startswith(f"LineItem 1 has {len(serials)} serial numbers for its quantity")
    assert told.endswith("none is kept")


@pytest.mark.parametrize("text", ["", "a b", "序列号"])
def test_a_serial_number_that_is_none_refuses_the_sale(tmp_path: Path, text: str) -> None:
    line = goods("4.00", inside=numbers(text))
    items = retail(item(1, line), item(2, tender("4.00")))
    (found,) = poslog.read(saved(tmp_path / "day.xml", log(transaction(1, items))))
    assert isinstance(found, Note)
    assert "SerialNumber" in english(found.words)


def test_the_batch_is_kept_for_recalls_and_several_are_told(tmp_path: Path) -> None:
    one = goods("4.00", inside="<LotNumber>B2611</LotNumber><LotNumber>B2611</LotNumber>")
    two = goods("4.00", inside="<LotNumber>B1</LotNumber><LotNumber>B2</LotNumber>")
    sold, notes = read(tmp_path, item(1, one), item(2, two), item(3, tender("8.00")))
    assert [one.batch for one in sold.lines] == ["B2611", ""]
    (told,) = notes
    assert told.startswith("LineItem 2 is of 2 batches: none is kept")


def test_a_coupon_off_the_whole_sale_is_told_from_another_discount(tmp_path: Path) -> None:
    coupon = '<Discount MethodCode="Coupon"><Amount Action="Subtract">1.00</Amount></Discount>'
    other = '<Discount MethodCode="PriceRule"><Amount Action="Subtract">0.50</Amount></Discount>'
    sold, notes = read(
        tmp_path, item(1, goods("4.00")), item(2, coupon), item(3, other), item(4, tender("2.50"))
    )
    assert sold.reductions == (Reduction("coupon", 100), Reduction("discount", 50))
    assert notes == []


def test_a_coupon_off_one_line_is_in_its_price_and_that_is_told(tmp_path: Path) -> None:
    line = goods("4.00", inside=modifier("1.00").replace("PriceRule", "Coupon"))
    sold, notes = read(tmp_path, item(1, line), item(2, tender("3.00")))
    assert (sold.lines[0].paid, sold.reductions) == (300, ())
    (told,) = notes
    assert told.startswith("LineItem 1: a coupon took 1.00 off this line")


def test_goods_for_nothing_are_no_gift_as_nothing_says_what_earned_them(tmp_path: Path) -> None:
    mug = goods("0.00", inside="<GiftReceiptFlag>true</GiftReceiptFlag>")
    sold, notes = read(tmp_path, item(1, goods("4.00")), item(2, mug), item(3, tender("4.00")))
    assert sold.gifts == ()
    assert [one.net for one in sold.lines] == [400, 0]
    (told,) = notes
    assert "LineItem 2 cost nothing" in told


def member(sku: str, price: str, inside: str = "", action: str = "") -> str:
    how = f' Action="{action}"' if action else ""
    return (
        f"<Member{how}><Sale><ItemID>{sku}</ItemID><Description>{sku}</Description>"
        f"<RegularSalesUnitPrice>{price}</RegularSalesUnitPrice><Quantity>1</Quantity>{inside}"
        "</Sale></Member>"
    )


BREAKFAST = (member("PAN", "59"), member("TRAY", "45", numbers("SN-7")), member("JAM", "25"))


def test_a_kit_is_a_bundle_and_its_price_is_shared_over_its_members(tmp_path: Path) -> None:
    """domain.md: 99.00 over 59/45/25 is 45.28, 34.53, 19.19."""
    line = goods("99.00", inside=f"{tax('11.39')}<Kit>{''.join(BREAKFAST)}</Kit>")
    sold, notes = read(tmp_path, item(1, line), item(2, goods("1.00")), item(3, tender("100.00")))
    assert [(one.line, one.sku, one.paid) for one in sold.lines] == [
        (3, "PAN", 4528), (4, "TRAY", 3453), (5, "JAM", 1919), (2, "100234", 100),
    ]  # fmt: skip
    assert sold.bundles == (Bundle("100234", "矿泉水 550ml", (3, 4, 5)),)
    assert [one.serials for one in sold.lines] == [(), ("SN-7",), (), ()]
    assert {one.tax_rate for one in sold.lines[:3]} == {130_000}, "the kit's own"
    assert notes == []


@pytest.mark.parametrize(
    ("quantity", "members"),
    [
        ("2", BREAKFAST),
        ("1", (*BREAKFAST[:2], member("JAM", "0"))),
        ("1", (*BREAKFAST, member("HAM", "9", action="Remove"))),
        ("1", (*BREAKFAST, "<Member/>")),
    ],
    ids=["two kits", "without a price", "one taken out", "one that is no sale"],
)
def test_a_kit_that_does_not_come_apart_without_guessing_is_one_line(
    tmp_path: Path, quantity: str, members: tuple[str, ...]
) -> None:
    line = goods("99.00", quantity, inside=f"<Kit>{''.join(members)}</Kit>")
    sold, notes = read(tmp_path, item(1, line), item(2, tender("99.00")))
    assert [(one.sku, one.paid) for one in sold.lines] == [("100234", 9900)]
    assert sold.bundles == ()
    assert notes == [
        "LineItem 1 is a kit whose members cannot be told apart by price: it is kept as one line"
    ]


@pytest.mark.parametrize("flag", ["VoidFlag", "CancelFlag", "DeleteFlag"])
def test_a_line_that_was_taken_back_before_it_was_paid_is_none(tmp_path: Path, flag: str) -> None:
    gone = item(2, goods("9.00"), f' {flag}="true"')
    sold, notes = read(tmp_path, item(1, goods("4.00")), gone, item(3, tender("4.00")))
    assert [one.net for one in sold.lines] == [400]
    assert notes == ["LineItem 2 was voided"]


CHANGE = (
    '<TenderChange TypeCode="Refund"><TenderChange TenderType="{}"><Amount>{}</Amount>'
    "</TenderChange><Rounding>0.000</Rounding></TenderChange>"
)


def test_change_on_a_line_of_its_own_is_no_money_that_stayed(tmp_path: Path) -> None:
    """As futura4retail writes it; the XSD has it replace the change inside a tender."""
    items = [
        item(1, goods("26.99")),
        item(2, tender("20.00", "CreditDebit")),
        item(3, tender("7.00")),
        item(4, CHANGE.format("Cash", "0.010")),
    ]
    sold, _ = read(tmp_path, *items)
    assert [(one.kind, one.amount) for one in sold.tenders] == [("card", 2000), ("cash", 699)]


def test_change_of_another_kind_goes_back_of_what_was_paid(tmp_path: Path) -> None:
    items = item(1, goods("30.00")), item(2, tender("50.00", "Voucher"))
    sold, _ = read(tmp_path, *items, item(3, CHANGE.format("Cash", "20.00")))
    assert [(one.kind, one.amount) for one in sold.tenders] == [("voucher", 3000)]


def test_more_change_than_was_paid_is_no_sale(tmp_path: Path) -> None:
    items = item(1, goods("1.00")), item(2, tender("5.00")), item(3, CHANGE.format("Cash", "9.00"))
    (found,) = poslog.read(saved(tmp_path / "day.xml", log(transaction(1, retail(*items)))))
    assert isinstance(found, Note)
    assert english(found.words) == "more money went back than came in"


def rounding(amount: str, way: str) -> str:
    return f'<Tender><Rounding RoundingDirection="{way}">{amount}</Rounding></Tender>'


def test_what_was_rounded_down_was_not_paid(tmp_path: Path) -> None:
    """As Visma Retail writes it: a tender without an amount, five places and CancelFlag."""
    flag = ' CancelFlag="false"'
    sold, _ = read(
        tmp_path,
        item(1, goods("384.15000", "1.00000"), flag),
        item(2, tender("384.00000"), flag),
        item(3, rounding("0.15000", "Down"), flag),
    )
    assert sold.reductions == (Reduction("rounding", 15),)
    assert (sold.total, sold.lines[0].paid) == (38400, 38400)


def test_what_rounding_added_is_no_price_of_goods(tmp_path: Path) -> None:
    sold, _ = read(
        tmp_path, item(1, goods("21.88")), item(2, tender("22.00")), item(3, rounding("0.12", "Up"))
    )
    assert (sold.total, sold.lines[0].paid, sold.tenders[0].amount) == (2188, 2188, 2188)


def test_rounding_without_a_direction_refuses_the_sale(tmp_path: Path) -> None:
    items = item(1, goods("4.00")), item(2, tender("3.90")), item(3, rounding("0.10", ""))
    (found,) = poslog.read(saved(tmp_path / "day.xml", log(transaction(1, retail(*items)))))
    assert isinstance(found, Note)
    assert "RoundingDirection" in english(found.words)
