"""The serial scanner, on a pseudo-terminal: a real line discipline, real hang-ups."""

import errno
import os
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from drivers.profile import Framing
from drivers.serial_scanner import SerialScanner
from drivers.values import DeviceLost, DeviceReady, Scan, ScanFault, ScanRejected
from tests.drivers.scanner_contract import EAN, MAX_LENGTH, check_scanner
from tests.fakes.post_box import PostBox
from tests.fakes.scanner import FakeScanner
from tests.fakes.serial_scanner import ScannerGun


@contextmanager
def serial(tmp_path: Path) -> Iterator[tuple[SerialScanner, ScannerGun]]:
    rule = Framing(max_length=MAX_LENGTH)
    with ScannerGun(tmp_path / "scanner") as gun:
        yield SerialScanner("gun", gun.path, framing=rule), gun


def test_serial_scanner_keeps_the_contract(tmp_path: Path) -> None:
    check_scanner(lambda: serial(tmp_path))


def test_fake_scanner_keeps_the_contract() -> None:
    @contextmanager
    def make() -> Iterator[tuple[FakeScanner, FakeScanner]]:
        fake = FakeScanner(framing=Framing(max_length=MAX_LENGTH))
        yield fake, fake

    check_scanner(make)


def test_code_in_pieces_is_whole_while_the_pieces_are_close(tmp_path: Path) -> None:
    with serial(tmp_path) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        for char in "ABC":
            gun.part(char)
            time.sleep(0.06)  # the sum is longer than the gap, no single pause is
        gun.scan("D")
        assert box.take() == Scan("gun", "ABCD")
        scanner.close()


def test_half_a_code_is_forgotten_when_the_scanner_is_pulled(tmp_path: Path) -> None:
    with serial(tmp_path) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        gun.part(EAN[:7])
        gun.unplug()
        assert isinstance(box.until(lambda v: not isinstance(v, ScanRejected)), DeviceLost)
        gun.replug()
        assert isinstance(box.take(), DeviceReady)
        gun.scan(EAN[7:])
        assert box.take() == Scan("gun", EAN[7:])
        scanner.close()


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    with serial(tmp_path) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        gun.send(b"\xff\xfe\xfd\r" + "退货单\r".encode())
        assert box.take() == ScanRejected("gun", ScanFault.UNREADABLE)
        assert box.take() == Scan("gun", "退货单")
        scanner.close()


@contextmanager
def nobody(path: Path) -> Iterator[None]:
    """Root may open any line; nobody may open this one only while it is not locked."""
    if os.geteuid() != 0:
        yield
        return
    path.resolve().chmod(0o666)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_nobody_else_can_open_the_line_until_it_is_closed(tmp_path: Path) -> None:
    with serial(tmp_path) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        line = gun.path.resolve()
        with nobody(line), pytest.raises(OSError, match="busy") as refused:
            os.open(line, os.O_RDWR | os.O_NOCTTY)
        assert refused.value.errno == errno.EBUSY
        scanner.close()
        with nobody(line):
            os.close(os.open(line, os.O_RDWR | os.O_NOCTTY))


def test_closing_the_line_does_not_drop_its_ready_signal(tmp_path: Path) -> None:
    """HUPCL would: some scanners take the edge for a reset."""
    with serial(tmp_path) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        assert not gun.mode()[2] & termios.HUPCL
        scanner.close()


def test_line_in_use_is_a_lost_device_that_comes_when_it_is_free(tmp_path: Path) -> None:
    with serial(tmp_path) as (first, gun):
        one, two = PostBox(), PostBox()
        first.start(one)
        one.ready()
        second = SerialScanner("second", gun.path)
        second.start(two)
        assert isinstance(two.take(), DeviceLost)
        first.close()
        (gun.path.parent / "news").touch()  # saves the test the wait for the next look
        assert isinstance(two.take(), DeviceReady)
        second.close()


def test_nothing_wakes_up_while_nothing_happens(tmp_path: Path) -> None:
    with serial(tmp_path) as (scanner, _):
        box = PostBox()
        before = set(threading.enumerate())
        scanner.start(box)
        box.ready()
        (thread,) = set(threading.enumerate()) - before
        time.sleep(0.05)
        calm = _wake_ups(thread)
        time.sleep(0.5)
        assert _wake_ups(thread) == calm
        scanner.close()


def _wake_ups(thread: threading.Thread) -> int:
    status = Path(f"/proc/self/task/{thread.native_id}/status").read_text()
    return int(next(x for x in status.splitlines() if x.startswith("voluntary")).split()[1])
