"""Whose money goes back, as storage takes and gives it: plain values, as in values.py."""

from msgspec import Struct


class Payer(Struct, frozen=True):
    """Whose money goes back: `kind` is card or phone, `mark` what tells it apart; kept hashed."""

    kind: str
    mark: str


class EarlierReturn(Struct, frozen=True):
    """A return of the same payer; `kind` says by which mark."""

    number: str
    day: str
    kind: str
