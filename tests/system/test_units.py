"""The service's own files, judged by systemd itself; nothing is booted.

Needs the Debian packages `systemd` and `strace`, which the set-up installs.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "systemd"
UNIT = "returns-terminal.service"
DROP_IN = f"{UNIT}.d"
COURIER = "returns-courier.service"
EXPOSURE_MAX = 1.0
EXPOSURE_MAX_COURIER = 1.3
EXPOSURE_MAX_NETWORK = 1.5  # with a network printer


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A folder that looks like an installed system, programs replaced by /bin/true."""
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    shutil.copy(UNITS / UNIT, units)
    shutil.copytree("/usr/lib/systemd/system", tmp_path / "usr/lib/systemd/system", symlinks=True)
    (tmp_path / "lib").symlink_to("usr/lib")
    programs = tmp_path / "opt/returns-terminal/bin"
    programs.mkdir(parents=True)
    for name in ("returns-terminal", "python"):
        shutil.copy("/bin/true", programs / name)
    for name in ("passwd", "group"):
        (tmp_path / "etc" / name).write_text("")
    return tmp_path


def with_drop_in(system: Path) -> None:
    shutil.copytree(UNITS / DROP_IN, system / "etc/systemd/system" / DROP_IN)


def verify(system: Path, unit: str = UNIT) -> str:
    """What systemd has against the unit."""
    done = run("systemd-analyze", "verify", "--man=no", f"--root={system}", unit)
    ours = [line for line in done.stderr.splitlines() if "returns" in line]
    return "\n".join(ours) or ("" if done.returncode == 0 else done.stderr)


def exposure(system: Path, name: str = UNIT) -> float:
    unit = system / "etc/systemd/system" / name
    done = run("systemd-analyze", "security", "--offline=yes", "--no-pager", unit)
    found = re.search(r"exposure level for \S+: ([0-9.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    return float(found[1])


def test_the_courier_has_the_network_and_almost_nothing_else(system: Path) -> None:
    """No device, no file of the terminal's, nobody who listens; and its socket is its group's."""
    shutil.copy(UNITS / COURIER, system / "etc/systemd/system")
    assert verify(system, COURIER) == ""
    assert exposure(system, COURIER) <= EXPOSURE_MAX_COURIER
    text = (UNITS / COURIER).read_text()
    assert settings("DeviceAllow", text) == []
    assert settings("SocketBindDeny", text) == ["any"]
    assert "/var/lib/returns-terminal" in settings("InaccessiblePaths", text)[0]
    assert settings("Group", text) == settings("Group", (UNITS / UNIT).read_text())
    assert settings("RuntimeDirectoryMode", text) == ["0750"]
    (run_at,), (keys_at,) = settings("RuntimeDirectory", text), settings("StateDirectory", text)
    program = (ROOT / "terminal/courier/__main__.py").read_text()
    assert f'"/run/{run_at}/courier.sock"' in program
    assert f'"/var/lib/{keys_at}"' in program


def settings(key: str, text: str) -> Sequence[str]:
    return re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)


def test_systemd_has_nothing_against_the_unit(system: Path) -> None:
    assert verify(system) == ""
    with_drop_in(system)
    assert verify(system) == ""


def test_a_misspelt_setting_is_noticed(system: Path) -> None:
    """The control: the check above can fail."""
    unit = system / "etc/systemd/system" / UNIT
    unit.write_text(unit.read_text().replace("WatchdogSec=", "WatchDogSeconds="))
    assert "WatchDogSeconds" in verify(system)


def test_the_terminal_is_exposed_to_almost_nothing(system: Path) -> None:
    assert exposure(system) <= EXPOSURE_MAX
    with_drop_in(system)
    assert exposure(system) <= EXPOSURE_MAX_NETWORK


def test_an_open_door_is_noticed(system: Path) -> None:
    """The control: without its walls the unit is not let through."""
    unit = system / "etc/systemd/system" / UNIT
    walls = re.compile(r"^(Protect|Restrict|Private|SystemCall|Capability).*\n", re.MULTILINE)
    unit.write_text(walls.sub("", unit.read_text()))
    assert exposure(system) > 4 * EXPOSURE_MAX


def test_without_a_network_printer_there_is_no_network() -> None:
    text = (UNITS / UNIT).read_text()
    assert settings("PrivateNetwork", text) == ["yes"]
    assert settings("RestrictAddressFamilies", text) == ["AF_UNIX"]
    assert settings("IPAddressDeny", text) == ["any"]


def test_the_text_console_comes_back_however_the_program_ends() -> None:
    """Graphics mode outlives the process: the module named here is there and gives it back."""
    (stop,) = settings("ExecStopPost", (UNITS / UNIT).read_text())
    module = re.search(r"-m (\S+)", stop)
    assert module
    assert module[1] == "drivers.vt"
    assert (ROOT / "drivers/vt.py").read_text().count('if __name__ == "__main__":') == 1


def test_drivers_the_terminal_may_use_are_there_before_it_starts() -> None:
    """A driver is looked up by its name at the start alone: one that comes later is refused."""
    text = (UNITS / UNIT).read_text()
    allowed = {one.split()[0] for one in settings("DeviceAllow", text) if one.startswith("char-")}
    modules = {
        "char-hidraw": "usbhid",
        "char-usb": "usblp",
        "char-ttyACM": "cdc_acm",
        "char-ttyUSB": "usbserial",
    }
    built_in = {"char-input", "char-ttyS", "char-fb"}
    assert allowed - built_in == set(modules)
    loaded = (UNITS / "returns-terminal.modules-load").read_text().splitlines()
    assert {one for one in loaded if not one.startswith("#")} == set(modules.values())
    assert not settings("DefaultDependencies", text)  # so it starts after they are loaded


def test_user_and_folders_are_made(system: Path) -> None:
    users = run("systemd-sysusers", f"--root={system}", UNITS / "returns-terminal.sysusers")
    assert users.returncode == 0, users.stderr
    assert re.search(
        r"^returns:.*:/var/lib/returns-terminal:", _read(system, "passwd"), re.MULTILINE
    )
    assert re.search(r"^returns:", _read(system, "group"), re.MULTILINE)
    rules = UNITS / "returns-terminal.tmpfiles"
    folders = run("systemd-tmpfiles", f"--root={system}", "--create", rules)
    assert folders.returncode == 0, folders.stderr
    assert (system / "var/lib/returns-terminal").stat().st_mode & 0o777 == 0o700
    assert (system / "etc/returns-terminal").stat().st_mode & 0o777 == 0o750


def test_unit_udev_and_settings_speak_of_the_same_places() -> None:
    unit = (UNITS / UNIT).read_text()
    (user,) = settings("User", unit)
    rules = (ROOT / "config/udev/60-returns-terminal.rules").read_text()
    assert set(re.findall(r'GROUP="(\w+)"', rules)) == {user}
    (state,) = settings("StateDirectory", unit)
    assert f'data = "/var/lib/{state}"' in (ROOT / "config/terminal.toml").read_text()


def _read(system: Path, name: str) -> str:
    return (system / "etc" / name).read_text()
