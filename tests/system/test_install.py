"""The terminal's installer, on a copy of this system (image.py)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.system.image import ROOT, TERMINAL, Unit, run, unit


@pytest.mark.skipif(os.geteuid() != 0, reason="an installer is tried as root")
@pytest.mark.timeout(300)
def test_install_upgrade_and_removal_leave_the_shop_what_is_its_own(tmp_path: Path) -> None:
    with unit(TERMINAL, tmp_path) as one:
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
    assert not one.has("/etc/returns-terminal/backoffice.toml")  # another machine's
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
def test_the_scripts_are_clean() -> None:
    assert run("shellcheck", "-x", "install.sh", "backoffice/install.sh") == ""


def test_help_and_wrong_arguments_change_nothing() -> None:
    assert "--uninstall" in run("./install.sh", "--help")
    for wrong in (["--frobnicate"], ["--root"], ["--root", "/nowhere"]):
        done = subprocess.run(
            ["./install.sh", *wrong], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1, wrong
        assert "install.sh: " in done.stderr
