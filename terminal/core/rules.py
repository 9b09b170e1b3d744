"""The shop's rules as data: reasons, windows, limits, fees; nothing here decides a return.

Law of the file: no law and no shop's habit is in code. Every number, category and reason comes from
config/policy.toml and config/reasons.toml.
"""

from enum import Enum

from msgspec import Struct

from terminal.core.day import Drawer
from terminal.core.kinds import UNLIMITED, Limits
from terminal.core.returns import Condition, Disposition, ReturnKind
from terminal.core.sale import Currency, ReceiptRef
from terminal.core.watch import Watch
from terminal.core.when import When
from terminal.core.words import Worded

CONDITION_WORDS = {
    Condition.UNOPENED: Worded("未拆封", "unopened"),
    Condition.OPENED: Worded("已拆封", "opened"),
    Condition.USED: Worded("已使用", "used"),
    Condition.DAMAGED: Worded("破损", "damaged"),
    Condition.SPOILED: Worded("变质", "spoiled"),
    Condition.INCOMPLETE: Worded("缺件", "incomplete"),
}

UNSAID = Worded("", "")


class Outcome(Enum):
    """PolicyDecision: the four answers, from mild to strict."""

    ALLOW = "ALLOW"
    CONTINGENT = "CONTINGENT"  # something must be shown first
    NEEDS_OVERRIDE = "NEEDS_OVERRIDE"  # a second person (店长授权)
    DENY = "DENY"

    @property
    def strictness(self) -> int:
        return tuple(Outcome).index(self)


class Evidence(Enum):
    """What a contingent return needs to see."""

    RECEIPT = "RECEIPT"
    ID = "ID"
    PHOTO = "PHOTO"
    NOTE = "NOTE"

    @property
    def words(self) -> Worded:
        return {
            Evidence.RECEIPT: Worded("原小票", "the original receipt"),
            Evidence.ID: Worded("身份证件", "proof of identity"),
            Evidence.PHOTO: Worded("照片", "a photo"),
            Evidence.NOTE: Worded("备注说明", "a written note"),
        }[self]


class Window(Struct, frozen=True):
    """ReturnWindow (退货期限) in days after the sale's business day.

    Free, then with approval, then refused. `fault_*` are the same two for quality faults.
    """

    free_days: int
    approval_days: int
    fault_free_days: int
    fault_approval_days: int

    def days(self, *, fault: bool) -> tuple[int, int]:
        """The last free day and the last day with approval."""
        if fault:
            return self.fault_free_days, self.fault_approval_days
        return self.free_days, self.approval_days


class Exclusion(Struct, frozen=True):
    """Categories that do not simply come back; `words` is the rule as the customer reads it."""

    id: str
    categories: tuple[str, ...]
    outcome: Outcome
    words: Worded
    unless_fault: bool = True


class ShopRule(Struct, frozen=True):
    """A rule of the shop's own making: when it applies, what it answers, what it takes away.

    `lifts` names other rulings that do not count where this one applies: "window" for one.
    """

    id: str
    when: When
    outcome: Outcome
    words: Worded
    evidence: tuple[Evidence, ...] = ()
    lifts: tuple[str, ...] = ()


class Gifts(Enum):
    """What becomes of a gift (赠品) whose goods come back without it."""

    ASK = "ask"  # it must come back as well
    CHARGE = "charge"  # its stated value is taken off
    LEAVE = "leave"  # the customer keeps it


class Recall(Struct, frozen=True):
    """What is recalled (召回), by batch or by sku."""

    batches: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()


class Restocking(Struct, frozen=True):
    """The restocking fee in parts per million, and the conditions that pay it; no fault does."""

    rate: int = 0
    categories: tuple[tuple[str, int], ...] = ()
    conditions: tuple[Condition, ...] = tuple(Condition)

    def rate_for(self, category: str) -> int:
        return dict(self.categories).get(category, self.rate)


def short_digest(digest: str) -> str:
    """What of a policy's digest is printed and shown."""
    return digest[:12]


class Policy(Struct, frozen=True):
    """One version of the shop's return policy. `amount_limit` 0 means no limit."""

    version: str
    window: Window
    category_windows: tuple[tuple[str, Window], ...]
    exclusions: tuple[Exclusion, ...]
    amount_limit: int
    restocking: Restocking
    rerate: bool  # a broken 满减 is re-rated, not only prorated
    never_to_stock: tuple[str, ...]
    sentence: Worded  # {free_days} {approval_days} {version}
    arrival: Worded = UNSAID  # when refunded money arrives, for the result slip
    notice: tuple[Worded, ...] = ()  # the paragraphs of the printed policy notice
    limits: tuple[tuple[ReturnKind, Limits], ...] = ()
    refund_to: tuple[tuple[str, tuple[str, ...]], ...] = ()  # tender -> ways, the usual one first
    credit_days: int = 365
    parts_tomorrow: tuple[str, ...] = ()  # tenders that get no part on the sale's own day
    rules: tuple[ShopRule, ...] = ()
    digest: str = ""  # sha256 of policy.toml and reasons.toml, one after the other, in hex
    gifts: Gifts = Gifts.ASK
    coupons: tuple[tuple[str, bool], ...] = ()  # kind -> given back with the whole sale
    serial_categories: tuple[str, ...] = ()  # each piece comes back by its serial number
    recall: Recall = Recall()
    whole_bundles: tuple[str, ...] = ()  # bundles by their sku, "*" for all of them
    watch: Watch = Watch()  # from when on a pattern is shown to a manager

    def window_for(self, category: str) -> Window:
        return dict(self.category_windows).get(category, self.window)

    def limits_of(self, kind: ReturnKind) -> Limits:
        return dict(self.limits).get(kind, UNLIMITED)

    @property
    def horizon(self) -> int:
        """How many days back earlier returns are counted; 0 where no rule counts them."""
        counting = (one.when.earlier.days for one in self.rules if one.when.earlier is not None)
        return max(counting, default=0)


class Reason(Struct, frozen=True):
    """ReasonCode (退货原因). `conditions` empty means any; otherwise `otherwise` is the answer."""

    code: str
    words: Worded
    disposition: Disposition
    fault: bool = False  # a quality fault: no fee, its own window
    needs_manager: bool = False
    no_window: bool = False
    recall: bool = False  # for recalls: no window only for what the policy names, if it names any
    amount_only: bool = False  # money only, the goods stay with the customer
    offer_exchange: bool = False
    void_same_day: bool = False
    conditions: tuple[Condition, ...] = ()
    otherwise: Outcome = Outcome.NEEDS_OVERRIDE
    evidence: tuple[Evidence, ...] = ()


class OverrideReason(Struct, frozen=True):
    """Why a second person approved (店长授权)."""

    code: str
    words: Worded


class Rules(Struct, frozen=True):
    """Everything the flow and the settlement ask of the shop. `cash_coin` in minor units.

    `takes_back` are the tills of this shop whose sales come back at this unit and nowhere else;
    "*" is all of them.
    """

    policy: Policy
    reasons: tuple[Reason, ...]
    override_reasons: tuple[OverrideReason, ...]
    currency: Currency
    cash_coin: int = 1
    slip_days: int = 7  # how long the slip's QR may be used
    business_unit: str = ""
    takes_back: tuple[str, ...] = ("*",)
    drawer: Drawer = Drawer()

    def ours(self, receipt: ReceiptRef) -> bool:
        """Whether everything that came back of this sale came back here, so is known here."""
        shop = self.business_unit in ("", receipt.business_unit)
        return shop and ("*" in self.takes_back or receipt.workstation in self.takes_back)

    def reason(self, code: str) -> Reason:
        """The reason of that code; a code that is not in the rules is our own fault."""
        found = next((one for one in self.reasons if one.code == code), None)
        assert found is not None, f"no reason {code!r} in reasons.toml"
        return found

    def disposition_for(
        self, reason: Reason, condition: Condition | None, category: str
    ) -> Disposition:
        """Where the goods go (处置方式): the reason's wish, unless they cannot be sold again."""
        if reason.amount_only:
            return Disposition.NONE
        if reason.disposition is not Disposition.RETURN_TO_STOCK:
            return reason.disposition
        if condition in (Condition.DAMAGED, Condition.SPOILED):
            return Disposition.WRITE_OFF
        if category in self.policy.never_to_stock:
            return Disposition.WRITE_OFF
        if condition in (Condition.USED, Condition.INCOMPLETE):
            return Disposition.UNDECIDED
        return Disposition.RETURN_TO_STOCK
