"""A disk that is full or fails: the commit is fatal for the store, earlier ones are kept."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage.backup import proved
from storage.faults import ReadOnly, StorageFault, StoreUnusable
from storage.store import Store, open_store
from tests.fakes.small_disk import full_disk
from tests.storage.samples import step

COMMITTER = (sys.executable, "-m", "tests.storage.committer")
STRACE = ("strace", "-f", "-o")
SYNCS = "fdatasync,fsync,sync_file_range,msync"
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")


def _runs(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


needs_namespace = pytest.mark.skipif(
    not _runs(*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"),
    reason="this machine lets no test mount a small disk of its own (unshare -Urm)",
)
needs_strace = pytest.mark.skipif(
    not _runs("strace", "-o", "/dev/null", "true"),
    reason="strace is missing or may not trace here (apt-get install strace)",
)


@needs_namespace
def test_a_full_disk_ends_writing_and_loses_nothing_acknowledged(tmp_path: Path) -> None:
    script = f"mount -t tmpfs -o size=3m tmpfs {tmp_path} && exec {sys.executable} -m \
tests.storage.full_disk {tmp_path}"
    child = subprocess.run(
        [*NAMESPACE, "sh", "-c", script], capture_output=True, text=True, check=False
    )
    assert child.stdout.endswith("held\n"), child.stdout + child.stderr
    assert "DiskFull" in child.stdout


@needs_namespace
def test_a_disk_mounted_read_only_is_told(tmp_path: Path) -> None:
    open_store(tmp_path / "terminal.db").close()
    script = f"mount --bind {tmp_path} {tmp_path} && mount -o remount,bind,ro {tmp_path} && exec \
{sys.executable} -m tests.storage.committer {tmp_path}/terminal.db 1"
    child = subprocess.run(
        [*NAMESPACE, "sh", "-c", script], capture_output=True, text=True, check=False
    )
    assert ReadOnly.__name__ in child.stderr.splitlines()[-1], child.stderr


def test_a_log_that_cannot_be_written_back_ends_writing(store: Store) -> None:
    """Else the next commits would meet the same disk, one after the other."""
    store.commit(step(1))
    with full_disk(), pytest.raises(StorageFault):
        store.checkpoint()
    with pytest.raises(StoreUnusable):
        store.commit(step(2))
    assert not store.checkpoint_if_due()


@needs_strace
@pytest.mark.parametrize(("call", "when"), [("fdatasync", 20), ("pwrite64", 150)])
def test_a_failed_sync_or_write_ends_writing(file: Path, call: str, when: int) -> None:
    open_store(file).close()
    inject = f"inject={call}:error=EIO:when={when}"
    child = subprocess.run(
        [*STRACE, "/dev/null", "-e", f"trace={call}", "-e", inject, *COMMITTER, str(file), "200"],
        capture_output=True,
        text=True,
        check=False,
    )
    *acknowledged, fault, after = child.stdout.split()
    assert (fault, after) == ("DiskFault", "StoreUnusable"), child.stdout + child.stderr
    with open_store(file) as store:
        recorded = store.next_return_sequence() - 1
        last = int(acknowledged[-1])
        assert 0 < last <= recorded <= last + 1  # the failed one is told as "may not be recorded"
        assert store.load_state() == str(recorded)


@needs_strace
@pytest.mark.parametrize("error", ["EPERM", "EOPNOTSUPP", "ENOSYS"])
def test_a_backup_goes_to_a_disk_that_knows_no_second_name(
    file: Path, tmp_path: Path, error: str
) -> None:
    """FAT says EPERM; a share or a file system of a program may say the others."""
    open_store(file).close()
    script = f"from pathlib import Path; from storage.backup import backup; \
backup(Path({str(file)!r}), Path({str(tmp_path / 'copy.db')!r}))"
    inject = f"inject=link,linkat:error={error}"
    child = subprocess.run(
        [*STRACE, "/dev/null", "-e", inject, sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    assert proved(tmp_path / "copy.db").head_seq == 0
    assert [one.name for one in tmp_path.glob("copy*")] == ["copy.db"]


@needs_strace
def test_a_step_is_one_sync(file: Path, tmp_path: Path) -> None:
    """At most 1.05 syncs a step, checkpoints on the way included."""
    steps = 200
    open_store(file).close()
    trace = tmp_path / "trace"
    subprocess.run(
        [*STRACE, str(trace), "-e", f"trace=write,{SYNCS}", *COMMITTER, str(file), str(steps)],
        capture_output=True,
        check=True,
    )
    said = trace.read_text()
    while_stepping = said[said.index('"open') : said.index(f'"{steps}\\n"')]
    syncs = sum(" = 0" in line and "sync(" in line for line in while_stepping.splitlines())
    assert steps <= syncs <= 1.05 * steps, syncs
