"""The wedge scanner: a real usbhid keyboard, typed on by a gadget."""

import contextlib
import os
import select
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from drivers.device import InputDevice
from drivers.hid_keys import WedgeDecoder
from drivers.hid_scanner import HidScanner
from drivers.input_link import InputLink
from drivers.input_nodes import NodeMatch, find_nodes, open_nodes
from drivers.profile import Framing, ScannerProfile
from drivers.values import DeviceLost, DeviceReady, DeviceValue, Scan, ScanFault, ScanRejected
from tests.drivers.scanner_contract import EAN, MAX_LENGTH, check_scanner
from tests.fakes.post_box import PostBox
from tests.lab.bench.waiting import until
from tests.lab.guest.gadgets import Wedge

MATCH = NodeMatch(uniq="GUN")
PROFILE = ScannerProfile(framing=Framing(max_length=MAX_LENGTH))


class Gun:
    """The scanner's plug and trigger."""

    def __init__(self, gadget: Wedge) -> None:
        self._gadget = gadget

    def scan(self, text: str) -> None:
        self._gadget.type(text + "\r")

    def part(self, text: str) -> None:
        self._gadget.type(text)

    def unplug(self) -> None:
        self._gadget.unplug()
        until("the scanner's node is gone", lambda: not _there())

    def replug(self) -> None:
        self._gadget.plug()


def _there() -> bool:
    try:
        return bool(find_nodes(MATCH))
    except OSError:
        return False


@contextlib.contextmanager
def plugged(profile: ScannerProfile = PROFILE) -> Iterator[tuple[HidScanner, Gun]]:
    gadget = Wedge("gun", 0)
    gadget.plug()
    until("the scanner's node appears", _there)
    scanner = HidScanner("gun", MATCH, profile)
    try:
        yield scanner, Gun(gadget)
    finally:
        scanner.close()
        gadget.close()
        until("the scanner's node is gone", lambda: not _there())


def keeps_the_contract() -> str:
    def make() -> contextlib.AbstractContextManager[tuple[InputDevice, Gun]]:
        return plugged()

    check_scanner(make)
    return "whole codes in order, partial and long ones refused, pulled twice and back"


def is_grabbed_whole() -> str:
    """Nobody else hears a scan."""
    with plugged() as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        fd = os.open(find_nodes(MATCH)[0], os.O_RDONLY | os.O_NONBLOCK)
        try:
            gun.scan(EAN)
            assert box.take() == Scan("gun", EAN)
            assert select.select([fd], [], [], 0.2)[0] == [], "another reader heard the scan"
        finally:
            os.close(fd)
    return "another reader of the node hears nothing"


def is_found_by_name_vendor_and_path() -> str:
    with plugged():
        nodes = find_nodes(MATCH)
        link = Path("/tmp/by-id-link")
        link.unlink(missing_ok=True)
        link.symlink_to(nodes[0])
        for match in (
            NodeMatch(name="lab gun"),
            NodeMatch(vendor=0x0C2E, product=0x0901),
            NodeMatch(path=str(link)),
            NodeMatch(phys="dummy_hcd.0"),
        ):
            assert find_nodes(match) == nodes, match
        opened = open_nodes(NodeMatch(path=str(link)))
        for node in opened:
            node.close()
    return f"{len(nodes)} node, by name, USB numbers, link and socket"


def long_burst_arrives_whole() -> str:
    """300 characters as fast as the bus takes them, then ten codes in a row."""
    with plugged(ScannerProfile()) as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        long = "https://r.example/" + "A1b2" * 70
        gun.scan(long)
        assert box.take(20) == Scan("gun", long)
        for number in range(10):
            gun.scan(f"{EAN}-{number}")
        assert [box.take() for _ in range(10)] == [
            Scan("gun", f"{EAN}-{number}") for number in range(10)
        ]
    return f"{len(long)} characters in one code, then ten codes in a row"


def late_reader_rejects_what_the_kernel_dropped() -> str:
    """The kernel keeps 64 events: a reader that stalls loses the beginning, and must say so."""
    with plugged() as (_, gun):
        link = InputLink(open_nodes(MATCH), lambda node: WedgeDecoder("gun", PROFILE, node.held))
        try:
            gun.scan("1234567890123456789012345")  # nobody reads: more than the ring holds
            time.sleep(0.1)
            said = list(link.read())
            time.sleep(0.5)
            said += [*link.read(), *link.pause()]
            assert said == [ScanRejected("gun", ScanFault.OVERRUN)], said
            hand = threading.Thread(target=gun.scan, args=(EAN,))
            hand.start()
            heard: list[DeviceValue] = []

            def read() -> bool:
                heard.extend(link.read())
                return bool(heard)

            until("the next code", read)
            hand.join()
            assert heard == [Scan("gun", EAN)], heard
        finally:
            link.close()
    return "one refusal, no tail of a code, and the next code is whole"


def second_reader_is_told_it_is_busy() -> str:
    with plugged() as (scanner, _):
        box = PostBox()
        scanner.start(box)
        box.ready()
        other, other_box = HidScanner("other", MATCH, PROFILE), PostBox()
        other.start(other_box)
        lost = other_box.take()
        assert isinstance(lost, DeviceLost), lost
        assert "busy" in lost.detail.lower(), lost
        scanner.close()
        assert isinstance(other_box.take(), DeviceReady)
        other.close()
    return "the second waits, and has it as soon as the first lets go"


def pulled_in_the_middle_of_a_code() -> str:
    """The beginning before the pull and the rest after it must not become one code."""
    with plugged() as (scanner, gun):
        box = PostBox()
        scanner.start(box)
        box.ready()
        gun.part(EAN[:6])
        gun.unplug()
        gun.replug()
        box.ready()
        gun.scan(EAN[6:])
        said = box.rest(1.0)
        whole = [one for one in said if isinstance(one, Scan)]
        assert whole == [Scan("gun", EAN[6:])], said
    return "nothing is kept across the pull"
