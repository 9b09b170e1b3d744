"""Faults of the printer before and in a slip: told in words, printed once, asked in doubt."""

from tests.lab import cashier, checks
from tests.lab.cashier import Step, W, whole_return
from tests.lab.faults import at_ready_screen, done
from tests.lab.unit import PATIENCE, Bench, Unit

UNSURE = W("The slip may not have been printed whole")
NO_PAPER = W("The printer is out of paper")
COVER_OPEN = W("The printer's cover is open")
# On the screen that waits for Confirm alone: the words above are a notice on the screen before.
NOT_BEGUN = W("The return is saved; nothing of the slip has been printed.")
_NAMED = "test -e /dev/returns/printer"


def paper_out_before_the_slip(bench: Bench) -> str:
    with at_ready_screen(bench, "paper_out_before_the_slip") as unit:
        unit.slips.paper_out = True

        def new_roll(step: Step) -> None:
            if step is not cashier.hand_over_slip:
                return
            unit.see(NO_PAPER, NOT_BEGUN)
            checks.holds("nothing was printed", holds=not unit.slips.pages)
            unit.printer.resume()
            unit.press("ret")

        whole_return(unit, between=new_roll)
        done(unit)
    return "told before a byte had left; printed once after the new roll"


def paper_out_within_the_slip(bench: Bench) -> str:
    """The rest is printed with the new roll: the cashier looks, and says that it is whole."""
    with at_ready_screen(bench, "paper_out_within_the_slip") as unit:
        unit.slips.paper_out_after = 40

        def new_roll(step: Step) -> None:
            if step is not cashier.hand_over_slip:
                return
            unit.see(UNSURE)
            unit.printer.resume()
            unit.press("ret")

        whole_return(unit, between=new_roll)
        done(unit)
    return "asked; the rest came with the new roll, and nothing was printed twice"


def printer_pulled_within_the_slip(bench: Bench) -> str:
    with at_ready_screen(bench, "printer_pulled_within_the_slip") as unit:
        unit.printer.silent_after(3000)

        def pull(step: Step) -> None:
            if step is not cashier.hand_over_slip:
                return
            checks.holds("the slip began", holds=unit.printer.silenced.wait(PATIENCE))
            unit.ask("unplug", "slips")
            unit.see(UNSURE)
            checks.holds("asked, not sent again", holds=not unit.slips.pages[1:])
            unit.printer.speak_again()
            unit.ask("plug", "slips")
            unit.until("the printer has its name", _NAMED)
            unit.press("f3")

        whole_return(unit, between=pull)
        copies = _copies(unit)
    return f"asked what came out; the reprint is marked COPY on {copies} slips"


def cover_open(bench: Bench) -> str:
    """Before the return slip, and in the middle of the result slip."""
    with at_ready_screen(bench, "cover_open") as unit:

        def open_and_shut(step: Step) -> None:
            if step is cashier.confirm_amounts:
                unit.slips.cover_open = True
            if step is cashier.hand_over_slip:
                unit.see(COVER_OPEN, NOT_BEGUN)
                checks.holds("nothing was printed", holds=not unit.slips.pages)
                unit.printer.resume()
                unit.press("ret")
            if step is cashier.pay_cash:
                unit.printer.trouble_after(600, "cover_open")
            if step is cashier.accept:
                unit.see(UNSURE)
                unit.printer.resume()
                unit.press("ret")

        whole_return(unit, between=open_and_shut)
        done(unit)
    return "told before a byte had left; asked in the middle of a slip; nothing was printed twice"


def switched_off_with_a_full_buffer(bench: Bench) -> str:
    """It takes no more, the kernel holds what it can, then its power goes with all of that."""
    with at_ready_screen(bench, "switched_off_with_a_full_buffer") as unit:

        def switch_off(step: Step) -> None:
            if step is cashier.confirm_amounts:
                unit.ask("stall_after", 1500)
            if step is not cashier.hand_over_slip:
                return
            unit.see(UNSURE)
            unit.unplug("slips")
            unit.slips.switch_off_and_on()
            unit.ask("stall", False)
            unit.plug("slips")
            unit.until("the printer has its name", _NAMED)
            unit.press("f3")

        whole_return(unit, between=switch_off)
        copies = _copies(unit)
    return f"asked what came out; the reprint is marked COPY on {copies} slips"


def _copies(unit: Unit) -> int:
    """The return is there once, and what was printed again says so."""
    kinds, _ = checks.books(unit)
    checks.recorded_once(kinds)
    unit.slips.save(unit.folder)
    copies = [text for text in unit.slips.texts if W("COPY {n}", n=1) in text]
    checks.holds("the second print is marked as a copy", holds=bool(copies))
    return len(copies)


PRINTERS = (
    printer_pulled_within_the_slip,
    paper_out_before_the_slip,
    paper_out_within_the_slip,
    cover_open,
    switched_off_with_a_full_buffer,
)
