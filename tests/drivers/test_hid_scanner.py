"""The wedge scanner on a socket that carries the kernel's own event bytes, and how it is found."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from drivers.hid_keys import WedgeDecoder
from drivers.hid_scanner import HidScanner
from drivers.input_events import EVENT, pack, unpack
from drivers.input_nodes import Node, NodeMatch, find_nodes, open_nodes
from drivers.profile import Framing, ScannerProfile
from drivers.values import DeviceLost, DeviceReady, Scan, ScanFault, ScanRejected
from tests.drivers.scanner_contract import EAN, MAX_LENGTH, check_scanner
from tests.fakes.hid_scanner import HidGun, Typing
from tests.fakes.post_box import PostBox

PROFILE = ScannerProfile(framing=Framing(max_length=MAX_LENGTH))


class Plug:
    """A gun whose node's folder tells of its return, as /dev/input does."""

    def __init__(self, gun: HidGun, folder: Path) -> None:
        self.gun = gun
        self.path = folder / "event7"
        self.scan, self.part, self.unplug = gun.scan, gun.part, gun.unplug

    def replug(self) -> None:
        self.gun.replug()
        self.path.unlink(missing_ok=True)
        self.path.touch()


@contextmanager
def wedge(folder: Path) -> Iterator[tuple[HidScanner, Plug]]:
    plug = Plug(HidGun(), folder)
    match = NodeMatch(path=str(plug.path))
    scanner = HidScanner("gun", match, PROFILE, open_with=plug.gun.open_nodes)
    try:
        yield scanner, plug
    finally:
        scanner.close()
        plug.unplug()


def test_wedge_scanner_keeps_the_contract(tmp_path: Path) -> None:
    check_scanner(lambda: wedge(tmp_path))


def test_overrun_asks_for_a_rescan_and_never_hands_on_the_tail(tmp_path: Path) -> None:
    with wedge(tmp_path) as (scanner, plug):
        box, gun = PostBox(), plug.gun
        scanner.start(box)
        box.ready()
        events = [*gun.typing.dropped(), *gun.typing.text("931\r"), *gun.typing.text(EAN + "\r")]
        gun.send(iter(events))
        assert box.take() == ScanRejected("gun", ScanFault.OVERRUN)
        assert box.take() == Scan("gun", EAN)
        scanner.close()


def test_device_gone_while_asked_about_its_keys_is_lost(tmp_path: Path) -> None:
    with wedge(tmp_path) as (scanner, plug):
        box, gun = PostBox(), plug.gun
        scanner.start(box)
        box.ready()
        assert gun.node is not None
        gun.node.gone = True
        gun.send(iter([*gun.typing.dropped(), *gun.typing.text("1")]))
        assert isinstance(box.take(), DeviceLost)
        scanner.close()


def test_unit_without_input_devices_is_lost_once_and_not_spun_on(tmp_path: Path) -> None:
    tries: list[float] = []

    def none(match: NodeMatch) -> Sequence[Node]:
        tries.append(time.monotonic())
        return open_nodes(match)

    box = PostBox()
    scanner = HidScanner("gun", NodeMatch(path=str(tmp_path / "no/such")), open_with=none)
    scanner.start(box)
    assert isinstance(box.take(), DeviceLost)
    assert box.rest(0.4) == []
    assert len(tries) == 2  # once, and once again when the watch stands
    scanner.close()


def test_lost_device_that_comes_and_goes_is_not_opened_in_a_loop(tmp_path: Path) -> None:
    plug = Plug(HidGun(), tmp_path)

    def falling_off(match: NodeMatch) -> Sequence[Node]:
        nodes = plug.gun.open_nodes(match)
        plug.gun.unplug()
        plug.gun.replug()
        return nodes

    box = PostBox()
    scanner = HidScanner("gun", NodeMatch(path=str(plug.path)), open_with=falling_off)
    scanner.start(box)
    values = box.rest(0.3)
    scanner.close()
    plug.unplug()
    assert [type(value) for value in values[:2]] == [DeviceReady, DeviceLost]
    assert plug.gun.opened <= 4


def test_a_full_kernel_queue_is_decoded_well_before_the_next_can_fill() -> None:
    """64 events take a fast scanner 25 ms; the reader is away only while it decodes them."""
    typing = Typing()
    data = b"".join(pack(event) for event in typing.text("A1" * 20))[: 64 * EVENT.size]
    decoder = WedgeDecoder("gun", ScannerProfile(), set)
    took = []
    for _ in range(20):
        start = time.perf_counter()
        decoder.feed(unpack(data))
        took.append(time.perf_counter() - start)
    assert min(took) < 0.005


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    """A keypad, a scanner of two nodes, a second one like it, a virtual keyboard."""
    devices = [
        (0, "ABC Keypad", "1a2c", "0e24", "usb-1.1/input0", ""),
        (3, "Honeywell Scanner", "0c2e", "0b61", "usb-1.2/input0", "S1"),
        (10, "Honeywell Scanner Consumer", "0c2e", "0b61", "usb-1.2/input1", "S1"),
        (4, "Honeywell Scanner", "0c2e", "0b61", "usb-1.3/input0", "S2"),
        (5, "py-evdev-uinput", "0001", "0001", "", ""),
        (6, "py-evdev-uinput", "0001", "0001", "", ""),
    ]
    for number, name, vendor, product, phys, uniq in devices:
        device = tmp_path / f"event{number}" / "device"
        (device / "id").mkdir(parents=True)
        for file, text in {
            "name": name,
            "phys": phys,
            "uniq": uniq,
            "id/vendor": vendor,
            "id/product": product,
        }.items():
            (device / file).write_text(text + "\n")
    return tmp_path


@pytest.mark.parametrize(
    ("match", "numbers"),
    [
        (NodeMatch(path="/dev/input/event3"), [3, 10]),
        (NodeMatch(path="/dev/input/event10"), [3, 10]),
        (NodeMatch(vendor=0x0C2E, product=0x0B61), [3, 10]),
        (NodeMatch(vendor=0x0C2E, uniq="S2"), [4]),
        (NodeMatch(name="honeywell", phys="usb-1.3"), [4]),
        (NodeMatch(name="KEYPAD"), [0]),
        (NodeMatch(name="uinput"), [5]),
    ],
)
def test_all_nodes_of_the_wanted_unit_are_found_and_no_other(
    sysfs: Path, match: NodeMatch, numbers: list[int]
) -> None:
    found = find_nodes(match, sys=sysfs)
    assert found == [Path(f"/dev/input/event{number}") for number in numbers]


def test_link_by_id_is_followed(sysfs: Path, tmp_path: Path) -> None:
    (tmp_path / "event3").exists()
    link = tmp_path / "by-id-scanner"
    link.symlink_to("/dev/input/event4")
    assert find_nodes(NodeMatch(path=str(link)), sys=sysfs) == [Path("/dev/input/event4")]


def test_absent_unit_is_an_error_that_names_it(sysfs: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Zebra"):
        find_nodes(NodeMatch(name="Zebra"), sys=sysfs)


def test_match_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="known by path"):
        NodeMatch()
