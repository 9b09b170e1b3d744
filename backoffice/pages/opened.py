"""Which return a customer's address leads to, and why none.

Law of the file: a number alone opens nothing, for numbers can be guessed; a signed token or the
short code does. A return that inspection replaced leads on to the one in its place.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.db.tables import Refund, Return, ReturnLine
from backoffice.pages.token import Forged, Token, read_token
from backoffice.pepper import Pepper
from backoffice.states import State
from backoffice.wire.short_code import read_short_code

REPLACED_MAX = 20  # an inspection of an inspection of ...


class Closed(Enum):
    """Why an address opens no return."""

    FORGED = auto()
    UNKNOWN = auto()  # no such short code here, or not yet
    UNREPORTED = auto()  # a terminal signed it, and has not reported yet
    EXPIRED = auto()  # its last day is over, and nobody submitted it before


@dataclass(frozen=True)
class Opened:
    """`changed`: the slip in the customer's hand shows another return than this, its successor."""

    ret: Return
    lines: tuple[ReturnLine, ...]
    refunds: tuple[Refund, ...]
    changed: bool = False


@dataclass(frozen=True)
class NotOpened:
    """`token` where one was verified: what it says may be shown."""

    why: Closed
    token: Token | None = None


def by_token(session: Session, text: str, today: date) -> Opened | NotOpened:
    """What a slip's QR code opens."""
    try:
        token = read_token(session, text)
    except Forged:
        return NotOpened(Closed.FORGED)
    ret = session.get(Return, token.return_id)
    if ret is None:
        if token.key_revoked:
            return NotOpened(Closed.FORGED)
        late = today > token.last_day
        return NotOpened(Closed.EXPIRED if late else Closed.UNREPORTED, token)
    if (ret.terminal, ret.refund) != (token.terminal, token.amount):
        return NotOpened(Closed.FORGED)
    return _opened(session, ret, today)


def by_short_code(
    session: Session, pepper: Pepper, typed: str, today: date, number: str = ""
) -> Opened | NotOpened:
    """What a short code opens, as people type it; with `number` only that return."""
    code = read_short_code(typed)
    if code is None or not number.isprintable():
        return NotOpened(Closed.UNKNOWN)
    query = select(Return).where(Return.code_hash == pepper.of("short_code", code))
    if number:
        query = query.where(Return.number == number)
    ret = session.scalars(query.limit(1)).one_or_none()
    return _opened(session, ret, today) if ret else NotOpened(Closed.UNKNOWN)


def _opened(session: Session, ret: Return, today: date) -> Opened | NotOpened:
    newest = _successor(session, ret)
    if newest.state == State.WAITING and today.isoformat() > newest.expires_on:
        return NotOpened(Closed.EXPIRED)
    lines = select(ReturnLine).where(ReturnLine.return_id == newest.id).order_by(ReturnLine.place)
    refunds = select(Refund).where(Refund.return_id == newest.id).order_by(Refund.position)
    return Opened(
        newest,
        tuple(session.scalars(lines)),
        tuple(session.scalars(refunds)),
        changed=newest is not ret,
    )


def _successor(session: Session, ret: Return) -> Return:
    for _ in range(REPLACED_MAX):
        its = (Return.replaces == ret.number, Return.terminal == ret.terminal)
        following = session.scalars(select(Return).where(*its).limit(1)).one_or_none()
        if following is None:
            break
        ret = following
    return ret
