"""Where a return stands: plain frozen values that SQLite can hold and a power cut comes back to.

Law of the folder: no device, no time left, no typed text and no secret is in a state.
"""

from typing import TypeAlias

from terminal.core.states.customer import (
    ConfirmingVoid,
    Inspecting,
    PayingCash,
    ShopDecided,
    TakingSignature,
    WaitingForCustomer,
)
from terminal.core.states.day import (
    ConfirmingCount,
    CountingPieces,
    CountingTotal,
    ReadingDay,
    ShowingDay,
)
from terminal.core.states.declared import (
    AddingGoods,
    DeclaringDay,
    FindingArticle,
    PricingArticle,
)
from terminal.core.states.draft import (
    AwaitingOverride,
    ChangingCondition,
    ChangingReason,
    CheckingLines,
    CheckingOverride,
    ChoosingCondition,
    ChoosingGoods,
    ChoosingOverrideReason,
    ChoosingReason,
    ConfirmingAmounts,
    Denied,
    EnteringDifference,
    EnteringOverridePin,
    GivingEvidence,
    OfferingVoid,
    ScanningSerials,
)
from terminal.core.states.exchange import AddingNew, FindingNew
from terminal.core.states.lookback import (
    AskingShop,
    FindingReturn,
    ShowingElsewhere,
    ShowingReturn,
)
from terminal.core.states.notice import ReadingNotice
from terminal.core.states.office import (
    CheckingNewBadge,
    CheckingNewPin,
    ChoosingRole,
    ChoosingTask,
    ConfirmingLeave,
    InTraining,
    ListingStaff,
    NamingMember,
    OpeningStaff,
    SettingBadge,
    SettingPin,
    ShowingMember,
)
from terminal.core.states.people import CheckingStaff, EnteringPin, SignedOff
from terminal.core.states.receipt import (
    ChoosingSale,
    EnteringAmount,
    EnteringDay,
    EnteringTail,
    LookingUp,
    NothingLeft,
    Ready,
    ReceiptUnknown,
)
from terminal.core.states.slip import PreparingSlip, SendingSlip, SlipBlocked, SlipUncertain

DeclaredState: TypeAlias = DeclaringDay | AddingGoods | FindingArticle | PricingArticle
DraftState: TypeAlias = (
    ChoosingGoods | ChoosingReason | ChoosingCondition | EnteringDifference | CheckingLines
    | ChangingReason | ChangingCondition | Denied | GivingEvidence | AwaitingOverride
    | EnteringOverridePin | CheckingOverride | ChoosingOverrideReason | ConfirmingAmounts
    | OfferingVoid | ScanningSerials | AddingNew | FindingNew
)  # fmt: skip
Search: TypeAlias = EnteringDay | EnteringAmount | EnteringTail  # a sale without its receipt
# Where no return is under way, Ready beside them: whatever is scanned here opens what it names.
IdleScreen: TypeAlias = (
    Search | ChoosingSale | ReceiptUnknown | NothingLeft | ShowingReturn | ShowingElsewhere
    | ReadingNotice
)  # fmt: skip
DayState: TypeAlias = ReadingDay | ShowingDay | CountingPieces | CountingTotal | ConfirmingCount
Office: TypeAlias = (
    ChoosingTask | OpeningStaff | ListingStaff | ShowingMember | ChoosingRole | NamingMember
    | SettingPin | CheckingNewPin | SettingBadge | CheckingNewBadge | ConfirmingLeave | InTraining
)  # fmt: skip
Attended: TypeAlias = (
    Ready | EnteringDay | EnteringAmount | EnteringTail | LookingUp | ChoosingSale | ReceiptUnknown
    | NothingLeft | FindingReturn | AskingShop | ShowingReturn | ShowingElsewhere
    | WaitingForCustomer | ShopDecided | TakingSignature | PayingCash | ConfirmingVoid | Inspecting
    | DayState | Office | DeclaredState | ReadingNotice
)  # fmt: skip
SlipState: TypeAlias = PreparingSlip | SendingSlip | SlipBlocked | SlipUncertain
State: TypeAlias = SignedOff | EnteringPin | CheckingStaff | Attended | DraftState | SlipState

__all__ = [
    "AddingGoods",
    "AddingNew",
    "AskingShop",
    "Attended",
    "AwaitingOverride",
    "ChangingCondition",
    "ChangingReason",
    "CheckingLines",
    "CheckingNewBadge",
    "CheckingNewPin",
    "CheckingOverride",
    "CheckingStaff",
    "ChoosingCondition",
    "ChoosingGoods",
    "ChoosingOverrideReason",
    "ChoosingReason",
    "ChoosingRole",
    "ChoosingSale",
    "ChoosingTask",
    "ConfirmingAmounts",
    "ConfirmingCount",
    "ConfirmingLeave",
    "ConfirmingVoid",
    "CountingPieces",
    "CountingTotal",
    "DayState",
    "DeclaredState",
    "DeclaringDay",
    "Denied",
    "DraftState",
    "EnteringAmount",
    "EnteringDay",
    "EnteringDifference",
    "EnteringOverridePin",
    "EnteringPin",
    "EnteringTail",
    "FindingArticle",
    "FindingNew",
    "FindingReturn",
    "GivingEvidence",
    "IdleScreen",
    "InTraining",
    "Inspecting",
    "ListingStaff",
    "LookingUp",
    "NamingMember",
    "NothingLeft",
    "OfferingVoid",
    "Office",
    "OpeningStaff",
    "PayingCash",
    "PreparingSlip",
    "PricingArticle",
    "ReadingDay",
    "ReadingNotice",
    "Ready",
    "ReceiptUnknown",
    "ScanningSerials",
    "Search",
    "SendingSlip",
    "SettingBadge",
    "SettingPin",
    "ShopDecided",
    "ShowingDay",
    "ShowingElsewhere",
    "ShowingMember",
    "ShowingReturn",
    "SignedOff",
    "SlipBlocked",
    "SlipState",
    "SlipUncertain",
    "State",
    "TakingSignature",
    "WaitingForCustomer",
]
