"""One way into every state of the flow, as a cashier would come there.

Law of the file: a scene ends in the state it is named for, on a till that tests go on with.
"""

from collections.abc import Callable

from drivers.values import Key, KeyPress, Scan
from printer.status import PrinterFault
from terminal.core import states
from terminal.core.sale import Sale
from terminal.core.shop import Standing
from tests.flows import day_scenes, goods_scenes, office_scenes, shop_scenes
from tests.flows.cashier import Till
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, groceries, one_oil, phones, sale
from tests.flows.shop_office import Office
from tests.flows.silence import silently

OLD = one_oil(days_ago=10, number=2)
MEDICINE = sale((Sold("阿莫西林胶囊", "18.00", category="medicine"),), number=3)
TWINS = (
    one_oil(receipt_no="4711", number=4),
    one_oil(receipt_no="4711", number=4, workstation="04", days_ago=1),
)
TODAYS = sale(
    (Sold("金龙鱼 大豆油 5L", "59.90", gtin=OIL), Sold("蒙牛 纯牛奶", "39.90", gtin=MILK)),
    days_ago=0,
    number=6,
)
STOCK = (groceries(), OLD, MEDICINE, *TWINS, TODAYS, phones())
Scene = Callable[[Till], None]
CONFIRM = KeyPress("keypad", Key.CONFIRM)


def _signed_off(till: Till) -> None:
    till.cancels()


def _entering_pin(till: Till) -> None:
    till.cancels()
    till.types("1007⏎")


def _checking_staff(till: Till) -> None:
    _entering_pin(till)
    till.types("1234")
    silently(till, CONFIRM)


def _ready(till: Till) -> None:
    till.sees("王芳")


def _entering_day(till: Till) -> None:
    till.presses(Key.F1)


def _entering_amount(till: Till) -> None:
    till.presses(Key.F1)
    till.types("1120⏎")


def _looking_up(till: Till) -> None:
    silently(till, Scan("scanner", RECEIPT))


def _choosing_sale(till: Till) -> None:
    till.types("4711⏎")


def _receipt_unknown(till: Till) -> None:
    till.scans("05710326112099999")


def _nothing_left(till: Till) -> None:
    _waiting(till)
    till.presses(Key.F1)
    till.scans(RECEIPT)


def _choosing_goods(till: Till) -> None:
    till.scans(RECEIPT)
    till.scans(OIL)
    till.scans(MILK)


def _choosing_reason(till: Till) -> None:
    _choosing_goods(till)
    till.confirms()
    till.types("↓")


def _choosing_condition(till: Till) -> None:
    _choosing_reason(till)
    till.picks("质量问题")


def _scanning_serials(till: Till) -> None:
    till.scans(phones().receipt_no)
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("拿错/发错")
    assert isinstance(till.state, states.ScanningSerials)
    for one in till.state.draft.case.sale.lines[0].serials[:-1]:
        till.scans(one)


def _offering_void(till: Till) -> None:
    till.scans(TODAYS.receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("收银差错")


def _entering_difference(till: Till) -> None:
    _choosing_reason(till)
    till.picks("多收款")


def _confirming_amounts(till: Till) -> None:
    till.returns_all(RECEIPT)


def _checking_lines(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.F4, Key.DOWN)


def _changing_reason(till: Till) -> None:
    _checking_lines(till)
    till.presses(Key.F4)


def _changing_condition(till: Till) -> None:
    _changing_reason(till)
    till.picks("破损")


def _denied(till: Till) -> None:
    till.returns_all(MEDICINE.receipt_no, "拿错/发错")


def _giving_evidence(till: Till) -> None:
    till.returns_all(RECEIPT, "其他")


def _awaiting_override(till: Till) -> None:
    till.returns_all(OLD.receipt_no, "拿错/发错")


def _entering_override_pin(till: Till) -> None:
    _awaiting_override(till)
    till.types("2001⏎")


def _checking_override(till: Till) -> None:
    _entering_override_pin(till)
    till.types("4321")
    silently(till, CONFIRM)


def _choosing_override_reason(till: Till) -> None:
    _entering_override_pin(till)
    till.types("4321⏎")


def _preparing_slip(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.CONFIRM, printer=False)


def _sending_slip(till: Till) -> None:
    _preparing_slip(till)
    till.device(till.printing.mail.popleft())


def _slip_blocked(till: Till) -> None:
    till.printing.fault = PrinterFault.PAPER_OUT
    till.returns_all(RECEIPT)
    till.confirms()


def _slip_uncertain(till: Till) -> None:
    till.printing.during = PrinterFault.PAPER_OUT
    till.returns_all(RECEIPT)
    till.confirms()


def _waiting(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()


def _taking_signature(till: Till) -> None:
    _waiting(till)
    till.presses(Key.F2)


def _paying_cash(till: Till) -> None:
    _taking_signature(till)
    till.confirms()


def _confirming_void(till: Till) -> None:
    _waiting(till)
    till.cancels()


def _entering_tail(till: Till) -> None:
    till.presses(Key.F1, Key.F1)
    till.types("43")


def _inspecting(till: Till) -> None:
    _waiting(till)
    silently(till, KeyPress("keypad", Key.F4))


def _finding_return(till: Till) -> None:
    _waiting(till)
    till.presses(Key.F1)
    silently(till, Scan("scanner", "R-0571-03-000001"))


def _showing_return(till: Till) -> None:
    _waiting(till)
    till.presses(Key.F1)
    till.scans("R-0571-03-000001")


def _shop_decided(till: Till) -> None:
    _waiting(till)
    Office(till).says(till.returns[0], Standing.APPROVED)


SCENES: dict[str, Scene] = {
    "SignedOff": _signed_off,
    "EnteringPin": _entering_pin,
    "CheckingStaff": _checking_staff,
    "Ready": _ready,
    "EnteringDay": _entering_day,
    "EnteringAmount": _entering_amount,
    "EnteringTail": _entering_tail,
    "LookingUp": _looking_up,
    "ChoosingSale": _choosing_sale,
    "ReceiptUnknown": _receipt_unknown,
    "NothingLeft": _nothing_left,
    "ChoosingGoods": _choosing_goods,
    "ChoosingReason": _choosing_reason,
    "ChoosingCondition": _choosing_condition,
    "ScanningSerials": _scanning_serials,
    "EnteringDifference": _entering_difference,
    "OfferingVoid": _offering_void,
    "CheckingLines": _checking_lines,
    "ChangingReason": _changing_reason,
    "ChangingCondition": _changing_condition,
    "Denied": _denied,
    "GivingEvidence": _giving_evidence,
    "AwaitingOverride": _awaiting_override,
    "EnteringOverridePin": _entering_override_pin,
    "CheckingOverride": _checking_override,
    "ChoosingOverrideReason": _choosing_override_reason,
    "ConfirmingAmounts": _confirming_amounts,
    "PreparingSlip": _preparing_slip,
    "SendingSlip": _sending_slip,
    "SlipBlocked": _slip_blocked,
    "SlipUncertain": _slip_uncertain,
    "WaitingForCustomer": _waiting,
    "Inspecting": _inspecting,
    "TakingSignature": _taking_signature,
    "PayingCash": _paying_cash,
    "ConfirmingVoid": _confirming_void,
    "FindingReturn": _finding_return,
    "ShowingReturn": _showing_return,
    "ShopDecided": _shop_decided,
    **shop_scenes.SCENES,
    **goods_scenes.SCENES,
    **day_scenes.SCENES,
    **office_scenes.SCENES,
}


def enter(
    make_till: Callable[..., Till], scene: str, stock: tuple[Sale, ...] = STOCK, **settings: object
) -> Till:
    """A till on which this scene has been played, with this stock on file."""
    till = make_till(*stock, **settings)
    SCENES[scene](till)
    return till
