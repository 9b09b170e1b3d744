"""The tables under the decoders agree with the kernel's."""

import evdev
import pytest

from drivers.input_events import DOWN, EV_KEY, InputEvent, pack, unpack
from drivers.key_names import KEY_CODES, key_code, key_name
from drivers.layouts import LAYOUTS


def test_events_are_the_kernels_own_bytes() -> None:
    event = InputEvent(3_000_007, EV_KEY, 30, DOWN)
    assert unpack(pack(event) * 2) == [event] * 2
    assert len(pack(event)) in {16, 24}


def test_key_names_are_the_kernels() -> None:
    known = evdev.ecodes.ecodes
    assert {name: known[name] for name in KEY_CODES} == KEY_CODES
    assert key_code("CODE_589") == 589
    assert key_name(589) == "CODE_589"
    assert key_name(79) == "KEY_KP1"
    assert [key_code(x) for x in ("KEY_NONE", "CODE_0", "CODE_768", "CODE_x")] == [None] * 4


@pytest.mark.parametrize("layout", ["us", "de", "fr"])
def test_every_layout_types_all_letters_digits_and_common_signs(layout: str) -> None:
    caps = LAYOUTS[layout].values()  # type: ignore[index]  # the three names there are
    reach = {char for cap in caps for char in (cap.plain, cap.shift, cap.altgr)}
    letters = "abcdefghijklmnopqrstuvwxyz"
    assert set(letters + letters.upper() + "0123456789 -./:;,+*$%&?=#'()_<>@|\\") <= reach
