"""A copy of this system that writes to memory only, for the installers; nothing of the product is
there yet, whatever this system has.

Needs root for the copy (an overlay in a mount namespace of its own) and, once, a network for the
Python packages, which are kept in var/ afterwards.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec import Struct

ROOT = Path(__file__).parents[2]
BUILT = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
OVERLAY = """
mount -t tmpfs memory "$1" && mkdir "$1/new" "$1/work" "$1/unit"
mount -t overlay copy -o "lowerdir=/,upperdir=$1/new,workdir=$1/work" "$1/unit"
rm -rf "$1"/unit/var/lib/returns-* "$1"/unit/etc/returns-*
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


class Product(Struct, frozen=True):
    """What an installer puts in."""

    installer: str
    parts: tuple[str, ...]  # Python packages of ours
    lock: str
    wheels: Path  # kept from run to run

    @property
    def files(self) -> tuple[str, ...]:
        """All that its installer needs beside wheels."""
        return (self.installer, "config", "systemd", "docs", "LICENSE")


TERMINAL = Product(
    "install.sh",
    ("terminal", "drivers", "printer", "storage"),
    "requirements.txt",
    ROOT / "var" / "wheels",
)
OFFICE = Product(
    "backoffice/install.sh",
    ("backoffice",),
    "requirements-backoffice.txt",
    ROOT / "var" / "wheels-backoffice",
)


class Unit:
    """A copy of this system with its own /etc, /opt, /var."""

    def __init__(self, product: Product, root: Path, source: Path, keeper: int) -> None:
        self._product = product
        self.source = source  # of the product's files, to be changed as a new release does
        self._root = root
        self._enter = ("nsenter", "-m", "-t", str(keeper))

    def install(self) -> str:
        """As into an image."""
        wheels = ("--no-apt", "--wheels", self.source / "wheels")
        return run(
            *self._enter, self.source / self._product.installer, "--root", self._root, *wheels
        )

    def install_from_within(self, wheels: str = "/mnt/wheels") -> str:
        """As on the unit itself."""
        return self.does(f"/mnt/{self._product.installer}", "--no-apt", "--wheels", wheels)

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
def unit(product: Product, folder: Path) -> Iterator[Unit]:
    """The system, this checkout's files at /mnt, and its wheels among them."""
    wheels = _with_this_code(product, folder)
    source, memory = folder / "source", folder / "memory"
    source.mkdir()
    memory.mkdir()
    _copy(product.files, source)
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
        yield Unit(product, memory / "unit", source, keeper.pid)
    finally:
        keeper.kill()
        keeper.communicate()


def _copy(names: Iterable[str], there: Path) -> None:
    for name in names:
        one = ROOT / name
        (there / name).parent.mkdir(exist_ok=True)
        (shutil.copytree if one.is_dir() else shutil.copy)(one, there / name)


def _gathered(product: Product) -> Path:
    """Gathered when the lock changed, the product in it always built anew."""
    lock = hashlib.sha256((ROOT / product.lock).read_bytes()).hexdigest()
    stamp = product.wheels / "lock.sha256"
    if not stamp.exists() or stamp.read_text() != lock:
        run(f"./{product.installer}", "--make-wheels", product.wheels)
        stamp.write_text(lock)
    return product.wheels


def _with_this_code(product: Product, folder: Path) -> Path:
    """The wheels with the product as this checkout has it."""
    shutil.copytree(_gathered(product), folder / "wheels")
    source = folder / "code"
    source.mkdir()
    _copy((*product.parts, *BUILT), source)
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
