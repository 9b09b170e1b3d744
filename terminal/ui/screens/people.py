"""Signing on."""

from terminal.core import states
from terminal.ui.screen import Block, Busy, Entry, Headline, Panel, Sentences
from terminal.ui.view import View
from terminal.ui.words import N_

Content = tuple[str, int, tuple[Block, ...]]
Here = states.SignedOff | states.EnteringPin | states.CheckingStaff


def content(state: Here, view: View) -> Content:
    words = view.words
    match state:
        case states.SignedOff():
            return view.shop, -1, (
                Headline(words(N_("Scan your badge"))),
                Entry(words(N_("or type your staff number")), view.editor.text),
            )  # fmt: skip
        case states.EnteringPin():
            return words(N_("Sign on")), -1, pin_blocks(state.number, view)
        case states.CheckingStaff():
            return words(N_("Sign on")), -1, (Busy(words(N_("Checking the PIN")), view.since),)


def pin_blocks(number: str, view: View) -> tuple[Block, ...]:
    words = view.words
    return (
        Headline(words(N_("Staff number {number}"), number=number)),
        Entry(words(N_("PIN")), "•" * len(view.editor.text), secret=True),
        Panel((Sentences((words(N_("Cover the keys while you type.")),), centred=True),)),
    )
