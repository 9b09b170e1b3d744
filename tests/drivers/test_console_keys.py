"""Bytes of a terminal, as xterm, the Linux console and VT100 send them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.console_keys import ConsoleDecoder
from drivers.profile import Framing
from drivers.values import DeviceValue, Key, KeyPress, Scan, ScanFault, ScanRejected


class Typist:
    """A decoder and what it said about the code being typed."""

    def __init__(self) -> None:
        self.typed: list[str | None] = []
        self.decoder = ConsoleDecoder("tty", Framing(max_length=40), self.typed.append)

    def feed(self, data: bytes) -> list[DeviceValue]:
        return self.decoder.feed(data)


def key(key: Key) -> KeyPress:
    return KeyPress("tty", key)


def chars(text: str) -> list[DeviceValue]:
    return [KeyPress("tty", Key.CHARACTER, char) for char in text]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\r", Key.CONFIRM),
        (b"\n", Key.CONFIRM),
        (b"\r\n", Key.CONFIRM),
        (b"\x1bOM", Key.CONFIRM),
        (b"\x7f", Key.BACKSPACE),
        (b"\x08", Key.BACKSPACE),
        (b"\x1b[3~", Key.BACKSPACE),
        (b"\x1b[A", Key.UP),
        (b"\x1bOA", Key.UP),
        (b"\x1b[B", Key.DOWN),
        (b"\x1bOP", Key.F1),
        (b"\x1b[[A", Key.F1),
        (b"\x1b[11~", Key.F1),
        (b"\x1bOS", Key.F4),
        (b"\x1b[[E", Key.F5),
        (b"\x1b[15~", Key.F5),
        (b"\x1b[17~", Key.F6),
    ],
)
def test_keys_of_three_kinds_of_terminal(data: bytes, expected: Key) -> None:
    assert Typist().feed(data) == [key(expected)]


@given(st.lists(st.integers(1, 5), max_size=60))
def test_sequences_may_be_cut_anywhere(cuts: list[int]) -> None:
    data = b"1\x1b[A\x1bOP\x1b[[B2\x1b[200~690\r\x1b[201~\x1b[17~\r/ab\xe9\x80\x80\r"
    typist, got = Typist(), []
    for size in [*cuts, len(data)]:
        got += typist.feed(data[:size])
        data = data[size:]
    assert got == [
        *chars("1"),
        key(Key.UP),
        key(Key.F1),
        key(Key.F2),
        *chars("2"),
        Scan("tty", "690"),
        key(Key.F6),
        key(Key.CONFIRM),
        Scan("tty", "ab退"),
    ]


def test_digits_letters_and_point_are_characters() -> None:
    assert Typist().feed(b"12.5aZ \x1bOp\x1bOy\x1bOn") == chars("12.5aZ 09.")


def test_lone_esc_is_cancel_after_a_silence() -> None:
    typist = Typist()
    assert typist.feed(b"\x1b") == []
    assert typist.decoder.patience is not None
    assert typist.decoder.pause() == [key(Key.CANCEL)]
    assert typist.decoder.patience is None


def test_esc_followed_by_a_key_is_cancel_and_the_key() -> None:
    assert Typist().feed(b"\x1b5\x1b\r") == [
        key(Key.CANCEL),
        *chars("5"),
        key(Key.CANCEL),
        key(Key.CONFIRM),
    ]


def test_unknown_sequences_and_control_keys_say_nothing() -> None:
    assert Typist().feed(b"\x1b[1;5C\x1b[H\x1bOz\x1b[I\x00\x01\t\x1b[<0;3;4M") == []


def test_endless_sequence_is_dropped() -> None:
    typist = Typist()
    typist.feed(b"\x1b[" + b"1;" * 40)
    assert typist.feed(b"\r") == [key(Key.CONFIRM)]


def test_pasted_text_is_a_scan_and_never_keys() -> None:
    assert Typist().feed(b"\x1b[200~ 4006381333931\x1b[201~") == [Scan("tty", "4006381333931")]


def test_each_pasted_line_is_a_scan() -> None:
    assert Typist().feed(b"\x1b[200~1\r\n2\n\n3\r\x1b[201~4") == [
        Scan("tty", "1"),
        Scan("tty", "2"),
        Scan("tty", "3"),
        *chars("4"),
    ]


@pytest.mark.parametrize(
    ("paste", "fault"),
    [(b"1\x1b[A2", ScanFault.UNREADABLE), (b"1" * 41, ScanFault.TOO_LONG)],
)
def test_pasted_rubbish_is_refused(paste: bytes, fault: ScanFault) -> None:
    got = Typist().feed(b"\x1b[200~" + paste + b"\x1b[201~5")
    assert got == [ScanRejected("tty", fault), *chars("5")]


def test_monstrous_paste_is_refused_once_and_forgotten() -> None:
    typist = Typist()
    got = typist.feed(b"\x1b[200~")
    for _ in range(40):
        got += typist.feed(b"7" * 4096)
    got += typist.feed(b"8\x1b[201~5")
    assert got == [ScanRejected("tty", ScanFault.TOO_LONG), *chars("5")]
    assert typist.feed(b"/1\r") == [Scan("tty", "1")]


def test_code_typed_after_a_slash_is_a_scan() -> None:
    typist = Typist()
    assert typist.feed(b"/R-1/2x\x7f\x1b[A") == []
    assert typist.typed == ["", "R", "R-", "R-1", "R-1/", "R-1/2", "R-1/2x", "R-1/2"]
    assert typist.feed(b"\r7") == [Scan("tty", "R-1/2"), *chars("7")]
    assert typist.typed[-1] is None


@pytest.mark.parametrize("leave", [b"\x1b\x1b", b"\x7f\x7f", b"\x7f\r"])
def test_typed_code_can_be_given_up(leave: bytes) -> None:
    typist = Typist()
    assert [*typist.feed(b"/1" + leave), *typist.decoder.pause()] in ([], [key(Key.CANCEL)])
    assert typist.typed[-1] is None


def test_text_pasted_into_the_typed_code_is_part_of_it() -> None:
    typist = Typist()
    assert typist.feed(b"/A\x1b[200~BC\x1b[201~D\r") == [Scan("tty", "ABCD")]


def test_typed_code_has_an_end() -> None:
    typist = Typist()
    typist.feed(b"/" + b"1" * 100)
    assert typist.typed[-1] == "1" * 40


def test_typed_aim_identifier_is_taken_off_as_from_any_scanner() -> None:
    assert Typist().feed(b"/]E0123\r") == [Scan("tty", "123", "]E0")]


@given(st.lists(st.binary(max_size=30), max_size=30))
def test_no_bytes_break_it(blocks: list[bytes]) -> None:
    typist = Typist()
    for block in blocks:
        for value in [*typist.feed(block), *typist.decoder.pause()]:
            if isinstance(value, KeyPress) and value.key is Key.CHARACTER:
                assert value.char.isascii()
                assert value.char.isprintable()
