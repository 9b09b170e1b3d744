"""What comes down to terminals (docs/WIRE.md): appended in the transaction that made it so.

Law of the file: cursors are given under the lock of one row that is held until the commit, so they
become visible in their order, and a reader that has seen one has seen all before it.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Engine, delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backoffice.db.rows import put
from backoffice.db.sets import among
from backoffice.db.tables import FeedHead, FeedItem

PAGE_ITEMS = 200
PAGE_BYTES = 1024 * 1024  # of bodies; a line on the terminal's socket holds twice that
LOOK_SECONDS = 0.5  # how soon an item of another process is seen
_SUBJECT = FeedItem.scope + "\n" + FeedItem.target + "\n" + FeedItem.what + "\n" + FeedItem.about
_OLDER = delete(FeedItem).where(among(FeedItem.about, "about"), among(_SUBJECT, "subjects"))
_UNSEEN = {"synchronize_session": False}  # no session holds objects of these rows


@dataclass(frozen=True)
class Audience:
    """Who is told: everybody, the tills of a store, or one terminal."""

    scope: str
    target: str = ""

    @classmethod
    def store(cls, name: str) -> "Audience":
        return cls("store", name)

    @classmethod
    def terminal(cls, name: str) -> "Audience":
        return cls("terminal", name)


EVERYBODY = Audience("all")


@dataclass(frozen=True)
class Telling:
    """An item before it has its cursor; `body` is JSON."""

    to: Audience
    what: str
    about: str
    body: str


@dataclass(frozen=True)
class Item:
    """An item as a terminal reads it."""

    cursor: int
    what: str
    body: str


def append(session: Session, told: Sequence[Telling], now: int) -> None:
    """Write the last item about each subject; the feed's lock is held till the commit."""
    newest = {(one.to, one.what, one.about): one for one in told}
    if not newest:
        return
    grown = update(FeedHead).values(cursor=FeedHead.cursor + len(newest))
    head = session.scalars(grown.returning(FeedHead.cursor), execution_options=_UNSEEN).one()
    older = {
        "about": {one.about for one in newest.values()},
        "subjects": [
            f"{one.to.scope}\n{one.to.target}\n{one.what}\n{one.about}" for one in newest.values()
        ],
    }
    session.execute(_OLDER, older, execution_options=_UNSEEN)
    rows = [
        {
            "cursor": head - len(newest) + place,
            "scope": one.to.scope,
            "target": one.to.target,
            "what": one.what,
            "about": one.about,
            "body": one.body,
            "at_ms": now,
        }
        for place, one in enumerate(newest.values(), start=1)
    ]
    put(session, FeedItem, rows)


def page(session: Session, terminal: str, store: str, after: int) -> tuple[Item, ...]:
    """What this terminal has not had yet, oldest first, at most a page of it."""
    rows = session.execute(
        select(FeedItem.cursor, FeedItem.what, FeedItem.body)
        .where(
            FeedItem.cursor > after,
            or_(
                FeedItem.scope == "all",
                (FeedItem.scope == "store") & (FeedItem.target == store),
                (FeedItem.scope == "terminal") & (FeedItem.target == terminal),
            ),
        )
        .order_by(FeedItem.cursor)
        .limit(PAGE_ITEMS)
    )
    items: list[Item] = []
    size = 0
    for row in rows:
        item = Item(*row)
        size += len(item.body.encode())
        if items and size > PAGE_BYTES:
            break
        items.append(item)
    return tuple(items)


class Bell:
    """Wakes those who wait for the feed, holding no connection while they wait.

    A commit of this process rings at once; one of another process is seen within LOOK_SECONDS, by
    one small query for all who wait here.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: set[asyncio.Future[None]] = set()
        self._seen = -1
        self._looking: asyncio.Task[None] | None = None
        self.ended = False  # nobody waits any more

    def ring(self) -> None:
        """From any thread: something was committed."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    def end(self) -> None:
        """From the loop: whoever waits is answered now, as the process is about to end."""
        self.ended = True
        self._wake()

    def waiter(self) -> asyncio.Future[None]:
        """Done at the next ring. Ask for it before reading, so that no ring falls in between."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._looking, self._waiting = loop, None, set()
        future: asyncio.Future[None] = loop.create_future()
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        if self._looking is None or self._looking.done():
            self._looking = loop.create_task(self._look())
        return future

    async def wait(self, future: "asyncio.Future[None]", seconds: float) -> None:
        """Until the ring or the end of the time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(future, seconds)

    def _wake(self) -> None:
        for future in tuple(self._waiting):
            if not future.done():
                future.set_result(None)

    async def _look(self) -> None:
        while self._waiting:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                head = await asyncio.to_thread(self._head)
            except OperationalError:
                continue  # the database is away; who asks it for something says so
            if head != self._seen:
                self._seen = head
                self._wake()

    def _head(self) -> int:
        with Session(self._engine) as session:
            return session.scalars(select(FeedHead.cursor)).one()
