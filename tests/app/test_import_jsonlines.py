"""The interchange format is read strictly and exactly, and no bytes whatever end in a traceback."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.core.money import decimal_text, included_tax
from terminal.core.sale import Sale
from terminal.interchange.jsonlines import found_in, read
from terminal.interchange.source import LINE_BYTES_MAX, Line
from terminal.interchange.values import Note, Offered, UnreadableFile
from tests.app.sales_files import GONE, line, put, sale, written
from tests.app.told import chinese, english


def taken(said: dict[str, Any]) -> Sale:
    found = found_in(Line(7, json.dumps(said).encode()))
    assert isinstance(found, Offered), found
    return found.sale


def refused(data: bytes | dict[str, Any]) -> Note:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    found = found_in(Line(7, raw))
    assert isinstance(found, Note), found
    assert (found.row, found.fault) == (7, True)
    return found


def test_the_example_of_the_format_is_read_to_the_fen() -> None:
    found = taken(sale())
    assert found.id == "0571-03-20261120-1234"
    assert (found.total, found.lines[0].net, found.lines[0].quantity) == (436, 540, 3000)
    assert (found.lines[0].paid, found.lines[0].tax) == (436, included_tax(436, 130_000))
    assert found.sold_at.isoformat() == "2026-11-20T14:03:22+08:00"
    assert (found.tenders[0].reference, found.tenders[0].masked) == ("4200002026", "零钱")


def test_reductions_are_spread_over_lines_by_largest_remainder() -> None:
    """The worked example of the shop's money rules."""
    said = sale(
        lines=[line(1, "59.90"), line(2, "39.90"), line(3, "15.50")],
        reductions=[
            {"kind": "threshold", "amount": "20.00", "threshold": "100.00"},
            {"kind": "rounding", "amount": "0.30"},
        ],
        tenders=[{"kind": "cash", "amount": "95.00"}],
        total="95.00",
    )
    found = taken(said)
    assert [one.paid for one in found.lines] == [4935, 3288, 1277]
    assert found.reductions[0].threshold == 10000


def test_a_currency_knows_its_minor_digits() -> None:
    money: dict[str, Any] = {
        "reductions": [],
        "lines": [line(1, "500", list_price="250")],
        "total": "500",
    }
    yen = sale(currency="JPY", tenders=[{"kind": "cash", "amount": "500"}], **money)
    assert (taken(yen).total, taken(yen).currency.digits) == (500, 0)
    dinar = sale(
        currency="KWD",
        reductions=[],
        lines=[line(1, "1.250")],
        tenders=[{"kind": "cash", "amount": "1.250"}],
        total="1.250",
    )
    assert (taken(dinar).total, taken(dinar).currency.digits) == (1250, 3)
    assert "more than 0 decimals" in english(refused({**yen, "total": "500.5"}).words)
    assert taken({**yen, "total": "500.00"}).total == 500


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": "4.35"}, "lines 5.40 less reductions 1.04 are 4.36, the total says 4.35"),
        ({"tenders__0__amount": "4.37"}, "the tenders are 4.37"),
        ({"reductions__0__amount": "6.00"}, "the sums differ"),
        ({"lines__0__net_amount": 5.40}, "lines[1].net_amount = 5.4 must be text in quotes"),
        ({"lines__0__net_amount": "5,40"}, "must be a decimal number"),
        ({"lines__0__net_amount": "1e3"}, "must be a decimal number"),
        ({"lines__0__net_amount": "５.40"}, "must be a decimal number"),
        ({"lines__0__net_amount": "5.401"}, "more than 2 decimals"),
        ({"lines__0__net_amount": "-5.40"}, "below zero"),
        ({"lines__0__net_amount": "9" * 13}, "at most 12 digits"),
        ({"lines__0__quantity": "0"}, "must be above zero"),
        ({"lines__0__quantity": "1.5"}, "whole for goods sold each"),
        ({"lines__0__unit": "box"}, "must be one of each, kg"),
        ({"lines__0__tax_rate": "13"}, "13 % is 0.13"),
        ({"lines__0__name": "cut\x1dhere"}, "control character U+001D"),
        ({"lines__0__name": "half \ud83d"}, "control character U+D83D"),
        ({"lines__0__name": ""}, "must match"),
        ({"lines__0__line": True}, "must be a whole number"),
        ({"lines__0__line": 0}, "must be from 1"),
        ({"lines": []}, "no lines"),
        ({"lines": [line(1, "2.70"), line(1, "2.70")]}, "line number 1 is used twice"),
        ({"lines": {}}, "lines = {...} must be a list"),
        ({"lines": [[]]}, "must be an object"),
        ({"discount": "1.00"}, "unknown field"),
        ({"lines__0__price": "1.00"}, 'unknown field "lines[1].price"'),
        ({"receipt__sequence": "1234"}, "must be a whole number"),
        ({"receipt__sequence": 10**15}, "must be from 0"),
        ({"receipt__business_unit": "05-71"}, "business_unit"),
        ({"receipt__business_day": "2026-02-30"}, "no day of the calendar"),
        ({"receipt__business_day": "0026-02-03"}, "no day of the calendar"),
        ({"sold_at": "2026-11-20T14:03:22"}, "+08:00"),
        ({"sold_at": "20 Nov 2026, 14:03 h"}, "must match"),
        ({"currency": "RMB¥"}, "three capital letters"),
        ({"receipt_no": " "}, "receipt_no"),
        ({"receipt_no": GONE}, "receipt_no is missing"),
        ({"tenders": GONE}, "tenders is missing"),
        ({"tenders__0__kind": "We Chat"}, "tenders[1].kind"),
    ],
)
def test_each_fault_is_a_sentence_that_names_field_value_and_what_is_allowed(
    changes: dict[str, Any], said: str
) -> None:
    note = refused(sale(**changes))
    assert said in english(note.words)
    assert chinese(note.words)
    assert "".join(filter(str.isprintable, english(note.words))) == english(note.words)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "not JSON"),
        (b"[1, 2]", "must be an object"),
        (b'{"total": "1", "total": "2"}', 'the field "total" stands twice'),
        ('{"名": "矿泉水"}'.encode("gb18030"), "not UTF-8"),
        (b'{"total": NaN}', "missing"),
        (json.dumps(sale(total="TOTAL")).replace('"TOTAL"', "NaN").encode(), "total = NaN must be"),
        (json.dumps(sale(total="TOTAL")).replace('"TOTAL"', "9" * 5000).encode(), "far too long"),
        (b"[" * 100_000, "nested far too deep"),
        (b'{"receipt":' * 50_000 + b"1" + b"}" * 50_000, "nested far too deep"),
        (b"\x00", "not JSON"),
    ],
)
def test_a_line_that_is_no_sale_at_all_is_told_too(data: bytes, said: str) -> None:
    assert said in english(refused(data).words)


def test_a_bad_sale_is_reported_under_its_receipt_number() -> None:
    assert refused(sale(total="1.00")).receipt == "05710326112001234"


def test_a_bom_and_blank_lines_are_no_fault(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [])
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(sale()).encode() + b"\r\n\r\n  \n")
    found = list(read(path))
    assert [type(one) for one in found] == [Offered]


def test_a_line_of_ten_megabytes_is_passed_over_and_the_next_one_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [sale(1), b'{"a": "' + b"x" * 10_000_000, sale(2)])
    found = list(read(path))
    assert [type(one) for one in found] == [Offered, Note, Offered]
    assert isinstance(found[1], Note)
    assert (found[1].row, str(LINE_BYTES_MAX) in english(found[1].words)) == (2, True)
    assert isinstance(found[2], Offered)
    assert found[2].rows == (3,)


def test_the_last_line_needs_no_end_and_may_be_too_long(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * (LINE_BYTES_MAX + 1))
    assert [one.row for one in read(path) if isinstance(one, Note)] == [1]
    path.write_bytes(json.dumps(sale()).encode())
    assert len(list(read(path))) == 1


def test_a_gz_is_read_directly_and_a_broken_one_is_a_sentence(tmp_path: Path) -> None:
    data = gzip.compress(json.dumps(sale()).encode() * 1)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(data)
    assert len(list(read(path))) == 1
    for broken in (data[:-9], data[:20], b"no gzip", data[:30] + b"\xff" * 20 + data[50:]):
        path.write_bytes(broken)
        with pytest.raises(UnreadableFile, match="cut short or damaged"):
            list(read(path))


def test_a_file_that_is_not_there_or_utf_16_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be read"):
        list(read(tmp_path / "none.jsonl"))
    with pytest.raises(UnreadableFile, match="cannot be read"):
        list(read(tmp_path))
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps(sale()).encode("utf-16"))
    with pytest.raises(UnreadableFile, match="UTF-16"):
        list(read(path))


PLACES = (
    *("receipt", "receipt_no", "sold_at", "cashier", "currency", "lines", "reductions", "total"),
    *("tenders", "receipt__business_day", "receipt__sequence", "receipt__business_unit"),
    *("lines__0", "lines__0__line", "lines__0__name", "lines__0__net_amount", "lines__0__gtin"),
    *("lines__0__quantity", "lines__0__unit", "lines__0__tax_rate", "tenders__0__amount", "new"),
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(PLACES), ANY_JSON, min_size=1, max_size=2))
def test_whatever_stands_in_a_field_there_is_a_sound_sale_or_a_sentence(
    changes: dict[str, Any],
) -> None:
    said = sale()
    for dotted in sorted(changes, key=len, reverse=True):  # the deepest first, while it is there
        put(said, dotted, changes[dotted])
    found = found_in(Line(1, json.dumps(said).encode()))
    if isinstance(found, Offered):
        sold = found.sale
        assert sum(one.paid for one in sold.lines) == sold.total
        assert sum(one.amount for one in sold.tenders) == sold.total
    else:
        assert isinstance(found, Note)
        assert english(found.words).isprintable()
        assert chinese(found.words).isprintable()


@given(st.binary(max_size=200), st.binary(max_size=40), st.integers(0, 400))
def test_any_bytes_are_a_sentence_never_a_traceback(noise: bytes, cut: bytes, at: int) -> None:
    good = json.dumps(sale(), ensure_ascii=False).encode()
    for data in (noise, good[:at] + cut + good[at:], good[:at]):
        found = found_in(Line(1, data.replace(b"\n", b"")))
        assert found is None or isinstance(found, Offered) or english(found.words)


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=6),
    st.integers(0, 100),
    st.integers(1, 9),
)
def test_decimal_texts_become_the_same_integers_and_parts_sum_exactly(
    nets: list[int], percent: int, tenders: int
) -> None:
    off = sum(nets) * percent // 100
    total = sum(nets) - off
    shares = [total // tenders] * (tenders - 1)
    shares.append(total - sum(shares))
    said = sale(
        lines=[line(place, decimal_text(net, 2)) for place, net in enumerate(nets, 1)],
        reductions=[{"kind": "basket", "amount": decimal_text(off, 2)}],
        tenders=[{"kind": "cash", "amount": decimal_text(one, 2)} for one in shares],
        total=decimal_text(total, 2),
    )
    found = taken(said)
    assert [one.net for one in found.lines] == nets
    assert [one.amount for one in found.tenders] == shares
    assert sum(one.paid for one in found.lines) == total == found.total
    assert all(0 <= one.tax <= one.paid <= one.net for one in found.lines)
