"""A POSLog's sales are taken to the penny, all else of it is counted with its reason."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terminal.core.sale import Reduction, Sale, Unit
from terminal.interchange.poslog import read
from terminal.interchange.poslog_stream import DEPTH_MAX, NODES_MAX, TEXT_MAX
from terminal.interchange.values import Found, Note, Offered, UnreadableFile
from tests.app.poslog_files import (
    goods,
    item,
    log,
    modifier,
    retail,
    saved,
    simple,
    tax,
    tender,
    transaction,
)
from tests.app.told import chinese, english
from tests.app.unit import Unit as Shell


def found(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[Found]:
    return list(read(saved(tmp_path / "log.xml", text, encoding)))


def sale(tmp_path: Path, *items: str, total: str = "") -> Sale:
    one, *_ = found(tmp_path, log(transaction(1234, retail(*items, total=total))))
    assert isinstance(one, Offered), one
    return one.sale


def note(tmp_path: Path, text: str) -> Note:
    (one,) = found(tmp_path, text)
    assert isinstance(one, Note), one
    return one


def test_a_sale_with_discount_reward_weighed_goods_and_two_tenders_is_read_to_the_fen(
    tmp_path: Path,
) -> None:
    card = (
        "<CreditDebit><PrimaryAccountNumber>622202******1234</PrimaryAccountNumber></CreditDebit>"
    )
    card += "<Authorization><ReferenceNumber>4200002026</ReferenceNumber></Authorization>"
    points = "<PointsRedeemed>50</PointsRedeemed><Amount>0.65</Amount>"
    change = '<TenderChange><Amount Currency="CNY">5.00</Amount></TenderChange>'
    read_sale = sale(
        tmp_path,
        item(1, goods("5.40", "3", inside=modifier("0.60") + tax("0.62"))),
        item(2, goods("44.25", "1.236", "KGM")),
        item(3, "<Discount><Amount>1.00</Amount></Discount>"),
        item(4, f"<LoyaltyReward>{points}</LoyaltyReward>"),
        item(5, tender("28.00", "CreditDebit", card)),
        item(6, tender("25.00", inside=change)),
        total="48.00",
    )
    water, pork = read_sale.lines
    assert read_sale.id == "0571-03-20261120-1234"
    assert (read_sale.receipt_no, read_sale.cashier) == ("05710326112001234", "1007")
    assert read_sale.sold_at.isoformat() == "2026-11-20T14:03:22+08:00"
    assert (water.net, water.quantity, water.list_price, water.unit) == (540, 3000, 200, Unit.EACH)
    assert (water.sku, water.gtin, water.tax_rate) == ("100234", "6901234567892", 130_000)
    assert (water.name, water.category) == ("矿泉水 550ml", "beverage")
    assert (pork.net, pork.quantity, pork.unit) == (4425, 1236, Unit.WEIGHT)
    assert read_sale.reductions == (Reduction("discount", 100), Reduction("reward", 65))
    assert [(one.kind, one.amount) for one in read_sale.tenders] == [("card", 2800), ("cash", 2000)]
    assert read_sale.tenders[0].masked == "1234"
    assert read_sale.tenders[0].reference == "4200002026"
    assert sum(one.paid for one in read_sale.lines) == read_sale.total == 4800


@pytest.mark.parametrize(
    ("line", "paid", "net"),
    [
        (goods("5.40", "3", inside=modifier("0.60")), "5.40", 540),  # modifiers included
        (goods("6.00", "3", inside=modifier("0.60")), "5.40", 540),  # beside it
        (goods("6.00", "3", inside=modifier("0.60", "Add")), "6.60", 660),
        (goods("5.31", "3", inside=tax("0.69")), "6.00", 600),  # tax on top
        (goods("6.00", "3", inside=modifier("0.60") + tax("0.70")), "6.10", 610),  # both
    ],
)
def test_what_was_paid_says_how_modifiers_and_taxes_are_meant(
    tmp_path: Path, line: str, paid: str, net: int
) -> None:
    assert sale(tmp_path, item(1, line), item(2, tender(paid))).lines[0].net == net


def test_sums_that_fit_in_no_reading_are_refused_with_the_sums(tmp_path: Path) -> None:
    bad = retail(item(1, goods("5.40", inside=modifier("0.60"))), item(2, tender("5.00")))
    one = note(tmp_path, log(transaction(1, bad)))
    assert one.fault
    assert "lines 5.40 less reductions 0.00, the tenders are 5.00" in english(one.words)
    assert one.receipt == "05710326112000001"
    other = retail(item(1, goods("5.40")), item(2, tender("5.40")), total="5.41")
    assert "the total says 5.41" in english(note(tmp_path, log(transaction(1, other))).words)


@pytest.mark.parametrize(
    ("body", "attributes", "said"),
    [
        ("<ControlTransaction><ReasonCode>SignOn</ReasonCode></ControlTransaction>", "", "control"),
        ("<TenderControlTransaction/>", "", "tender control"),
        ("<InventoryControlTransaction/>", "", "inventory"),
        ("<ForeCourtTransaction/>", "", "no retail transaction"),
        ("", "", "holds no retail transaction"),
        (retail(item(1, goods("2.00"))), ' CancelFlag="true"', "cancelled"),
        (retail(item(1, goods("2.00"))), ' TrainingModeFlag="1"', "training"),
        (retail(attributes=' TransactionStatus="Suspended"'), "", "suspended"),
        (retail(attributes=' TransactionStatus="PostVoided"'), "", "voided afterwards"),
        (
            retail(
                '<TransactionLink ReasonCode="Void"><SequenceNumber>17</SequenceNumber>'
                "</TransactionLink>"
            ),
            "",
            'voids transaction "17"',
        ),
        (
            retail(item(1, goods("2.00", tag="Return")), item(2, tender("-2.00"))),
            "",
            "goods came back and none were sold",
        ),
        (retail(item(1, goods("2.00"), ' VoidFlag="true"')), "", "no goods were sold"),
    ],
)
def test_what_is_no_sale_is_left_out_with_its_reason(
    tmp_path: Path, body: str, attributes: str, said: str
) -> None:
    one = note(tmp_path, log(transaction(9, body, attributes)))
    assert (one.fault, one.row, one.receipt) == (False, 1, "05710326112000009")
    assert said in english(one.words)
    assert chinese(one.words)


def test_voided_lines_are_passed_over_and_each_is_told(tmp_path: Path) -> None:
    body = retail(
        item(1, goods("2.00")),
        item(2, goods("9.99"), ' VoidFlag="true"'),
        item(3, tender("9.99"), ' VoidFlag="true"'),
        item(4, tender("2.00")),
    )
    one, *passed = found(tmp_path, log(transaction(1, body)))
    assert isinstance(one, Offered)
    assert (len(one.sale.lines), one.sale.total) == (1, 200)
    said = [english(it.words) for it in passed if isinstance(it, Note) and not it.fault]
    assert said == ["LineItem 2 was voided", "LineItem 3 was voided"]


def test_goods_that_came_back_in_the_same_transaction_paid_for_a_part_of_it(
    tmp_path: Path,
) -> None:
    body = (item(1, goods("10.00")), item(2, goods("4.00", tag="Return")), item(3, tender("6.00")))
    read_sale = sale(tmp_path, *body, total="6.00")
    assert [(one.kind, one.amount) for one in read_sale.tenders] == [
        *(("cash", 600), ("returned_goods", 400))
    ]
    body = (item(1, goods("4.00")), item(2, goods("10.00", tag="Return")), item(3, tender("-6.00")))
    one = note(tmp_path, log(transaction(1, retail(*body))))
    assert "more money went back" in english(one.words)


def test_extensions_in_other_namespaces_are_passed_over_whole(tmp_path: Path) -> None:
    more = "<x:Mood><x:Sale><ExtendedAmount>99</ExtendedAmount></x:Sale></x:Mood>"
    inside = "<x:ExtendedAmount>77.00</x:ExtendedAmount><Unknown><Deep>1</Deep></Unknown>"
    body = retail(item(1, goods("2.00", inside=inside)), item(2, tender("2.00")), more)
    text = log(transaction(1, body, more=more), "<x:Trailer>3</x:Trailer>", "<Trailer/>")
    (one,) = found(tmp_path, text)
    assert isinstance(one, Offered)
    assert one.sale.total == 200


def test_names_with_a_prefix_or_without_any_namespace_are_understood(tmp_path: Path) -> None:
    text = log(simple(1))
    bare = text.replace(' xmlns="http://www.nrf-arts.org/IXRetail/namespace/"', "")
    prefixed = text.replace("<", "<a:").replace("<a:/", "</a:").replace("<a:?xml", "<?xml")
    prefixed = prefixed.replace('xmlns="', 'xmlns:a="')
    for one in (bare, prefixed):
        assert [type(it) for it in found(tmp_path, one)] == [Offered]


@pytest.mark.parametrize("encoding", ["GB2312", "gbk", "gb18030", "UTF-16", "utf-8-sig"])
def test_files_in_the_encodings_of_chinese_tills_are_read(tmp_path: Path, encoding: str) -> None:
    said = encoding.removesuffix("-sig")
    text = log(simple(1)).replace('encoding="UTF-8"', f'encoding="{said}"')
    (one,) = found(tmp_path, text, encoding)
    assert isinstance(one, Offered)
    assert one.sale.lines[0].name == "矿泉水 550ml"


def test_what_an_extension_says_within_a_field_is_none_of_it(tmp_path: Path) -> None:
    text = log(simple(1)).replace("<ItemID>", "<ItemID><x:shelf>7</x:shelf>")
    (one,) = found(tmp_path, text)
    assert isinstance(one, Offered)
    assert one.sale.lines[0].sku == "100234"


BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;&a;">]>'
THIEF = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (log(simple(1), head=BOMB), "declares a document type"),
        (log(simple(1), head=THIEF), "declares a document type"),
        (log(simple(1), head="<!DOCTYPE POSLog>"), "declares a document type"),
        (log("<Transaction>" * DEPTH_MAX), "nested far too deep"),
        (log(f"<Transaction>{'<a/>' * NODES_MAX}"), "one transaction is far too large"),
        (log(f"<Transaction><a>{'x' * 2 * TEXT_MAX}"), "one transaction is far too large"),
        (log(simple(1))[:-20], "it is not XML"),
        (log(simple(1)).replace("CNY<", "CNY&nbsp;<"), "it is not XML"),
        ("", "it is not XML"),
        ("<Invoice/>", 'its root is "Invoice"'),
        ('<POSLog xmlns="urn:other"/>', "not POSLog of"),
        ('<?xml version="1.0" encoding="klingon"?><POSLog/>', "save it as UTF-8"),
        ('<?xml version="1.0" encoding="big5"?><POSLog/>', "save it as UTF-8"),
        ('<?xml version="1.0" encoding="gbk"?><POSLog>\udcff<', "save it as UTF-8"),
    ],
)
def test_xml_that_is_no_poslog_is_a_sentence_and_opens_nothing(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said) as caught:
        found(tmp_path, text)
    assert "line " in str(caught.value)
    assert "/" in str(caught.value)


def test_a_gz_is_read_and_a_cut_one_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xml.gz"
    path.write_bytes(gzip.compress(log(simple(1)).encode()))
    assert len(list(read(path))) == 1
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(UnreadableFile, match="cut short"):
        list(read(path))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (">CNY<", ">RMB¥<", "three capital letters"),
        (">2.00</ExtendedAmount>", ">2,00</ExtendedAmount>", "LineItem 1: ExtendedAmount"),
        ("<ExtendedAmount>2.00</ExtendedAmount>", "", "LineItem 1: ExtendedAmount is missing"),
        ('"EA"', '"LBR"', "UnitOfMeasureCode"),
        (">1</Quantity>", ">1.5</Quantity>", "whole for goods sold each"),
        ("2026-11-20T14:03:22+08:00", "yesterday", "EndDateTime"),
        ("<BusinessDayDate>2026", "<BusinessDayDate>0026", "no day of the calendar"),
        (">03</WorkstationID>", ">0-3</WorkstationID>", "WorkstationID"),
        ("<SequenceNumber>7<", "<SequenceNumber>x<", "1 to 15 digits"),
        ('TenderType="Cash"', 'TenderType="现金"', "TenderType"),
    ],
)
def test_each_fault_names_the_element_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = log(simple(7))
    assert old in text
    one = note(tmp_path, text.replace(old, new, 1))
    assert one.fault
    assert said in english(one.words)
    assert chinese(one.words)


def test_import_sales_takes_a_poslog_and_counts_every_transaction(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    control = transaction(3, "<ControlTransaction/>")
    path = saved(tmp_path / "log.xml", log(simple(1), simple(2), control))
    said = Shell(tmp_path / "data").does("import-sales", path)
    assert said.code == 0
    assert "3 rows: 2 taken, 1 left out, 0 refused" in said.err
    assert "left out 1: a control transaction" in said.err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=30), st.integers(0, 2000), st.integers(0, 40))
def test_any_change_of_a_file_is_a_sale_a_note_or_a_sentence(
    tmp_path: Path, noise: bytes, at: int, gone: int
) -> None:
    good = log(simple(1)).encode()
    path = tmp_path / "any.xml"
    path.write_bytes(good[:at] + noise + good[at + gone :])
    try:
        for one in read(path):
            assert isinstance(one, Offered) or english(one.words).isprintable()
    except UnreadableFile as fault:
        words = str(fault)
        assert words.isprintable()
