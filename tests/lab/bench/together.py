"""Two scanners of different kinds on one till: a keyboard and a serial line, both the kernel's."""

import shutil
from pathlib import Path

from drivers.device import InputDevice
from drivers.hid_scanner import HidScanner
from drivers.input_nodes import NodeMatch, find_nodes
from drivers.profile import Framing
from drivers.serial_scanner import SerialScanner
from drivers.together import Together
from drivers.values import DeviceLost, DeviceReady, Scan
from tests.drivers.scanner_contract import EAN
from tests.fakes.post_box import PostBox
from tests.lab.bench import serial, wedge
from tests.lab.bench.waiting import until

LINKS = Path("/tmp/scanners")  # as udev makes them; there is no udev here


def joined(link: Path) -> InputDevice:
    if link.name.startswith("tty"):
        return SerialScanner("gun", link)
    return HidScanner("gun", NodeMatch(path=str(link)), wedge.PROFILE)


def two_kinds_are_read_at_once() -> str:
    """What the named one holds is not opened again; either may be pulled."""
    shutil.rmtree(LINKS, ignore_errors=True)
    LINKS.mkdir()
    with wedge.plugged() as (first, hand):
        node = find_nodes(wedge.MATCH)[0]
        (LINKS / node.name).symlink_to(node)
        till, box = Together(first, LINKS, joined), PostBox()
        till.start(box)
        box.ready()
        with serial.plugged(Framing()) as (_, line):
            (LINKS / serial.NODE.name).symlink_to(serial.NODE)
            ready = box.take()
            assert isinstance(ready, DeviceReady), ready
            assert ready.nodes == (str(node), str(serial.NODE)), ready
            hand.part(EAN[:6])
            line.scan("LINE")
            hand.scan(EAN[6:])
            assert {box.take(), box.take()} == {Scan("gun", EAN), Scan("gun", "LINE")}
            (LINKS / node.name).unlink()
            hand.unplug()
            _left(box.take(), 1)
            line.scan(EAN)
            assert box.take() == Scan("gun", EAN)
            hand.replug()
            until("the keyboard is back", lambda: isinstance(box.take(), DeviceReady))
            (LINKS / serial.NODE.name).unlink()
            line.unplug()
            _left(box.take(), 1)
            hand.scan(EAN)
            assert box.take() == Scan("gun", EAN)
        till.close()
    return "usbhid and cdc_acm read together, each pulled once; no code was mixed"


def _left(value: object, count: int) -> None:
    assert isinstance(value, DeviceLost), value
    assert value.left == count, value
