"""What must be put back is put back: all of it, once, last taken first."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
import os, signal, sys
from drivers.undo import undo_at_exit
def say(word):
    os.write(1, word)
def fail():
    say(b"fail ")
    raise OSError("gone")
undo_at_exit(lambda: say(b"first "))
undo_at_exit(fail)
second = undo_at_exit(lambda: say(b"second "))
second()
second()
{end}
"""


def run(end: str) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(end=end)], cwd=ROOT, capture_output=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("end", ["", "1 / 0", "sys.exit(0)"])
def test_each_is_undone_once_although_one_of_them_fails(end: str) -> None:
    assert run(end)[1] == b"second fail first "


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_the_signal_still_ends_the_process(name: str) -> None:
    code, said = run(f"os.kill(os.getpid(), signal.{name})")
    assert said == b"second fail first "
    assert code < 0


def test_a_program_that_handles_the_signal_keeps_its_handler() -> None:
    mine = "signal.signal(signal.SIGTERM, lambda *_: say(b'mine '))"
    first = "undo_at_exit(lambda: say(b"
    program = PROGRAM.replace(first, f"{mine}\n{first}", 1)
    done = subprocess.run(
        [sys.executable, "-c", program.format(end="os.kill(os.getpid(), signal.SIGTERM)")],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.stdout == b"second mine fail first "
