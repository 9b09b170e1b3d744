"""Everything a screen needs besides the state: language, health, typing, and what was just said."""

from collections.abc import Callable

from msgspec import Struct, field

from terminal.core.health import Health
from terminal.core.refusals import Refusal
from terminal.core.returns import Return, ReturnKind
from terminal.core.sale import Currency
from terminal.core.words import Worded
from terminal.ui.entries import Editor, Kind
from terminal.ui.words import Words


class View(Struct, frozen=True):
    """`refusal`, `malformed`, `rejected` and `new_rules` last until the next key or scan."""

    words: Words
    currency: Currency
    shop: str
    qr_of: Callable[[Return], str]  # what the code of its slip says
    clock: str = ""
    health: Health = field(default_factory=Health)
    editor: Editor = field(default_factory=Editor)
    refusal: Refusal | None = None
    malformed: Kind | None = None
    rejected: bool = False  # the last scan was incomplete
    new_rules: str = ""  # the version of the policy that came into force just now
    since: str = ""  # since when this state waits, worded
    training: bool = False
    policy: tuple[Worded, ...] = ()  # what customers are told of it
    not_taken: tuple[ReturnKind, ...] = ()  # kinds of return that this shop does not take
