"""The HID-POS scanner on real hidraw: its descriptor, its queue of 63 reports, its EIO."""

import contextlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from drivers.device import InputDevice
from drivers.hid_pos_scanner import RING, HidPosLink, HidPosScanner
from drivers.hidraw_nodes import find_hidraw, open_hidraw
from drivers.input_nodes import NodeMatch
from drivers.profile import Framing
from drivers.values import DeviceLost, DeviceReady, Scan, ScanFault, ScanRejected
from tests.drivers.scanner_contract import EAN, MAX_LENGTH, check_scanner
from tests.fakes.hid_pos_scanner import HONEYWELL, USUAL, reports
from tests.fakes.post_box import PostBox
from tests.lab.bench.waiting import until
from tests.lab.guest.gadgets import Reporter, Wedge

MATCH = NodeMatch(uniq="POS")


class Gun:
    """The scanner's plug and trigger."""

    def __init__(self, gadget: Reporter) -> None:
        self._gadget = gadget

    def scan(self, text: str) -> None:
        has_aim = text.startswith("]")
        self.send(reports(text[3:] if has_aim else text, text[:3] if has_aim else ""))

    def part(self, text: str) -> None:
        self.send(reports(text, last=False))

    def send(self, sequence: list[bytes]) -> None:
        self._gadget.send(sequence)

    def unplug(self) -> None:
        self._gadget.unplug()
        until("the scanner's node is gone", lambda: not _there())

    def replug(self) -> None:
        self._gadget.plug()


def _there() -> bool:
    try:
        return find_hidraw(MATCH).exists()
    except OSError:
        return False


@contextlib.contextmanager
def plugged(framing: Framing) -> Iterator[tuple[HidPosScanner, Gun]]:
    gadget = Reporter("pos", 0, USUAL)
    gadget.plug()
    until("the scanner's node appears", _there)
    scanner = HidPosScanner("gun", MATCH, framing)
    try:
        yield scanner, Gun(gadget)
    finally:
        scanner.close()
        gadget.close()
        until("the scanner's node is gone", lambda: not _there())


def keeps_the_contract() -> str:
    def make() -> contextlib.AbstractContextManager[tuple[InputDevice, Gun]]:
        return plugged(Framing(max_length=MAX_LENGTH))

    check_scanner(make)
    return "as the wedge scanner does"


def is_found_by_what_it_says_it_is() -> str:
    with plugged(Framing()):
        found = find_hidraw(MATCH)
        assert find_hidraw(None) == found
        assert find_hidraw(NodeMatch(vendor=HONEYWELL, product=0x0B8F)) == found
        assert find_hidraw(NodeMatch(name="lab pos")) == found
        with contextlib.closing(open_hidraw(NodeMatch(path=str(found)))) as node:
            assert node.descriptor == USUAL
            assert node.vendor == HONEYWELL
            begins = Path(f"/sys/class/hidraw/{found.name}/device/report_descriptor").read_bytes()
            assert begins[:4] == b"\x05\x8c\x09\x02"  # what the udev rule looks at
    return f"{found}, by its descriptor, USB numbers and name"


def long_code_of_many_reports_arrives_whole() -> str:
    with plugged(Framing()) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        ready = box.take()
        assert isinstance(ready, DeviceReady), ready
        code = "HTTPS://R.EXAMPLE.CN/" + "0123456789" * 60
        for _ in range(3):
            gun.scan("]Q1" + code)
        assert [box.take() for _ in range(3)] == [Scan("gun", code, "]Q1")] * 3
    return f"{len(code)} characters in {len(reports(code))} reports; {ready.detail}"


def late_reader_refuses_what_may_have_been_dropped() -> str:
    """The kernel keeps 63 reports and drops the newest: nothing marks where."""
    with plugged(Framing()) as (_, gun):
        link = HidPosLink("gun", open_hidraw(MATCH), Framing())
        try:
            for number in range(RING + 20):
                gun.scan(f"{number:04}")
            time.sleep(0.2)
            said = list(link.read())
            assert said[:-1] == [Scan("gun", f"{number:04}") for number in range(RING)], said
            assert said[-1] == ScanRejected("gun", ScanFault.OVERRUN), said
            gun.send(reports("TAIL"))
            gun.scan(EAN)
            time.sleep(0.2)
            assert list(link.read()) == [Scan("gun", EAN)]
        finally:
            link.close()
    return f"{RING} codes kept, the overrun said once, the tail swallowed"


def second_reader_is_told_it_is_busy() -> str:
    with plugged(Framing()) as (scanner, _):
        box, other_box = PostBox(), PostBox()
        scanner.start(box)
        box.ready()
        other = HidPosScanner("other", MATCH, Framing())
        other.start(other_box)
        lost = other_box.take()
        assert isinstance(lost, DeviceLost), lost
        assert "busy" in lost.detail.lower(), lost
        scanner.close()
        assert isinstance(other_box.take(), DeviceReady)
        other.close()
    return "the second waits, and has it as soon as the first lets go"


def is_named_by_the_udev_rule() -> str:
    """By what the descriptor begins with, whoever made it; a keyboard beside it is left alone."""
    rules = Path("/etc/udev/rules.d")
    subprocess.run(("mount", "--bind", Path("config/udev").resolve(), rules), check=True)
    keyboard = Wedge("wedge", 1)
    keyboard.plug()
    try:
        with plugged(Framing()):
            name = find_hidraw(MATCH).name
            others = {one.name for one in Path("/sys/class/hidraw").iterdir()} - {name}
            assert others, "no other hidraw device"
            assert "returns/hid-pos-scanner" in _links(name)
            assert f"returns/scanners/{name}" in _links(name)
            for other in others:
                assert "returns/" not in _links(other), other
    finally:
        keyboard.close()
        subprocess.run(("umount", rules), check=True)
    return f"{name} is /dev/returns/hid-pos-scanner, {len(others)} others are not"


def _links(name: str) -> str:
    test = ("udevadm", "test", "--action=add", f"/sys/class/hidraw/{name}")
    said = subprocess.run(test, check=True, capture_output=True, text=True).stdout
    return next((line for line in said.splitlines() if line.startswith("DEVLINKS=")), "")
