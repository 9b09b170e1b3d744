"""The keypad: keys of a real USB keyboard, its repeats, and the console that must not hear them."""

import contextlib
import os
import select
import time
from collections.abc import Iterator
from pathlib import Path

from drivers.input_nodes import NodeMatch, find_nodes
from drivers.key_map import read_key_map
from drivers.keypad import Keypad
from drivers.values import Key, KeyPress
from tests.fakes.post_box import PostBox
from tests.lab.bench.waiting import until
from tests.lab.guest.gadgets import Wedge, reports

MATCH = NodeMatch(uniq="PAD")
_ESC, _UP = 41, 82
_LONG = 0.8  # s; a key is repeated after 0.25 s


def _there() -> bool:
    try:
        return bool(find_nodes(MATCH))
    except OSError:
        return False


@contextlib.contextmanager
def plugged() -> Iterator[tuple[Wedge, PostBox]]:
    gadget = Wedge("pad", 1, 0x1A2C, 0x0E24)
    gadget.plug()
    until("the keypad's node appears", _there)
    keypad, box = (
        Keypad("keypad", MATCH, read_key_map(Path("config/keymaps/default.toml"))),
        PostBox(),
    )
    keypad.start(box)
    box.ready()
    try:
        yield gadget, box
    finally:
        keypad.close()
        gadget.close()


def keys_arrive_and_nothing_reaches_the_console() -> str:
    """/dev/tty1 is the console in front: what is not grabbed is typed into it."""
    console = os.open("/dev/tty1", os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        with plugged() as (gadget, box):
            gadget.type("10.5\r\x1b\b")
            wanted = [
                KeyPress("keypad", Key.CHARACTER, "1"),
                KeyPress("keypad", Key.CHARACTER, "0"),
                KeyPress("keypad", Key.CHARACTER, "."),
                KeyPress("keypad", Key.CHARACTER, "5"),
                KeyPress("keypad", Key.CONFIRM),
                KeyPress("keypad", Key.CANCEL),
                KeyPress("keypad", Key.BACKSPACE),
            ]
            assert [box.take() for _ in wanted] == wanted
            assert select.select([console], [], [], 0.2)[0] == [], "the console heard the keys"
    finally:
        os.close(console)
    return f"{len(wanted)} keys, none of them on /dev/tty1"


def held_key_repeats_only_where_harmless() -> str:
    with plugged() as (gadget, box):
        _hold(gadget, reports("7")[0])
        sevens = box.rest(0.3)
        assert sevens == [KeyPress("keypad", Key.CHARACTER, "7")], sevens
        _hold(gadget, bytes((0, 0, _UP, 0, 0, 0, 0, 0)))
        ups = box.rest(0.3)
        assert len(ups) > 3, ups
        assert set(ups) == {KeyPress("keypad", Key.UP)}, ups
    return f"a digit came once, an arrow {len(ups)} times"


def _hold(gadget: Wedge, report: bytes) -> None:
    gadget.send([report])
    time.sleep(_LONG)
    gadget.send([bytes(8)])
