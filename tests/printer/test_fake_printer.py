"""The tests' own printer must catch what a real one would print as rubbish."""

import pytest

from tests.fakes.escpos_parser import Command, Said
from tests.fakes.printer import Machine


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xcd\xcb", "byte above 7F outside the Chinese mode"),
        (b"\x1c&\x81\x30\x84\x36", "no character of gbk"),
        (b"\x1c&\xcd\n", "no character of gbk"),
        (b"\x1bZ", "unknown command"),
        (b"\x07", "control character"),
        (b"\x1dv0\x00\x00\x00\x01\x00", "GS v 0 out of range"),
        (b"\x1dv0\x00\x02\x00\x01\x00\x10\x04", "a picture with a real-time command"),
        (b"text\x1dv0\x00\x01\x00\x01\x00\xff", "a picture inside a line"),
        (b"\x1c&\x1d(k\x03\x001Q0", "QR code in Chinese mode"),
        (b"\x1ba\x07", "ESC a out of range"),
        (b"lost\x1b@", "throws away a line"),
        (b"x" * 49 + b"\n", "line of 588 dots on 576"),
        (b"\x1dV\x09", "GS V out of range"),
        (b"\x10\x14\x02", "DLE DC4 out of range"),
    ],
)
def test_rubbish_is_a_trouble(data: bytes, reason: str) -> None:
    machine = Machine(charset="gbk")
    machine.receive(data)
    assert reason in "\n".join(machine.troubles)


def test_half_a_command_at_the_end_is_a_trouble() -> None:
    machine = Machine()
    machine.receive(b"\x1dv0\x00\x02\x00\x02\x00\xff")
    assert machine.troubles == []
    machine.end_of_job()
    assert "the job ends inside a command" in machine.troubles[0]


def test_commands_may_come_in_pieces() -> None:
    whole, pieces = Machine(), Machine()
    data = b"\x1b@\x1c&" + "退货".encode("gb18030") + b"\x1c.ok\n\x1dv0\x00\x01\x00\x02\x00\xf0\x0f"
    whole.receive(data)
    for byte in data:
        pieces.receive(bytes((byte,)))
    said = "".join(event.text for event in pieces.events if isinstance(event, Said))
    assert said == "退货ok"
    assert pieces.commands == whole.commands
    assert pieces.texts == whole.texts == ["退货ok"]


def test_it_answers_as_a_real_one() -> None:
    machine = Machine()
    assert machine.receive(b"\x10\x04\x01\x10\x04\x04") == b"\x12\x12"
    assert machine.receive(b"\x1d(H\x06\x0000AAAB") == b"\x37\x22AAAB\x00"
    assert machine.receive(b"\x1dr\x01") == b"\x00"
    assert machine.receive(b"\x1bp\x002\x32") == b""
    assert machine.kicks == 1


def test_without_paper_it_answers_and_waits_and_goes_on_afterwards() -> None:
    machine = Machine()
    machine.paper_out = True
    assert machine.receive(b"text\n\x1dr\x01\x10\x04\x04") == b"\x72"
    assert machine.texts == []
    assert machine.resume() == b"\x00"
    assert machine.texts == ["text"]


def test_the_paper_can_run_out_in_the_middle() -> None:
    machine = Machine()
    machine.paper_out_after = 1
    machine.receive(b"one\ntwo\nthree\n")
    assert machine.texts == ["one"]
    machine.resume()
    assert machine.texts == ["one\ntwo\nthree"]


def test_a_silent_clone_says_nothing() -> None:
    machine = Machine(answers=frozenset())
    assert machine.receive(b"\x10\x04\x01\x1dr\x01\x1d(H\x06\x0000AAAB") == b""


def test_clearing_the_buffers_ends_a_half_picture() -> None:
    machine = Machine()
    machine.receive(b"\x1dv0\x00\x48\x00\xff\x00" + bytes(100))
    machine.receive(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08\x1b@ok\n")
    assert machine.texts == ["ok"]
    assert Command("ESC @") in machine.commands


def test_what_was_not_printed_is_gone_when_it_was_switched_off() -> None:
    machine = Machine()
    machine.paper_out = True
    machine.receive(b"lost\n")
    machine.switch_off_and_on()
    machine.resume()
    machine.receive(b"kept\n")
    assert [page.text.strip() for page in machine.pages] == ["kept"]
