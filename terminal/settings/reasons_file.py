"""reasons.toml -> the reasons for returns and for overrides."""

from terminal.core.returns import Disposition
from terminal.core.rules import OverrideReason, Reason
from terminal.core.words import Worded
from terminal.settings.policy_file import STRICT
from terminal.settings.reading import Table
from terminal.settings.rules_file import CONDITIONS, EVIDENCE

DISPOSITIONS = {one.value: one for one in Disposition}
_CODE = Worded(
    "须为 1 到 24 个大写字母、数字、下划线",
    "must be 1 to 24 capital letters, digits or underscores",
)


def read(top: Table) -> tuple[tuple[Reason, ...], tuple[OverrideReason, ...]]:
    """Reasons in the order in which the cashier sees them, each code once, at least one of each."""
    reasons: list[Reason] = []
    for table in top.tables("reasons"):
        reasons.append(_reason(table, [one.code for one in reasons]))
    overrides: list[OverrideReason] = []
    for table in top.tables("override_reasons"):
        code = _code(table, [one.code for one in overrides])
        overrides.append(OverrideReason(code, table.words("words")))
        table.close()
    for key, found in (("reasons", reasons), ("override_reasons", overrides)):
        if not found:
            wanted = Worded(f"至少写一个 [[{key}]]", f"needs at least one [[{key}]]")
            top.problem(key, wanted)
    top.close()
    return tuple(reasons), tuple(overrides)


def _reason(table: Table, before: list[str]) -> Reason:
    reason = Reason(
        code=_code(table, before),
        words=table.words("words"),
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
            Worded(
                "NONE 与 amount_only = true 须同时使用", "NONE and amount_only = true go together"
            ),
        )
    table.close()
    return reason


def _code(table: Table, before: list[str]) -> str:
    code = table.text("code", shape=r"[A-Z0-9_]{1,24}", allowed=_CODE)
    if code in before:
        table.problem("code", Worded("重复", "is used twice"))
    return code
