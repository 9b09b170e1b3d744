"""`report`: what one day's returns came to, as text and as CSV; the terminal may go on working.

Law of the file: a voided return is named and counted in nothing else, and what was only accepted
is never called refunded.
"""

from argparse import Namespace
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from msgspec import Struct

from storage.store import Reader, open_reader
from terminal.app import database_of
from terminal.commands import OK
from terminal.commands.places import CommandFault, give, settings_of, table
from terminal.core.money import decimal_text
from terminal.core.returns import Return, Status
from terminal.core.sale import Currency
from terminal.core.words import Worded
from terminal.ledger import Ledger
from terminal.settings import Settings
from terminal.ui.wrapping import columns

WIDTH = 64
_STATUS = {
    Status.RECORDED: Worded("待顾客确认", "waiting for the customer"),
    Status.CONFIRMED: Worded("已确认，未退款", "confirmed, not refunded"),
    Status.ACCEPTED: Worded("已受理", "accepted, refund under way"),
    Status.REFUNDED: Worded("已退款", "refunded"),
    Status.VOIDED: Worded("已作废", "voided"),
}


class Row(Struct, frozen=True):
    """One figure: how many, and how much in minor units."""

    section: str
    what: str
    count: int
    amount: int
    currency: Currency


class Day(Struct, frozen=True):
    """A day's figures, and where the journal stands."""

    day: date
    rows: tuple[Row, ...]
    unsent: int
    head_seq: int
    head_hash: str


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    day = day_of(args.day)
    with open_reader(database_of(settings)) as reader:
        found = day_report(reader, settings, day)
    if args.csv is not None:
        with table(args.csv, ("day", "section", "what", "count", "amount", "currency")) as file:
            for one in found.rows:
                amount = decimal_text(one.amount, one.currency.digits)
                file.row(day, one.section, one.what, one.count, amount, one.currency.code)
            file.row(day, "journal", found.head_hash, found.head_seq, "", "")
            file.row(day, "unsent", "", found.unsent, "", "")
    for line in text(found, settings):
        give(line)
    return OK


def day_of(said: str) -> date:
    """`today`, or a day like 2026-11-20. Raises CommandFault."""
    try:
        return datetime.now().astimezone().date() if said == "today" else date.fromisoformat(said)
    except ValueError as fault:
        raise CommandFault(
            f"--day {said}: must be today or a day like 2026-11-20 / 须为 today 或形如 2026-11-20"
        ) from fault


def day_report(reader: Reader, settings: Settings, day: date) -> Day:
    """The day's figures. Raises StorageFault, codec.Unreadable."""
    every = Ledger(reader, settings.rules).returns_of_day(day)
    stand = [one for one in every if one.status is not Status.VOIDED]
    reasons = {one.code: one.words for one in settings.rules.reasons}

    def reason(code: str) -> str:
        return f"{code} {reasons[code].zh} {reasons[code].en}" if code in reasons else code

    rows = (
        *_summed("returns", stand, _all),
        *_summed("status", every, _by_status),
        *_summed("tender", stand, _by_tender),
        *_summed("reason", stand, lambda one: _by_reason(one, reason)),
        *_summed("cashier", stand, lambda one: ((one.cashier, one.settlement.refund),)),
        *_summed("kept", stand, _kept),
    )
    seq, head = reader.journal_head()
    return Day(day, rows, reader.unsent_count(), seq, head)


_TITLES = {
    "returns": Worded("退货", "Returns"),
    "status": Worded("按状态", "By status"),
    "tender": Worded("按支付方式", "By tender"),
    "reason": Worded("按退货原因（行）", "By reason (lines, goods before fees)"),
    "cashier": Worded("按收银员", "By cashier"),
    "kept": Worded("店方留存", "Kept by the shop"),
}


def text(found: Day, settings: Settings) -> Iterator[str]:
    """The report as lines of at most WIDTH columns."""
    shop = settings.shop.name
    yield f"{shop.zh} {shop.en}"
    yield _apart(
        f"退货日报 Day report {found.day}", f"{settings.business_unit}-{settings.workstation}"
    )
    section = ""
    for one in found.rows:
        if one.section != section:
            section, title = one.section, _TITLES[one.section]
            yield "-" * WIDTH
            yield f"{title.zh} {title.en}"
        amount = f"{one.currency.code} {decimal_text(one.amount, one.currency.digits)}"
        yield _apart(f"  {one.what}", f"{one.count:>5} {amount:>15}")
    if not found.rows:
        yield "没有退货 No returns"
    yield "-" * WIDTH
    yield _apart("待上传记录 Records not sent yet", str(found.unsent))
    yield _apart("日志 Journal", f"{found.head_seq}")
    yield f"  {found.head_hash[:32]}"
    yield f"  {found.head_hash[32:]}"


Shares = Iterable[tuple[str, int]]


def _summed(section: str, found: Iterable[Return], of: Callable[[Return], Shares]) -> Iterator[Row]:
    sums: dict[tuple[str, Currency], list[int]] = defaultdict(lambda: [0, 0])
    for ret in found:
        for what, amount in of(ret):
            one = sums[what, ret.currency]
            one[0] += 1
            one[1] += amount
    order = sorted(sums, key=lambda key: (key[0], key[1].code))
    for what, currency in order:
        count, amount = sums[what, currency]
        yield Row(section, what, count, amount, currency)


def _all(ret: Return) -> Shares:
    return (("退款 to customers", ret.settlement.refund),)


def _by_status(ret: Return) -> Shares:
    words = _STATUS[ret.status]
    return ((f"{words.zh} {words.en}", ret.settlement.refund),)


def _by_tender(ret: Return) -> Iterator[tuple[str, int]]:
    for one in ret.settlement.refunds:
        if one.amount:
            yield one.kind, one.amount
        if one.owed:
            yield f"{one.kind} 零头待付 owed in coins", one.owed


def _by_reason(ret: Return, named: Callable[[str], str]) -> Shares:
    return ((named(one.reason), one.amount) for one in ret.settlement.lines)


def _kept(ret: Return) -> Iterator[tuple[str, int]]:
    if ret.settlement.fee:
        yield "手续费 restocking fees", ret.settlement.fee
    if ret.settlement.shortfall:
        yield "满减差额 promotions no longer reached", ret.settlement.shortfall


def _apart(left: str, right: str) -> str:
    return left + " " * max(1, WIDTH - columns(left) - columns(right)) + right
