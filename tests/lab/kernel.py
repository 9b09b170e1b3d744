"""Debian's own kernel for the lab, and a small first root with the modules that it needs.

Everything is kept under var/lab/cache by version; nothing on this machine is changed.
"""

import gzip
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAB = ROOT / "var" / "lab"
CACHE = LAB / "cache"
INIT = Path(__file__).parent / "guest" / "init.sh"

# What the machine needs to find its root, and what stands for the hardware.
MODULES = (
    "virtio_pci", "virtio_blk", "virtio_console", "virtio-rng", "9p", "9pnet_virtio", "ext4",
    "bochs", "xhci-pci", "usbhid", "hid-generic", "evdev", "uhid", "uinput", "configfs",
    "libcomposite", "usb_f_hid", "usb_f_acm", "usb_f_printer", "dummy_hcd", "usblp", "cdc-acm",
    "ftdi_sio", "crc32c_generic", "crc32c-intel", "nls_ascii", "fuse", "autofs4", "efi-pstore",
    "virtio_net",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kernel:
    """`modules` is a /lib/modules/<version> folder with the lab's modules and their tables."""

    version: str
    image: Path
    modules: Path
    initrd: Path


def missing_packages() -> list[str]:
    """Debian packages of debian-packages-lab.txt that are not installed here."""
    wanted = [
        line
        for line in (ROOT / "debian-packages-lab.txt").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    said = subprocess.run(
        ("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *wanted),
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    return [name for name in wanted if f"{name} installed" not in said.splitlines()]


def kernel() -> Kernel:
    """Fetched by apt and unpacked once. SystemExit names what must be installed first;
    CalledProcessError when the kernel cannot be had.
    """
    if missing := missing_packages():
        raise SystemExit(f"the lab needs: apt-get install {' '.join(missing)}")
    CACHE.mkdir(parents=True, exist_ok=True)
    package = _package()
    version = package.removeprefix("linux-image-")
    home = CACHE / package
    found = Kernel(
        version,
        home / "boot" / f"vmlinuz-{version}",
        home / "lab-modules" / version,
        home / "initrd.gz",
    )
    if not found.image.exists():
        _fetch(package, home)
    if _older(found.initrd, INIT, Path(__file__)):
        _pick_modules(home / "lib" / "modules" / version, found.modules)
        _first_root(found)
    return found


def _package() -> str:
    """Of the kernel that Debian has now; apt's lists are fetched where they name none."""
    command = ("apt-cache", "depends", "linux-image-amd64")
    for _ in range(2):
        said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
        if names := re.findall(r"Depends: (linux-image-\S+)", said):
            return str(names[0])
        _apt("update")
    raise FileNotFoundError("apt knows no kernel: is there a network, and a Debian mirror?")


def _fetch(package: str, home: Path) -> None:
    if not list(CACHE.glob(f"{package}_*.deb")):
        try:
            _apt("download", package)
        except subprocess.CalledProcessError:  # the list is older than the mirror
            _apt("update")
            _apt("download", package)
    kept = list(CACHE.glob(f"{package}_*.deb"))
    subprocess.run(("dpkg-deb", "-x", str(kept[-1]), str(home)), check=True)


def _apt(*words: str) -> None:
    """Into the cache's folder. CalledProcessError carries what was said."""
    command = ("apt-get", "-q", "-o", "Acquire::Retries=3", *words)
    subprocess.run(command, cwd=CACHE, check=True, capture_output=True, text=True)


def _older(made: Path, *sources: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < max(one.stat().st_mtime for one in sources)


def _pick_modules(whole: Path, picked: Path) -> None:
    """The lab's modules and what they need, under one root for depmod."""
    shutil.rmtree(picked, ignore_errors=True)
    picked.mkdir(parents=True)
    subprocess.run(("depmod", "-b", str(whole.parents[2]), whole.name), check=True)
    for path in _closure(whole, MODULES):
        (picked / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(whole / path, picked / path)
    for table in ("modules.builtin", "modules.builtin.modinfo", "modules.order"):
        shutil.copy2(whole / table, picked / table)
    subprocess.run(("depmod", "-a", "-b", str(_as_root(picked)), picked.name), check=True)


def _as_root(picked: Path) -> Path:
    """The root that depmod wants: lib/modules/<version> below a root."""
    root = picked.parents[1] / "lab-root"
    shutil.rmtree(root, ignore_errors=True)
    (root / "lib").mkdir(parents=True)
    (root / "lib" / "modules").symlink_to(picked.parent)
    return root


def _closure(whole: Path, names: tuple[str, ...]) -> list[str]:
    """Paths of modules in an order in which each finds what it needs."""
    needs: dict[str, list[str]] = {}
    for line in (whole / "modules.dep").read_text().splitlines():
        path, _, rest = line.partition(":")
        needs[path] = rest.split()
    of_name = {Path(path).stem.replace("-", "_"): path for path in needs}
    order: list[str] = []

    def take(path: str) -> None:
        for other in reversed(needs[path]):
            take(other)
        if path not in order:
            order.append(path)

    for name in names:
        if name.replace("-", "_") in of_name:  # else it is built in
            take(of_name[name.replace("-", "_")])
    return order


def _first_root(made: Kernel) -> None:
    folder = made.initrd.parent / "first-root"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("bin", "sbin", "proc", "sys", "dev", "root"):
        (folder / name).mkdir(parents=True)
    shutil.copy2("/bin/busybox", folder / "bin" / "busybox")
    shutil.copy2(INIT, folder / "init")
    (folder / "init").chmod(0o755)
    (folder / "sbin" / "modprobe").symlink_to("/bin/busybox")  # the kernel's own requests
    shutil.copytree(made.modules, folder / "lib" / "modules" / made.version)
    made.initrd.write_bytes(gzip.compress(_cpio(folder), compresslevel=1))


def _cpio(folder: Path) -> bytes:
    names = "\n".join(_below(folder)).encode()
    return subprocess.run(
        ("cpio", "--quiet", "-o", "-H", "newc"),
        input=names,
        cwd=folder,
        check=True,
        capture_output=True,
    ).stdout


def _below(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        yield str(path.relative_to(folder))
