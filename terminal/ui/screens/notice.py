"""The shop's policy and the customer's how-to, as the customer reads them."""

from terminal.core import states
from terminal.core.print_jobs import SlipKind
from terminal.ui.notice import how_to, said
from terminal.ui.screen import Block, Panel, Sentences, Tone
from terminal.ui.view import View
from terminal.ui.words import N_

Content = tuple[str, int, tuple[Block, ...]]


def content(state: states.ReadingNotice, view: View) -> Content:
    words = view.words
    hint = Sentences((words(N_("Confirm prints this page in both languages.")),), Tone.MUTED)
    if state.page is SlipKind.HOWTO:
        steps = Sentences(how_to(words), numbered=True)
        return words(N_("How to return")), -1, (Panel((steps,), Tone.HERE), hint)
    policy = Sentences(said(view.policy, words))
    return words(N_("Return policy")), -1, (Panel((policy,), Tone.HERE), hint)
