"""The unit's disk: Debian 12, the product put in by its own installer, and the lab's own devices.

Built once and kept by what it is made of; a disk is never written to, units run on copies.
"""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from tests.lab import shop
from tests.lab.kernel import CACHE, MODULES, ROOT, Kernel, kernel

PACKAGES = (
    "systemd", "systemd-sysv", "udev", "dbus", "kmod", "procps", "login", "usbutils",
    "python3", "python3-venv", "fonts-wqy-microhei", "modemmanager",
)  # fmt: skip
GUEST = Path(__file__).parent / "guest"
HOSTILE = Path(__file__).parent / "slips" / "hostile.py"
SIZE = "2G"
RELEASE = "/opt/lab/release"  # in the unit: what an engineer carries there on a stick
WHEELS = f"{RELEASE}/var/wheels"
# What README tells whoever installs a unit without a network: there, then on the unit.
INSTALL_THERE = "./install.sh --make-wheels var/wheels"
INSTALL_HERE = "./install.sh --no-apt --wheels var/wheels"
# What docs/COMMISSIONING.md tells next; a PIN comes from a pipe here, from fingers there.
STAFF_ADD = "returns-terminal staff add"
IMPORT_SALES = "returns-terminal import-sales /tmp/sales.jsonl"
WATCHDOG = 60  # s
PIN = "8352"  # the demo's own are refused: they are guessed first


def source(folder: Path) -> Path:
    """The product as git knows it: the working tree, or the commit named by LAB_COMMIT."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if commit := os.environ.get("LAB_COMMIT"):
        archive = subprocess.run(
            ("git", "archive", commit), cwd=ROOT, check=True, capture_output=True
        ).stdout
        subprocess.run(("tar", "-x", "-C", str(folder)), input=archive, check=True)
        return folder
    listed = subprocess.run(
        ("git", "ls-files", "-z", "-co", "--exclude-standard"),
        cwd=ROOT, check=True, capture_output=True,
    ).stdout  # fmt: skip
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def fingerprint(product: Path) -> str:
    """Of everything that goes into a disk."""
    parts = ("terminal", "drivers", "printer", "storage", "config", "systemd")
    single = ("install.sh", "requirements.txt", "setup.cfg", "pyproject.toml")
    files = [path for part in parts for path in sorted((product / part).rglob("*"))]
    files += [product / name for name in single]
    files += [*sorted(GUEST.glob("*")), Path(shop.__file__), HOSTILE, Path(__file__)]
    # the sales are of the last days, so a disk is good for one
    whole = hashlib.sha256(f"{shop.TODAY} {' '.join((*PACKAGES, *MODULES))}".encode())
    for path in files:
        if path.is_file() and path.suffix != ".pyc":
            whole.update(f"{path.name}\0".encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def disk(product: Path) -> Path:
    """A qcow2 with the product installed, as README tells a shop's engineer."""
    made = CACHE / f"unit-{fingerprint(product)}.qcow2"
    if made.exists():
        return made
    root = CACHE / "rootfs"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    _run("tar", "-xf", str(_debian()), "-C", str(root))
    _modules(root, kernel())
    _install(product, root)
    _commission(root)
    _patience(root)
    _devices(root)
    raw = made.with_suffix(".raw")
    raw.unlink(missing_ok=True)
    _run("mke2fs", "-q", "-t", "ext4", "-d", str(root), str(raw), SIZE)
    _run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", str(raw), str(made.with_suffix(".new")))
    raw.unlink()
    made.with_suffix(".new").rename(made)
    return made


def over(disk: Path, new: Path) -> Path:
    """A disk that holds only what is written to it; all else is read from `disk`."""
    new.unlink(missing_ok=True)
    _run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", str(disk), str(new))
    return new


def _run(*command: str) -> None:
    """CalledProcessError carries what was said."""
    done = subprocess.run(
        ("nice", "-n", "15", *command),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True,
    )  # fmt: skip
    with (CACHE / "build.log").open("a") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout)


def _debian() -> Path:
    name = hashlib.sha256(" ".join(PACKAGES).encode()).hexdigest()[:12]
    made = CACHE / f"debian-{name}.tar"
    if not made.exists():
        part = made.with_suffix(".part.tar")
        include = f"--include={','.join(PACKAGES)}"
        again = '--aptopt=Acquire::Retries "3"'
        _run("mmdebstrap", "--variant=minbase", again, include, "bookworm", str(part))
        part.rename(made)
    return made


def _modules(root: Path, linux: Kernel) -> None:
    target = root / "lib" / "modules" / linux.version
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(linux.modules, target)


def _install(product: Path, root: Path) -> None:
    """As README tells: Python packages are gathered on this machine, the folder is carried over."""
    _run("sh", "-c", f"cd {product} && {INSTALL_THERE}")
    folder = root / RELEASE.lstrip("/")
    folder.mkdir(parents=True)
    for name in ("install.sh", "config", "systemd", "docs", "LICENSE", "var"):
        _run("cp", "-R", str(product / name), str(folder))
    _in(root, f"cd {RELEASE} && {INSTALL_HERE}")


def _in(root: Path, command: str) -> None:
    """In the unit's system, which has /proc for as long as it takes."""
    there = 'mount --bind /proc "$0/proc" && exec chroot "$0" /bin/sh -c "$1"'
    _run("unshare", "--mount", "/bin/sh", "-c", there, str(root), command)


def keypad_rule(rules: str, vendor: str, product: str) -> str:
    """The rules, the example of a keypad at their end put to work for these numbers."""
    (example,) = re.findall(r"^# (SUBSYSTEM.*idProduct.*returns/keypad.*)$", rules, re.MULTILINE)
    numbers = re.findall(r'id(?:Vendor|Product)}=="([0-9a-f]+)"', example)
    named = example.replace(numbers[0], vendor).replace(numbers[1], product)
    return rules.replace(f"# {example}", named)


def _commission(root: Path) -> None:
    """What the engineer does next: the keypad's name, staff, and the shop's sales."""
    rules = root / "etc" / "udev" / "rules.d" / "60-returns-terminal.rules"
    rules.write_text(keypad_rule(rules.read_text(), "0627", "0001"))  # QEMU's usb-kbd
    (root / "tmp" / "sales.jsonl").write_text("".join(shop.sale_lines()), "utf-8")
    _in(root, IMPORT_SALES)
    for number, name, role, pin in (
        ("1007", "王芳", "cashier", PIN),
        ("2001", "李店长", "manager", "7416"),
    ):
        _in(root, f"echo {pin} | {STAFF_ADD} {number} {name} --role {role} --pin-stdin")


def _patience(root: Path) -> None:
    """Settings for a CPU that is 20 to 60 times slower than a unit's, and shared with other work:
    its devices pause inside a code and inside an answer.
    """
    slow = root / "etc" / "systemd" / "system" / "returns-terminal.service.d" / "emulated.conf"
    slow.parent.mkdir(parents=True)
    slow.write_text(f"[Service]\nWatchdogSec={WATCHDOG}\nTimeoutStartSec=600\n")
    settings = root / "etc" / "returns-terminal"
    _change(settings / "scanners" / "default.toml", "\ngap = 0.15 ", "\ngap = 1.0 ")
    printer = settings / "printers" / "generic-80mm.toml"
    _change(printer, "\ntitle = ", "\nanswer_seconds = 5\nfinish_seconds = 60\ntitle = ")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{file} is to have one {old!r}")
    file.write_text(text.replace(old, new), "utf-8")


def _devices(root: Path) -> None:
    """The lab's hand in the machine: gadgets and a root shell on a line of their own."""
    home = root / "opt" / "lab" / "tests" / "lab" / "guest"
    home.mkdir(parents=True)
    for name in ("agent.py", "gadgets.py", "printer_line.py"):
        shutil.copy2(GUEST / name, home / name)
    unit = root / "etc" / "systemd" / "system" / "lab-agent.service"
    shutil.copy2(GUEST / "lab-agent.service", unit)
    wants = unit.parent / "multi-user.target.wants"
    wants.mkdir(exist_ok=True)
    (wants / unit.name).symlink_to(f"../{unit.name}")
    journal = root / "etc" / "systemd" / "journald.conf.d" / "lab.conf"
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_text("[Journal]\nStorage=persistent\nSyncIntervalSec=5\n")
    _in(root, "systemctl disable ModemManager")  # but for the scenario that is about it
    (root / "etc" / "hostname").write_text("returns-03\n")
    (root / "etc" / "fstab").write_text("/dev/vda / ext4 rw,relatime 0 0\n")
    (root / "etc" / "machine-id").write_text("0123456789abcdef0123456789abcdef\n")
