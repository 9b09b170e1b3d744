"""Store credit (退货券) on paper: a slip of its own behind the result slip.

Law of the file: whoever holds this paper holds the money, so it says where it is from, how much it
is, until when, and which copy it is.
"""

from collections.abc import Callable
from datetime import date

from printer.slip import Align, Columns, Cut, Part, Qr, Rule, Size, Text
from terminal.core.credit import credit_in
from terminal.core.print_jobs import PrintJob
from terminal.core.returns import Return, Status
from terminal.core.short_code import grouped
from terminal.settings.values import Settings
from terminal.ui import formats
from terminal.ui.words import N_, Words

Head = Callable[[str, PrintJob, Settings, Words, Return], tuple[Part, ...]]


def parts(
    job: PrintJob, ret: Return, settings: Settings, words: Words, head: Head
) -> tuple[Part, ...]:
    """Nothing where no credit was given."""
    if not ret.credit_code or ret.status is Status.VOIDED:
        return ()
    amount = formats.with_symbol(credit_in(ret.settlement), ret.currency)
    until = formats.day(date.fromisoformat(ret.credit_until))
    return (
        *head(words(N_("STORE CREDIT")), job, settings, words, ret),
        Columns(words(N_("Worth")), amount, Size.LARGE, bold=True),
        Rule(),
        Qr(f"{settings.patterns.voucher_prefix}{ret.credit_code}"),
        Text(grouped(ret.credit_code), Align.CENTRE, bold=True),
        Text(words(N_("Valid until {day}"), day=until), Align.CENTRE),
        Rule(),
        Columns(words(N_("For return")), ret.number),
        Text(words(N_("To pay with in this shop, once; keep it like cash."))),
        Cut(),
    )
