"""The console on a real pseudo-terminal: its modes, its restoration, its screen."""

import os
import pty
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.console import Console
from drivers.text_screen import ENTER, LEAVE, TextScreen
from drivers.values import DeviceLost, DeviceReady, Key, KeyPress, Scan
from tests.fakes.post_box import PostBox

ROOT = Path(__file__).parents[2]


class Desk:
    """The person's side of a terminal and the program's side of it."""

    def __init__(self) -> None:
        self.hand, self.tty = pty.openpty()
        termios.tcsetwinsize(self.tty, (10, 40))

    def seen(self, seconds: float = 0.1) -> bytes:
        os.set_blocking(self.hand, False)
        out, end = b"", time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                out += os.read(self.hand, 65536)
            except BlockingIOError:
                time.sleep(0.005)
        return out


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    os.close(desk.hand)
    os.close(desk.tty)


def test_keys_and_codes_come_from_the_terminal(desk: Desk) -> None:
    box = PostBox()
    console = Console(stdin=desk.tty, stdout=desk.tty)
    console.start(box)
    assert isinstance(box.take(), DeviceReady)
    os.write(desk.hand, b"5\r\x1b")
    assert [box.take() for _ in range(3)] == [
        KeyPress("console", Key.CHARACTER, "5"),
        KeyPress("console", Key.CONFIRM),
        KeyPress("console", Key.CANCEL),
    ]
    os.write(desk.hand, b"\x1b[200~4006381333931\x1b[201~")
    assert box.take() == Scan("console", "4006381333931")
    console.close()


def test_terminal_is_put_back_when_closed(desk: Desk) -> None:
    before = termios.tcgetattr(desk.tty)
    console = Console(stdin=desk.tty, stdout=desk.tty)
    console.start(PostBox())
    assert not termios.tcgetattr(desk.tty)[3] & (termios.ICANON | termios.ECHO)
    assert desk.seen() == ENTER
    console.close()
    console.close()
    assert termios.tcgetattr(desk.tty) == before
    assert desk.seen() == LEAVE


PROGRAM = """
import signal, sys, time
from drivers.console import Console
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
Console().start(lambda value: None)
{end}
"""


@pytest.mark.parametrize(
    ("end", "number"),
    [
        ("raise SystemExit(0)", None),
        ("raise RuntimeError('a fault')", None),
        ("time.sleep(20)", signal.SIGTERM),
        ("time.sleep(20)", signal.SIGHUP),
        ("time.sleep(20)", signal.SIGINT),
    ],
)
def test_terminal_is_put_back_however_the_process_ends(
    desk: Desk, end: str, number: signal.Signals | None
) -> None:
    before = termios.tcgetattr(desk.tty)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(end=end)],
        stdin=desk.tty,
        stdout=desk.tty,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    seen = b""
    while ENTER not in seen:
        seen += desk.seen(0.02)
    if number is not None:
        process.send_signal(number)
    status = process.wait(10)
    assert termios.tcgetattr(desk.tty) == before
    assert (seen + desk.seen(0.05)).endswith(LEAVE)
    if number in {signal.SIGTERM, signal.SIGHUP}:
        assert status == -int(number or 0)


def test_hung_up_terminal_is_lost_once_and_showing_does_not_raise() -> None:
    desk = Desk()
    box = PostBox()
    console = Console(stdin=desk.tty, stdout=desk.tty)
    console.start(box)
    box.ready()
    os.close(desk.hand)
    assert isinstance(box.take(), DeviceLost)
    assert console.show(["x"]) == 0
    assert box.rest(0.1) == []
    console.close()
    os.close(desk.tty)


def test_input_may_be_a_pipe() -> None:
    reading, writing = os.pipe()
    box = PostBox()
    with Path(os.devnull).open("wb") as nowhere:
        console = Console(stdin=reading, stdout=nowhere.fileno())
        console.start(box)
        box.ready()
        os.write(writing, b"/12\n")
        assert box.take() == Scan("console", "12")
        os.close(writing)
        assert isinstance(box.take(), DeviceLost)
        console.close()
    os.close(reading)


def test_only_changed_lines_are_written(desk: Desk) -> None:
    screen = TextScreen(desk.tty)
    assert screen.show(["退货", "b", "c"]) == 3
    desk.seen()
    assert screen.show(["退货", "B", "c"]) == 1
    assert desk.seen() == b"\x1b[2;1HB\x1b[0m\x1b[K"
    assert screen.show(["退货", "B", "c"]) == 0
    assert desk.seen() == b""
    assert screen.show(["退货"]) == 2
    assert desk.seen() == b"\x1b[2;1H\x1b[0m\x1b[K\x1b[3;1H\x1b[0m\x1b[K"


def test_everything_is_written_again_when_the_size_changes(desk: Desk) -> None:
    screen = TextScreen(desk.tty)
    screen.show(["a", "b"])
    termios.tcsetwinsize(desk.tty, (1, 40))
    assert screen.size() == (40, 1)
    assert screen.show(["a", "b"]) == 1
    screen.forget()
    assert screen.show(["a", "b"]) == 1


def test_text_from_data_cannot_command_the_terminal(desk: Desk) -> None:
    """Colours pass; cursor, title, clipboard and paste sequences lose their control characters."""
    screen = TextScreen(desk.tty)
    screen.show([])
    desk.seen()
    screen.show(["\x1b[31mred\x1b[0m \x1b]52;c;eA==\x07\x9b2J\x1b[2J\n"])
    assert desk.seen() == b"\x1b[1;1H\x1b[31mred\x1b[0m ]52;c;eA==2J[2J\x1b[0m\x1b[K"


def test_what_was_shown_before_the_start_is_written_again_after_it(desk: Desk) -> None:
    """Taking the terminal clears it; a screen that came first must not stay cleared."""
    console = Console(stdin=desk.tty, stdout=desk.tty)
    console.show(["one", "two"])
    console.start(PostBox())
    desk.seen()
    assert console.show(["one", "two"]) == 2
    assert b"two" in desk.seen()
    console.close()
