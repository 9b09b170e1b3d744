"""The lab's printer outside the machine: its misfortunes come after the bytes meant for them."""

import socket
import time
from collections.abc import Iterator

import pytest

from tests.fakes.printer import Machine
from tests.lab.host_printer import HostPrinter

ASK = b"\x10\x04\x02"
SHUT, OPEN = b"\x12", b"\x16"


@pytest.fixture
def desk() -> Iterator[tuple[HostPrinter, socket.socket]]:
    ours, printers = socket.socketpair()
    ours.settimeout(2)
    printer = HostPrinter(printers, Machine())
    with ours:
        yield printer, ours
    printer.close()


def test_trouble_comes_after_so_many_bytes_and_goes_with_the_rest(
    desk: tuple[HostPrinter, socket.socket],
) -> None:
    printer, line = desk
    printer.trouble_after(4, "cover_open")
    line.sendall(ASK)
    assert line.recv(8) == SHUT
    line.sendall(b"abcdef\n" + ASK)
    assert line.recv(8) == OPEN
    assert not printer.machine.pages, "nothing is printed with the cover open"
    printer.resume()
    line.sendall(ASK)
    assert line.recv(8) == SHUT
    assert printer.machine.texts == ["abcdef"]


def test_after_its_bytes_it_is_silent_until_it_may_speak_again(
    desk: tuple[HostPrinter, socket.socket],
) -> None:
    printer, line = desk
    printer.silent_after(3)
    line.sendall(b"abcdef\n" + ASK)
    assert printer.silenced.wait(2)
    printer.speak_again()
    time.sleep(0.05)  # what came while it was silent is lost by now
    line.sendall(ASK)
    assert line.recv(8) == SHUT
    line.sendall(b"\n" + ASK)
    assert line.recv(8) == SHUT
    assert printer.machine.texts == ["abc"]
