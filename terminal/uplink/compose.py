"""The uplink of one unit, as its settings say."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from terminal.ledger.ledger import Ledger
from terminal.moments import Moments
from terminal.settings.values import Settings
from terminal.uplink.clocks import Clocks
from terminal.uplink.desk import Uplink
from terminal.uplink.line import Line
from terminal.uplink.rulebook import Rulebook
from terminal.uplink.sending import Sending
from terminal.uplink.taking import Taking


def uplink_of(
    settings: Settings,
    post: Callable[[Any], None],
    idle: Callable[[], bool],
    aside: Callable[[Callable[[Ledger], None]], bool],
    moments: Moments,
) -> Uplink:
    """`settings.uplink.socket` is there; `post` is the loop's mailbox."""
    uplink = settings.uplink
    assert uplink.socket is not None
    us = f"{settings.business_unit}-{settings.workstation}"
    taking = Taking(us, Rulebook(settings), lambda: datetime.now().astimezone())
    return Uplink(
        Line(uplink.socket, post),
        us,
        Sending(moments.stamp),
        taking,
        Clocks(moments.stamp),
        uplink.look_up_seconds,
        post,
        idle,
        aside,
    )
