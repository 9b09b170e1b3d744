"""The cashier's card (收银员速查卡): a return on one page of the slip printer's own paper.

Law of the file: the keys it names are those of the screens; a test compares them.
"""

from drivers.values import Key
from printer.slip import Align, Columns, Cut, Part, Rule, Size, Slip, Text
from terminal.core.words import sentence
from terminal.settings.values import Settings
from terminal.ui.words import Words

_TITLE = sentence("RETURNS AT A GLANCE")
STEPS = (
    sentence("1 Scan the receipt, or type its number."),
    sentence("2 Scan the goods; each scan adds one."),
    sentence("3 Choose the reason, then the condition."),
    sentence("4 Check the amount, confirm: the slip prints."),
    sentence("5 The customer scans the code and submits."),
    sentence("6 Pay the cash, confirm: the result prints."),
)
SCREENS = {
    "Ready": sentence("start"),
    "ChoosingGoods": sentence("goods"),
    "WaitingForCustomer": sentence("customer"),
}
KEYS = (  # the screen, the key, what for
    ("Ready", Key.F1, sentence("No receipt: find the sale")),
    ("Ready", Key.F5, sentence("Print the policy")),
    ("ChoosingGoods", Key.F1, sentence("All of it")),
    ("WaitingForCustomer", Key.F2, sentence("No phone: the customer signs")),
    ("WaitingForCustomer", Key.F3, sentence("Print a copy")),
    ("WaitingForCustomer", Key.F4, sentence("Goods differ: inspect again")),
    ("WaitingForCustomer", Key.F1, sentence("Next customer first")),
)
WHEN = (
    (
        sentence("Power cut?"),
        sentence("It comes back to the same step."),
    ),
    (
        sentence("Slip not complete?"),
        sentence("The screen asks; do as it says."),
    ),
    (
        sentence("No network?"),
        sentence("Go on; records are sent later."),
    ),
    (
        sentence("Manager needed?"),
        sentence("Their badge, or number and PIN."),
    ),
)


def card(settings: Settings) -> Slip:
    """The card in the terminal's own language."""
    words = Words(settings.language)
    parts: list[Part] = [Text(words.say(_TITLE), Align.CENTRE, Size.LARGE, bold=True), Rule()]
    parts += [Text(words.say(one)) for one in STEPS]
    parts.append(Rule())
    for screen, key, what in KEYS:
        parts.append(Columns(f"{words.say(SCREENS[screen])} {key.name}", words.say(what)))
    parts.append(Rule())
    for question, answer in WHEN:
        parts += [Text(words.say(question), bold=True), Text(words.say(answer))]
    return Slip((*parts, Cut()))
