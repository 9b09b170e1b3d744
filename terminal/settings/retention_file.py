"""[retention] of terminal.toml: how long what is personal is kept, and how long sales are."""

from terminal.core.rules import Policy
from terminal.core.words import sentence
from terminal.settings.reading import Table
from terminal.settings.values import Retention

DAYS_MAX = 36_500
PERSONAL_DAYS, SALES_DAYS = 400, 800


def read(table: Table) -> Retention:
    found = Retention(
        personal_days=table.whole("personal_days", 1, DAYS_MAX, PERSONAL_DAYS),
        sales_days=table.whole("sales_days", 1, DAYS_MAX, SALES_DAYS),
    )
    table.close()
    return found


def check(top: Table, retention: Retention, policy: Policy) -> None:
    """Neither term may end before the policy has asked its last question of a sale."""
    windows = (policy.window, *(window for _, window in policy.category_windows))
    last = max(max(one.approval_days, one.fault_approval_days) for one in windows)
    last = max(last, policy.horizon)
    wrong = sentence(
        "must not be below the {last} days for which the policy still needs it", last=last
    )
    table = top.table("retention")
    if retention.personal_days < last:
        table.problem("personal_days", wrong)
    if retention.sales_days < last:
        table.problem("sales_days", wrong)
