"""Reasons for returns in people's words: the shop's own, as its terminals record them.

Law of the file: what a return's record says goes before the words that every shop begins with; a
code that neither knows has none.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from backoffice.wire.bodies import ReasonWords
from backoffice.words import Worded

REASONS = {
    "QUALITY": Worded("质量问题", "Quality"),
    "DAMAGED": Worded("破损", "Damaged"),
    "EXPIRED": Worded("过期", "Expired"),
    "WRONG_ITEM": Worded("拿错/发错", "Wrong article"),
    "NOT_AS_DESCRIBED": Worded("与描述不符", "Not as described"),
    "WRONG_PRICE": Worded("多收款", "Charged too much"),
    "SIZE_COLOR": Worded("尺码颜色", "Size or colour"),
    "UNWANTED": Worded("无理由", "Not wanted"),
    "DUPLICATE": Worded("重复购买", "Bought twice"),
    "SAFETY": Worded("过敏/安全", "Allergy or safety"),
    "RECALL": Worded("召回", "Recalled"),
    "CASHIER_ERROR": Worded("收银差错", "Mistake at the till"),
    "OTHER": Worded("其他", "Other"),
}


class _Said(Struct, frozen=True):
    """What of a return's body is read here."""

    reasons: list[ReasonWords] = []


def reasons_of(bodies: Iterable[str]) -> dict[str, Worded]:
    """The words of each code in these returns' bodies, those of later ones before earlier ones."""
    found = dict(REASONS)
    for body in bodies:
        for one in msgspec.json.decode(body, type=_Said).reasons:
            if one.words.zh and one.words.en:
                found[one.code] = Worded(one.words.zh, one.words.en)
    return found
