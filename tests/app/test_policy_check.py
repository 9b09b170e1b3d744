"""`policy check`: the policy in words, its cases tried, its faults named, nothing changed."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.app.sales_files import CONFIG, line, sale, written
from tests.app.unit import Said, Unit

DENY_TOYS = """
[[rule]]
id = "toys"
when = { categories = ["toys"] }
outcome = "deny"
words = { zh = "玩具不退。", en = "Toys do not come back." }
"""


@pytest.fixture(name="unit")
def _unit(tmp_path: Path) -> Unit:
    return Unit(tmp_path / "data", Path(shutil.copytree(CONFIG, tmp_path / "config")))


def policy_with(unit: Unit, text: str) -> Path:
    file = unit.config / "new.toml"
    file.write_text((unit.config / "policy.toml").read_text("utf-8") + text, "utf-8")
    return file


def check(unit: Unit, *words: object) -> Said:
    return unit.does("policy", "check", *words)


def test_the_shipped_policy_is_sound_and_answers_its_cases(unit: Unit) -> None:
    said = check(unit)
    assert (said.code, said.err) == (0, "")
    unit.language = "zh_CN"
    assert "一般商品：7 天内可退，至第 30 天需店长授权，之后不退" in check(unit).out
    assert "All goods: free up to day 7, up to day 30 a manager must approve" in said.out
    assert "cash goes back to cash or credit." in said.out
    assert "Return without a receipt: this shop does not do these." in said.out
    assert "✗" not in said.out
    assert said.out.count("✓") >= 10


def test_the_hash_is_that_of_both_files(unit: Unit) -> None:
    files = [(unit.config / name).read_bytes() for name in ("policy.toml", "reasons.toml")]
    assert sha256(b"".join(files)).hexdigest()[:12] in check(unit).out


def test_another_policy_is_tried_before_it_is_put_into_force(unit: Unit) -> None:
    said = check(unit, policy_with(unit, DENY_TOYS), "--case", "reason=QUALITY category=toys")
    assert said.code == 0
    assert "refused (Toys do not come back.)" in said.out
    assert "toys" not in (unit.config / "policy.toml").read_text("utf-8")


def test_a_case_that_gets_another_answer_needs_a_look(unit: Unit) -> None:
    said = check(unit, "--case", "reason=UNWANTED days=31 expect=allow rule=window.free")
    assert said.code == 1
    assert "expected: allowed window.free; got: window.refused" in said.out


def test_a_rule_that_can_never_decide_needs_a_look(unit: Unit) -> None:
    twice = DENY_TOYS + DENY_TOYS.replace('"toys"\n', '"again"\n')
    said = check(unit, policy_with(unit, twice))
    assert said.code == 1
    unit.language = "zh_CN"
    chinese = check(unit, unit.config / "new.toml").out
    assert "✗ rule toys：永远不起作用：凡适用处，rule.again 已同样或更严。" in chinese
    assert "rule again: can never decide: wherever it applies, rule.toys" in said.out


def test_every_question_of_a_case_is_heard(unit: Unit) -> None:
    """A case told on the command line in full is judged by each of its parts."""
    said = check(
        unit,
        *("--case", "reason=QUALITY days=3 tenders=card,cash earlier=6 by=card expect=override"),
        *("--case", "reason=QUALITY days=3 tenders=card,cash earlier=5 by=card expect=allow"),
        *("--case", "reason=QUALITY amount=500.01 expect=override rule=amount"),
        *("--case", "reason=UNWANTED condition=OPENED expect=override rule=reason.condition"),
        *("--case", "reason=QUALITY kind=BLIND expect=deny rule=kind.blind.off"),
        *("--case", "reason=WRONG_PRICE category=medicine expect=override rule=reason.manager"),
    )
    assert said.code == 0, said.out


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("days=3", "reason: is missing"),
        ("reason=GHOST", "reason = "),
        ("reason=QUALITY days=soon", "days = "),
        ("reason=QUALITY colour=red", "colour = "),
        ("reason=QUALITY amount=free", "amount = "),
        ("reason=QUALITY expect=maybe", "expect = "),
    ],
)
def test_a_case_that_cannot_be_read_is_told_by_its_key(unit: Unit, case: str, told: str) -> None:
    said = check(unit, "--case", case)
    assert said.code == 2
    assert said.out == ""
    assert f"--case: {told}" in said.err


def test_cases_of_a_file_are_tried_in_the_place_of_those_beside_the_policy(unit: Unit) -> None:
    cases = unit.config / "mine.toml"
    cases.write_text('[[case]]\nname = "mine"\nreason = "RECALL"\ndays = 900\nexpect = "deny"\n')
    said = check(unit, "--cases", cases)
    assert said.code == 1
    assert "✗ mine" in said.out
    assert "fresh food" not in said.out
    cases.write_text("")
    assert "needs at least one [[case]]" in check(unit, "--cases", cases).err


def test_a_policy_that_cannot_be_read_is_told_with_its_key(unit: Unit) -> None:
    broken = policy_with(unit, DENY_TOYS.replace('"deny"', '"never"'))
    said = check(unit, broken)
    assert (said.code, said.out) == (2, "")
    assert "new.toml" in said.err
    assert "rule[2].outcome" in said.err


def test_categories_are_compared_with_the_sales_on_file(unit: Unit, tmp_path: Path) -> None:
    unit.data.mkdir()
    assert "本机没有这些类别" not in check(unit).out, "no database, nothing to compare"
    sold = [line(1, "10.00", quantity="1", category="mobile")]
    cash = [{"kind": "cash", "amount": "10.00"}]
    made = sale(1, lines=sold, tenders=cash, reductions=[], total="10.00")
    assert unit.does("import-sales", written(tmp_path / "a.jsonl", [made])).code == 0
    said = check(unit)
    assert said.code == 0, "a category that nobody bought yet is no fault"
    assert "no sale on file has category medicine." in said.out
    assert "mobile-photo: no sale" not in said.out
