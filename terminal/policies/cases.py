"""Cases that a shop tries its policy on: [[case]] of a file, or written in the command line."""

from pathlib import Path

from msgspec import Struct

from terminal.core.policy import Decision, answer
from terminal.core.returns import Condition, ReturnKind
from terminal.core.rules import Outcome, Reason, Rules
from terminal.core.when import Earlier, Facts, LineFacts
from terminal.core.words import sentence
from terminal.policies.cells import OTHER, facts
from terminal.settings import SettingsFault
from terminal.settings.files import Findings
from terminal.settings.reading import Table, open_table
from terminal.settings.rules_file import CONDITIONS, COUNT_MAX, DAYS_MAX, KINDS, OUTCOMES

NUMBERS = ("days", "earlier")
PAYERS = {"card": "card", "phone": "phone"}


class Case(Struct, frozen=True):
    """A return to try; what it should get, and by which rule, where the shop says so."""

    name: str
    facts: Facts
    expect: Outcome | None
    rule: str


class Trial(Struct, frozen=True):
    """What a case got. `right` is True where nothing was expected."""

    case: Case
    decision: Decision

    @property
    def right(self) -> bool:
        case, said = self.case, {one.rule for one in self.decision.rulings}
        return case.expect in (None, self.decision.outcome) and (not case.rule or case.rule in said)


def tried(case: Case, rules: Rules) -> Trial:
    return Trial(case, answer(rules, case.facts))


def read_cases(path: Path, rules: Rules) -> tuple[Case, ...]:
    """Every [[case]] of a file. Raises SettingsFault with all that is wrong in it."""
    findings = Findings()
    top = open_table(path, findings)
    found = tuple(
        _case(table, rules, place) for place, table in enumerate(top.tables("case"), start=1)
    )
    if not found:
        top.problem("case", sentence("needs at least one [[case]]"))
    top.close()
    return _sound(found, findings)


def case_of(text: str, rules: Rules) -> Case:
    """`reason=QUALITY days=10 tenders=card,cash`. Raises SettingsFault."""
    data: dict[str, object] = {}
    for pair in text.split():
        key, _, value = pair.partition("=")
        data[key] = _value(key, value)
    findings = Findings()
    (case,) = _sound((_case(Table(findings, "--case", "", data), rules, 0),), findings)
    return case


def _sound(found: tuple[Case, ...], findings: Findings) -> tuple[Case, ...]:
    if findings.problems:
        raise SettingsFault(tuple(findings.problems))
    return found


def _value(key: str, text: str) -> object:
    if key in NUMBERS and text.isascii() and text.isdigit():
        return int(text)
    return text.split(",") if key == "tenders" else text


def _case(table: Table, rules: Rules, place: int) -> Case:
    reasons = {one.code: one for one in rules.reasons}
    reason = table.choice("reason", reasons)
    line = LineFacts(
        line=1,
        category=table.text("category", OTHER),
        reason=reason.code,
        condition=_condition(table, reason),
        amount_only=reason.amount_only,
    )
    earlier = table.whole("earlier", 0, COUNT_MAX, 0)
    by = table.choice("by", PAYERS, "card")
    case = Case(
        name=table.text("name", str(place) if place else "--case"),
        facts=facts(
            table.choice("kind", KINDS, ReturnKind.VERIFIED.value),
            line,
            table.whole("days", 0, DAYS_MAX, 0),
            table.amount("amount", rules.currency.digits, "10", least=1),
            table.texts("tenders") or ("cash",),
            (Earlier(earlier, 0, by),),
        ),
        expect=None if table.blank("expect") else table.choice("expect", OUTCOMES),
        rule=table.text("rule", ""),
    )
    table.close()
    return case


def _condition(table: Table, reason: Reason) -> Condition | None:
    said = table.choice("condition", CONDITIONS, Condition.UNOPENED.value)
    return None if reason.amount_only else said
