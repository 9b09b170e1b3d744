"""Power cuts without cutting power: every write of a real process, then the disk as it may be left.

The law: a disk keeps what was synced. Of what was written since the last sync of a file it may keep
any part, in any order, torn at 512 bytes; a name that was made or removed may be there or not until
its folder is synced. `python -m tests.storage.power_cut FOLDER [STATES]` tries many states.
"""

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from storage.faults import StorageFault
from storage.store import open_store
from tests.storage.committer import say

SECTOR = 512
CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename"
LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (\d+)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Op:
    """`call` on the file `name`: bytes written at `offset`, or a size, or what was said."""

    call: str
    name: str
    data: bytes = b""
    offset: int = 0


@dataclass(slots=True)
class Disk:
    """One file as the disk surely holds it, and what it may hold besides."""

    content: bytearray = field(default_factory=bytearray)
    there: bool = False
    unsynced: list[Op] = field(default_factory=list)
    names_unsynced: list[bool] = field(default_factory=list)


def record(file: Path, steps: int, synchronous: str) -> list[Op]:
    """Run the committer under strace; what it did to the store's files, in order."""
    trace = file.with_name("trace")
    strace = ("strace", "-f", "-xx", "-s", "1000000", "-o", str(trace), "-e", f"trace={CALLS}")
    committer = (sys.executable, "-m", "tests.storage.committer")
    subprocess.run(
        [*strace, *committer, str(file), str(steps), synchronous], check=True, capture_output=True
    )
    ops = list(parse(trace.read_text(), file))
    trace.unlink()
    return ops


def parse(trace: str, file: Path) -> Iterator[Op]:
    """Only the store and its log matter: the shared memory beside them is made anew."""
    ours = {str(file): "db", f"{file}-wal": "wal", str(file.parent): "folder"}
    names = {1: "said"}
    for line in trace.splitlines():
        match = LINE.match(line)
        if match is None:
            continue
        call, arguments, result = match[1], match[2], int(match[3])
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in TEXT.findall(arguments)]
        if call == "openat":
            name = ours.get(texts[0].decode(), "")
            names[result] = name
            if name == "wal" and "O_CREAT" in arguments:
                yield Op("create", name)
            continue
        if call in {"unlink", "rename"}:
            yield Op(call, ours.get(texts[0].decode(), ""))
            continue
        name = names.get(int(arguments.split(",")[0]), "")
        numbers = arguments.rsplit(",", 1)
        match call:
            case "pwrite64" if name:
                assert len(texts[0]) == result, "strace must show whole writes"
                yield Op("write", name, texts[0], int(numbers[1]))
            case "write" if name == "said":
                yield Op("said", name, texts[0])
            case "fsync" | "fdatasync" if name:
                yield Op("sync", name)
            case "ftruncate" if name:
                yield Op("truncate", name, offset=int(numbers[1]))
            case _:
                pass


def apply(content: bytearray, op: Op, keep: "random.Random | None") -> None:
    """Do `op` to the content; with `keep`, of a write only some sectors."""
    if op.call == "truncate":
        del content[op.offset :]
        content.extend(b"\0" * (op.offset - len(content)))
        return
    for start in range(0, len(op.data), SECTOR):
        if keep is not None and keep.random() < 0.5:
            continue
        piece = op.data[start : start + SECTOR]
        at = op.offset + start
        content.extend(b"\0" * (at + len(piece) - len(content)))
        content[at : at + len(piece)] = piece


def left_behind(disk: Disk, chance: random.Random) -> bytes | None:
    """One content the file may have after the cut; None when its name may be missing."""
    there = chance.choice([disk.there, *disk.names_unsynced])
    if not there:
        return None
    content = bytearray(disk.content)
    share = chance.choice([0.0, 0.5, 0.9, 1.0])
    for op in disk.unsynced:
        if chance.random() < share:
            apply(content, op, chance if chance.random() < 0.3 else None)
    return bytes(content)


def cut_states(
    before: bytes, ops: list[Op], every: int, chance: random.Random
) -> Iterator[tuple[int, dict[str, bytes | None]]]:
    """(the last acknowledged step, the files as left), `every` states for each operation."""
    disks = {"db": Disk(bytearray(before), there=True), "wal": Disk()}
    acknowledged = 0
    for op in ops:
        disk = disks.get(op.name)
        if op.call == "said" and op.data.strip().isdigit():
            acknowledged = int(op.data)
        elif op.name == "folder" and op.call == "sync":
            for one in disks.values():
                one.there = one.names_unsynced[-1] if one.names_unsynced else one.there
                one.names_unsynced.clear()
        elif disk is not None:
            _do(disk, op)
        else:
            continue
        for _ in range(every):
            yield acknowledged, {name: left_behind(one, chance) for name, one in disks.items()}


def _do(disk: Disk, op: Op) -> None:
    match op.call:
        case "create" if not (disk.names_unsynced or [disk.there])[-1]:
            disk.names_unsynced.append(True)
        case "unlink":
            disk.names_unsynced.append(False)
        case "sync":
            for one in disk.unsynced:
                apply(disk.content, one, None)
            disk.unsynced.clear()
        case "write" | "truncate":
            disk.unsynced.append(op)
        case _:  # a name that was made already
            pass


def fault_after_cut(folder: Path, files: dict[str, bytes | None], acknowledged: int) -> str:
    """What is wrong with the store as left by the cut; empty when nothing is."""
    file = folder / "cut.db"
    for name, path in (("db", file), ("wal", folder / "cut.db-wal")):
        content = files[name]
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
    (folder / "cut.db-shm").unlink(missing_ok=True)
    try:
        with open_store(file) as store:
            recorded = store.next_return_sequence() - 1
            if recorded < acknowledged:
                return f"step {acknowledged} was acknowledged, {recorded} is the last kept"
            state = str(recorded) if recorded else None
            if store.load_state() != state or store.journal_head()[0] != recorded:
                return f"state {store.load_state()} beside {recorded} returns"
    except StorageFault as fault:
        return str(fault)
    return ""


def faults(
    folder: Path, steps: int, every: int, synchronous: str = "FULL"
) -> tuple[int, list[str]]:
    """(states tried, what was wrong in those that were bad)."""
    file = folder / f"{synchronous}.db"
    open_store(file, quick_check=False).close()
    before = file.read_bytes()
    ops = record(file, steps, synchronous)
    found = [
        fault_after_cut(folder, files, acknowledged)
        for acknowledged, files in cut_states(before, ops, every, random.Random(11))
    ]
    return len(found), [fault for fault in found if fault]


if __name__ == "__main__":
    for mode in ("FULL", "NORMAL", "OFF"):
        tried, bad = faults(Path(sys.argv[1]), 60, int(sys.argv[2]), mode)
        say(f"{mode}: {len(bad)} bad of {tried} {sorted({one[-70:] for one in bad})[:2]}")
