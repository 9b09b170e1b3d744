"""The HID-POS scanner on a socket that carries true reports, and how it is found."""

import errno
import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from drivers.hid_pos_scanner import RING, HidPosLink, HidPosScanner
from drivers.hidraw_nodes import find_hidraw, open_hidraw
from drivers.input_nodes import NodeMatch
from drivers.profile import Framing
from drivers.values import DeviceLost, DeviceReady, Scan, ScanFault, ScanRejected
from tests.drivers.scanner_contract import EAN, MAX_LENGTH, check_scanner
from tests.drivers.test_hid_pos import KEYBOARD
from tests.fakes.hid_pos_scanner import HONEYWELL, USUAL, FakeHidNode, HidPosGun, pair, reports
from tests.fakes.post_box import PostBox


@contextmanager
def plugged(folder: Path) -> Iterator[tuple[HidPosScanner, HidPosGun]]:
    gun = HidPosGun(folder / "hidraw0")
    match = NodeMatch(path=str(gun.path))
    framing = Framing(max_length=MAX_LENGTH)
    scanner = HidPosScanner("gun", match, framing, open_with=gun.open_hidraw)
    try:
        yield scanner, gun
    finally:
        scanner.close()
        gun.unplug()


@contextmanager
def linked(vendor: int = 0) -> Iterator[tuple[socket.socket, HidPosLink, FakeHidNode]]:
    hand, node = pair(vendor=vendor)
    link = HidPosLink("gun", node, Framing())
    try:
        yield hand, link, node
    finally:
        link.close()
        hand.close()


def send(hand: socket.socket, *sent: bytes) -> None:
    for report in sent:
        hand.send(report)


def test_hid_pos_scanner_keeps_the_contract(tmp_path: Path) -> None:
    check_scanner(lambda: plugged(tmp_path))


def test_half_a_code_is_forgotten_when_the_scanner_is_pulled(tmp_path: Path) -> None:
    with plugged(tmp_path) as (scanner, gun):
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


def test_full_queue_is_an_overrun_and_what_follows_is_not_trusted() -> None:
    """The kernel dropped the newest without a word: the first report of the next code, perhaps."""
    with linked() as (hand, link, _):
        for _ in range(RING):
            send(hand, *reports(EAN))
        assert link.read() == [Scan("gun", EAN)] * RING + [ScanRejected("gun", ScanFault.OVERRUN)]
        send(hand, *reports("THE TAIL"))
        send(hand, *reports(EAN))
        assert link.read() == [Scan("gun", EAN)]


def test_queue_that_is_nearly_full_loses_nothing() -> None:
    with linked() as (hand, link, _):
        for _ in range(RING - 1):
            send(hand, *reports(EAN))
        assert link.read() == [Scan("gun", EAN)] * (RING - 1)


def test_codes_scanned_before_the_pull_still_count() -> None:
    with linked() as (hand, link, _):
        send(hand, *reports(EAN))
        hand.close()
        assert link.read() == [Scan("gun", EAN)]
        with pytest.raises(OSError, match="gone") as lost:
            link.read()
        assert lost.value.errno == errno.EIO


def test_makers_who_need_it_are_switched_to_reports() -> None:
    with linked(HONEYWELL) as (_, link, node):
        assert node.features == [b"\xfe\x01"]
        assert link.detail == "/dev/hidraw0 Honeywell"
    with linked() as (_, link, node):
        assert node.features == []


def test_scanner_that_takes_no_switch_is_used_and_the_log_is_told() -> None:
    hand, node = pair(vendor=HONEYWELL)
    node.stubborn = True
    link = HidPosLink("gun", node, Framing())
    assert link.detail.endswith("(not switched to HID-POS: Broken pipe)")
    link.close()
    hand.close()


def test_device_that_is_no_scanner_is_refused_and_closed() -> None:
    hand, node = pair(descriptor=KEYBOARD)
    with pytest.raises(OSError, match="not a HID-POS scanner"):
        HidPosLink("gun", node, Framing())
    assert node.fileno() == -1
    hand.close()


def unit(sys: Path, number: int, ids: str, name: str, descriptor: bytes) -> None:
    folder = sys / f"hidraw{number}" / "device"
    folder.mkdir(parents=True)
    (folder / "uevent").write_text(f"DRIVER=hid-generic\nHID_ID={ids}\nHID_NAME={name}\n")
    (folder / "report_descriptor").write_bytes(descriptor)


def test_scanner_is_found_by_what_it_says_it_is(tmp_path: Path) -> None:
    unit(tmp_path, 0, "0003:00000C2E:00000901", "Honeywell keyboard", KEYBOARD)
    unit(tmp_path, 10, "0003:00001EAB:00000010", "Newland FM430", USUAL)
    unit(tmp_path, 2, "0003:00000C2E:00000B8F", "Honeywell 1400g", USUAL)

    def found(match: NodeMatch | None) -> Path:
        return find_hidraw(match, sys=tmp_path, dev=Path("/dev"))

    assert found(None) == Path("/dev/hidraw2")
    assert found(NodeMatch(vendor=0x1EAB)) == Path("/dev/hidraw10")
    assert found(NodeMatch(vendor=0x0C2E, product=0x0B8F)) == Path("/dev/hidraw2")
    assert found(NodeMatch(name="newland")) == Path("/dev/hidraw10")
    assert found(NodeMatch(path="/dev/returns/scanner")) == Path("/dev/returns/scanner")
    with pytest.raises(FileNotFoundError):
        found(NodeMatch(vendor=0x0C2E, product=0x0901))


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_node_that_does_not_answer_as_hidraw_is_closed_again(tmp_path: Path) -> None:
    node = tmp_path / "hidraw0"
    node.touch()
    before = open_files()
    with pytest.raises(OSError, match="ioctl"):
        open_hidraw(NodeMatch(path=str(node)))
    assert open_files() == before


def test_scanner_that_another_terminal_holds_is_busy(tmp_path: Path) -> None:
    node = tmp_path / "hidraw0"
    with node.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(OSError, match="busy") as held:
            open_hidraw(NodeMatch(path=str(node)))
        assert held.value.errno == errno.EBUSY
