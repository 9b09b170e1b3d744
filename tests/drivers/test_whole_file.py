"""What root learned at a unit can be read by the terminal's own user."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.whole_file import write_whole

RETURNS = 12345  # a group as install.sh has it on the settings' folder


@pytest.fixture(autouse=True)
def _hardened() -> Iterator[None]:
    """As many units have it for root: nobody else may read what is made."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "keymaps"
    folder.mkdir()
    folder.chmod(0o750)
    if os.geteuid() == 0:
        os.chown(folder, -1, RETURNS)
    return folder


def rights(path: Path) -> tuple[int, int]:
    found = path.stat()
    return stat.S_IMODE(found.st_mode), found.st_gid


def test_a_new_file_may_be_read_by_whom_its_folder_may(folder: Path) -> None:
    write_whole(folder / "mine.toml", "[keys]\n")
    assert rights(folder / "mine.toml") == (0o640, folder.stat().st_gid)


def test_a_file_that_was_there_keeps_its_rights(folder: Path) -> None:
    file = folder / "default.toml"
    file.write_text("old")
    file.chmod(0o644)
    before = rights(file)
    write_whole(file, "[keys]\n")
    assert (file.read_text(), rights(file)) == ("[keys]\n", before)
    assert [one.name for one in folder.iterdir()] == ["default.toml"]
