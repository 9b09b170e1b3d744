"""Commit, then print: proven from outside, by the system calls of a real return.

The law: before the first byte of a slip goes to the printer, the database says that it is going,
and `fdatasync` of that has returned.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.printer import Machine, TcpPrinter

ROOT = Path(__file__).parents[2]
CALLS = "pwrite64,fdatasync,fsync,write,sendto"
SLIP = b"\x1b@"  # a slip begins by resetting the printer; questions and the drawer do not
_CALL = re.compile(r"^(?P<pid>\d+) +(?P<call>\w+)\(\d+<(?P<file>[^>]*(?:->[^>]*)?)>(?P<rest>.*)$")
_RESUMED = re.compile(r"^(?P<pid>\d+) +<\.\.\. (?P<call>\w+) resumed>.*= 0$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Op:
    """`logged` bytes in the log, the log `synced`, a slip `sent`; in the order of their effect."""

    what: str
    data: bytes = b""


def ops(trace: str) -> Iterator[Op]:
    """A sync counts when it has returned, a write to the printer when it has begun."""
    syncing: set[str] = set()
    for line in trace.splitlines():
        resumed = _RESUMED.match(line)
        if resumed and resumed["pid"] in syncing:
            syncing.discard(resumed["pid"])
            yield Op("synced")
        call = _CALL.match(line)
        if call is None:
            continue
        data = b"".join(map(unhexed, _TEXT.findall(line)))
        if unhexed(call["file"]).endswith(b".db-wal"):
            if call["call"] == "pwrite64":
                yield Op("logged", data)
            elif "unfinished" in call["rest"]:
                syncing.add(call["pid"])
            elif call["rest"].rstrip().endswith("= 0"):
                yield Op("synced")
        elif call["file"].startswith("TCP:") and data.startswith(SLIP):
            yield Op("sent", data)


def unhexed(text: str) -> bytes:
    r"""What strace wrote as `\x41\x42`; nothing for what it wrote in another way."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else b""


def too_early(done: list[Op]) -> list[int]:
    """Which slips, counted from 0, left before it was safely on disk that they would."""
    early, sent, safe, logged = [], 0, 0, b""
    for op in done:
        if op.what == "logged":
            logged += op.data
        elif op.what == "synced":
            safe += b'"$":"SendingSlip"' in logged
            logged = b""
        elif op.what == "sent":
            if safe <= sent:
                early.append(sent)
            sent += 1
    return early


def traced(folder: Path, synchronous: str = "FULL") -> list[Op]:
    """What a unit does in one return with two slips."""
    trace = folder / "trace"
    (folder / synchronous).mkdir()
    strace = ("strace", "-f", "-yy", "-xx", "-s", "200000", "-o", str(trace), "-e", CALLS)
    with TcpPrinter(Machine()) as printer:
        unit = (sys.executable, "-m", "tests.system.one_return", str(folder / synchronous))
        subprocess.run(
            [*strace, *unit, str(printer.port), synchronous], check=True, cwd=ROOT, timeout=60
        )
        labels = 3  # one for each article of `one_return`
        assert len(printer.machine.pages) == 3 + labels  # customer's and shop's copy, the result
    return list(ops(trace.read_text()))


def test_no_slip_leaves_before_its_leaving_is_on_disk(tmp_path: Path) -> None:
    done = traced(tmp_path)
    assert sum(op.what == "sent" for op in done) == 2
    assert too_early(done) == []


def test_without_syncs_the_check_fails(tmp_path: Path) -> None:
    """The control: `synchronous = OFF` commits as well, and nothing of it is safe."""
    done = traced(tmp_path, "OFF")
    assert sum(op.what == "sent" for op in done) == 2
    assert too_early(done)


def test_a_slip_that_overtakes_its_sync_is_noticed() -> None:
    logged, synced, sent = Op("logged", b'{"$":"SendingSlip"}'), Op("synced"), Op("sent", b"slip")
    assert too_early([logged, synced, sent]) == []
    assert too_early([logged, sent, synced]) == [0]
    assert too_early([logged, synced, sent, sent]) == [1]
    assert too_early([Op("logged", b"something else"), synced, sent]) == [0]
