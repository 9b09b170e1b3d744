"""reasons.toml -> the reasons for returns and for overrides."""

from terminal.core.returns import Disposition
from terminal.core.rules import OverrideReason, Reason
from terminal.core.words import sentence
from terminal.settings.policy_file import STRICT
from terminal.settings.reading import Table
from terminal.settings.rules_file import CONDITIONS, EVIDENCE

DISPOSITIONS = {one.value: one for one in Disposition}
_CODE = sentence("must be 1 to 24 capital letters, digits or underscores")


def read(top: Table) -> tuple[tuple[Reason, ...], tuple[OverrideReason, ...]]:
    """Reasons in the order in which the cashier sees them, each code once, at least one of each."""
    reasons: list[Reason] = []
    for table in top.tables("reasons"):
        reasons.append(_reason(table, [one.code for one in reasons]))
    overrides: list[OverrideReason] = []
    for table in top.tables("override_reasons"):
        code = _code(table, [one.code for one in overrides])
        overrides.append(OverrideReason(code, table.worded("words")))
        table.close()
    for key, found in (("reasons", reasons), ("override_reasons", overrides)):
        if not found:
            wanted = sentence("needs at least one [[{key}]]", key=key)
            top.problem(key, wanted)
    top.close()
    return tuple(reasons), tuple(overrides)


def _reason(table: Table, before: list[str]) -> Reason:
    reason = Reason(
        code=_code(table, before),
        words=table.worded("words"),
        disposition=table.choice("disposition", DISPOSITIONS),
        fault=table.flag("fault", default=False),
        needs_manager=table.flag("manager", default=False),
        no_window=table.flag("no_window", default=False),
        recall=table.flag("recall", default=False),
        amount_only=table.flag("amount_only", default=False),
        offer_exchange=table.flag("offer_exchange", default=False),
        void_same_day=table.flag("void_same_day", default=False),
        conditions=table.choices("conditions", CONDITIONS),
        otherwise=table.choice("otherwise", STRICT, "override"),
        evidence=table.choices("evidence", EVIDENCE),
    )
    if reason.amount_only != (reason.disposition is Disposition.NONE):
        table.problem(
            "disposition",
            sentence("NONE and amount_only = true go together"),
        )
    table.close()
    return reason


def _code(table: Table, before: list[str]) -> str:
    code = table.text("code", shape=r"[A-Z0-9_]{1,24}", allowed=_CODE)
    if code in before:
        table.problem("code", sentence("is used twice"))
    return code
