"""New goods for those that come back: nothing is recorded yet."""

from msgspec import Struct

from terminal.core.draft import Draft


class AddingNew(Struct, frozen=True):
    draft: Draft
    cursor: int


class FindingNew(Struct, frozen=True):
    """The price list is asked. `weight` and `price` as labelled."""

    draft: Draft
    code: str
    ask: str
    weight: int = 0
    price: int = 0
