"""The walls of the service do not stand in its own way: what a real return calls is allowed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.printer import Machine, TcpPrinter

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "systemd/returns-terminal.service"
# Starting a program is the manager's work; SQLite gives files away (fchown) only when it is root.
NOT_OURS = {"execve", "fchown"}


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Every system call of a unit in one return, with a scanner that is missing."""
    folder = tmp_path_factory.mktemp("walls")
    with TcpPrinter(Machine()) as printer:
        unit = (sys.executable, "-m", "tests.system.one_return", str(folder), str(printer.port))
        strace = ("strace", "-f", "-o", str(folder / "trace"))
        subprocess.run([*strace, *unit], check=True, cwd=ROOT, timeout=60)
    return (folder / "trace").read_text()


def calls_of(filter_set: str) -> set[str]:
    """The system calls of `@set`, those of the sets in it too."""
    done = subprocess.run(
        ["systemd-analyze", "syscall-filter", "--no-pager", filter_set],
        capture_output=True,
        text=True,
        check=True,
    )
    found: set[str] = set()
    for line in done.stdout.splitlines()[1:]:
        word = line.strip()
        if word.startswith("@"):
            found |= calls_of(word)
        elif word and not word.startswith("#"):
            found.add(word)
    return found


def allowed() -> set[str]:
    """What the unit's own lines let through."""
    calls: set[str] = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", UNIT.read_text(), re.MULTILINE):
        sets = line.removeprefix("~").split()
        for one in sets:
            calls = calls - calls_of(one) if line.startswith("~") else calls | calls_of(one)
    return calls


def test_every_system_call_of_a_return_is_allowed(trace: str) -> None:
    used = set(re.findall(r"^\d+ +(\w+)\(", trace, re.MULTILINE))
    assert {"fdatasync", "inotify_init1", "pwrite64", "eventfd2"} <= used, "too little was traced"
    assert used - allowed() - NOT_OURS == set()


def test_what_the_walls_are_for_is_not_allowed() -> None:
    """The control: the reading of the filter can say no."""
    assert not allowed() & {"mount", "ptrace", "reboot", "init_module", "setuid", "bpf"}


def test_no_memory_is_both_written_and_run(trace: str) -> None:
    """MemoryDenyWriteExecute would end the program."""
    mapped = re.findall(r"^\d+ +mmap\(.*$", trace, re.MULTILINE)
    assert mapped
    assert [line for line in mapped if "PROT_WRITE|PROT_EXEC" in line] == []
    assert not re.search(r"^\d+ +(pkey_)?mprotect\(.*PROT_EXEC", trace, re.MULTILINE)


def test_only_the_printer_is_spoken_to_over_the_network(trace: str) -> None:
    families = set(re.findall(r"^\d+ +socket\((AF_\w+)", trace, re.MULTILINE))
    assert families <= {"AF_INET", "AF_UNIX"}
    assert len(set(re.findall(r"sin_port=htons\((\d+)\)", trace))) == 1
