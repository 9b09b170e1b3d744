"""The documents tell the truth about what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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


def test_every_promise_names_a_test_that_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", (ROOT / "docs/PROMISES.md").read_text())
    assert len(named) >= 16
    gone = [
        f"{file}::{test}"
        for file, test in named
        if not re.search(rf"^def {test}\(", (ROOT / file).read_text(), re.MULTILINE)
    ]
    assert not gone
