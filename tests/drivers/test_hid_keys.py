"""Key events to codes: layouts, Shift, pauses by the kernel's stamp, lost events."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.framing import Decoded
from drivers.hid_keys import WedgeDecoder
from drivers.input_events import (
    DOWN,
    EV_KEY,
    EV_SYN,
    REPEAT,
    SYN_REPORT,
    UP,
    InputEvent,
)
from drivers.key_names import KEY_CODES
from drivers.profile import Framing, ScannerProfile
from drivers.values import Scan, ScanFault, ScanRejected
from tests.fakes.hid_scanner import CTRL, ENTER, SHIFT, TAB, Typing

PARTIAL = ScanRejected("gun", ScanFault.PARTIAL)
OVERRUN = ScanRejected("gun", ScanFault.OVERRUN)
UNREADABLE = ScanRejected("gun", ScanFault.UNREADABLE)
ALT, ALTGR, CAPS, KPENTER, F8 = 56, 100, 58, 96, 66
EAN = "4006381333931"


class Bench:
    """A decoder, and a keyboard before it."""

    def __init__(self, **profile: object) -> None:
        self.typing = Typing()
        self.down: set[int] = set()
        self.asked = 0
        rules = ScannerProfile(**profile)  # type: ignore[arg-type]  # fields by name
        self.decoder = WedgeDecoder("gun", rules, self.held)

    def held(self) -> set[int]:
        self.asked += 1
        return self.down

    def feed(self, *parts: Iterable[InputEvent]) -> list[Decoded]:
        return self.decoder.feed([event for part in parts for event in part])

    def type(self, text: str) -> list[Decoded]:
        return self.feed(self.typing.text(text))

    def press(self, *codes: int, holding: int = 0) -> list[Decoded]:
        return [
            value
            for code in codes
            for value in self.feed(list(self.typing.key(code, holding=holding)))
        ]


@given(st.text("".join(chr(c) for c in range(0x20, 0x7F)) + "\x1d", min_size=1, max_size=60))
def test_every_printable_character_and_fnc1_comes_through_a_us_keyboard(text: str) -> None:
    got = Bench(framing=Framing(aim="none")).type(text + "\r")
    assert got == [Scan("gun", text)]


@given(st.integers(1, 300), st.booleans())
def test_cuts_of_the_event_stream_carry_no_meaning(size: int, msc: bool) -> None:
    bench = Bench()
    bench.typing.msc = msc
    events, got = list(bench.typing.text(f"Ab/{EAN}\r" * 3)), []
    for start in range(0, len(events), size):
        got += bench.feed(events[start : start + size])
    assert got == [Scan("gun", f"Ab/{EAN}")] * 3


@pytest.mark.parametrize("end", [ENTER, KPENTER, TAB])
def test_enter_keypad_enter_and_tab_end_a_code(end: int) -> None:
    bench = Bench()
    assert bench.press(2, 3, end) == [Scan("gun", "12")]


def test_enter_ends_a_code_of_a_scanner_set_to_line_feed() -> None:
    assert Bench(framing=Framing(terminators="\n")).press(2, ENTER) == [Scan("gun", "1")]


def test_keypad_digits_are_digits_whatever_shift_and_num_lock_say() -> None:
    bench = Bench()
    bench.press(69)
    bench.press(79, 80, holding=SHIFT)
    assert bench.press(81, 82, ENTER) == [Scan("gun", "1230")]


def test_german_scanner_is_read_by_its_own_layout() -> None:
    bench = Bench(layout="de")
    bench.press(21, 44, 12, 39)  # the places of Y, Z, - and ; on a US keyboard
    bench.press(8, 26, holding=SHIFT)
    bench.press(16, holding=ALTGR)
    assert bench.press(ENTER) == [Scan("gun", "zyßö/Ü@")]


def test_french_scanner_types_digits_with_shift() -> None:
    bench = Bench(layout="fr")
    bench.press(*range(2, 12), holding=SHIFT)
    bench.press(16, 39, 2)
    assert bench.press(ENTER) == [Scan("gun", "1234567890am&")]


def test_caps_lock_is_ignored() -> None:
    bench = Bench()
    bench.press(CAPS)
    assert bench.type("aB1!\r") == [Scan("gun", "aB1!")]


def test_caps_lock_swaps_letters_and_only_letters_where_asked_for() -> None:
    bench = Bench(caps_lock=True)
    bench.press(CAPS)
    assert bench.type("aB1!\r") == [Scan("gun", "Ab1!")]
    bench.press(CAPS)
    assert bench.type("aB1!\r") == [Scan("gun", "aB1!")]


def test_repeated_keys_are_not_typed_again() -> None:
    bench = Bench()
    down, up = bench.typing.edge(2, DOWN), bench.typing.edge(2, UP)
    assert bench.feed(down, *[bench.typing.edge(2, REPEAT)] * 3, up) == []
    assert bench.press(ENTER) == [Scan("gun", "1")]


def test_shift_that_repeats_is_still_held() -> None:
    bench = Bench()
    bench.feed(bench.typing.edge(SHIFT, DOWN), bench.typing.edge(SHIFT, REPEAT))
    bench.press(2)
    assert bench.press(ENTER) == [Scan("gun", "!")]


def test_aim_identifier_and_prefix_are_taken_off_keys_too() -> None:
    assert Bench(framing=Framing(prefix="~")).type(f"~]E0{EAN}\r") == [Scan("gun", EAN, "]E0")]


def test_partial_code_is_thrown_away_when_the_kernels_stamps_show_a_pause() -> None:
    """Both halves are read at once, as after a stall of ours; only the stamps tell."""
    bench = Bench()
    first = list(bench.typing.text("690123"))
    bench.typing.clock += 150_000
    assert bench.feed(first, bench.typing.text("45\r")) == [PARTIAL, Scan("gun", "45")]


def test_slow_scanner_below_the_gap_is_whole() -> None:
    bench = Bench()
    bench.typing.gap = 148_000
    assert bench.type(EAN + "\r") == [Scan("gun", EAN)]


def test_silence_ends_a_partial_code() -> None:
    bench = Bench()
    bench.type("690")
    assert bench.decoder.patience == pytest.approx(0.15)
    assert bench.decoder.pause() == [PARTIAL]
    assert bench.decoder.patience is None


@pytest.mark.parametrize("msc", [True, False])
def test_tail_after_lost_events_is_never_a_code(msc: bool) -> None:
    bench = Bench()
    bench.typing.msc = msc
    bench.feed(bench.typing.text(EAN[:4]))
    assert bench.feed(bench.typing.dropped(), bench.typing.edge(8, UP)) == [OVERRUN]
    assert bench.type(EAN[10:] + "\r") == []
    assert bench.type(EAN + "\r") == [Scan("gun", EAN)]


def test_lost_terminator_does_not_cost_the_next_code() -> None:
    bench = Bench()
    bench.feed(bench.typing.text("690"), bench.typing.dropped(), bench.typing.edge(8, UP))
    bench.typing.clock += 150_000
    assert bench.type(EAN + "\r") == [Scan("gun", EAN)]


def test_lost_events_are_said_once_a_code() -> None:
    bench = Bench()
    events = [*bench.typing.dropped(), *bench.typing.edge(8, UP), *bench.typing.text("12")]
    assert bench.feed(events, bench.typing.dropped(), bench.typing.edge(8, UP)) == [OVERRUN]


def test_events_up_to_the_next_report_are_not_believed() -> None:
    bench = Bench()
    rest = [InputEvent(bench.typing.clock, EV_KEY, ENTER, DOWN)]
    end = [InputEvent(bench.typing.clock, EV_SYN, SYN_REPORT, 0)]
    assert bench.feed(bench.typing.dropped(), rest) == [OVERRUN]
    assert bench.asked == 1  # at the start; not yet again
    assert bench.feed(end) == []
    assert bench.asked == 2
    assert bench.type("9\r") == []
    assert bench.type("9\r") == [Scan("gun", "9")]


@pytest.mark.parametrize(("down", "expected"), [(set(), "1a"), ({SHIFT}, "!A")])
def test_shift_is_asked_for_again_after_lost_events(down: set[int], expected: str) -> None:
    """Its key-up was among the lost: a stuck Shift makes every later digit a symbol."""
    bench = Bench()
    bench.feed(bench.typing.edge(SHIFT, DOWN))
    bench.down = down
    bench.feed(bench.typing.dropped(), bench.typing.edge(8, UP), bench.typing.key(ENTER))
    assert bench.press(2, 30, ENTER) == [Scan("gun", expected)]


def test_answer_about_held_keys_is_newer_than_what_was_read_with_the_loss() -> None:
    """Asking empties the kernel's queue, so the key-up of this Shift will never be seen."""
    bench = Bench()
    bench.feed(bench.typing.dropped(), bench.typing.edge(8, UP), bench.typing.edge(SHIFT, DOWN))
    bench.press(ENTER)
    assert bench.press(2, ENTER) == [Scan("gun", "1")]


def test_shift_held_when_the_device_is_opened_counts() -> None:
    typing = Typing()
    decoder = WedgeDecoder("gun", ScannerProfile(), lambda: {SHIFT, 30})
    events = [*typing.key(30), *typing.edge(SHIFT, UP), *typing.text("1\r")]
    assert decoder.feed(events) == [Scan("gun", "A1")]


def test_control_keys_are_control_codes() -> None:
    bench = Bench()
    bench.press(48, holding=CTRL)  # Ctrl-B is STX
    bench.press(2)
    bench.press(27, holding=CTRL)  # Ctrl-] is FNC1
    assert bench.press(50, holding=CTRL) == [Scan("gun", "1\x1d")]  # Ctrl-M is Enter
    bench = Bench()
    bench.press(2)
    assert bench.press(46, holding=CTRL) == [Scan("gun", "1")]  # Ctrl-C is ETX
    assert bench.press(30, holding=CTRL) == [UNREADABLE]


@pytest.mark.parametrize("code", [F8, 103, 115, 84, 500])
def test_key_no_code_is_typed_with_makes_it_unreadable_once(code: int) -> None:
    bench = Bench()
    assert bench.press(2, code, code, 3, ENTER, 4, ENTER) == [UNREADABLE, Scan("gun", "3")]


def test_f8_is_fnc1_where_the_profile_says_so() -> None:
    assert Bench(gs_keys=("KEY_F8",)).press(2, F8, 3, ENTER) == [Scan("gun", "1\x1d2")]


def test_mouse_buttons_of_a_scanner_mean_nothing() -> None:
    assert Bench().press(2, 0x110, ENTER) == [Scan("gun", "1")]


@pytest.mark.parametrize(
    ("digits", "char"),
    [
        ("65", "A"),
        ("029", "\x1d"),
        ("0233", "é"),
        ("130", "é"),
        ("36864", "退"),
        ("55296", None),
        ("99999999", None),
    ],
)
def test_characters_typed_as_alt_and_digits(digits: str, char: str | None) -> None:
    bench = Bench(alt_codes=True)
    pad = {str(d): KEY_CODES[f"KEY_KP{d}"] for d in range(10)}
    got = bench.feed(
        bench.typing.edge(ALT, DOWN),
        *[list(bench.typing.key(pad[digit])) for digit in digits],
        bench.typing.edge(ALT, UP),
    )
    got += bench.press(2, ENTER)
    assert got == ([Scan("gun", char + "1")] if char else [UNREADABLE])


def test_alt_is_unreadable_where_it_is_not_expected() -> None:
    assert Bench().press(79, holding=ALT) == [UNREADABLE]


@given(
    st.lists(
        st.builds(
            InputEvent,
            st.integers(0, 10**9),
            st.integers(0, 5),
            st.one_of(st.integers(0, 130), st.integers(0, 0xFFFF)),
            st.integers(-1, 3),
        ),
        max_size=80,
    )
)
def test_no_events_break_it(events: list[InputEvent]) -> None:
    bench = Bench(alt_codes=True, caps_lock=True)
    assert all(isinstance(value, Scan | ScanRejected) for value in bench.feed(events))
