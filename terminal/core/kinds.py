"""Kinds of return: how well the sale is known, and what the shop lets each of them come to.

Law of the file: a kind is a row of data. How it is allowed and where it ends are numbers of
config/policy.toml; the same numbers are checked again in the transaction that records it.
"""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """What a kind may come to, in minor units; 0 is no limit. `tenders` empty: the original ones.

    `amount` is for one receipt over all its returns of this kind (for a blind return, of one
    return); the day's limits are for all returns of this kind at this unit.
    """

    allowed: bool = True
    override: bool = False  # another person approves each one
    amount: int = 0
    day_amount: int = 0
    day_count: int = 0
    tenders: tuple[str, ...] = ()


OFF = Limits(allowed=False)
UNLIMITED = Limits()


class SoFar(Struct, frozen=True):
    """What of a kind is on file: for this receipt, and for the day at this unit.

    `unsold` came back on this receipt before its sale was on file.
    """

    receipt_amount: int = 0
    day_amount: int = 0
    day_count: int = 0
    unsold: int = 0

    def without(self, amount: int, *, today: bool) -> "SoFar":
        """As it is once a return of this kind and amount gives way to another."""
        return SoFar(
            max(self.receipt_amount - amount, 0),
            max(self.day_amount - amount, 0) if today else self.day_amount,
            max(self.day_count - 1, 0) if today else self.day_count,
            self.unsold,
        )
