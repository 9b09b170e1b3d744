"""A support bundle has what helps and nobody in it, whatever was planted anywhere."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from terminal.support import settings_told
from tests.app.sales_files import sale, written
from tests.app.unit import LI, Unit, recorded

SALE = "0571-03-20261120-0001"
NAME, LATIN, PHONE, CARD = "欧阳若兰", "Eleonora Vasquez", "13857112345", "6222021234567890128"
TAIL, REFERENCE, TOKEN = "7431", "4200009876543210", "s3cr3t-T0ken"


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    """Personal data in a sale, a return, the register, the settings and the log."""
    unit = Unit(tmp_path / "data", tmp_path / "config")
    unit.data.mkdir()
    unit.config.mkdir()
    for one in Unit(tmp_path).config.iterdir():
        if one.is_dir():
            (unit.config / one.name).symlink_to(one)
        else:
            (unit.config / one.name).write_bytes(one.read_bytes())
    toml = unit.config / "terminal.toml"
    text = toml.read_text("utf-8").replace("0571-00000000", PHONE)
    toml.write_text(f"# {NAME} {LATIN} {PHONE} {TOKEN}\n{text}")
    tenders = [{"kind": "card", "amount": "4.36", "reference": REFERENCE, "masked": TAIL}]
    unit.does("import-sales", written(tmp_path / "a.jsonl", [sale(1, tenders=tenders)]))
    with unit.store() as store:
        store.staff.add("1007", LATIN, "cashier", "1234", TOKEN)
        recorded(store, unit.settings, SALE, [(1, 1000, "QUALITY")])
    return unit


def bundle(unit: Unit, tmp_path: Path) -> dict[str, str]:
    log = tmp_path / "log.txt"
    log.write_text(
        f"2026-11-23T10:00:00+0800 till-of-{LATIN} terminal: storage: {NAME} {CARD}\n"
        f"2026-11-23T10:00:01+0800 till terminal: slip uncertain: {PHONE} {REFERENCE} {TAIL}\n"
        f"2026-11-23T10:00:02+0800 till terminal: '{TOKEN}' {LATIN}\n",
        "utf-8",
    )
    said = unit.does("support-bundle", tmp_path / "unit.zip", "--log", log)
    assert said.code == 0, said.err
    with zipfile.ZipFile(tmp_path / "unit.zip") as found:
        return {one: found.read(one).decode("utf-8") for one in found.namelist()}


def test_of_an_open_table_go_choices_and_paths_but_no_address_name_or_long_number(
    tmp_path: Path,
) -> None:
    file = tmp_path / "terminal.toml"
    file.write_text(
        '[printer]\nlink = "tcp"\nhost = "till-of-li"\npath = "/dev/lp0"\nprofile = "13857112345"\n'
        '[scanner]\nname = "Li"\nkind = "hid"\n'
    )
    told = settings_told(file)
    hidden = {"host": "...", "profile": "..."}
    assert told["printer"] == {"link": "tcp", "path": "/dev/lp0", **hidden}
    assert told["scanner"] == {"name": "...", "kind": "hid"}


def test_nobody_is_in_it_whatever_was_planted_anywhere(unit: Unit, tmp_path: Path) -> None:
    with unit.store() as store:
        code = store.return_by_sequence(1).short_code  # type: ignore[union-attr]  # it is there
    everything = "\n".join(bundle(unit, tmp_path).values())
    planted = (NAME, *LATIN.split(), PHONE, CARD, CARD[-4:], REFERENCE, TOKEN, code, LI.name)
    assert not [one for one in planted if one in everything]
    assert f'"{TAIL}"' not in everything
    assert f" {TAIL}" not in everything


def test_what_helps_is_in_it(unit: Unit, tmp_path: Path) -> None:
    parts = bundle(unit, tmp_path)
    store = json.loads(parts["store.json"])
    assert store["journal by kind"] == {"CashPaid": 1, "ReturnFinished": 1, "ReturnRecorded": 1}
    assert (store["head"]["seq"], store["chain"], store["rows"]["sales"]) == (3, "whole", 1)
    assert any("CREATE TABLE journal " in one for one in store["schema"])
    settings = json.loads(parts["settings.json"])
    assert settings["terminal.toml"]["retention"]["personal_days"] == 400
    assert settings["terminal.toml"]["printer"]["profile"] == "generic-80mm"
    assert settings["terminal.toml"]["shop"]["phone"] == "..."
    assert "msgspec" in json.loads(parts["versions.json"])["packages"]
    assert "2026-11-23T10:00:01+0800" in parts["log.txt"]
    assert "slip uncertain" in parts["log.txt"]
    assert "database" in parts["check.txt"]
    assert json.loads(parts["disk.json"])["free"] > 0


def test_only_its_owner_reads_it_and_nothing_is_overwritten(unit: Unit, tmp_path: Path) -> None:
    bundle(unit, tmp_path)
    assert stat.S_IMODE((tmp_path / "unit.zip").stat().st_mode) == 0o600
    assert unit.does("support-bundle", tmp_path / "unit.zip").code == 2


def test_it_is_made_where_settings_or_store_are_broken(unit: Unit, tmp_path: Path) -> None:
    (unit.data / "returns.db").write_bytes(b"\xa5" * 9000)
    assert "fault" in json.loads(bundle(unit, tmp_path)["store.json"])
    (unit.config / "policy.toml").write_text("version = [")
    assert unit.does("support-bundle", tmp_path / "second.zip").code == 0
