"""The serial scanner on ftdi_sio: the emulator's own adapter, whose other end is a port in here."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from drivers.device import InputDevice
from drivers.profile import Framing
from drivers.serial_scanner import SerialScanner
from tests.drivers.scanner_contract import MAX_LENGTH, check_scanner
from tests.lab.bench.waiting import until

NODE = Path("/dev/ttyUSB0")
_VENDOR = "0403"


class Gun:
    """The cable's far end; the plug is the kernel's own switch for the device."""

    def __init__(self, line: int) -> None:
        self._line = line
        (self._switch,) = (
            one.parent / "authorized"
            for one in Path("/sys/bus/usb/devices").glob("*/idVendor")
            if one.read_text().strip() == _VENDOR
        )

    def scan(self, text: str) -> None:
        self.part(f"{text}\r")

    def part(self, text: str) -> None:
        if NODE.exists():
            os.write(self._line, text.encode())

    def unplug(self) -> None:
        self._switch.write_text("0")
        until("the port is gone", lambda: not NODE.exists())

    def replug(self) -> None:
        self._switch.write_text("1")


@contextlib.contextmanager
def plugged(framing: Framing) -> Iterator[tuple[SerialScanner, Gun]]:
    line = os.open(_port("lab.ftdi"), os.O_RDWR)
    gun = Gun(line)
    scanner = SerialScanner("gun", NODE, framing=framing)
    try:
        yield scanner, gun
    finally:
        scanner.close()
        if not NODE.exists():
            gun.replug()
            until("the port is back", NODE.exists)
        time.sleep(0.2)  # what nobody reads has left the adapter
        os.close(line)


def _port(name: str) -> Path:
    (port,) = (
        Path("/dev") / one.parent.name
        for one in Path("/sys/class/virtio-ports").glob("*/name")
        if one.read_text().strip() == name
    )
    return port


def keeps_the_contract() -> str:
    def make() -> contextlib.AbstractContextManager[tuple[InputDevice, Gun]]:
        return plugged(Framing(max_length=MAX_LENGTH))

    check_scanner(make)
    return "as the wedge scanner does"
