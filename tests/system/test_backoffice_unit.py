"""The back office's unit: what systemd itself has against it, and how exposed it is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = "returns-backoffice.service"
SOURCE = Path(__file__).parents[2] / "systemd" / UNIT
EXPOSURE_MAX = 1.2  # a network without a device


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A root with the unit and its program."""
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    shutil.copy(SOURCE, units)
    shutil.copytree("/usr/lib/systemd/system", tmp_path / "usr/lib/systemd/system", symlinks=True)
    (tmp_path / "lib").symlink_to("usr/lib")
    programs = tmp_path / "opt/returns-backoffice/bin"
    programs.mkdir(parents=True)
    shutil.copy("/bin/true", programs / "returns-backoffice")
    for name in ("passwd", "group"):
        (tmp_path / "etc" / name).write_text("")
    return tmp_path


def _said(system: Path) -> list[str]:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"--root={system}", UNIT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [line for line in done.stderr.splitlines() if "returns" in line]


def test_systemd_has_nothing_against_it(system: Path) -> None:
    assert _said(system) == []
    unit = system / "etc/systemd/system" / UNIT
    unit.write_text(unit.read_text().replace("StateDirectory=", "StateDirektory="))
    assert _said(system) != [], "the control: this check can fail"


def test_its_exposure_is_small() -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", SOURCE],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"exposure level for \S+: ([0-9.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) <= EXPOSURE_MAX
