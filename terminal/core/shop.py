"""What the shop's office and the rails say of a return that was recorded here.

Law of the file: names and texts are those of docs/WIRE.md (STATE), so that a state is read as it
came. The office approves, declines or finds a conflict; only this terminal ends a return.
"""

from enum import Enum
from typing import Annotated

from msgspec import Meta, Struct

from terminal.core.personal import Personal
from terminal.core.words import Worded


class Standing(Enum):
    """How a return stands at the office."""

    WAITING = "waiting"  # 待顾客确认: recorded; the customer has not submitted
    SUBMITTED = "submitted"  # 已提交待审核: the office has to look
    APPROVED = "approved"  # 已同意: cash at the drawer, the rest to the rails
    DECLINED = "declined"  # 已拒绝: with a reason; the terminal voids it
    CONFLICT = "conflict"  # 冲突待处理: more came back than was sold; nothing is paid before
    CONFIRMED = "confirmed"  # 已确认: the terminal recorded the customer's word
    REFUNDING = "refunding"  # 退款中: at least one tender is on its way
    REFUNDED = "refunded"  # 已退款: every tender has arrived
    PROBLEM = "problem"  # 异常: a rail could not pay; the office is on it
    VOIDED = "voided"  # 已作废


class RailState(Enum):
    """How far one refund has come on its rail."""

    ACCEPTED = "accepted"  # 已受理
    PROCESSING = "processing"  # 退款中
    SUCCESS = "success"  # 已退款
    ABNORMAL = "abnormal"  # 异常
    CLOSED = "closed"  # 已关闭


NOTHING_SAID = Worded("", "")


class Declined(Struct, frozen=True):
    """The reason that the shop gave for its no; what people write may name anybody."""

    zh: Personal
    en: Personal

    def say(self, language: str) -> str:
        return (self.zh if language.startswith("zh") else self.en) or self.zh or self.en


class ShopRefund(Struct, frozen=True):
    """Money to the tender at `position` of the sale, in minor units.

    `actual` is what arrived (实退; less than `amount` where coupons return in proportion), None as
    long as the rail has not said it. `at` is RFC 3339, of this state.
    """

    position: int
    kind: str
    amount: int
    state: RailState
    actual: int | None = None
    at: str = ""
    why: Worded = NOTHING_SAID


class ShopState(Struct, frozen=True):
    """How one return stands. `version` only grows: an older one is passed over."""

    id: str  # of the return
    number: str
    terminal: str  # <business unit>-<workstation>
    version: Annotated[int, Meta(ge=0, lt=2**53)]
    state: Standing
    reason: Worded = NOTHING_SAID  # why it was declined, or is a conflict
    refunds: tuple[ShopRefund, ...] = ()
    at: str = ""  # RFC 3339
