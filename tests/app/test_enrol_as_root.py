"""`enrol` on an installed unit: root types it, and each file belongs to who needs it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import open_reader
from terminal.courier.credentials import CA, CLIENT, PLACE
from tests.app.test_enrol import ONE, check_of, enrol
from tests.app.unit import Unit
from tests.fakes.back_office import BackOffice

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="takes on other users, as only root may")
TERMINAL, COURIER = 64_001, 64_002  # users and groups of nobody


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BackOffice]:
    with BackOffice(tmp_path) as found:
        found.codes[ONE + check_of(ONE)] = {"numbers_after": 417}
        yield found


@pytest.fixture
def unit() -> Iterator[Unit]:
    """Two folders as systemd makes them, each of a user of its own; pytest's own are root's."""
    folder = Path(tempfile.mkdtemp(prefix="enrol-"))
    folder.chmod(0o711)
    for name, owner in (("data", TERMINAL), ("state", COURIER)):
        (folder / name).mkdir(mode=0o700)
        os.chown(folder / name, owner, owner)
    yield Unit(folder / "data")
    shutil.rmtree(folder)


def owners(folder: Path) -> dict[str, tuple[int, int]]:
    return {one.name: (one.stat().st_uid, one.stat().st_gid) for one in folder.rglob("*")}


def test_what_root_enrols_belongs_to_terminal_and_courier(unit: Unit, office: BackOffice) -> None:
    code, said = enrol(unit, office)
    assert code == 0, said
    state = unit.data.parent / "state"
    assert owners(state) == dict.fromkeys((CA, CLIENT, PLACE), (COURIER, COURIER))
    data = owners(unit.data)
    assert {"returns.db", "slip-key.json"} <= set(data)
    assert set(data.values()) == {(TERMINAL, TERMINAL)}
    assert (os.geteuid(), os.getegid()) == (0, 0)
    for file in (unit.data / "slip-key.json", state / CLIENT):
        assert file.stat().st_mode & 0o077 == 0
    with open_reader(unit.data / "returns.db") as seen:
        assert seen.next_return_sequence() == 418


@pytest.mark.parametrize("name", ["data", "state"])
def test_a_folder_that_its_owner_cannot_write_is_found_before_the_code_is_used(
    unit: Unit, office: BackOffice, name: str
) -> None:
    """Root could write there, and the courier not read it: it is looked at as its owner."""
    folder = unit.data.parent / name
    folder.chmod(0o500)
    code, said = enrol(unit, office)
    assert code != 0, said
    assert "Traceback" not in said
    assert office.requests == []
    assert list(folder.iterdir()) == []
    assert (os.geteuid(), os.getegid()) == (0, 0)
    folder.chmod(0o700)
    assert enrol(unit, office)[0] == 0, "the code is still good"


def test_after_a_fault_root_is_root_again(unit: Unit, office: BackOffice) -> None:
    code, said = enrol(unit, office, code="7K2M9Q4XCT0.AAAAAAAAAAAAAAAA")
    assert (code, "nothing was sent" in said) == (2, True)
    office.trouble = lambda *_: None
    assert enrol(unit, office)[0] == 2
    assert (os.geteuid(), os.getegid()) == (0, 0)
