"""Bytes to codes, however they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.framing import Framer
from drivers.profile import Framing, ScannerProfile
from drivers.values import Scan, ScanFault, ScanRejected

PARTIAL = ScanRejected("gun", ScanFault.PARTIAL)
TOO_LONG = ScanRejected("gun", ScanFault.TOO_LONG)
UNREADABLE = ScanRejected("gun", ScanFault.UNREADABLE)
OVERRUN = ScanRejected("gun", ScanFault.OVERRUN)


def framer(rule: Framing | None = None) -> Framer:
    return Framer("gun", rule or Framing())


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t", b"\x03", b"\x03\r\n"])
@pytest.mark.parametrize("start", [b"", b"\x02"])
def test_each_usual_end_ends_one_code(start: bytes, end: bytes) -> None:
    assert framer().feed((start + b"123" + end) * 2) == [Scan("gun", "123")] * 2


@given(
    codes=st.lists(st.text("0123456789AZaz\x1d ￥退", min_size=1, max_size=20), max_size=8),
    cuts=st.lists(st.integers(1, 40), max_size=40),
)
def test_cuts_of_the_stream_carry_no_meaning(codes: list[str], cuts: list[int]) -> None:
    stream = "".join(f"{code}\r\n" for code in codes).encode()
    machine, got = framer(), []
    for size in [*cuts, len(stream)]:
        got += machine.feed(stream[:size])
        stream = stream[size:]
    assert got == [Scan("gun", code) for code in codes]
    assert not machine.waiting


@given(st.lists(st.binary(max_size=30), max_size=20))
def test_whatever_comes_a_code_is_clean_text_within_its_length(blocks: list[bytes]) -> None:
    machine = framer(Framing(max_length=16))
    for block in blocks:
        for value in [*machine.feed(block), *machine.feed(b"")]:
            if isinstance(value, Scan):
                assert 0 < len((value.aim + value.text).encode()) <= 16
                assert all(c.isprintable() or c in "\x1d\u00a0\u3000" for c in value.text)


def test_partial_code_is_thrown_away_when_the_scanner_pauses() -> None:
    machine = framer()
    assert machine.feed(b"690123") == []
    assert machine.waiting
    assert machine.pause() == [PARTIAL]
    assert not machine.waiting
    assert machine.feed(b"999\r") == [Scan("gun", "999")]


def test_pause_between_codes_means_nothing() -> None:
    machine = framer()
    assert machine.feed(b"1\r") == [Scan("gun", "1")]
    assert machine.pause() == []


def test_start_of_text_in_a_code_means_its_end_never_came() -> None:
    assert framer().feed(b"\x02690\x02691\x03") == [PARTIAL, Scan("gun", "691")]


def test_too_long_code_is_said_once_and_swallowed_to_its_end() -> None:
    machine = framer(Framing(max_length=4))
    assert machine.feed(b"1234567890\r1234\r") == [TOO_LONG, Scan("gun", "1234")]


def test_too_long_code_without_end_is_over_at_the_pause() -> None:
    machine = framer(Framing(max_length=4))
    assert machine.feed(b"12345") == [TOO_LONG]
    assert machine.waiting
    assert machine.pause() == []
    assert machine.feed(b"6\r") == [Scan("gun", "6")]


@pytest.mark.parametrize("bad", [b"12\x0034\r", b"12\x1b[A\r", b"12\x7f3\r", b"\xff\xfe\r"])
def test_what_is_not_text_is_refused_once(bad: bytes) -> None:
    assert framer().feed(bad + b"5\r") == [UNREADABLE, Scan("gun", "5")]


@pytest.mark.parametrize("sly", ["\u202e12", "12\u0085", "\ue000", "1\u200b2"])
def test_text_with_hidden_characters_is_refused(sly: str) -> None:
    """C1 controls, direction overrides, private and zero-width characters can deceive a reader."""
    assert framer().feed(f"{sly}\r".encode()) == [UNREADABLE]


def test_latin_1_is_not_guessed() -> None:
    assert framer().feed("Größe\r".encode("latin-1")) == [UNREADABLE]
    assert framer().feed("Größe\r".encode()) == [Scan("gun", "Größe")]


def test_group_separator_is_kept() -> None:
    assert framer().feed(b"010400638133393110L\x1d21S\r") == [
        Scan("gun", "010400638133393110L\x1d21S")
    ]


def test_group_separator_in_disguise_is_recognised() -> None:
    rule = Framing(gs_substitute="{GS}")
    assert framer(rule).feed(b"10L{GS}21S\r") == [Scan("gun", "10L\x1d21S")]


def test_aim_identifier_is_taken_off_and_kept() -> None:
    assert framer().feed(b"]E04006381333931\r") == [Scan("gun", "4006381333931", "]E0")]
    assert framer().feed(b"]x\r") == [Scan("gun", "]x")]


def test_aim_identifier_is_content_where_the_scanner_sends_none() -> None:
    """Or a QR code could call itself an EAN."""
    assert framer(Framing(aim="none")).feed(b"]E0123\r") == [Scan("gun", "]E0123")]


def test_code_without_its_required_aim_is_only_a_tail() -> None:
    rule = Framing(aim="required")
    assert framer(rule).feed(b"333931\r]E0\r]E012\r") == [
        PARTIAL,
        PARTIAL,
        Scan("gun", "12", "]E0"),
    ]


def test_configured_prefix_and_suffix_come_off_and_must_be_there() -> None:
    rule = Framing(prefix="<<", suffix=">>")
    assert framer(rule).feed(b"<<]C1123>>\r123>>\r<<123\r<<>>\r") == [
        Scan("gun", "123", "]C1"),
        PARTIAL,
        PARTIAL,
        PARTIAL,
    ]


def test_spoilt_code_is_swallowed_to_its_end() -> None:
    machine = framer()
    machine.feed(b"690")
    assert machine.spoil(ScanFault.OVERRUN) == [OVERRUN]
    assert machine.spoil(ScanFault.UNREADABLE) == []
    assert machine.feed(b"931\r") == []
    assert machine.feed(b"7\r") == [Scan("gun", "7")]


def test_ends_can_be_narrowed_so_that_a_code_may_not_hold_the_others() -> None:
    assert framer(Framing(terminators="\r")).feed(b"a\tb\rc\r") == [UNREADABLE, Scan("gun", "c")]


@pytest.mark.parametrize(
    "wrong",
    [{"gap": 0.05}, {"terminators": ""}, {"terminators": "x"}, {"max_length": 0}, {"aim": "y"}],
)
def test_rule_that_cannot_work_is_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Framing(**wrong)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("wrong", [{"baud": 0}, {"layout": "xx"}, {"gs_keys": ("KEY_F99",)}])
def test_profile_that_cannot_work_is_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        ScannerProfile(**wrong)  # type: ignore[arg-type]  # wrong on purpose
