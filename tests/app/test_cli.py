"""The command line: help worth reading, sentences instead of tracebacks, and a quick start."""

import contextlib
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from terminal.cli import main
from terminal.spoken import spoken
from tests.app.sales_files import CONFIG, REAL, sale, written
from tests.app.unit import Unit

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "run",
    "demo",
    "import-sales",
    "import-prices",
    "report",
    "policy",
    "staff",
    "check",
    "learn-keys",
    "learn-scanner",
    "cashier-card",
    "enrol",
    "export-returns",
    "export-stock",
    "support-bundle",
    "backup",
    "restore",
    "erase-old",
)


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    (tmp_path / "data").mkdir()
    return Unit(tmp_path / "data")


def helped(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as left:
        main(["--language", "en", *words, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    said = helped(capsys)
    listed = re.findall(r"^ {4}([a-z-]+)(?: |$)", said, re.MULTILINE)
    assert tuple(listed) == COMMANDS
    assert "RETURNS_CONFIG" in said


@pytest.mark.parametrize("command", COMMANDS[2:])
def test_every_commands_help_has_examples_and_exit_codes(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    said = helped(capsys, command)
    assert f"  returns-terminal {command}" in said
    assert "exit codes: 0" in said


def test_the_demo_has_a_help_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--language" in helped(capsys, "demo")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readmes_table(command: str) -> None:
    rows = [one for one in (ROOT / "README.md").read_text("utf-8").splitlines() if one[:1] == "|"]
    assert any(re.search(rf"`returns-terminal {command}[ `]", one) for one in rows)


def loaded_by(code: str) -> set[str]:
    """The modules a fresh interpreter has loaded after `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.splitlines()[-1].split())


def test_help_waits_for_none_of_our_modules() -> None:
    found = loaded_by("from terminal.cli import parser_of, speak\nparser_of(speak('zh_CN'))")
    ours = {one for one in found if one.split(".")[0] in {"terminal", "drivers", "printer"}}
    ours -= {"terminal", "terminal.cli"}
    words = {"spoken", "spoken.spoken", "core", "core.words", "ui", "ui.words", "ui.wrapping"}
    parts = ("arguments", "keeping", "page", "shop", "unit")
    more = {"arguments", *(f"arguments.{one}" for one in parts)}
    assert ours == {f"terminal.{one}" for one in (*words, *more)}


def test_the_till_does_not_wait_for_what_only_other_commands_need() -> None:
    found = loaded_by(
        "from terminal.cli import _command\nfrom argparse import Namespace\n"
        "_command(Namespace(command='run'), [])\n"
    )
    assert "terminal.app" in found
    others = ("tqdm", "terminal.interchange.csv_sales", "terminal.commands.report", "zoneinfo")
    assert found.isdisjoint(others)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("report", "extra"),
        ("export-returns", "--since", "-1"),
        ("check", "--scan", "x"),
    ],
)
def test_wrong_arguments_are_told_and_exit_2(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--language", "en", *words])
    assert left.value.code == 2
    assert "usage: returns-terminal" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "report", "import-sales x.jsonl", "staff list"])
def test_faults_of_the_settings_are_sentences_and_exit_2(unit: Unit, command: str) -> None:
    unit.config = unit.data
    said = unit.does(*command.split())
    assert (said.code, said.out) == (2, "")
    assert "terminal.toml: cannot be read" in said.err


def test_a_screen_that_is_not_there_is_a_sentence_and_exit_2(unit: Unit) -> None:
    config = Path(shutil.copytree(CONFIG, unit.data / "config"))
    file = config / "terminal.toml"
    text = file.read_text("utf-8")
    assert '"/dev/fb0"' in text
    file.write_text(text.replace('"/dev/fb0"', '"/dev/no-such-screen"'), "utf-8")
    said = Unit(unit.data, config).does("run")
    assert (said.code, "/dev/no-such-screen" in said.err) == (2, True)
    assert "returns-terminal check" in said.err


def test_a_store_in_use_is_a_sentence_and_exit_2(unit: Unit, tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [sale()])
    with unit.store():
        for words in (("import-sales", path), ("staff", "list")):
            said = unit.does(*words)
            assert (said.code, f"process {os.getpid()}" in said.err) == (2, True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be turned away")
def test_root_leaves_nothing_in_a_folder_that_the_terminal_could_not_open(
    unit: Unit, tmp_path: Path
) -> None:
    os.chown(unit.data, 12_345, -1)
    for words in (("import-sales", written(tmp_path / "a.jsonl", [sale()])), ("staff", "list")):
        said = unit.does(*words)
        assert (said.code, "sudo -u #12345" in said.err) == (2, True)
    assert list(unit.data.iterdir()) == []


def test_config_and_data_may_stand_on_either_side(tmp_path: Path) -> None:
    unit = Unit(tmp_path)
    unit.store().close()
    assert unit.does("report").code == 0
    assert main(["report", "--config", str(CONFIG), "--data", str(tmp_path)]) == 0


def test_the_settings_folder_is_the_given_one_then_the_named_then_the_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(spoken.VARIABLE, raising=False)
    fallback = spoken.INSTALLED if spoken.INSTALLED.is_dir() else Path("config")
    assert spoken.config_folder(None) == fallback
    monkeypatch.setenv(spoken.VARIABLE, str(tmp_path))
    assert spoken.config_folder(None) == tmp_path
    assert spoken.config_folder(CONFIG) == CONFIG


def test_a_reader_that_has_had_enough_is_no_traceback(unit: Unit) -> None:
    unit.store().close()
    command = (
        f"{sys.executable} -m terminal.cli --config {CONFIG} --data {unit.data} report | true;"
        " echo ${PIPESTATUS[0]}"
    )
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_an_import_says_what_became_of_every_row(unit: Unit, tmp_path: Path) -> None:
    report = tmp_path / "rows.csv"
    said = unit.does("import-sales", REAL, "--map", "online-retail", "--report", report)
    assert said.code == 0
    assert "14022 rows: 13767 taken, 255 left out, 0 refused" in said.err
    assert "526 sales added" in said.err
    rows = report.read_text("utf-8-sig").splitlines()
    assert len(rows) == 256
    assert "left out 149: a return or cancellation" in said.err


def test_progress_is_shown_on_a_terminal_even_one_without_a_size(
    unit: Unit, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.jsonl", [sale(number) for number in range(1, 30)])
    places = ("--config", str(CONFIG), "--data", str(unit.data), "--language", "en")
    master, slave = pty.openpty()
    command = (sys.executable, "-m", "terminal.cli", *places, "import-sales", str(path))
    child = subprocess.Popen(command, cwd=ROOT, stderr=slave)
    os.close(slave)
    data = b""
    with contextlib.suppress(OSError):  # Linux says EIO once the other side is closed
        while chunk := os.read(master, 4096):
            data += chunk
    os.close(master)
    shown = data.decode()
    assert child.wait(10) == 0
    assert "read: 100%|" in shown
    assert "sales: 29 sales" in shown
    assert "29 sales added" in shown


def test_a_bad_import_exits_1_and_tells_rows_and_remedy(unit: Unit, tmp_path: Path) -> None:
    many = [sale(number, total="0.01") for number in range(1, 31)]
    path = written(tmp_path / "a.jsonl", [*many, sale(31)])
    said = unit.does("import-sales", path)
    assert said.code == 1
    assert "row 1 (05710326112000001): the sums differ" in said.err
    assert "... and 10 more" in said.err
    assert "Nothing was imported" in said.err
    said = unit.does("import-sales", path, "--keep-going", "--report", tmp_path / "rows.csv")
    assert (said.code, "1 sales added" in said.err) == (1, True)
    assert len((tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()) == 31


def test_a_sheet_gets_no_formula_from_a_sales_file(unit: Unit, tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [sale(receipt_no="=1+1", total="0.01")])
    unit.does("import-sales", path, "--report", tmp_path / "rows.csv")
    assert "\n1,'=1+1,refused" in (tmp_path / "rows.csv").read_text("utf-8-sig")


def test_files_of_no_known_kind_or_no_file_at_all_are_sentences(unit: Unit, tmp_path: Path) -> None:
    for words, said in (
        (("sales.xlsx",), "name the column map with --map"),
        ((tmp_path / "none.jsonl",), "cannot be read"),
        ((tmp_path, "--map", "native"), "cannot be read"),
        ((REAL, "--map", "nobody"), "there is no such map"),
        ((REAL,), 'column "business_unit" of map native is missing'),
    ):
        found = unit.does("import-sales", *words)
        assert (found.code, said in found.err) == (2, True), found.err
