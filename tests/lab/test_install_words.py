"""What README and the commissioning page tell an engineer to type is what the lab's unit was made
with, word for word.
"""

import re
from itertools import dropwhile, takewhile

import pytest

from tests.lab.kernel import ROOT
from tests.lab.rootfs import IMPORT_SALES, INSTALL_HERE, INSTALL_THERE, STAFF_ADD, keypad_rule

README = (ROOT / "README.md").read_text("utf-8")
COMMISSIONING = (ROOT / "docs" / "COMMISSIONING.md").read_text("utf-8")
RULES = (ROOT / "config" / "udev" / "60-returns-terminal.rules").read_text("utf-8")


def section(page: str, title: str) -> str:
    """The text below a heading that begins so, up to the next heading."""
    lines = dropwhile(lambda line: not line.startswith(f"## {title}"), page.splitlines())
    next(lines)
    return "\n".join(takewhile(lambda line: not line.startswith("## "), lines))


def commands(text: str) -> list[list[str]]:
    """The lines of each block of shell, without their comments."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [
        [line.split("#")[0].strip() for line in block.splitlines() if line.strip()]
        for block in blocks
    ]


def test_readme_installs_a_unit_as_the_lab_does() -> None:
    assert commands(section(README, "Install on a unit")) == [[INSTALL_THERE, INSTALL_HERE]]


def test_the_commissioning_page_installs_a_unit_as_the_lab_does() -> None:
    assert [INSTALL_THERE, INSTALL_HERE] in commands(section(COMMISSIONING, "2 Install"))


def test_the_commissioning_page_adds_staff_and_sales_as_the_lab_does() -> None:
    typed, *_others = commands(section(COMMISSIONING, "5 Staff"))
    assert [line for line in typed if line.startswith(f"{STAFF_ADD} ")]
    assert IMPORT_SALES in typed


def test_a_keypad_is_named_by_the_example_in_the_rules() -> None:
    named = keypad_rule(RULES, "0627", "0001")
    changed = set(named.splitlines()) - set(RULES.splitlines())
    assert [line.split(", ")[-1] for line in changed] == ['SYMLINK+="returns/keypad"']
    assert all('idVendor}=="0627"' in one and 'idProduct}=="0001"' in one for one in changed)


def test_a_rule_that_is_not_there_is_not_made_up() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        keypad_rule("# nothing", "0627", "0001")
