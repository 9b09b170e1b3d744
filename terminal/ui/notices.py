"""The strip over a screen: what was refused just now, and what ails the unit."""

from terminal.core.health import Link, Paper
from terminal.core.refusals import Refusal, Why
from terminal.ui import formats
from terminal.ui.entries import Kind
from terminal.ui.screen import Light, Notice, Tone
from terminal.ui.view import View
from terminal.ui.words import N_, Words

NOTICES_MAX = 2  # a third would push the question off the screen; its light tells it all the same
_WHY = {
    Why.PIN_WRONG: N_("Staff number or PIN is wrong. {0} tries left."),
    Why.PIN_LOCKED: N_("Too many wrong PINs. Try again after {0}, or ask the shift leader."),
    Why.STAFF_UNKNOWN: N_("Staff number or PIN is wrong."),
    Why.BADGE_UNKNOWN: N_("This badge is not known here. Type your staff number instead."),
    Why.PIN_KEY_MISSING: N_("The key of the PINs is missing: nobody can sign on. Call support."),
    Why.SIGN_ON_FIRST: N_("Sign on first: scan your badge or type your staff number."),
    Why.NOT_NEEDED_NOW: N_("This code is not needed now. Nothing was changed."),
    Why.SCAN_RECEIPT_FIRST: N_("These are goods. Scan the receipt first."),
    Why.FINISH_FIRST: N_("Finish this return first, or cancel it. Nothing was changed."),
    Why.NOT_ON_RECEIPT: N_("{0} is not on this receipt. Nothing was changed."),
    Why.NONE_LEFT_OF_LINE: N_("Nothing more of {0} can be returned."),
    Why.MORE_THAN_LEFT: N_("{0}: {1} is more than the {2} that can be returned."),
    Why.MORE_THAN_PAID: N_("{0}: type an amount up to what was paid for it."),
    Why.WHOLE_PIECES_ONLY: N_("{0} is sold by the piece: type a whole number."),
    Why.WEIGHT_NEEDED: N_("{0} is sold by weight: type the weight in kg."),
    Why.SERIAL_NOT_SOLD: N_("{0} was not sold on this receipt as {1}. Check the goods."),
    Why.SERIAL_NOT_ARTICLE: N_("{0}: that is the article. Scan the serial number of the piece."),
    Why.SERIAL_BACK: N_("{0} came back already. Nothing was changed."),
    Why.SERIAL_TWICE: N_("{0} is named already. Scan the next piece."),
    Why.NO_GOODS_CHOSEN: N_("Choose at least one article first."),
    Why.SAME_PERSON: N_("{0} cannot approve this: it must be another person."),
    Why.ROLE_TOO_LOW: N_("{0} may not approve this. Ask a shift leader or manager."),
    Why.NOT_YOUR_TASK: N_("{0} has nothing to do in the office. Ask a manager."),
    Why.NOT_YOURSELF: N_("{0} cannot do this to themselves: another manager must."),
    Why.HAS_LEFT: N_("{0} has left. A new PIN takes this person back first."),
    Why.NUMBER_TOO_LONG: N_("A staff number has up to 12 letters and digits."),
    Why.NO_NAME: N_("This is no name: up to 40 letters."),
    Why.PIN_FORM: N_("A PIN has 4 to 12 digits. Nothing was changed."),
    Why.PIN_GUESSED_FIRST: N_("That PIN is guessed first, like 1234 or 1111. Choose another."),
    Why.PINS_DIFFER: N_("The two PINs differ. Nothing was changed: type the new PIN again."),
    Why.BADGE_TAKEN: N_(
        "This badge belongs to somebody already. Nothing was changed: scan another one."
    ),
    Why.ASKED_AGAIN: N_(
        "A new day has begun: the policy was asked again. Nothing was recorded yet."
    ),
    Why.CAP_REACHED: N_("More came back meanwhile than can be returned. Nothing was recorded."),
    Why.SUMS_CHANGED: N_(
        "What came back of this receipt changed meanwhile. Nothing was recorded: see the amounts."
    ),
    Why.KIND_LIMIT: N_(
        "The limit for such returns is reached. Nothing was recorded: find the sale, or a manager."
    ),
    Why.NOT_IN_PRICE_LIST: N_(
        "{0}: no price for it here. Nothing was changed: sell it at the shop's till."
    ),
    Why.KIND_OFF: N_("This shop takes nothing back that way. Find the sale with F1."),
    Why.AMOUNT_NEEDED: N_("Type how much was paid for it."),
    Why.MORE_THAN_PRICE: N_(
        "{0}: without a receipt, no more than its price today. Type a smaller amount."
    ),
    Why.SLIP_UNKNOWN: N_("Return {0} is not on file at this terminal."),
    Why.SLIP_OF_ANOTHER_TILL: N_(
        "This is another till's slip. Nothing was changed: take it to the till that printed it."
    ),
    Why.SLIP_FALSE: N_(
        "This code is not what our till printed. Pay nothing on it, and call the manager."
    ),
    Why.SLIP_EXPIRED: N_("This slip was valid until {0}. Void it and make a new return."),
    Why.SHORT_CODE_WRONG: N_("This is not the short code of this slip. Read it again."),
    Why.CODE_NOT_USEFUL: N_("This code is not one for returns: {0}"),
    Why.DRAWER_STUCK: N_("The drawer did not open. Open it with its key."),
    Why.OPEN_RETURN_FIRST: N_("Return {0} of this receipt is open: finish or void it first."),
    Why.SALE_DAMAGED: N_("This sale is damaged in the database. Call support; others can go on."),
    Why.OTHER_CURRENCY: N_("This sale was paid in {0}. It cannot be returned at this till."),
    Why.CASH_MAY_BE_PAID: N_("If this cash was handed over already, do not pay again: confirm."),
    Why.CASH_MAY_BE_TAKEN: N_("If this cash was taken already, do not take it again: confirm."),
    Why.SHIFT_OF_ANOTHER: N_("{0} opened this shift and closes it; a shift leader may, too."),
    Why.STORAGE_FAULT: N_("Could not be saved, so nothing was done. Call the shift leader."),
}  # fmt: skip

_MALFORMED = {
    Kind.STAFF_NUMBER: N_("Type the staff number."),
    Kind.PIN: N_("Type the PIN in digits."),
    Kind.RECEIPT_NO: N_("Type the number of the receipt."),
    Kind.DAY: N_("This is not a day until today. Type it like 1120 or 20261120."),
    Kind.AMOUNT: N_("This is not an amount. Type it like 80.54."),
    Kind.QUANTITY: N_("This is not a quantity. Type pieces like 2, or kg like 0.412."),
    Kind.PIECES: N_("This is not a number of notes or coins. Type it like 12."),
    Kind.SHORT_CODE: N_("This is not a short code."),
    Kind.ARTICLE: N_("Type the number of the article."),
    Kind.TAIL: N_("Type four digits, the last ones of the card or phone number."),
    Kind.NAME: N_("Type the name."),
    Kind.SERIAL: N_("Type the serial number of the piece."),
}


def refusal_text(refusal: Refusal, words: Words) -> str:
    """The sentence for a refusal. Facts are put in as they are; they were made safe before."""
    facts = {str(place): formats.short(fact) for place, fact in enumerate(refusal.facts)}
    text = words(_WHY[refusal.why])
    for place, fact in facts.items():
        text = text.replace("{" + place + "}", fact)
    return text


def notices(view: View) -> tuple[Notice, ...]:
    """The newest refusal first, then what ails the unit, worst first; one sentence each."""
    words, health = view.words, view.health
    found: list[Notice] = []
    if view.refusal is not None:
        found.append(Notice(refusal_text(view.refusal, words), Tone.WAITING))
    if view.malformed is not None:
        found.append(Notice(words(_MALFORMED[view.malformed])))
    if view.new_rules:
        new = words(N_("The shop's rules are new: version {0}."))
        found.append(Notice(new.replace("{0}", formats.short(view.new_rules)), Tone.GOOD))
    if view.rejected:
        found.append(Notice(words(N_("That scan was not complete. Please scan again."))))
    if not health.storage:
        found.append(Notice(words(_WHY[Why.STORAGE_FAULT]), Tone.STOP))
    if health.scanner is Link.LOST:
        found.append(
            Notice(words(N_("Scanner unplugged: plug it in again, or type the number.")), Tone.STOP)
        )
    if health.scanner is Link.PART:
        one = words(N_("One scanner does not work: plug it in again. The others do."))
        found.append(Notice(one, Tone.WAITING))
    if health.keypad is Link.LOST:
        found.append(Notice(words(N_("Keypad unplugged: plug it in again.")), Tone.STOP))
    found.extend(_printer(view))
    if health.rules_refused:
        stay = words(N_("The office sent rules that do not fit; the old ones hold. Call support."))
        found.append(Notice(stay))
    if health.sending_stopped:
        found.append(Notice(words(N_("The office refused a record. Go on, and call support."))))
    if health.clock_slow_min:
        found.append(Notice(_clock(health.clock_slow_min, words), Tone.WAITING))
    elif health.clock_set_back:
        found.append(Notice(words(N_("The clock was set back. Have it checked.")), Tone.WAITING))
    return tuple(found[:NOTICES_MAX])


def _clock(slow_min: int, words: Words) -> str:
    """How far it is off, and what to do: it is set by a person, never by what came over a wire."""
    text = N_("The clock is {0} slow: slips carry a wrong time. Go on, and call support.")
    if slow_min < 0:
        text = N_("The clock is {0} fast: slips carry a wrong time. Go on, and call support.")
    return words(text).replace("{0}", _span(abs(slow_min), words))


def _span(minutes: int, words: Words) -> str:
    hours, left = divmod(minutes, 60)
    if hours >= 48:
        return words(N_("{days} days"), days=hours // 24)
    if hours:
        return words(N_("{hours} h {minutes} min"), hours=hours, minutes=left)
    return words(N_("{minutes} min"), minutes=left)


def _printer(view: View) -> tuple[Notice, ...]:
    words, health = view.words, view.health
    if health.printer is Link.LOST:
        return (Notice(words(N_("Printer not reached: check its cable and power.")), Tone.STOP),)
    if health.cover_open:
        return (Notice(words(N_("The printer's cover is open: close it.")), Tone.STOP),)
    if health.paper is Paper.OUT:
        return (Notice(words(N_("Printer out of paper: put in a new roll.")), Tone.STOP),)
    if health.paper is Paper.LOW:
        return (Notice(words(N_("Paper is running low.")), Tone.WAITING),)
    return ()


def lights(view: View) -> tuple[Light, ...]:
    """The devices in the title bar; one that the unit does not have is not shown."""
    words, health = view.words, view.health
    named = (
        (words(N_("Scanner")), health.scanner),
        (words(N_("Printer")), health.printer),
        (words(N_("Network")), health.network),
    )
    return tuple(
        Light(name, _tone(link, printer_ok=name != words("Printer") or _paper_fine(view)))
        for name, link in named
        if link is not Link.NONE
    )


def _paper_fine(view: View) -> bool:
    return view.health.paper is not Paper.OUT and not view.health.cover_open


def _tone(link: Link, *, printer_ok: bool) -> Tone:
    if link is Link.LOST or not printer_ok:
        return Tone.STOP
    return Tone.GOOD if link is Link.GOOD else Tone.WAITING
