"""Reports to codes: layouts, codes of several reports, AIM identifiers, and all that is no code."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.hid_pos import HidPosDecoder, Layout, is_scanner, layouts_of
from drivers.hid_pos_vendors import MAKERS, OTHERS
from drivers.profile import Framing
from drivers.values import Scan, ScanFault, ScanRejected
from tests.drivers.scanner_contract import EAN
from tests.fakes.hid_pos_scanner import USUAL, report, reports

LONG = "HTTPS://R.EXAMPLE.CN/" + "0123456789" * 12  # three reports
UNNAMED = bytes.fromhex("05 8c 09 02 a1 01 85 02 75 08 95 3f 09 12 81 02 c0")
BARE = bytes.fromhex("05 8c 09 02 a1 01 85 01 75 08 95 3f 09 12 81 02 c0")
KEYBOARD = bytes.fromhex("05 01 09 06 a1 01 05 07 19 e0 29 e7 75 01 95 08 81 02 c0")


def decoder(descriptor: bytes = USUAL, framing: Framing | None = None) -> HidPosDecoder:
    return HidPosDecoder("gun", framing or Framing(), layouts_of(descriptor, OTHERS.layouts))


def rejected(fault: ScanFault) -> list[ScanRejected]:
    return [ScanRejected("gun", fault)]


def fed(one: HidPosDecoder, sent: list[bytes]) -> list[Scan | ScanRejected]:
    return [value for report in sent for value in one.feed(report)]


def test_layout_is_read_from_the_descriptor() -> None:
    usual = Layout(report=2, length=1, aim=2, data=5, room=56, more=8 * 63)
    assert layouts_of(USUAL) == {2: usual}
    assert OTHERS.layouts[0] == usual  # the same scanner where it does not say so


def test_layout_of_a_device_without_report_numbers_begins_at_its_first_byte() -> None:
    text = "05 8c 09 02 a1 01 75 08 95 01 05 01 09 3b 81 02 95 04 05 8c 09 fe 81 02 c0"
    one = decoder(bytes.fromhex(text))
    assert one.feed(b"\x03ABC\0") == [Scan("gun", "ABC")]


def test_makers_layout_holds_only_where_the_descriptor_names_no_fields() -> None:
    newland = MAKERS[0x1EAB].layouts
    assert layouts_of(UNNAMED, newland) == {2: newland[0]}
    assert layouts_of(USUAL, newland) == layouts_of(USUAL)


def test_keyboard_is_no_scanner() -> None:
    assert is_scanner(USUAL)
    assert not is_scanner(KEYBOARD)
    assert layouts_of(KEYBOARD, OTHERS.layouts) == {}


def test_code_of_three_reports_is_one_code_with_the_first_ones_aim() -> None:
    sent = reports(LONG, "]Q1")
    sent[1:] = [one[:2] + b"]X0" + one[5:] for one in sent[1:]]
    assert len(sent) == 3
    assert fed(decoder(), sent) == [Scan("gun", LONG, "]Q1")]


@given(st.lists(st.text("ABC019/]", min_size=1, max_size=200), min_size=1, max_size=4))
def test_codes_of_any_length_come_out_as_they_went_in(codes: list[str]) -> None:
    one = decoder(framing=Framing(aim="none"))
    sent = [part for code in codes for part in reports(code, "]C0")]
    assert fed(one, sent) == [Scan("gun", code, "]C0") for code in codes]


@given(st.lists(st.binary(max_size=70), max_size=20))
def test_any_reports_are_taken_without_a_fault(sent: list[bytes]) -> None:
    one = decoder()
    fed(one, sent)
    one.pause()
    assert not one.waiting
    assert fed(one, reports(EAN)) == [Scan("gun", EAN)]


def test_full_report_that_is_followed_by_an_empty_one_is_whole() -> None:
    sent = [report(b"7" * 56, more=True), report(b"")]
    assert fed(decoder(), sent) == [Scan("gun", "7" * 56)]


def test_code_that_is_not_continued_is_partial_and_its_tail_no_code_of_its_own() -> None:
    one = decoder()
    assert fed(one, reports(LONG)[:2]) == []
    assert one.waiting
    assert one.pause() == rejected(ScanFault.PARTIAL)
    assert not one.waiting
    assert fed(one, reports(EAN, "]E0")) == [Scan("gun", EAN, "]E0")]


def test_length_beyond_the_report_is_refused_with_all_that_belongs_to_it() -> None:
    one = decoder()
    assert one.feed(report(b"1" * 56, length=57, more=True)) == rejected(ScanFault.UNREADABLE)
    assert fed(one, reports("TAIL")) == []
    assert fed(one, reports(EAN)) == [Scan("gun", EAN)]


def test_report_cut_short_is_refused_and_one_without_its_padding_is_not() -> None:
    one = decoder()
    assert one.feed(report(b"123456")[:9]) == rejected(ScanFault.UNREADABLE)
    assert one.pause() == []
    assert one.feed(report(b"123456")[:11]) == [Scan("gun", "123456")]


def test_lost_reports_are_said_once_and_the_tail_is_swallowed() -> None:
    one = decoder()
    fed(one, reports(LONG)[:1])
    assert one.spoil(ScanFault.OVERRUN) == rejected(ScanFault.OVERRUN)
    assert one.spoil(ScanFault.OVERRUN) == []
    assert fed(one, reports(LONG)[2:]) == []
    assert fed(one, reports(EAN)) == [Scan("gun", EAN)]


def test_too_long_code_is_refused_once_and_the_next_one_is_taken() -> None:
    one = decoder(framing=Framing(max_length=60))
    assert fed(one, reports("7" * 300)) == rejected(ScanFault.TOO_LONG)
    assert fed(one, reports("8" * 60)) == [Scan("gun", "8" * 60)]
    assert fed(one, reports("8" * 60 + "\r\n")) == [Scan("gun", "8" * 60)]


def test_end_inside_a_code_is_refused_and_one_at_its_end_taken_off() -> None:
    one = decoder()
    assert fed(one, reports("A\r\n")) == [Scan("gun", "A")]
    assert fed(one, reports("\x02A\x03")) == [Scan("gun", "A")]
    for text in ("A\rB", "A\x02B", "A\x00B", "A\x7f"):
        assert fed(one, reports(text)) == rejected(ScanFault.UNREADABLE), text
    assert fed(one, reports("10LOT\x1d21X", "]d2")) == [Scan("gun", "10LOT\x1d21X", "]d2")]


def test_reports_of_other_kinds_and_empty_ones_say_nothing() -> None:
    assert fed(decoder(), [report(b"", number=2), report(b"1", number=4), b""]) == []


def test_identifier_typed_with_the_code_is_taken_off_as_well() -> None:
    assert fed(decoder(), reports("]E0" + EAN, "]E0")) == [Scan("gun", EAN, "]E0")]
    assert fed(decoder(), reports("]E0" + EAN)) == [Scan("gun", EAN, "]E0")]
    assert fed(decoder(), reports("]C0A", "]Q1")) == [Scan("gun", "]C0A", "]Q1")]


def test_identifier_that_is_required_and_missing_makes_the_code_partial() -> None:
    one = decoder(framing=Framing(aim="required"))
    assert fed(one, reports(EAN)) == rejected(ScanFault.PARTIAL)
    assert fed(one, reports(EAN, "]E0")) == [Scan("gun", EAN, "]E0")]


def test_makers_letter_before_the_identifier_moves_everything_by_one() -> None:
    usual = report(EAN.encode(), "]E0")
    late = usual[:2] + b"d" + usual[2:-3] + usual[-2:]
    assert decoder().feed(late) == [Scan("gun", EAN, "]E0")]


def test_prefix_and_suffix_of_the_profile_are_taken_off_and_needed() -> None:
    one = decoder(framing=Framing(prefix="<", suffix=">", gs_substitute="^"))
    assert fed(one, reports("<10LOT^21>", "]C1")) == [Scan("gun", "10LOT\x1d21", "]C1")]
    assert fed(one, reports("10LOT>")) == rejected(ScanFault.PARTIAL)


def test_report_without_a_mark_ends_with_a_short_report_or_a_pause() -> None:
    """Microscan: number 1, 62 bytes of data, nothing that says "continued"."""

    def bare(text: str) -> bytes:
        return bytes([1, len(text)]) + text.encode().ljust(62, b"\0")

    one = decoder(BARE)
    assert one.feed(bare(EAN)) == [Scan("gun", EAN)]
    assert fed(one, [bare("7" * 62), bare("8")]) == [Scan("gun", "7" * 62 + "8")]
    assert one.feed(bare("9" * 62)) == []
    assert one.waiting
    assert one.pause() == [Scan("gun", "9" * 62)]
