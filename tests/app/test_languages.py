"""A command speaks one language: every sentence is marked, and no English is left in Chinese."""

import re
import tomllib
from pathlib import Path

import pytest

from terminal.cli import main
from terminal.settings.files import Findings, read_toml
from terminal.spoken.spoken import language_of
from terminal.ui.words import in_both
from tests.app.sales_files import CONFIG, sale, written
from tests.app.test_cli import COMMANDS
from tests.app.unit import Unit

ROOT = Path(__file__).parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")
SHOP = re.compile("示例百货|矿泉水|中文|  ✓ .*")  # the shop's own words; its cases' names

# Files whose texts are data, or are for those who build the terminal.
DATA = (
    "terminal/core/*",  # what a return records is kept in both languages: see core/words.py
    "terminal/courier/*",  # speaks to the log and over the wire, to nobody
    "terminal/ledger/writers.py",  # source code of ours as text
    "terminal/demo_shop.py",
    "terminal/commands/trial_slip.py",  # on paper in both, to see that the printer has both
    "terminal/ui/catalogue.py",
    "terminal/ui/pixels/*",  # a drawing that does not fit is our bug, and ends a test
    "terminal/ui/words.py",  # without a catalogue it can only be said in English
    "storage/migrations.py",  # triggers: a broken constraint is our bug
)
# Single texts that are no sentences for a person.
CODES = {
    "feed start",  # a name in the log
    "uplink start",  # likewise
    "a line too long",  # of the wire, for the log
    " is on file with other content; that one is kept",  # likewise
    "words of this command",
    "largest of each kind",  # keys of the support bundle
    "broken at ",
    "returns-terminal demo",
    "left out",  # verdicts in a report's column, for machines
    "not taken",
    "原因",  # the heading of the Chinese column
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<POSLog xmlns=",
    "# Learned at the unit.",  # in a file that was learned
    ": not restored: ",  # of a log line that is put together
    " bpp palette, type ",  # of a screen's mode
    " bpp, RGB bits ",
    " bpp, RGB at ",
}


BROKEN_TOML = (
    "a = ",
    "a = 1\na = 2",
    "[a\n",
    'b = "x',
    "c = [1, 2",
    "d = {x = 1",
    'e = "\\q"',
    "f == 1",
    "= 1",
    "g = 2026-13-45",
    "[t]\n[t]",
    "h = 'a\n'",
    "k = 1 2",
    "x.y = 1\nx = 2",
    'z = "\\uD800"',
)


@pytest.mark.parametrize("text", BROKEN_TOML)
def test_a_broken_toml_is_told_in_chinese(tmp_path: Path, text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text)
    file, findings = tmp_path / "a.toml", Findings()
    file.write_text(text, "utf-8")
    assert read_toml(file, "a.toml", findings) is None
    english, chinese = in_both(findings.problems[0].told)
    assert "TOML" in english
    assert english_left(chinese) == [], chinese


# What may stand in a Chinese sentence: names of files, options, settings, codes and commands.
NAMES = re.compile(
    r"""[\w./~{}-]*[./_][\w./~{}-]*      # paths, dotted keys, file names
      |--?[\w-]+(?:[ =][\w.*/,-]+)?      # options with a value
      |"[^"]*"|“[^”]*”|'[^']*'|\[[^\]]*\] # what is quoted from a file
      |\{[^}]*\}                         # choices of an argument
      |\S+=\S+|\$\w+                     # settings, variables
      |(?:systemctl|timedatectl|usermod|install|apt|sudo)\ [^，。；）\n]*  # commands to type
      |returns-terminal[^，。；）\n]*
    """,
    re.VERBOSE,
)
WORDS = re.compile(r"[A-Za-z]{2,}(?: [a-z]{2,})+")


def english_left(text: str) -> list[str]:
    """Two English words or more in a row, once the names are taken out."""
    return [found for line in text.splitlines() for found in WORDS.findall(NAMES.sub("·", line))]


def test_english_that_is_left_is_seen() -> None:
    assert english_left("文件 terminal.toml：is not known") == ["is not known"]
    assert english_left("请运行 returns-terminal check --scan 60") == []
    assert english_left("须为以下之一：cash, credit") == []


@pytest.mark.parametrize("command", ["", *COMMANDS, "policy check", "staff add", "staff set-badge"])
def test_help_is_chinese_throughout(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--language", "zh_CN", *command.split(), "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    body = "\n".join(one for one in said.splitlines() if not one.startswith("  returns-terminal"))
    body = body.replace("ARTS POSLog", "").replace("JSON Lines", "")
    usage, _, rest = body.partition("\n\n")
    assert usage.startswith("用法：")
    assert HAN.search(rest)
    assert english_left(rest) == []


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("report", "extra"),
        ("export-returns", "--since", "-1"),
        ("export-returns", "--since"),
        ("check", "--scan", "x"),
        ("staff", "add"),
        ("staff", "add", "1", "Li", "--role", "king"),
        ("restore",),
    ],
)
def test_wrong_arguments_are_told_in_chinese(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit):
        main(["--language", "zh_CN", *words])
    *_, said = capsys.readouterr().err.splitlines()
    assert "错误：" in said
    left = [one for one in english_left(said) if not set(re.findall(r"[\w-]+", one)) <= NAMED]
    assert left == [], said


NAMED = {*COMMANDS, "cashier", "shift_leader", "manager", "trainer", "engineer", "number", "name"}


def spoil(unit: Unit, name: str, old: str, new: str) -> None:
    file = unit.config / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def fails(unit: Unit, tmp_path: Path) -> list[str]:
    """All that can go wrong at a shell without hardware, said in the unit's language."""
    nothing = tmp_path / "none.jsonl"
    bad = written(tmp_path / "bad.jsonl", [sale(total="0.01"), {"a": 1}, b"{", b"\xff"])
    zipped = tmp_path / "a.jsonl.gz"
    zipped.write_bytes(b"no gzip")
    xml = tmp_path / "a.xml"
    xml.write_text("<a><b></a>")
    csv = tmp_path / "a.csv"
    csv.write_text('receipt_no,x\n"1\n')
    unknown = tmp_path / "a.txt"
    unknown.write_text("")
    said = [
        unit.does("import-sales", one)
        for one in (nothing, tmp_path, bad, zipped, xml, csv, unknown)
    ]
    said += [unit.does("import-prices", one) for one in (nothing, bad, csv)]
    said.append(unit.does("import-sales", csv, "--map", "none-such"))
    for words in (
        ("report", "--day", "yesterday"),
        ("report", "--csv", tmp_path / "no" / "day.csv"),
        ("export-returns", "--out", tmp_path / "no" / "a.jsonl"),
        ("staff", "unlock", "1"),
        ("staff", "list"),
        ("staff", "add", "10 07", "Li", "--pin-stdin"),
        ("staff", "add", "1007", "Li"),
        ("restore", nothing),
        ("restore", bad),
        ("restore", bad, "--last-number", "x"),
        ("backup", bad),
        ("cashier-card", "--png", tmp_path / "no" / "a.png"),
        ("support-bundle", bad),
        ("learn-keys", "a b"),
        ("learn-scanner", "a b"),
        ("erase-old",),
        ("check",),
        ("check", "--print-test-slip"),
        ("policy", "check"),
        ("policy", "check", "--case", "reason=NONE days=x"),
        ("policy", "check", nothing),
    ):
        said.append(unit.does(*words, stdin="11\n"))
    for pin in ("1111", "12", "8264"):
        said.append(unit.does("staff", "add", "1007", "Li", "--pin-stdin", stdin=f"{pin}\n"))
    said.append(unit.does("staff", "set-badge", "1007", stdin="123\n"))
    with unit.store():
        said += [unit.does(*words) for words in (("staff", "list"), ("import-sales", bad))]
    return [one.out + one.err for one in said]


def broken(unit: Unit) -> list[str]:
    """Settings and a store that are not sound."""
    (unit.config / "printers" / "bad.toml").write_text('width = 3\ncolour = 1\nprofile = "x"\n')
    (unit.config / "keymaps" / "bad.toml").write_text('[keys]\nKEY_NO = "fly"\nKEY_1 = 5\n')
    spoil(unit, "terminal.toml", 'workstation = "', 'workstation = "*')
    spoil(unit, "terminal.toml", "[shop]", "[shopp]")
    spoil(unit, "reasons.toml", 'disposition = "QUARANTINE"', 'disposition = "BIN"')
    said = [unit.does("check"), unit.does("run")]
    (unit.config / "policy.toml").write_bytes(b"version = \n")
    said.append(unit.does("report"))
    return [one.out + one.err for one in said]


def test_whatever_fails_is_told_in_chinese(unit: Unit, tmp_path: Path) -> None:
    unit.language = "zh_CN"
    told = fails(unit, tmp_path) + broken(unit)
    assert all(HAN.search(one) for one in told)
    left = [(found, one) for one in told for found in english_left(SHOP.sub("", one))]
    assert left == []


def test_whatever_fails_is_told_in_english_alone(unit: Unit, tmp_path: Path) -> None:
    for told in fails(unit, tmp_path) + broken(unit):
        assert told
        assert not HAN.search(SHOP.sub("", told)), told


@pytest.mark.parametrize(
    ("argv", "shell", "language"),
    [
        (("--language", "en", "--config", str(CONFIG)), {"LANG": "zh_CN.UTF-8"}, "en"),
        (("check", "--language=zh_CN"), {}, "zh_CN"),
        (("--config", str(CONFIG)), {"LC_ALL": "en_US.UTF-8"}, "zh_CN"),
        (("--config", "/none"), {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        (("--config", "/none"), {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (("--config=/none", "--language"), {}, "en"),
    ],
)
def test_the_language_is_the_asked_one_else_the_units_else_the_shells(
    argv: tuple[str, ...], shell: dict[str, str], language: str
) -> None:
    assert language_of(argv, shell) == language
