"""[[rule]] in policy.toml: read whole, and every fault in it told with its key."""

import shutil
from pathlib import Path

import pytest

from terminal.core.returns import Condition, ReturnKind
from terminal.core.rules import Evidence, Outcome, Policy
from terminal.core.when import EVERY, Earlier, Range, When
from terminal.core.words import Worded
from terminal.settings import SettingsFault, load_settings
from tests.app.told import english

CONFIG = Path(__file__).parents[2] / "config"
PLAIN = {"printer.link": "file", "printer.path": "/dev/null"}
WORDS = 'words = { zh = "规则", en = "Rule" }'


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def policy_with(folder: Path, text: str) -> Policy:
    with (folder / "policy.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    return load_settings(folder, PLAIN).rules.policy


def test_a_rule_is_read_whole(folder: Path) -> None:
    policy = policy_with(
        folder,
        f"""[[rule]]
        id = "all"
        when.kinds = ["BLIND", "OFFLINE"]
        when.categories = ["mobile"]
        when.reasons = ["QUALITY"]
        when.conditions = ["OPENED", "USED"]
        when.tenders = ["card"]
        when.amount = {{ above = "200.00", to = "500" }}
        when.days = {{ above = 7 }}
        when.earlier = {{ above = 2, days = 90, by = "phone" }}
        outcome = "contingent"
        evidence = ["ID", "PHOTO"]
        lifts = ["window", "excluded.medicine"]
        {WORDS}""",
    )
    rule = policy.rules[-1]
    assert rule.when == When(
        kinds=(ReturnKind.BLIND, ReturnKind.OFFLINE),
        categories=("mobile",),
        reasons=("QUALITY",),
        conditions=(Condition.OPENED, Condition.USED),
        tenders=("card",),
        amount=Range(20000, 50000),
        days=Range(7, None),
        earlier=Earlier(2, 90, "phone"),
    )
    assert (rule.outcome, rule.words) == (Outcome.CONTINGENT, Worded("规则", "Rule"))
    assert (rule.evidence, rule.lifts) == (
        (Evidence.ID, Evidence.PHOTO),
        ("window", "excluded.medicine"),
    )
    assert policy.horizon == 90


def test_what_is_not_asked_is_open(folder: Path) -> None:
    rule = policy_with(
        folder, f'[[rule]]\nid = "a"\nwhen = {{ tenders = ["card"] }}\noutcome = "deny"\n{WORDS}'
    ).rules[-1]
    assert (rule.when.amount, rule.when.days, rule.when.earlier) == (EVERY, EVERY, None)


@pytest.mark.parametrize(
    ("said", "key", "told"),
    [
        ('when = { }\noutcome = "deny"', "when", "must ask for something"),
        ('outcome = "deny"', "when", "must ask for something"),
        ('when = { tenders = ["card"] }\noutcome = "maybe"', "outcome", "must be one of"),
        ('when = { tenders = ["card"] }', "outcome", "is missing"),
        ('when = { kinds = ["GHOST"] }\noutcome = "deny"', "when.kinds", "VERIFIED"),
        ('when = { reasons = ["GHOST"] }\noutcome = "deny"', "when.reasons", "QUALITY"),
        ('when = { conditions = ["WET"] }\noutcome = "deny"', "when.conditions", "UNOPENED"),
        ('when = { days = { above = 7, to = 7 } }\noutcome = "deny"', "when.days.to", "more than"),
        ('when = { amount = { to = 5 } }\noutcome = "deny"', "when.amount.to", "in quotes"),
        ('when = { amount = { over = "5" } }\noutcome = "deny"', "when.amount.over", "not known"),
        ('when = { colour = ["red"] }\noutcome = "deny"', "when.colour", "not known"),
        ('when = { earlier = { above = 2 } }\noutcome = "deny"', "when.earlier.days", "missing"),
        ('when = { tenders = ["card"] }\noutcome = "contingent"', "evidence", "must say what"),
        (
            'when = { tenders = ["card"] }\noutcome = "deny"\nevidence = ["ID"]',
            "evidence",
            "no use where all is denied",
        ),
        (
            'when = { tenders = ["card"] }\noutcome = "allow"\nlifts = ["clock"]',
            "lifts",
            "must be one of window",
        ),
    ],
)
def test_a_fault_in_a_rule_is_told_with_its_key(
    folder: Path, said: str, key: str, told: str
) -> None:
    with pytest.raises(SettingsFault) as fault:
        policy_with(folder, f'[[rule]]\nid = "new"\n{said}\n{WORDS}')
    faults = [one for one in fault.value.problems if told in english(one.allowed)]
    assert [one.key for one in faults] == [f"rule[2].{key}"]
    assert all(one.file == "policy.toml" for one in faults)


def test_two_rules_of_one_name_are_refused(folder: Path) -> None:
    again = f'[[rule]]\nid = "often"\nwhen = {{ tenders = ["card"] }}\noutcome = "deny"\n{WORDS}'
    with pytest.raises(SettingsFault, match="is used twice"):
        policy_with(folder, again)


@pytest.mark.parametrize("name", ["policy.toml", "reasons.toml"])
def test_the_digest_changes_with_either_file(folder: Path, name: str) -> None:
    before = load_settings(folder, PLAIN).rules.policy.digest
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("# another comment\n")
    assert load_settings(folder, PLAIN).rules.policy.digest != before
    assert len(before) == 64


def test_no_rule_counts_returns_that_are_erased_before(folder: Path) -> None:
    rule = f"""[[rule]]
        id = "long"
        when.earlier = {{ above = 1, days = 401 }}
        outcome = "override"
        {WORDS}"""
    with pytest.raises(SettingsFault) as caught:
        policy_with(folder, rule)
    assert [one.key for one in caught.value.problems] == ["retention.personal_days"]
