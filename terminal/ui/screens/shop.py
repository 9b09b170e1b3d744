"""What the shop says while a return waits, its answer to act on, and a return of another till."""

from terminal.core import states
from terminal.core.health import Link
from terminal.core.returns import Return
from terminal.core.shop import ShopState, Standing
from terminal.core.steps.refund import at_the_drawer
from terminal.core.steps.shop import GONE_ON
from terminal.ui import formats
from terminal.ui.screen import (
    Amount,
    Block,
    Busy,
    Fact,
    Facts,
    Headline,
    Panel,
    Sentences,
    Tone,
)
from terminal.ui.screens.stand import AT_THE_SHOP, as_of, why_not
from terminal.ui.view import View
from terminal.ui.words import N_, Words

Content = tuple[str, int, tuple[Block, ...]]
# Nothing more is done there: the money is with the rails, or there is none.
_ENDED = (Standing.REFUNDING, Standing.REFUNDED, Standing.PROBLEM, Standing.VOIDED)
Here = states.ShopDecided | states.AskingShop | states.ShowingElsewhere


def content(state: Here, view: View) -> Content:
    words = view.words
    match state:
        case states.ShopDecided():
            title = words(N_("The office has answered · {number}"), number=state.ret.number)
            return title, 5, (_decided(state.ret, words),)
        case states.AskingShop():
            busy = Busy(words(N_("Not on file here: asking the office")), view.since)
            return words(N_("Return")), -1, (busy,)
        case states.ShowingElsewhere():
            title = words(N_("Return {number}"), number=state.shop.number)
            return title, -1, (_elsewhere(state.shop, words),)


def waiting(ret: Return, view: View) -> Panel:
    """How far the customer and the office are, as far as this till can hear them.

    Without a network nothing will be heard: then the assisted path comes first.
    """
    words, said = view.words, ret.shop
    code = words(N_("or type the short code the customer reads out"))
    if view.health.network is Link.LOST:
        offline = (
            words(N_("F2: the customer signs the slip.")),
            words(N_("Or type the short code.")),
        )
        headline = Headline(words(N_("No network")), Tone.WAITING)
        return Panel((headline, Sentences(offline, numbered=True)), Tone.WAITING)
    if said is not None and said.state is Standing.SUBMITTED:
        when = as_of(ret, words)
        headline = Headline(words(N_("Submitted")), Tone.HERE)
        looking = (words(N_("The office looks at it: keep the goods.")), *((when,) if when else ()))
        return Panel((headline, Sentences(looking)), Tone.HERE)
    yet = view.health.network is Link.GOOD
    wait = words(N_("Not submitted yet") if yet else N_("Waiting for the customer"))
    return Panel((Headline(wait, Tone.WAITING), Sentences((code,))), Tone.WAITING)


def _decided(ret: Return, words: Words) -> Panel:
    said = ret.shop
    assert said is not None
    match said.state:
        case Standing.APPROVED:
            return _approved(ret, words)
        case Standing.DECLINED:
            return _no(
                said,
                N_("Declined by the office"),
                (
                    N_("Tell the customer why; the result slip says it too."),
                    N_("Give the goods back, and take back every slip."),
                    N_("Confirm: the return is voided and its goods can be returned again."),
                ),
                words,
            )
        case state if state in GONE_ON:
            return _gone_on(said, words)
        case Standing.VOIDED:
            return _no(
                said,
                N_("Voided already, says the office"),
                (
                    N_("This unit was restored from a backup and has lost that."),
                    N_("Void it here as well (Cancel): its goods can be returned again."),
                ),
                words,
            )
        case _:
            return _no(
                said,
                N_("More came back than was sold: pay nothing"),
                (
                    N_("Keep the goods and the slip; a copy for the customer: F3."),
                    N_("The office decides. The customer comes back with the slip, or calls."),
                    N_("Cannot wait? Call the manager. Void (Cancel) gives the goods back."),
                ),
                words,
            )


def _approved(ret: Return, words: Words) -> Panel:
    it = ret.settlement
    headline = Headline(words(N_("Approved: pay the cash")), Tone.GOOD)
    label, minor = (
        N_("Cash to the customer"),
        sum(one.amount for one in it.refunds if one.kind == "cash"),
    )
    then = words(N_("Is it this customer's slip? Confirm: the drawer opens."))
    if it.to_pay:
        headline = Headline(words(N_("Approved: take the cash")), Tone.GOOD)
        label, minor = N_("Cash from the customer"), it.to_pay
    elif not at_the_drawer(ret):
        headline = Headline(words(N_("Approved by the office")), Tone.GOOD)
        label, minor = N_("This refund"), it.refund
        then = words(N_("Confirm: it goes on its way, and the result slip is printed."))
    amount = Amount(words(label), formats.with_symbol(minor, ret.currency), as_of(ret, words))
    return Panel((headline, amount, Sentences((then,), centred=True)), Tone.GOOD)


def _no(said: ShopState, headline: str, todo: tuple[str, ...], words: Words) -> Panel:
    why = why_not(said, words)
    reason = (Sentences((words(N_("Reason: {reason}"), reason=why),), centred=True),) if why else ()
    steps = Sentences(tuple(words(one) for one in todo), numbered=True)
    return Panel((Headline(words(headline), Tone.STOP), *reason, steps), Tone.STOP)


def _gone_on(said: ShopState, words: Words) -> Panel:
    """The office has more of it than this unit, which lost the end of its own records."""
    has = words(N_("The office says: {state}"), state=words(AT_THE_SHOP[said.state][0]))
    steps = (
        words(N_("Pay nothing: the money may have gone already.")),
        words(N_("This unit was restored from a backup and has lost that.")),
        words(N_("Call the manager: the office knows what was paid.")),
    )
    return Panel((Headline(has, Tone.STOP), Sentences(steps, numbered=True)), Tone.STOP)


def _elsewhere(said: ShopState, words: Words) -> Panel:
    """Only how it stands: goods and money are that till's."""
    text, tone = AT_THE_SHOP[said.state]
    facts = Facts((Fact(words(N_("Till")), said.terminal, large=True),))
    todo = words(N_("It is finished at the till that recorded it: take the slip there."))
    more = () if said.state in _ENDED else (Sentences((todo,), centred=True),)
    return Panel((Headline(words(text), tone), facts, *more), tone)
