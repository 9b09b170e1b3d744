"""The shop's policy and the customer's how-to, to read out or to print."""

from msgspec import Struct

from terminal.core.people import Staff
from terminal.core.print_jobs import SlipKind


class ReadingNotice(Struct, frozen=True):
    """`page` is what is shown and what would be printed: NOTICE or HOWTO."""

    cashier: Staff
    page: SlipKind = SlipKind.NOTICE
