"""What every scanner promises, whatever it is plugged into. Run it with a scanner and its gun."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from drivers.device import InputDevice
from drivers.values import DeviceLost, DeviceReady, Scan, ScanFault, ScanRejected
from tests.fakes.post_box import PostBox

EAN = "4006381333931"
MAX_LENGTH = 64  # the framing each scanner under contract is made with


class Gun(Protocol):
    """The hand that holds the scanner."""

    def scan(self, text: str) -> None: ...

    def part(self, text: str) -> None: ...

    def unplug(self) -> None: ...

    def replug(self) -> None: ...


Make = Callable[[], AbstractContextManager[tuple[InputDevice, Gun]]]


def check_scanner(make: Make) -> None:
    for promise in (
        _whole_codes_come_once_and_in_order,
        _partial_code_is_thrown_away,
        _too_long_code_is_refused_once,
        _it_is_lost_once_and_comes_back,
        _it_waits_for_a_scanner_that_is_not_there_yet,
        _it_is_silent_after_close,
    ):
        with make() as (scanner, gun):
            box = PostBox()
            try:
                promise(scanner, gun, box)
            finally:
                scanner.close()


def _whole_codes_come_once_and_in_order(scanner: InputDevice, gun: Gun, box: PostBox) -> None:
    scanner.start(box)
    assert isinstance(box.take(), DeviceReady)
    codes = [EAN, "A-1/$%+ b", "0104006381333931\x1d10LOT", "https://r.example/A?b=1&c=%20"]
    for code in codes:
        gun.scan(code)
    assert [box.take() for _ in codes] == [Scan(scanner.name, code) for code in codes]
    gun.scan("]E0" + EAN)
    assert box.take() == Scan(scanner.name, EAN, "]E0")
    assert box.rest(0.2) == []


def _partial_code_is_thrown_away(scanner: InputDevice, gun: Gun, box: PostBox) -> None:
    scanner.start(box)
    box.ready()
    gun.part(EAN[:7])
    assert box.take() == ScanRejected(scanner.name, ScanFault.PARTIAL)
    gun.scan(EAN)
    assert box.take() == Scan(scanner.name, EAN)


def _too_long_code_is_refused_once(scanner: InputDevice, gun: Gun, box: PostBox) -> None:
    scanner.start(box)
    box.ready()
    gun.scan("7" * (3 * MAX_LENGTH))
    gun.scan("8" * MAX_LENGTH)
    assert box.take() == ScanRejected(scanner.name, ScanFault.TOO_LONG)
    assert box.take() == Scan(scanner.name, "8" * MAX_LENGTH)


def _it_is_lost_once_and_comes_back(scanner: InputDevice, gun: Gun, box: PostBox) -> None:
    scanner.start(box)
    box.ready()
    for _ in range(2):
        gun.unplug()
        assert isinstance(box.take(), DeviceLost)
        assert box.rest(0.1) == []
        gun.replug()
        assert isinstance(box.take(), DeviceReady)
        gun.scan(EAN)
        assert box.take() == Scan(scanner.name, EAN)


def _it_waits_for_a_scanner_that_is_not_there_yet(
    scanner: InputDevice, gun: Gun, box: PostBox
) -> None:
    gun.unplug()
    scanner.start(box)
    assert isinstance(box.take(), DeviceLost)
    gun.replug()
    assert isinstance(box.take(), DeviceReady)
    gun.scan(EAN)
    assert box.take() == Scan(scanner.name, EAN)


def _it_is_silent_after_close(scanner: InputDevice, gun: Gun, box: PostBox) -> None:
    scanner.start(box)
    box.ready()
    scanner.close()
    scanner.close()
    assert f"device-{scanner.name}" not in {thread.name for thread in threading.enumerate()}
    gun.scan(EAN)
    assert box.rest(0.1) == []
