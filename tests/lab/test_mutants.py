"""The lab's mutants fit the product as it is: each changes one place of it."""

import ast
import re

import pytest

from tests.lab.kernel import ROOT
from tests.lab.mutants import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_changes_one_place_of_the_product(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text("utf-8")
    assert text.count(mutant.old) == 1
    if mutant.file.endswith(".py"):
        ast.parse(text.replace(mutant.old, mutant.new))


def test_the_labs_page_tells_every_mutant_and_its_guard() -> None:
    page = (ROOT / "docs" / "LAB.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| ([^|]+) \| `(\w+)` \|$", page)
    assert rows == [(one.name, one.guard.__name__) for one in MUTANTS]


def test_no_mutant_without_a_guard_of_its_own() -> None:
    assert len({one.guard for one in MUTANTS}) == len(MUTANTS)
    assert all(one.because for one in MUTANTS)
