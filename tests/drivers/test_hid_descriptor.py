"""Report descriptors: what a scanner says of itself, and what a hostile device may say."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.hid_descriptor import InputField, input_fields
from tests.fakes.hid_pos_scanner import USUAL

SCANNER = 0x8C_0002


def test_fields_of_a_scanner_stand_where_its_maker_says() -> None:
    assert input_fields(USUAL) == (
        InputField(SCANNER, 2, 0x01_003B, 0, 8, 1),
        InputField(SCANNER, 2, 0x8C_00FB, 8, 8, 1),
        InputField(SCANNER, 2, 0x8C_00FC, 16, 8, 1),
        InputField(SCANNER, 2, 0x8C_00FD, 24, 8, 1),
        InputField(SCANNER, 2, 0x8C_00FE, 32, 8, 56),
        InputField(SCANNER, 2, 0xFF66_0004, 480, 8, 1),
        InputField(SCANNER, 2, 0xFF66_0000, 488, 8, 1),
        InputField(SCANNER, 2, 0x8C_00FF, 496, 1, 8),
    )


def test_padding_takes_room_and_is_no_field() -> None:
    found = input_fields(bytes.fromhex("05 8c 09 02 a1 01 75 08 95 03 81 03 95 01 09 fe 81 02 c0"))
    assert found == (InputField(SCANNER, 0, 0x8C_00FE, 24, 8, 1),)


def test_pushed_globals_come_back() -> None:
    text = "05 8c 09 02 a1 01 75 08 95 01 a4 75 01 95 07 05 01 b4 09 fe 81 02 c0"
    assert input_fields(bytes.fromhex(text)) == (InputField(SCANNER, 0, 0x8C_00FE, 0, 8, 1),)


def test_range_of_usages_and_usage_with_its_page_are_read() -> None:
    text = "05 8c 09 02 a1 01 75 08 95 03 19 fb 29 fd 81 02 95 01 0b 3b 00 01 00 81 02 c0"
    found = input_fields(bytes.fromhex(text))
    assert [one.usage for one in found] == [0x8C_00FB, 0x8C_00FC, 0x8C_00FD, 0x01_003B]


def test_report_larger_than_the_kernel_takes_is_left_out() -> None:
    text = "05 8c 09 02 a1 01 75 08 97 ff ff ff 7f 09 fe 81 02 95 01 09 fe 81 02 c0"
    assert [one.count for one in input_fields(bytes.fromhex(text))] == [1]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_fault(descriptor: bytes) -> None:
    input_fields(descriptor)


@given(st.integers(0, len(USUAL)))
def test_cut_descriptor_gives_the_fields_before_the_cut(at: int) -> None:
    found = input_fields(USUAL[:at])
    assert found == input_fields(USUAL)[: len(found)]
