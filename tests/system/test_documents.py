"""The documents tell the truth about what is there."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES_MAX = 300
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_picture_in_a_document_leads_somewhere(document: Path) -> None:
    text = document.read_text()
    named = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    lost = [
        one for one in named if not one.startswith("http") and not (document.parent / one).exists()
    ]
    assert not lost


def test_every_test_that_holds_an_invariant_is_there() -> None:
    """ARCHITECTURE.md names files; a bare name is in the folder of the one before it."""
    folder = ROOT
    for name in re.findall(
        r"`((?:tests/\w+/)?test_\w+\.py)`", (ROOT / "ARCHITECTURE.md").read_text()
    ):
        path = ROOT / name if "/" in name else folder / name
        assert path.is_file(), name
        folder = path.parent


def test_every_command_of_the_makefile_that_readme_names_exists() -> None:
    named = set(re.findall(r"`?make ([a-z-]+)", (ROOT / "README.md").read_text()))
    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named <= there


STEPS = 14  # of the process; a row without a number goes on with the step above it
TABLES = {"The process": 22, "Kinds of return": 16, "What went wrong on other tills": 16}  # rows


def promises(heading: str) -> list[str]:
    """The rows of one of README's tables, without its head."""
    text = (ROOT / "README.md").read_text().split(f"\n### {heading}\n", 1)[1].split("\n#", 1)[0]
    return [row for row in text.splitlines() if row.startswith("|")][2:]


@pytest.mark.parametrize(("heading", "rows"), TABLES.items())
def test_every_row_that_promises_something_names_tests_that_are_there(
    heading: str, rows: int
) -> None:
    """The words of a link are the test's name; each row has one, and each is where it leads to."""
    found = promises(heading)
    assert len(found) >= rows
    for row in found:
        named = re.findall(r"\[([a-z0-9_ ]+)\]\((tests/[\w/]+\.py)\)", row.rsplit(" | ", 1)[1])
        assert named, row
        for words, file in named:
            test = f"test_{words.replace(' ', '_')}"
            assert re.search(rf"^def {test}\(", (ROOT / file).read_text(), re.MULTILINE), test


def test_every_step_of_the_process_has_its_row() -> None:
    numbers = [row.split("|")[1].strip() for row in promises("The process")]
    assert [int(one) for one in numbers if one] == [*range(1, STEPS + 1)]


def test_no_file_of_code_is_too_long_to_be_read_in_one_go() -> None:
    kinds = ("*.py", "*.sh", "*.html", "*.toml", "Makefile")
    listed = subprocess.run(
        ("git", "ls-files", "-z", *kinds), cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    lengths = {name: len((ROOT / name).read_bytes().splitlines()) for name in listed if name}
    assert len(lengths) > 500
    assert {name: lines for name, lines in lengths.items() if lines > LINES_MAX} == {}
