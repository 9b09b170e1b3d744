"""A slip on its way to paper."""

from terminal.core import states
from terminal.core.print_jobs import SlipKind
from terminal.ui.screen import Block, Busy, Headline, Panel, Sentences, Tone
from terminal.ui.view import View
from terminal.ui.words import N_, Words

_NAMES = {
    SlipKind.RETURN: N_("Return slip"),
    SlipKind.RESULT: N_("Result slip"),
    SlipKind.NOTICE: N_("Return policy"),
    SlipKind.HOWTO: N_("How to return"),
    SlipKind.DAY: N_("Day report"),
    SlipKind.SHIFT: N_("Shift report"),
}
FAULTS: dict[str, tuple[str, str]] = {
    "PAPER_OUT": (N_("The printer is out of paper"), N_("Put in a new roll and close the cover.")),
    "COVER_OPEN": (N_("The printer's cover is open"), N_("Close the cover.")),
    "OFFLINE": (N_("The printer is switched to offline"), N_("Press its online or feed key.")),
    "UNREACHABLE": (N_("The printer does not answer"), N_("Check its cable and its power switch.")),
    "BUSY": (N_("The printer is busy"), N_("Wait until it stands still.")),
    "UNPRINTABLE": (
        N_("This slip does not fit this printer"),
        N_("Go on without the slip, and call support."),
    ),
    "ERROR": (N_("The printer reports a fault"), N_("Switch it off and on again.")),
}


def content(state: states.SlipState, view: View) -> tuple[str, int, tuple[Block, ...]]:
    words = view.words
    step = 5 if state.job.kind is SlipKind.RETURN else 6
    if state.ret is None:
        step = -1
    title = words(_NAMES[state.job.kind])
    match state:
        case states.PreparingSlip():
            busy = Busy(words(N_("Asking the printer")), view.since)
            return title, step, (*_kept(state, words), busy)
        case states.SendingSlip():
            busy = Busy(words(N_("Printing")), view.since)
            return title, step, (*_kept(state, words), busy)
        case states.SlipBlocked():
            return title, step, (_blocked(state, words),)
        case states.SlipUncertain():
            return title, step, (_uncertain(state, words),)


def _kept(state: states.SlipState, words: Words) -> tuple[Block, ...]:
    if state.ret is None:
        return ()
    number = words(N_("Return {number} is saved"), number=state.ret.number)
    return (Headline(number, Tone.GOOD),)


def _blocked(state: states.SlipBlocked, words: Words) -> Panel:
    what, mend = FAULTS[state.fault]
    safe = (
        words(N_("The return is saved; nothing of the slip has been printed."))
        if state.ret
        else words(N_("Nothing has been printed."))
    )
    return Panel(
        (
            Headline(words(what), Tone.STOP),
            Sentences((safe,), centred=True),
            Sentences(
                (words(mend), words(N_("Press Confirm: the slip is printed then."))),
                numbered=True,
            ),
        ),
        Tone.STOP,
    )


def _uncertain(state: states.SlipUncertain, words: Words) -> Panel:
    safe = N_("The return is saved: it is not lost and will not be paid twice.")
    kept = Sentences((words(safe),), centred=True)
    return Panel(
        (
            Headline(words(N_("The slip may not have been printed whole")), Tone.STOP),
            *((kept,) if state.ret else ()),
            Sentences(
                (
                    words(N_("Put in paper if it is out, and close the cover.")),
                    words(N_("Look at the slip: is it whole, can its code be seen?")),
                    words(N_("Whole: Confirm. Not whole: F3 prints it again, marked COPY.")),
                ),
                numbered=True,
            ),
        ),
        Tone.STOP,
    )
