"""Two scanners on one till: real serial lines (pseudo-terminals), links as udev makes them."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.device import InputDevice
from drivers.profile import Framing
from drivers.serial_scanner import SerialScanner
from drivers.together import Together
from drivers.values import DeviceLost, DeviceReady, Scan, ScanFault, ScanRejected
from tests.drivers.scanner_contract import EAN, MAX_LENGTH, Gun, check_scanner
from tests.fakes.post_box import PostBox
from tests.fakes.serial_scanner import ScannerGun

OTHER = "6901234567892"


def serial(link: Path) -> InputDevice | None:
    if not link.name.startswith("tty"):
        return None
    return SerialScanner("scanner", link, framing=Framing(max_length=MAX_LENGTH))


class Counter:
    """A till's scanners: `fixed` is the one that the settings name."""

    def __init__(self, folder: Path) -> None:
        self.links = folder / "scanners"
        self.fixed = folder / "scanner"
        self.box = PostBox()
        first = serial(self.fixed.with_name("tty-fixed"))
        assert first is not None
        self.scanner = Together(first, self.links, serial)

    def gun(self, name: str) -> ScannerGun:
        self.links.mkdir(exist_ok=True)
        return ScannerGun(self.links / name)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Counter]:
    found = Counter(tmp_path)
    yield found
    found.scanner.close()


def both(till: Counter) -> tuple[ScannerGun, ScannerGun]:
    """The named one and another, both read."""
    fixed, hand = ScannerGun(till.fixed.with_name("tty-fixed")), till.gun("ttyACM1")
    till.scanner.start(till.box)
    till.box.until(lambda value: isinstance(value, DeviceReady) and len(value.nodes) == 2)
    return fixed, hand


def test_one_alone_keeps_the_contract_of_a_scanner(tmp_path: Path) -> None:
    @contextlib.contextmanager
    def make() -> Iterator[tuple[InputDevice, Gun]]:
        path = tmp_path / "tty-fixed"
        first = serial(path)
        assert first is not None
        with ScannerGun(path) as gun:
            yield Together(first, tmp_path / "scanners", serial), gun

    check_scanner(make)


def test_what_joins_keeps_the_contract_of_a_scanner_where_the_named_one_is_not_there(
    tmp_path: Path,
) -> None:
    @contextlib.contextmanager
    def make() -> Iterator[tuple[InputDevice, Gun]]:
        first, links = serial(tmp_path / "tty-none"), tmp_path / "scanners"
        assert first is not None
        links.mkdir(exist_ok=True)
        with ScannerGun(links / "ttyACM0") as gun:
            yield Together(first, links, serial), gun

    check_scanner(make)


def test_both_are_read_and_their_codes_never_mix(till: Counter) -> None:
    fixed, hand = both(till)
    fixed.part(EAN[:6])
    hand.scan(OTHER)
    fixed.scan(EAN[6:])
    heard = {till.box.take(), till.box.take()}
    assert heard == {Scan("scanner", OTHER), Scan("scanner", EAN)}
    hand.scan(EAN)
    fixed.scan(EAN)  # the same code twice is two acts of a hand
    assert [till.box.take(), till.box.take()] == [Scan("scanner", EAN)] * 2


def test_second_one_is_read_as_soon_as_it_is_plugged_in(till: Counter) -> None:
    with ScannerGun(till.fixed.with_name("tty-fixed")) as fixed:
        till.scanner.start(till.box)
        till.box.ready()
        with till.gun("ttyACM1") as hand:  # the folder is new, too
            till.box.ready()
            hand.scan(EAN)
            fixed.scan(OTHER)
            assert {till.box.take(), till.box.take()} == {
                Scan("scanner", EAN), Scan("scanner", OTHER),
            }  # fmt: skip


@pytest.mark.parametrize("pulled", ["fixed", "hand"])
def test_either_may_be_pulled_and_the_other_goes_on(till: Counter, pulled: str) -> None:
    fixed, hand = both(till)
    gone, left = (fixed, hand) if pulled == "fixed" else (hand, fixed)
    for _ in range(2):
        gone.unplug()
        lost = till.box.take()
        assert isinstance(lost, DeviceLost)
        assert lost.left == 1
        left.scan(OTHER)
        assert till.box.take() == Scan("scanner", OTHER)
        gone.replug()
        assert isinstance(till.box.take(), DeviceReady)
        gone.scan(EAN)
        assert till.box.take() == Scan("scanner", EAN)


def test_without_any_it_is_lost(till: Counter) -> None:
    fixed, hand = both(till)
    fixed.unplug()
    hand.unplug()
    lost = till.box.until(lambda value: isinstance(value, DeviceLost) and not value.left)
    assert isinstance(lost, DeviceLost)
    assert till.box.rest(0.2) == []
    hand.replug()
    back = till.box.take()
    assert isinstance(back, DeviceLost)  # one of two
    assert back.left == 1
    hand.scan(EAN)
    assert till.box.take() == Scan("scanner", EAN)


def test_unfinished_code_of_one_is_refused_and_the_other_is_heard(till: Counter) -> None:
    fixed, hand = both(till)
    fixed.part(EAN[:5])
    assert till.box.take() == ScanRejected("scanner", ScanFault.PARTIAL)
    hand.scan(EAN)
    assert till.box.take() == Scan("scanner", EAN)


def test_node_that_the_named_one_has_is_not_opened_twice(tmp_path: Path) -> None:
    """As on a unit: /dev/returns/scanner and /dev/returns/scanners/ttyACM0 are one device."""
    links, made = tmp_path / "scanners", list[Path]()
    links.mkdir()
    with ScannerGun(tmp_path / "tty-node") as gun:
        (links / "ttyACM0").symlink_to(gun.path)

        def make(link: Path) -> InputDevice | None:
            made.append(link)
            return serial(link)

        first, box = serial(gun.path), PostBox()
        assert first is not None
        scanner = Together(first, links, make)
        scanner.start(box)
        box.ready()
        with ScannerGun(links / "ttyACM1") as hand:
            box.ready()
            hand.scan(EAN)
            assert box.take() == Scan("scanner", EAN)
        scanner.close()
    assert made == [links / "ttyACM1"]


def test_one_that_cannot_be_opened_is_told_of_until_it_is_gone(till: Counter) -> None:
    till.links.mkdir()
    with ScannerGun(till.fixed.with_name("tty-fixed")) as fixed:
        (till.links / "ttyS9").write_text("no line at all")
        till.scanner.start(till.box)
        lost = till.box.until(lambda value: isinstance(value, DeviceLost))
        assert isinstance(lost, DeviceLost)
        assert lost.left == 1
        fixed.scan(EAN)
        assert till.box.take() == Scan("scanner", EAN)
        (till.links / "ttyS9").unlink()
        till.box.ready()


def test_what_belongs_to_something_else_is_left_alone(tmp_path: Path) -> None:
    links = tmp_path / "scanners"
    links.mkdir()
    first, box = serial(tmp_path / "tty-fixed"), PostBox()
    assert first is not None
    with ScannerGun(tmp_path / "tty-fixed"), ScannerGun(links / "ttyUSB0") as printer:
        (links / "lp0").touch()  # nothing of ours, whatever put it there
        scanner = Together(first, links, serial, leave=(str(printer.path),))
        scanner.start(box)
        box.ready()
        printer.scan(EAN)
        assert box.rest(0.3) == []
        scanner.close()


def test_closed_twice_none_of_their_threads_is_left(till: Counter) -> None:
    both(till)
    assert len([one for one in threading.enumerate() if one.name == "device-scanner"]) == 3
    till.scanner.close()
    till.scanner.close()
    assert "device-scanner" not in {thread.name for thread in threading.enumerate()}
