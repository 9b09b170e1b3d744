"""The text console is given back: on purpose, at the end, by signal. A file plays kernel."""

import errno
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from drivers.vt import TTY, main, own_console, restore_text_console, take_graphics

ROOT = Path(__file__).parents[2]


def test_console_goes_to_graphics_and_back_once(tmp_path: Path) -> None:
    tty = tmp_path / "tty0"
    tty.touch()
    modes: list[int] = []
    give_back = take_graphics(tty, set_mode=lambda _, mode: modes.append(mode))
    assert tty.read_bytes() == b"\x1b[?25l"
    give_back()
    give_back()
    assert modes == [1, 0]
    assert tty.read_bytes().endswith(b"\x1b[?25h\x1b[0m")


def test_console_left_by_a_killed_process_is_restored(tmp_path: Path) -> None:
    tty = tmp_path / "tty0"
    tty.touch()
    modes: list[int] = []
    restore_text_console(tty, set_mode=lambda _, mode: modes.append(mode))
    assert modes == [0]


@pytest.mark.parametrize(
    ("given", "taken"), [("/dev/tty1", Path("/dev/tty1")), ("/dev/pts/3", TTY), ("/dev/ttyS0", TTY)]
)
def test_console_given_by_the_service_is_the_one_taken(given: str, taken: Path) -> None:
    """The one in front, /dev/tty0, is root's: a service may not open it."""
    assert own_console(lambda _: given) == taken


def test_console_in_front_is_taken_without_a_terminal() -> None:
    def none(_: int) -> str:
        raise OSError(errno.ENOTTY, "not a terminal")

    assert own_console(none) == TTY


PROGRAM = """
import sys, time
from pathlib import Path
from drivers.vt import take_graphics
def set_mode(fd, mode):
    Path(sys.argv[2]).open("a").write(str(mode))
take_graphics(Path(sys.argv[1]), set_mode=set_mode)
print("taken", flush=True)
{end}
"""


@pytest.mark.parametrize(
    ("end", "number"),
    [("1 / 0", None), ("time.sleep(20)", signal.SIGTERM), ("time.sleep(20)", signal.SIGINT)],
)
def test_console_is_given_back_however_the_process_ends(
    tmp_path: Path, end: str, number: signal.Signals | None
) -> None:
    tty, modes = tmp_path / "tty0", tmp_path / "modes"
    tty.touch()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(end=end), str(tty), str(modes)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"taken\n"
        if number is not None:
            process.send_signal(number)
        process.wait(10)
    assert modes.read_text() == "10"


def test_terminal_that_is_no_console_is_an_error_at_start_and_nothing_to_restore() -> None:
    hand, tty = pty.openpty()
    with pytest.raises(OSError, match="Inappropriate") as refused:
        take_graphics(Path(os.ttyname(tty)))
    assert refused.value.errno == errno.ENOTTY
    assert main([os.ttyname(tty)]) == 0
    assert main(["/dev/no-such-tty"]) == 0
    os.close(hand)
    os.close(tty)
