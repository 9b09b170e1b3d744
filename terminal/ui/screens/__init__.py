"""One screen for each state: `screen_for` is proven whole by mypy.

Law of the package: a screen asks one question; its keys come from terminal/ui/keys.py, its notices
from terminal/ui/notices.py; nothing here knows a pixel.
"""

from typing import assert_never

from terminal.core import states
from terminal.ui.keys import shown
from terminal.ui.notices import lights, notices
from terminal.ui.screen import Block, Key, Screen
from terminal.ui.screens import (
    customer,
    day,
    declared,
    draft,
    exchange,
    notice,
    office,
    people,
    receipt,
    shop,
    slip,
)
from terminal.ui.view import View
from terminal.ui.words import N_

STEPS = (
    N_("Receipt"), N_("Goods"), N_("Reason"), N_("Review"), N_("Confirm"), N_("Customer"),
    N_("Refund"),
)  # fmt: skip


def screen_for(state: states.State, view: View) -> Screen:
    """The screen of a state, with the unit's health and what was just said laid over it."""
    title, step, blocks = _content(state, view)
    words = view.words
    return Screen(
        title=title,
        blocks=blocks,
        keys=tuple(Key(cap, label) for cap, label in shown(state, words, view.not_taken)),
        steps=tuple(words(one) for one in STEPS),
        step=step,
        lights=lights(view),
        clock=view.clock,
        notices=notices(view),
        watermark=words(N_("TRAINING")) if view.training else "",
    )


def _content(state: states.State, view: View) -> tuple[str, int, tuple[Block, ...]]:
    if isinstance(state, people.Here):
        return people.content(state, view)
    if isinstance(state, receipt.Here):
        return receipt.content(state, view)
    if isinstance(state, states.ReadingNotice):
        return notice.content(state, view)
    if isinstance(state, states.DeclaredState):
        return declared.content(state, view)
    if isinstance(state, exchange.Here):
        return exchange.content(state, view)
    if isinstance(state, states.DraftState):
        return draft.content(state, view)
    if isinstance(state, states.SlipState):
        return slip.content(state, view)
    if isinstance(state, shop.Here):
        return shop.content(state, view)
    if isinstance(state, customer.Here):
        return customer.content(state, view)
    if isinstance(state, states.DayState):
        return day.content(state, view)
    if isinstance(state, states.Office):
        return office.content(state, view)
    assert_never(state)
