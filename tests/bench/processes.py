"""What the kernel says of a process: its memory, and how often its threads have slept."""

import re
from pathlib import Path


def memory(pid: int, kind: str) -> float:
    """MB of this kind (Rss, Pss), as the kernel counts them."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(rf"^{kind}:\s+(\d+) kB", text, re.MULTILINE)
    assert found is not None, text
    return int(found[1]) / 1024


def switches(pid: int) -> int:
    """Voluntary context switches of every thread so far: each is a sleep."""
    count = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        status = (task / "status").read_text()
        found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.MULTILINE)
        assert found is not None, task
        count += int(found[1])
    return count
