"""A part of a sale on its own day, where the acquirer knows only a whole 撤销 until tomorrow.

Law of the file: which tenders these are is data of the shop. A part that would go back to one of
them is refused until tomorrow, in words; it may go back in another way at once.
"""

from collections.abc import Iterator

from terminal.core.returns import ReturnKind
from terminal.core.rules import Outcome, Rules
from terminal.core.rulings import Ruling
from terminal.core.sale import Sale
from terminal.core.when import Facts
from terminal.core.words import Worded

RULE = "same_day"
BY_AMOUNT = (ReturnKind.VERIFIED, ReturnKind.OFFLINE, ReturnKind.EXCHANGE)
_NAMES = {
    "card": Worded("银行卡", "Card"),
    "wechat": Worded("微信支付", "WeChat Pay"),
    "alipay": Worded("支付宝", "Alipay"),
}


def rulings(rules: Rules, facts: Facts) -> Iterator[Ruling]:
    """A DENY for each tender that would get money by amount on the day of the sale."""
    if facts.days == 0 and facts.kind in BY_AMOUNT:
        for tender in facts.tenders:
            if tender in rules.policy.parts_tomorrow:
                yield Ruling(RULE, Outcome.DENY, _words(tender))


def told(rules: Rules, sale: Sale) -> tuple[Worded, ...]:
    """What is said of a sale of today before a part of it is chosen."""
    kinds = dict.fromkeys(one.kind for one in sale.tenders)
    return tuple(_words(kind) for kind in kinds if kind in rules.policy.parts_tomorrow)


def _words(tender: str) -> Worded:
    name = _NAMES.get(tender, Worded(tender, tender))
    return Worded(
        f"{name.zh}当天只能整单撤销，部分退款请明天再办。",
        f"{name.en}: today only the whole sale can be voided; a part goes back from tomorrow on.",
    )
