"""policy.toml -> Policy: the shop's law as data."""

from decimal import Decimal

from terminal.core.money import PPM
from terminal.core.returns import Condition
from terminal.core.rules import Exclusion, Gifts, Outcome, Policy, Recall, Restocking, Window
from terminal.core.watch import Watch
from terminal.core.words import Worded, sentence
from terminal.settings import kinds_file, refund_file, rules_file
from terminal.settings.reading import Table

DAYS_MAX = 3650
COUNT_MAX = 1000  # of returns, from which on a pattern is shown
STRICT = {"deny": Outcome.DENY, "override": Outcome.NEEDS_OVERRIDE}
SENTENCE_VALUES = {"free_days": 7, "approval_days": 30, "version": "1"}


def read(top: Table, digits: int) -> Policy:
    """The policy; amounts are read in a currency of `digits` minor digits."""
    window = _window(top.table("window"))
    exclusions = _exclusions(top)
    refund = refund_file.read(top.table("refund"))
    policy = Policy(
        version=top.text("version", shape=r"[0-9A-Za-z._-]{1,24}", allowed=_VERSION),
        window=window,
        category_windows=_category_windows(top.table("window_of"), window),
        exclusions=exclusions,
        amount_limit=_limit(top.table("limit"), digits),
        restocking=_restocking(top.table("restocking")),
        rerate=_thresholds(top.table("thresholds")),
        never_to_stock=_stock(top.table("stock")),
        sentence=_sentence(top.table("slip")),
        arrival=refund.arrival,
        notice=_notice(top),
        limits=kinds_file.read(top.table("kind"), digits),
        refund_to=refund.to,
        credit_days=refund.credit_days,
        parts_tomorrow=refund.parts_tomorrow,
        rules=rules_file.read(top, digits, tuple(one.id for one in exclusions)),
        gifts=_gifts(top.table("gifts")),
        coupons=_coupons(top.table("coupons")),
        serial_categories=_serials(top.table("serials")),
        recall=_recall(top.table("recall")),
        whole_bundles=_bundles(top.table("bundles")),
        watch=_watch(top.table("watch"), digits),
    )
    top.close()
    return policy


_VERSION = sentence("must be 1 to 24 letters, digits, dots or hyphens, like 2026-11-01")


def _window(table: Table, default: Window | None = None) -> Window:
    free = table.whole("free_days", 0, DAYS_MAX, default.free_days if default else None)
    approval = table.whole("approval_days", 0, DAYS_MAX, default.approval_days if default else None)
    fault_free = table.whole(
        "fault_free_days", 0, DAYS_MAX, max(free, default.fault_free_days if default else 0)
    )
    least = max(approval, fault_free, default.fault_approval_days if default else 0)
    fault_approval = table.whole("fault_approval_days", 0, DAYS_MAX, least)
    for first, last, key in (
        (free, approval, "approval_days"),
        (fault_free, fault_approval, "fault_approval_days"),
    ):
        if last < first:
            table.problem(
                key,
                sentence("must not be below the free days, {first}", first=first),
            )
    table.close()
    return Window(free, approval, fault_free, fault_approval)


def _category_windows(table: Table, default: Window) -> tuple[tuple[str, Window], ...]:
    return tuple((name, _window(table.table(name), default)) for name in table.names())


def _exclusions(top: Table) -> tuple[Exclusion, ...]:
    found: list[Exclusion] = []
    for table in top.tables("excluded"):
        exclusion = Exclusion(
            id=table.text("id", shape=rules_file.ID, allowed=rules_file.ID_WORDS),
            categories=table.texts("categories"),
            outcome=table.choice("outcome", STRICT),
            words=table.worded("words"),
            unless_fault=table.flag("unless_fault", default=True),
        )
        if not exclusion.categories:
            table.problem("categories", sentence("must name at least one category"))
        if exclusion.id in [one.id for one in found]:
            table.problem("id", rules_file.TWICE)
        table.close()
        found.append(exclusion)
    return tuple(found)


def _limit(table: Table, digits: int) -> int:
    amount = table.amount("amount", digits, "0")
    table.close()
    return amount


def _restocking(table: Table) -> Restocking:
    rates = table.table("rate_of")
    fee = Restocking(
        rate=_rate(table, "rate", "0"),
        categories=tuple((name, _rate(rates, name, None)) for name in rates.names()),
        conditions=table.choices("conditions", rules_file.CONDITIONS) or tuple(Condition),
    )
    table.close()
    return fee


def _rate(table: Table, key: str, default: str | None) -> int:
    """A share from "0" to "1" in parts per million."""
    allowed = sentence('must be a share from 0 to 1 in quotes, like "0.10"')
    text = table.text(key, default, shape=r"0(\.[0-9]{1,6})?|1(\.0{1,6})?", allowed=allowed)
    try:
        return int(Decimal(text) * PPM)
    except ArithmeticError:
        return 0  # the wrong text is noted already


def _thresholds(table: Table) -> bool:
    rerate = table.flag("rerate", default=False)
    table.close()
    return rerate


def _stock(table: Table) -> tuple[str, ...]:
    never = table.texts("never_return")
    table.close()
    return never


def _bundles(table: Table) -> tuple[str, ...]:
    whole = table.texts("whole")
    table.close()
    return whole


def _gifts(table: Table) -> Gifts:
    missing = table.choice("missing", {one.value: one for one in Gifts}, Gifts.ASK.value)
    table.close()
    return missing


def _coupons(table: Table) -> tuple[tuple[str, bool], ...]:
    fates = {"forfeit": False, "give_back": True}
    return tuple((kind, table.choice(kind, fates)) for kind in table.names())


def _serials(table: Table) -> tuple[str, ...]:
    categories = table.texts("categories")
    table.close()
    return categories


def _recall(table: Table) -> Recall:
    recall = Recall(batches=table.texts("batches"), skus=table.texts("skus"))
    table.close()
    return recall


def _sentence(table: Table) -> Worded:
    words = table.worded("sentence")
    try:
        words.fill(**SENTENCE_VALUES)
    except (LookupError, ValueError, AttributeError, TypeError):  # {x} {0} {x:y} {x.y} {x[y]}
        names = "{free_days} {approval_days} {version}"
        table.problem("sentence", sentence("may use only {names} in braces", names=names))
    table.close()
    return words


def _watch(table: Table, digits: int) -> Watch:
    usual = Watch()

    def least(key: str, default: int) -> int:
        return table.whole(key, 0, COUNT_MAX, default)

    watch = Watch(
        days=table.whole("days", 1, 60, usual.days),
        without_sale=least("without_sale", usual.without_sale),
        round=least("round", usual.round),
        round_to=table.amount("round_to", digits, "10", least=1),
        same_card=least("same_card", usual.same_card),
        voids=least("voids", usual.voids),
        own_sales=least("own_sales", usual.own_sales),
        near_limit=least("near_limit", usual.near_limit),
        near_percent=table.whole("near_percent", 1, 50, usual.near_percent),
        same_approver=least("same_approver", usual.same_approver),
    )
    table.close()
    return watch


def _notice(top: Table) -> tuple[Worded, ...]:
    paragraphs = []
    for table in top.tables("notice"):
        both = Worded(table.text("zh"), table.text("en"))
        table.close()
        paragraphs.append(both)
    return tuple(paragraphs)
