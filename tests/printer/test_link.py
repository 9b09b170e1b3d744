"""Ways to a printer: each fault tells its kind and whether anything had left."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from printer.link import FdLink, LinkFault, LinkKind
from printer.open_link import link_opener, open_tcp
from tests.fakes.printer import Machine, PtyPrinter, TcpPrinter


@pytest.mark.parametrize(
    "address",
    [
        "lp0",
        "usb://lp0",
        "tcp://",
        "tcp://host:banana",
        "http://x/y",
        "serial:///dev/ttyS0?baud=fast",
        "serial:///dev/ttyS0?flow=maybe",
        "serial:///dev/ttyS0?colour=red",
        "",
    ],
)
def test_a_wrong_address_is_told_what_is_allowed(address: str) -> None:
    with pytest.raises(ValueError, match="allowed are usb:///dev/usb/lp0"):
        link_opener(address)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_network_printers_are_reached_over_both_protocols(family: socket.AddressFamily) -> None:
    machine = Machine()
    with TcpPrinter(machine, family=family) as printer:
        link = link_opener(printer.address)()
        link.write(b"\x1b@hello\n\x1dr\x01", 0.5)
        assert link.read(0.5) == b"\x00"
        assert link.read(0) == b""
        assert link.port_status() is None
        link.close()
    assert machine.texts == ["hello"]


def test_a_serial_printer_hears_and_answers() -> None:
    machine = Machine()
    with PtyPrinter(machine) as printer:
        link = link_opener(printer.address)()
        link.write("\x1b@hello\n\x10\x04\x01".encode("latin-1"), 0.5)
        assert link.read(0.5) == b"\x12"
        link.close()
    assert machine.texts == ["hello"]


def test_files_are_appended_to_and_folders_get_one_file_a_job(tmp_path: Path) -> None:
    for job in (b"one", b"two"):
        for address in (f"file://{tmp_path}/all.bin", f"folder://{tmp_path}/slips"):
            link = link_opener(address)()
            link.write(job, 0.5)
            assert not link.answers
            assert link.read(0.5) == b""
            link.close()
    assert (tmp_path / "all.bin").read_bytes() == b"onetwo"
    slips = sorted((tmp_path / "slips").iterdir())
    assert [path.name for path in slips] == ["slip-0001.bin", "slip-0002.bin"]


@pytest.mark.parametrize(
    "address",
    ["usb:///dev/usb/no-such-lp", "serial:///dev/no-such-tty", "file:///no/such/folder/x"],
)
def test_what_is_not_there_is_absent(address: str) -> None:
    with pytest.raises(LinkFault) as caught:
        link_opener(address)()
    assert caught.value.kind is LinkKind.ABSENT
    assert "no" in caught.value.detail


def test_a_refused_connection_is_absent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(LinkFault) as caught:
        open_tcp("127.0.0.1", port)
    assert caught.value.kind is LinkKind.ABSENT


def test_a_printer_that_takes_nothing_is_noticed_with_the_bytes_that_left() -> None:
    with TcpPrinter(Machine()) as printer:
        printer.stalled = True
        link = link_opener(printer.address)()
        with pytest.raises(LinkFault) as caught:
            link.write(bytes(8_000_000), 0.2)
        link.close()
    assert caught.value.kind is LinkKind.STALLED
    assert 0 < caught.value.bytes_sent < 8_000_000


def test_even_one_byte_that_the_printer_did_not_take_is_noticed_on_a_serial_line() -> None:
    with PtyPrinter(Machine()) as printer:
        printer.stalled = True
        link = link_opener(printer.address)()
        with pytest.raises(LinkFault) as caught:
            link.write(bytes(100_000), 0.2)
        link.close()
    assert caught.value.kind is LinkKind.STALLED


def test_a_broken_connection_is_lost() -> None:
    with TcpPrinter(Machine()) as printer:
        printer.cut_after = 1000
        link = link_opener(printer.address)()
        with pytest.raises(LinkFault) as caught:
            link.write(bytes(8_000_000), 0.5)
        link.close()
    assert caught.value.kind is LinkKind.LOST
    assert caught.value.bytes_sent >= 1000


def test_a_printer_that_answers_late_is_heard_out_and_not_reset() -> None:
    """A reset makes some printers throw away what they have not printed yet."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor() as printer:
        link = open_tcp("127.0.0.1", server.getsockname()[1])
        printed = printer.submit(answers_at_the_end, server)
        link.write(b"slip", 0.5)
        link.close()
        assert printed.result() == b"slip"


def answers_at_the_end(server: socket.socket) -> bytes:
    """What it received, once no more comes. OSError where the connection is reset under it."""
    line, _ = server.accept()
    with line:
        slip = b""
        while more := line.recv(100):
            slip += more
        line.sendall(b"paper is there")
        time.sleep(0.1)
        line.sendall(b"and the slip is out")
        return slip + line.recv(100)


def test_a_connection_closed_by_the_printer_is_lost_to_the_reader() -> None:
    with TcpPrinter(Machine()) as printer:
        link = link_opener(printer.address)()
        link.write(b"x", 0.5)
    with pytest.raises(LinkFault) as caught:
        link.read(0.5)
    assert caught.value.kind is LinkKind.LOST
    link.close()


def test_a_printer_that_is_slow_and_goes_on_is_not_stalled() -> None:
    """All of it takes longer than `stall`; none of its pauses does."""
    ours, printers = socket.socketpair()
    with ours, printers, ThreadPoolExecutor() as printer:
        taken = printer.submit(takes_slowly, printers, blocks=16, pause=0.1)
        FdLink(ours.fileno(), "printer", queue=True).write(bytes(16 * 4096), 1.2)
        assert taken.result() == 16 * 4096


def takes_slowly(line: socket.socket, *, blocks: int, pause: float) -> int:
    taken = 0
    for _ in range(blocks):
        time.sleep(pause)
        taken += len(line.recv(4096))
    return taken


def test_a_usb_printer_has_taken_everything_when_the_write_returns() -> None:
    """The kernel's printer driver forgets what is on its way when it is closed."""
    ours, printers = socket.socketpair()
    with ours, printers:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        link = FdLink(ours.fileno(), "/dev/usb/lp0", usb=True)
        with pytest.raises(LinkFault) as caught:
            link.write(bytes(3000), 0.05)
        assert caught.value.kind is LinkKind.STALLED
        assert caught.value.bytes_sent == 3000
        assert len(printers.recv(4096)) == 3000
        link.write(b"\x1bp\x00\x19\x19", 0.5)
        assert printers.recv(4096) == b"\x1bp\x00\x19\x19"
