"""[[rule]] of policy.toml -> the shop's own rules: when, what then, in which words."""

from terminal.core.returns import Condition, ReturnKind
from terminal.core.rules import Evidence, Outcome, ShopRule
from terminal.core.rulings import LIFTABLE
from terminal.core.when import Earlier, Range, When
from terminal.core.words import sentence
from terminal.settings.reading import Table, one_of

DAYS_MAX = 3650
COUNT_MAX = 1000
ID = r"[a-z0-9_-]{1,24}"
ID_WORDS = sentence("must be 1 to 24 lower-case letters or digits")
TWICE = sentence("is used twice")
OUTCOMES = {
    "allow": Outcome.ALLOW,
    "contingent": Outcome.CONTINGENT,
    "override": Outcome.NEEDS_OVERRIDE,
    "deny": Outcome.DENY,
}
EVIDENCE = {one.value: one for one in Evidence}
CONDITIONS = {one.value: one for one in Condition}
KINDS = {one.value: one for one in ReturnKind}
PAYERS = {"either": "", "card": "card", "phone": "phone"}


def read(top: Table, digits: int, excluded: tuple[str, ...]) -> tuple[ShopRule, ...]:
    """Every rule, each id once; `excluded` are the ids of the exclusions, which may be lifted."""
    found: list[ShopRule] = []
    for table in top.tables("rule"):
        rule = _rule(table, digits, (*LIFTABLE, *(f"excluded.{one}" for one in excluded)))
        if rule.id in [one.id for one in found]:
            table.problem("id", TWICE)
        table.close()
        found.append(rule)
    return tuple(found)


def check_reasons(top: Table, rules: tuple[ShopRule, ...], codes: tuple[str, ...]) -> None:
    """Notes each rule that speaks of a reason which reasons.toml, if it was read, has not."""
    for place, rule in enumerate(rules):
        if codes and not set(rule.when.reasons) <= set(codes):
            top.problem(f"rule[{place}].when.reasons", one_of(codes))


def _rule(table: Table, digits: int, liftable: tuple[str, ...]) -> ShopRule:
    rule = ShopRule(
        id=table.text("id", shape=ID, allowed=ID_WORDS),
        when=_when(table, digits),
        outcome=table.choice("outcome", OUTCOMES),
        words=table.worded("words"),
        evidence=table.choices("evidence", EVIDENCE),
        lifts=table.choices("lifts", {name: name for name in liftable}),
    )
    if rule.outcome is Outcome.CONTINGENT and not rule.evidence:
        wanted = sentence("must say what is to be shown")
        table.problem("evidence", wanted)
    if rule.outcome is Outcome.DENY and rule.evidence:
        table.problem("evidence", sentence("has no use where all is denied"))
    return rule


def _when(rule: Table, digits: int) -> When:
    table = rule.table("when")
    when = When(
        kinds=table.choices("kinds", KINDS),
        categories=table.texts("categories"),
        reasons=table.texts("reasons"),
        conditions=table.choices("conditions", CONDITIONS),
        tenders=table.texts("tenders"),
        amount=_amounts(table.table("amount"), digits),
        days=_days(table.table("days")),
        earlier=None if table.blank("earlier") else _earlier(table.table("earlier")),
    )
    table.close()
    if when == When():
        rule.problem("when", sentence("must ask for something"))
    return when


def _amounts(table: Table, digits: int) -> Range:
    above, to = (None if table.blank(key) else table.amount(key, digits) for key in ("above", "to"))
    return _range(table, above, to)


def _days(table: Table) -> Range:
    above, to = (
        None if table.blank(key) else table.whole(key, 0, DAYS_MAX) for key in ("above", "to")
    )
    return _range(table, above, to)


def _range(table: Table, above: int | None, to: int | None) -> Range:
    if above is not None and to is not None and above >= to:
        table.problem("to", sentence("must be more than above"))
    table.close()
    return Range(above, to)


def _earlier(table: Table) -> Earlier:
    earlier = Earlier(
        above=table.whole("above", 0, COUNT_MAX),
        days=table.whole("days", 1, DAYS_MAX),
        by=table.choice("by", PAYERS, "either"),
    )
    table.close()
    return earlier
