"""What the customer is told of returns: the same sentences on the screen and on paper."""

from terminal.core.words import Worded
from terminal.ui.words import N_, Words

HOW_TO = (
    N_("Bring the goods and the receipt."),
    N_("The cashier looks at the goods and tells you the amount."),
    N_("You get a return slip with a code."),
    N_("Scan it with WeChat, Alipay or your phone's camera; check goods and amount; submit."),
    N_("No phone, or no network? Sign the slip, or read its short code out to the cashier."),
    N_("The money goes back the way you paid; cash is paid out at the till."),
)


def how_to(words: Words) -> tuple[str, ...]:
    """The steps, in their order."""
    return tuple(words(one) for one in HOW_TO)


def said(sentences: tuple[Worded, ...], words: Words) -> tuple[str, ...]:
    return tuple(one.say(words.language) for one in sentences)
