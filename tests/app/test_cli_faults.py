"""What the system refuses a command ends in a sentence, and leaves nothing half made."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from storage.store import open_reader
from terminal.app import database_of
from terminal.interchange.gather import RUN_ROWS
from tests.app.sales_files import CONFIG, sale, written
from tests.app.unit import Unit
from tests.fakes.small_disk import full_disk

ROOT = Path(__file__).parents[2]


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    (tmp_path / "data").mkdir()
    return Unit(tmp_path / "data")


def alone(unit: Unit, *words: str, stdout: IO[bytes] | int) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own, as at a shell."""
    given = ("--config", str(unit.config), "--data", str(unit.data), "--language", "en")
    return subprocess.run(
        [sys.executable, "-m", "terminal.cli", *given, *words],
        cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("learn-keys", "mine"), "/dev/no-such-screen"),
        (("learn-scanner",), "/dev/no-such-screen"),
        (("support-bundle", "unit.zip", "--log", "/no/such.log"), "/no/such.log"),
    ],
)
def test_what_the_system_refuses_a_command_is_a_sentence_and_exit_2(
    unit: Unit, words: tuple[str, ...], missing: str
) -> None:
    config = Path(shutil.copytree(CONFIG, unit.data / "config"))
    file = config / "terminal.toml"
    file.write_text(file.read_text("utf-8").replace("/dev/fb0", "/dev/no-such-screen"), "utf-8")
    said = Unit(unit.data, config).does(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{missing}: No such file or directory. The command did not come")


def test_output_that_finds_no_room_is_a_sentence_and_exit_2(unit: Unit) -> None:
    with Path("/dev/full").open("wb") as full:
        done = alone(unit, "policy", "check", stdout=full)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("No space left on device. The command did not come to its end")


def test_rows_that_find_no_room_while_sorted_are_a_sentence_and_nothing_goes_in(
    unit: Unit, tmp_path: Path
) -> None:
    rows = [f"R{number // 2},{number}" for number in range(2 * RUN_ROWS)]
    columns = 'receipt_no = "no"\nsku = "sku"\n'
    constants = {
        "business_unit": "0571", "workstation": "03", "sold_at": "2026-11-20T14:03:22+08:00",
        "currency": "CNY", "name": "tea", "quantity": "1", "list_price": "1.00", "tender": "cash",
    }  # fmt: skip
    config = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    (config / "import" / "mine.toml").write_text(
        f"title = 'mine'\n[columns]\n{columns}[constants]\n"
        + "".join(f'{name} = "{text}"\n' for name, text in constants.items())
    )
    (tmp_path / "big.csv").write_text("no,sku\n" + "\n".join(rows))
    unit.store().close()
    words = ("import-sales", str(tmp_path / "big.csv"), "--map", "mine")
    with full_disk(past=200_000):  # a child has the limit too
        done = alone(Unit(unit.data, config), *words, stdout=subprocess.DEVNULL)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("File too large. The command did not come to its end")
    with unit.store() as store:
        assert store.heads_by_receipt_no("R1") == ()


def test_an_import_that_is_stopped_says_what_it_kept(unit: Unit, tmp_path: Path) -> None:
    unit.store().close()
    file = written(tmp_path / "a.jsonl", [sale(one) for one in range(6000)])
    line = ("--config", str(unit.config), "--data", str(unit.data), "--language", "en")
    with subprocess.Popen(
        [sys.executable, "-m", "terminal.cli", *line, "import-sales", file, "--keep-going"],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    ) as done:  # fmt: skip
        wait_until(lambda: on_file(unit, 499))
        done.send_signal(signal.SIGINT)
        _, err = done.communicate()
    kept = "What was taken before is kept; the same file again goes on from there."
    assert (done.returncode, err) == (130, f"{kept}\n\nstopped\n")
    assert on_file(unit, 499)


def on_file(unit: Unit, sequence: int) -> bool:
    with open_reader(database_of(unit.settings)) as reader:
        return reader.sale(f"0571-03-20261120-{sequence:04d}") is not None


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_device_never_gives_way_to_a_file(unit: Unit, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    unit.store().close()
    said = unit.does("export-stock", "--out", pipe)
    assert (said.code, pipe.is_fifo()) == (2, True)
    assert said.err == f"{pipe}: is no file; choose another name.\n"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "yesterday"])
def test_a_day_of_no_trade_is_a_sentence_and_exit_2(unit: Unit, day: str) -> None:
    unit.store().close()
    said = unit.does("report", "--day", day)
    assert (said.code, said.err) == (2, f"--day {day}: must be today or a day like 2026-11-20\n")


def test_half_a_bundle_is_taken_away_and_its_name_is_free(unit: Unit, tmp_path: Path) -> None:
    unit.store().close()
    bundle, log = tmp_path / "unit.zip", tmp_path / "log.txt"
    log.write_text("")
    with full_disk(past=1024):
        assert unit.does("support-bundle", bundle, "--log", log).code == 2
    assert not bundle.exists()
    assert unit.does("support-bundle", bundle, "--log", log).code == 0
