"""The fakes are what they say, or what they prove is nothing."""

import os
from pathlib import Path

import pytest

from drivers.input_events import EV_KEY, EV_MSC, EV_SYN, EVENT
from drivers.input_nodes import NodeMatch
from tests.fakes.framebuffer import UNTOUCHED, FakeFramebuffer
from tests.fakes.hid_scanner import HidGun, Typing
from tests.fakes.post_box import PostBox
from tests.fakes.serial_scanner import ScannerGun


def test_gun_is_a_terminal_at_a_path_that_stays(tmp_path: Path) -> None:
    path = tmp_path / "scanner"
    with ScannerGun(path, prefix="\x02", suffix="\x03") as gun:
        line = os.open(path, os.O_RDWR | os.O_NOCTTY)
        assert os.isatty(line)
        gun.scan("退 1")
        assert os.read(line, 100) == "\x02退 1\x03".encode()
        gun.unplug()
        assert not path.exists()
        assert os.read(line, 1) == b""
        os.close(line)
        with pytest.raises(OSError, match="unplugged"):
            gun.scan("1")
        gun.replug()
        assert path.exists()
    assert not path.is_symlink()


def test_typed_character_is_six_events_as_from_a_usb_keyboard() -> None:
    events = list(Typing().text("a"))
    assert [event.type for event in events] == [EV_MSC, EV_KEY, EV_SYN] * 2
    assert [event.value for event in events if event.type == EV_KEY] == [1, 0]
    assert len(list(Typing(msc=False).text("a"))) == 4
    assert len(list(Typing(msc=False).text("A"))) == 8


def test_wedge_gun_sends_whole_kernel_events() -> None:
    gun = HidGun()
    (node,) = gun.open_nodes(NodeMatch(name="x"))
    gun.scan("1")
    assert len(os.read(node.fileno(), 4096)) == 2 * 6 * EVENT.size
    with pytest.raises(BlockingIOError):
        os.read(node.fileno(), 1)
    gun.unplug()
    assert os.read(node.fileno(), 1) == b""
    node.close()
    with pytest.raises(FileNotFoundError):
        gun.open_nodes(NodeMatch(name="x"))


def test_framebuffer_reads_what_stands_in_its_memory(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb", width=2, height=1, padding=1)
    assert fake.path.read_bytes() == bytes([UNTOUCHED]) * 9
    fake.path.write_bytes(bytes([1, 2, 3, 0, 4, 5, 6, 0, UNTOUCHED]))
    assert [fake.pixel(0, 0), fake.pixel(1, 0)] == [(3, 2, 1), (6, 5, 4)]
    assert fake.written() == 8
    assert (len(fake.var()), len(fake.fix())) == (160, 80)


def test_post_box_has_nothing_left_to_say() -> None:
    assert PostBox().rest() == []
