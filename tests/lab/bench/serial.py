"""The serial scanner on cdc_acm: real hang-ups, real numbers of nodes."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from drivers.device import InputDevice
from drivers.profile import Framing
from drivers.serial_scanner import SerialScanner
from drivers.values import DeviceLost, Scan
from tests.drivers.scanner_contract import EAN, MAX_LENGTH, check_scanner
from tests.fakes.post_box import PostBox
from tests.lab.bench.waiting import until
from tests.lab.guest.gadgets import SerialGun

NODE = Path("/dev/ttyACM0")


class Gun:
    def __init__(self, gadget: SerialGun) -> None:
        self._gadget = gadget

    def scan(self, text: str) -> None:
        self._gadget.send(f"{text}\r".encode())

    def part(self, text: str) -> None:
        self._gadget.send(text.encode())

    def unplug(self) -> None:
        self._gadget.unplug()
        until("the port is gone", lambda: not NODE.exists())

    def replug(self) -> None:
        self._gadget.plug()


@contextlib.contextmanager
def plugged(framing: Framing) -> Iterator[tuple[SerialScanner, Gun]]:
    gadget = SerialGun("cdc", 2)
    gadget.plug()
    until("the port appears", NODE.exists)
    scanner = SerialScanner("gun", NODE, framing=framing)
    try:
        yield scanner, Gun(gadget)
    finally:
        scanner.close()
        gadget.close()
        until("the port is gone", lambda: not NODE.exists())


def keeps_the_contract() -> str:
    def make() -> contextlib.AbstractContextManager[tuple[InputDevice, Gun]]:
        return plugged(Framing(max_length=MAX_LENGTH))

    check_scanner(make)
    return "as the wedge scanner does"


def comes_back_under_its_own_number() -> str:
    """A port that is still held when its scanner returns is given another number."""
    with plugged(Framing()) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        for _ in range(5):
            gun.unplug()
            assert isinstance(box.take(), DeviceLost)
            gun.replug()
            box.ready()
            assert not Path("/dev/ttyACM1").exists()
            gun.scan(EAN)
            assert box.take() == Scan("gun", EAN)
    return "pulled five times, always /dev/ttyACM0"


def burst_of_300_characters_arrives_whole() -> str:
    with plugged(Framing()) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        code = "https://r.example/" + "z9" * 141
        for _ in range(5):
            gun.scan(code)
        assert [box.take() for _ in range(5)] == [Scan("gun", code)] * 5
    return f"{len(code)} characters, five times in a row"
