"""The back office's installer, on a copy of this system (image.py)."""

import os
from pathlib import Path

import pytest

from tests.system.image import OFFICE, Unit, unit

DATA = "/var/lib/returns-backoffice"
ETC = "/etc/returns-backoffice"
SERVED = """
ip link set lo up
returns-backoffice serve & curl -sf --retry 30 --retry-connrefused 127.0.0.1:8081/readyz
kill $!; wait
"""
USER = ("returns-backoffice", "user", "add", "li", "manager")


@pytest.mark.skipif(os.geteuid() != 0, reason="an installer is tried as root")
@pytest.mark.timeout(300)
def test_an_office_is_installed_upgraded_and_removed(tmp_path: Path) -> None:
    with unit(OFFICE, tmp_path) as one:
        _fresh(one)
        _upgraded(one)
        _removed(one)


def _fresh(one: Unit) -> None:
    """Whatever root does by hand, the service can read and write afterwards."""
    assert "enrol-code" in one.install()
    one.does("returns-backoffice", "migrate")
    one.does(*USER, said="correct horse battery\n" * 2)
    assert "0571-03" in one.does("sh", "-c", "returns-backoffice enrol-code 0571-03 2>&1")
    made = one.does("sh", "-c", f"stat -c '%U %a %n' {DATA} {DATA}/* {ETC}/backoffice.toml")
    for line in made.splitlines():
        user, rights, path = line.split()
        if path.startswith(DATA):
            assert (user, rights[-2:]) == ("returns-backoffice", "00"), line
        else:
            assert (user, rights) == ("root", "640"), line
    assert one.has("/etc/systemd/system/multi-user.target.wants/returns-backoffice.service")
    assert '{"status":"ready"}' in one.does("unshare", "-n", "sh", "-c", SERVED)


def _upgraded(one: Unit) -> None:
    one.edit(f"{ETC}/backoffice.toml", '^#phone = ""', 'phone = "0571-88"')
    one.edit(f"{ETC}/backoffice.toml", "^# .*settings.*", "# ours")
    shipped = one.source / "config" / "backoffice.toml"
    shipped.write_text("# a new release\n" + shipped.read_text("utf-8"), "utf-8")
    assert "backoffice.toml.new" in one.install_from_within()
    assert "0571-88" in one.does("cat", f"{ETC}/backoffice.toml")
    assert one.does("readlink", "/opt/returns-backoffice") == "returns-backoffice.b\n"
    one.edit(f"{ETC}/backoffice.toml", "^phone", "fone")
    said = one.refuses()
    assert "fone" in said
    assert one.does("readlink", "/opt/returns-backoffice") == "returns-backoffice.b\n"


def _removed(one: Unit) -> None:
    assert "CA" in one.does("/mnt/backoffice/install.sh", "--uninstall")
    assert one.has(f"{DATA}/office.db")
    assert one.has(f"{DATA}/ca.pem")
    assert one.has(f"{ETC}/backoffice.toml")
    for path in ("/opt/returns-backoffice*", "/usr/local/bin/returns-backoffice"):
        assert not one.has(path), path
