"""The installer, on a copy of this system that writes to memory only.

Needs root for the copy (an overlay in a mount namespace of its own) and, once, a network for the
Python packages, which are kept in var/wheels afterwards.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHEELS = ROOT / "var" / "wheels"
CODE = ("terminal", "drivers", "printer", "storage", "setup.cfg", "pyproject.toml")
WITH_IT = ("install.sh", "config", "systemd", "docs", "LICENSE")  # all it needs beside wheels
OVERLAY = """
mount -t tmpfs memory "$1" && mkdir "$1/new" "$1/work" "$1/unit"
mount -t overlay copy -o "lowerdir=/,upperdir=$1/new,workdir=$1/work" "$1/unit"
mount --bind "$2" "$1/unit/mnt"
mount --bind /dev "$1/unit/dev"
mount --bind /proc "$1/unit/proc"
echo ready
exec sleep infinity
"""


def run(*command: str | Path, cwd: Path = ROOT, said: str = "") -> str:
    """What it said, both ways. Its exit code must be 0."""
    done = subprocess.run(command, cwd=cwd, input=said, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


class Unit:
    """A copy of this system with its own /etc, /opt, /var."""

    def __init__(self, root: Path, source: Path, keeper: int) -> None:
        self.source = source  # of the product's files, to be changed as a new release does
        self._root = root
        self._enter = ("nsenter", "-m", "-t", str(keeper))

    def install(self) -> str:
        """As into an image."""
        wheels = ("--no-apt", "--wheels", self.source / "wheels")
        return run(*self._enter, self.source / "install.sh", "--root", self._root, *wheels)

    def install_from_within(self, wheels: str = "/mnt/wheels") -> str:
        """As on the unit itself."""
        return self.does("/mnt/install.sh", "--no-apt", "--wheels", wheels)

    def refuses(self, wheels: str = "/mnt/wheels") -> str:
        with pytest.raises(AssertionError) as refused:
            self.install_from_within(wheels)
        return str(refused.value)

    def does(self, *command: str, said: str = "") -> str:
        return run(*self._enter, "chroot", self._root, *command, said=said)

    def has(self, path: str) -> bool:
        return self.does("sh", "-c", f"[ -e {path} ] && echo yes || echo no") == "yes\n"

    def edit(self, path: str, old: str, new: str) -> None:
        self.does("sed", "-i", f"s/{old}/{new}/", path)


@contextmanager
def unit(folder: Path, wheels: Path) -> Iterator[Unit]:
    source, memory = folder / "source", folder / "memory"
    source.mkdir()
    memory.mkdir()
    for name in WITH_IT:
        one = ROOT / name
        (shutil.copytree if one.is_dir() else shutil.copy)(one, source / name)
    wheels.rename(source / "wheels")
    keeper = subprocess.Popen(
        ["unshare", "-m", "sh", "-ec", OVERLAY, "sh", memory, source],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert keeper.stdout is not None
        if keeper.stdout.readline() != "ready\n":
            pytest.skip("no overlay can be mounted here")
        yield Unit(memory / "unit", source, keeper.pid)
    finally:
        keeper.kill()
        keeper.communicate()


def gathered() -> Path:
    """var/wheels: gathered when the lock changed, the product in it always built anew."""
    lock = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()
    stamp = WHEELS / "lock.sha256"
    if not stamp.exists() or stamp.read_text() != lock:
        run("./install.sh", "--make-wheels", WHEELS)
        stamp.write_text(lock)
    return WHEELS


def with_this_code(wheels: Path, folder: Path) -> Path:
    """The wheels with the product as this checkout has it."""
    shutil.copytree(wheels, folder / "wheels")
    source = folder / "code"
    source.mkdir()
    for name in (*CODE, "README.md", "LICENSE"):
        one = ROOT / name
        (shutil.copytree if one.is_dir() else shutil.copy)(one, source / name)
    (old,) = (folder / "wheels").glob("returns_terminal-*.whl")
    old.unlink()
    pip = (sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "--no-index")
    run(*pip, "--no-build-isolation", "-w", folder / "wheels", source)
    (new,) = (folder / "wheels").glob("returns_terminal-*.whl")
    lines = (folder / "wheels" / "requirements.txt").read_text().splitlines()
    kept = [line for line in lines if not line.startswith("returns_terminal==")]
    digest = hashlib.sha256(new.read_bytes()).hexdigest()
    kept.append(f"returns_terminal=={new.name.split('-')[1]} --hash=sha256:{digest}")
    (folder / "wheels" / "requirements.txt").write_text("\n".join(kept) + "\n")
    return folder / "wheels"


@pytest.mark.skipif(os.geteuid() != 0, reason="an installer is tried as root")
@pytest.mark.timeout(300)
def test_install_upgrade_and_removal_leave_the_shop_what_is_its_own(tmp_path: Path) -> None:
    with unit(tmp_path, with_this_code(gathered(), tmp_path)) as one:
        _fresh(one)
        _upgraded(one)
        _refused(one)
        _removed(one)


def _fresh(one: Unit) -> None:
    said = one.install()
    assert "staff add" in said
    assert "check" in said
    staff = ("returns-terminal", "staff")
    one.does(*staff, "add", "1007", "Li", "--role", "manager", "--pin-stdin", said="739154\n")
    assert "1007" in one.does(*staff, "list")
    owners = "/var/lib/returns-terminal /var/lib/returns-terminal/returns.db /etc/returns-terminal"
    assert one.does("stat", "-c", "%A %U %G", *owners.split()).splitlines() == [
        "drwx------ returns returns",
        "-rw------- returns returns",
        "drwxr-x--- root returns",
    ]
    wants = "/etc/systemd/system"
    assert one.has(f"{wants}/multi-user.target.wants/returns-terminal.service")
    assert not one.has(f"{wants}/getty.target.wants/getty@tty1.service")
    assert one.does("sh", "-c", "ls /etc/returns-terminal /var/tmp").count(".new") == 0
    one.does("/opt/returns-terminal/bin/python", "-I", "-c", "import drivers.vt, evdev, serial")
    # key maps and profiles are settings
    for command, user in (
        ("staff", "returns"),
        ("learn-keys", "root"),
        ("learn-scanner", "root"),
        ("enrol", "root"),
    ):
        steps = one.does("sh", "-x", "/usr/local/bin/returns-terminal", command, "--help")
        assert ("runuser" in steps) == (user == "returns"), steps


def _upgraded(one: Unit) -> None:
    """The shop changed one file, the new release another, and both changed a third."""
    etc = "/etc/returns-terminal"
    one.edit(f"{etc}/terminal.toml", 'workstation = "03"', 'workstation = "07"')
    one.edit(f"{etc}/policy.toml", "^#.*", "# the shop's own")
    for name in ("policy.toml", "reasons.toml"):
        file = one.source / "config" / name
        file.write_text("# a new release\n" + file.read_text("utf-8"), "utf-8")
    assert "policy.toml.new" in one.install_from_within()
    assert 'workstation = "07"' in one.does("cat", f"{etc}/terminal.toml")
    assert not one.has(f"{etc}/terminal.toml.new")
    for name in ("policy.toml", "reasons.toml"):
        assert "a new release" not in one.does("cat", f"{etc}/{name}")
        assert "a new release" in one.does("cat", f"{etc}/{name}.new")
    assert "1007" in one.does("returns-terminal", "staff", "list")
    assert one.does("sh", "-c", "ls -d /opt/returns-terminal*").split() == [
        "/opt/returns-terminal",
        "/opt/returns-terminal.b",
    ]


def _refused(one: Unit) -> None:
    """What cannot be trusted or cannot serve is not put in the place of what works."""
    spoiled = Path(shutil.copytree(one.source / "wheels", one.source / "spoiled"))
    (wheel,) = spoiled.glob("qrcode-*.whl")
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    assert "HASHES" in one.refuses("/mnt/spoiled")
    assert one.does("readlink", "/opt/returns-terminal") == "returns-terminal.b\n"
    terminal = "/etc/returns-terminal/terminal.toml"
    one.edit(terminal, 'workstation = "07"', 'workstation = "seven"')
    said = one.refuses()
    assert "terminal.workstation" in said
    assert "nothing was exchanged" in said
    assert one.does("readlink", "/opt/returns-terminal") == "returns-terminal.b\n"
    one.edit(terminal, 'workstation = "seven"', 'workstation = "07"')


def _removed(one: Unit) -> None:
    said = one.does("/mnt/install.sh", "--uninstall")
    assert "/etc/returns-terminal" in said
    assert "/var/lib/returns-terminal" in said
    assert one.has("/var/lib/returns-terminal/returns.db")
    assert 'workstation = "07"' in one.does("cat", "/etc/returns-terminal/terminal.toml")
    gone = "/opt/returns-terminal* /usr/local/bin/returns-terminal /usr/share/returns-terminal"
    for path in (*gone.split(), "/usr/lib/systemd/system/returns-terminal.service"):
        assert not one.has(path), path
    assert not one.has("/etc/udev/rules.d/60-returns-terminal.rules")
    assert one.has("/etc/systemd/system/getty.target.wants/getty@tty1.service")


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="Debian package shellcheck")
def test_the_script_is_clean() -> None:
    assert run("shellcheck", "-s", "sh", "install.sh") == ""


def test_help_and_wrong_arguments_change_nothing() -> None:
    assert "--uninstall" in run("./install.sh", "--help")
    for wrong in (["--frobnicate"], ["--root"], ["--root", "/nowhere"]):
        done = subprocess.run(
            ["./install.sh", *wrong], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1, wrong
        assert "install.sh: " in done.stderr
