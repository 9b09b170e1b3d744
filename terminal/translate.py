"""Each small value of a device becomes one event, one character of typing, or a sentence.

Law of the file: no device's word reaches the flow any other way, and a scan never becomes typing.
"""

from datetime import date
from typing import assert_never

from msgspec import Struct

from drivers.values import Key, KeyPress, Scan
from terminal import scans, serial_scans
from terminal.core import events, states
from terminal.core.refusals import Refusal, Why
from terminal.core.sale import Currency
from terminal.slip_code import UNSIGNED, SlipCodes
from terminal.ui import entries
from terminal.ui.entries import Editor, Kind
from terminal.ui.keys import bindings

Recorded = (
    states.SlipState
    | states.WaitingForCustomer
    | states.ShopDecided
    | states.TakingSignature
    | states.PayingCash
    | states.ConfirmingVoid
)


class Heard(Struct, frozen=True):
    """What one device value came to: at most one of an event and a reason why not."""

    editor: Editor
    event: events.OperatorEvent | None = None
    malformed: Kind | None = None
    refusal: Refusal | None = None
    dead_key: bool = False


def hear_key(
    press: KeyPress,
    state: states.State,
    editor: Editor,
    moment: events.Moment,
    currency: Currency,
) -> Heard:
    """A key: typing, the confirm of what was typed, or the key's own event in this state."""
    kind = entries.kind_of(state)
    match press.key:
        case Key.CHARACTER | Key.DOUBLE_ZERO:
            return _character(
                "00" if press.key is Key.DOUBLE_ZERO else press.char, state, editor, moment
            )
        case Key.BACKSPACE:
            return Heard(editor.rubbed_out(), dead_key=not editor.text)
        case Key.CANCEL if editor.text:
            return Heard(Editor())
        case Key.CONFIRM if editor.text and kind is not None:
            return _typed(kind, state, editor, moment, currency)
        case _:
            return _bound(press.key, state, moment)


def hear_scan(
    scan: Scan,
    patterns: scans.CodePatterns,
    moment: events.Moment,
    state: states.State,
    codes: SlipCodes = UNSIGNED,
) -> Heard:
    """A code by what it is. What was being typed is dropped: the scan is the newer wish.

    Only a serial number is told by where it is read as well: nothing of its shape tells it.
    """
    clear = Editor()
    code = scans.recognise(scan, patterns, codes)
    serial = serial_scans.serial_in(scan, code, state)
    if serial:
        return Heard(clear, events.SerialScanned(serial, moment=moment))
    match code:
        case scans.Badge(token):
            return Heard(clear, events.BadgeScanned(token, moment=moment))
        case scans.Receipt(number):
            return Heard(clear, events.ReceiptScanned(number, moment=moment))
        case scans.ReturnSlip(number, short_code):
            return Heard(clear, events.SlipScanned(number, short_code, moment=moment))
        case scans.SignedSlip(return_id):
            slip = events.SlipScanned("", return_id=return_id, moment=moment)
            return Heard(clear, slip)
        case scans.FalseSlip():
            return Heard(clear, refusal=Refusal(Why.SLIP_FALSE))
        case scans.Goods(gtin):
            return Heard(clear, events.GoodsScanned(gtin, moment=moment))
        case scans.Weighed(item, weight, price, stem):
            return Heard(clear, events.WeighedScanned(item, weight, price, stem, moment=moment))
        case scans.Other(text):
            return Heard(clear, events.OtherScanned(text, moment=moment))
        case scans.Voucher(number):
            return Heard(clear, events.SlipScanned(number, moment=moment))
        case scans.CodeRefused(shown):
            return Heard(clear, refusal=Refusal(Why.CODE_NOT_USEFUL, (shown,)))
        case _:
            assert_never(code)


def untimely(state: states.State, event: events.OperatorEvent) -> Refusal | None:
    """Why a scan means nothing in this state; None for a key, whose beep is enough."""
    match event:
        case (
            events.BadgeScanned()
            | events.ReceiptScanned()
            | events.SlipScanned()
            | events.GoodsScanned()
            | events.WeighedScanned()
            | events.OtherScanned()
            | events.SerialScanned()
        ) if isinstance(state, states.SignedOff | states.EnteringPin | states.CheckingStaff):
            return Refusal(Why.SIGN_ON_FIRST)
        case events.BadgeScanned() | events.OtherScanned() | events.SerialScanned():
            return Refusal(Why.NOT_NEEDED_NOW)
        case events.GoodsScanned() | events.WeighedScanned():
            early = not isinstance(state, states.DraftState | Recorded)
            return Refusal(Why.SCAN_RECEIPT_FIRST if early else Why.NOT_NEEDED_NOW)
        case events.ReceiptScanned() | events.SlipScanned():
            return Refusal(Why.FINISH_FIRST)
        case _:
            return None


def _character(chars: str, state: states.State, editor: Editor, moment: events.Moment) -> Heard:
    kind = entries.kind_of(state)
    if kind is None:
        return _picked(chars, state, editor, moment)
    chars = "".join(entries.meant(kind, char) for char in chars)
    if not all(entries.allows(kind, char) for char in chars):
        return Heard(editor, dead_key=True)
    for char in chars:
        editor = editor.typed(char)
    return Heard(editor)


def _picked(chars: str, state: states.State, editor: Editor, moment: events.Moment) -> Heard:
    """On a screen of choices a digit picks: 1 the first, 0 the tenth; the rest by arrows."""
    order = "1234567890"
    picks = isinstance(
        state,
        states.ChoosingReason
        | states.ChoosingCondition
        | states.ChangingReason
        | states.ChangingCondition
        | states.ChoosingOverrideReason
        | states.ChoosingTask
        | states.ChoosingRole,
    )
    at = order.find(chars) if picks and len(chars) == 1 else -1
    if at < 0:
        return Heard(editor, dead_key=True)
    return Heard(Editor(), events.Picked(at, moment=moment))


def _typed(
    kind: Kind,
    state: states.State,
    editor: Editor,
    moment: events.Moment,
    currency: Currency,
) -> Heard:
    try:
        event = _value(kind, state, editor.text, moment, currency)
    except entries.Malformed as fault:
        return Heard(Editor(), malformed=fault.kind)
    return Heard(Editor(), event)


def _value(
    kind: Kind, state: states.State, text: str, moment: events.Moment, currency: Currency
) -> events.OperatorEvent:
    match kind:
        case Kind.STAFF_NUMBER | Kind.RECEIPT_NO | Kind.SHORT_CODE:
            if scans.looks_secret(text):
                raise entries.Malformed(kind)
            return events.Typed(text, moment=moment)
        case Kind.ARTICLE:
            if scans.looks_secret(text) and not scans.gtin_checks(text):
                raise entries.Malformed(kind)
            return events.Typed(text, moment=moment)
        case Kind.SERIAL:
            if not serial_scans.may_be_serial(text, state):
                raise entries.Malformed(kind)
            return events.Typed(text, moment=moment)
        case Kind.NAME:
            return events.Typed(text, moment=moment)
        case Kind.PIN:
            return events.PinTyped(text, moment=moment)
        case Kind.DAY:
            return events.DayTyped(_day(text, moment), moment=moment)
        case Kind.AMOUNT:
            return events.AmountTyped(entries.as_amount(text, currency), moment=moment)
        case Kind.TAIL:
            return events.TailTyped(entries.as_tail(text), moment=moment)
        case Kind.QUANTITY:
            assert isinstance(state, states.ChoosingGoods)
            unit = state.draft.case.sale.lines[state.cursor].unit
            return events.QuantityTyped(entries.as_quantity(text, unit), moment=moment)
        case Kind.PIECES:
            return events.NumberTyped(entries.as_pieces(text), moment=moment)
        case _:
            assert_never(kind)


def _day(text: str, moment: events.Moment) -> date:
    return entries.as_day(text, moment.now.date())


def _bound(key: Key, state: states.State, moment: events.Moment) -> Heard:
    for binding in bindings(state):
        if binding.code is key and binding.make is not None:
            return Heard(Editor(), binding.make(moment))
    return Heard(Editor(), dead_key=True)
