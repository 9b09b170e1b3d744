"""The back office as one process that may die between any two steps, over a real SQLite file.

What is real: the functions under `/v1/records`, `/v1/look-up` and `/v1/feed`, the books, the
people's decisions, the rails' worker, every transaction. What is not: HTTP and TLS, and the feed's
bell (a waiting request is woken here by each commit of this process, as the bell does).
Law of the file: a death is one of two moments of a transaction, just before its commit or just
after; and only what was committed is there afterwards.
"""

import asyncio
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from backoffice import feed
from backoffice.db.engine import WRITING
from backoffice.db.tables import Certificate
from backoffice.office import Office, Transaction
from backoffice.sales.finding import Asked, find_return, find_sales
from backoffice.settings import Review, Settings, Terminals
from backoffice.terminals.identity import Peer
from backoffice.terminals.records import _keep
from backoffice.terminals.routes import _written
from backoffice.terminals.shapes import LookUpRequest
from tests.backoffice.made import terminal
from tests.simulation.happenings import Run, Sabotage
from tests.simulation.places import engine_at

STORE = "0571"
NEVER = 2**53  # no certificate ends here
_QUESTION: TypeAdapter[Any] = TypeAdapter(LookUpRequest)
DIES = 0.015  # of one transaction


class Down(Exception):  # noqa: N818 - named for what happened
    """The process is gone, or it went before it answered."""


class PowerCut(Exception):  # noqa: N818 - named for what happened
    """The process ends at this instruction."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""


class MortalOffice(Office):
    """An office whose process may end at the edge of each transaction."""

    def __init__(self, settings: Settings, run: Run) -> None:
        super().__init__(settings, lambda: run.loop.at_ms)
        self.engine.dispose()
        self.engine = engine_at(settings.database_url)
        self._writing = self.engine.execution_options(**{WRITING: True})
        self._run = run
        self.commits = 0

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        run = self._run
        with super().writing() as tx:
            yield tx
            if run.odds(DIES):
                run.tell("office", "dies before the commit")
                raise PowerCut
        self.commits += 1
        if run.odds(DIES):
            run.tell("office", "dies after the commit")
            raise PowerCut


def _promised(body: bytes) -> Answer:
    """Sabotage: the answer to a batch that was not committed."""
    sent = json.loads(gzip.decompress(body))
    verdicts = [{"id": one["id"], "seq": one["seq"], "verdict": "stored"} for one in sent]
    told = {"acked": sent[-1]["seq"], "verdicts": verdicts, "server_ms": 0, "spread_s": 0}
    return Answer(200, json.dumps(told).encode())


@dataclass
class Server:
    """`committed`: per terminal, up to where it was really committed."""

    run: Run
    folder: Path
    names: tuple[str, ...]
    committed: dict[str, int] = field(default_factory=dict)
    starts: int = 0
    up: bool = False

    def __post_init__(self) -> None:
        self._bell = asyncio.Event()
        self._nothing: dict[str, tuple[int, int, int]] = {}
        self.settings = Settings(
            database_url=f"sqlite:///{self.folder / 'office.db'}",
            state_dir=self.folder.parent,
            review=Review(above=4000),
            terminals=Terminals(spread_s=3),
        )
        self.start()
        with self.office.writing() as tx:
            for name in self.names:
                terminal(tx, name)
                tx.session.add(
                    Certificate(fingerprint=name, terminal=name, issued_at=0, expires_at=NEVER)
                )

    def start(self) -> None:
        self.office = MortalOffice(self.settings, self.run)
        self.starts += 1
        self.up = True
        self.ring()

    def die(self) -> None:
        """Now; it is back after a while."""
        if not self.up:
            return
        self.up = False
        self.office.close()
        self.run.loop.call_later(0.5 + self.run.chance.random() * 25, self.start)
        self.ring()

    def ring(self) -> None:
        woken, self._bell = self._bell, asyncio.Event()
        woken.set()

    @contextmanager
    def alive(self) -> Iterator[Office]:
        """Work in the process. Raises Down where it is gone, or goes meanwhile."""
        if not self.up:
            raise Down
        try:
            yield self.office
        except PowerCut as fault:
            self.die()
            raise Down from fault
        finally:
            self.ring()

    def records(self, name: str, body: bytes) -> Answer:
        """POST /v1/records."""
        with self.alive() as office:
            try:
                told = _keep(office, Peer(name, STORE, certificate=name), body, "gzip")
            except PowerCut:
                if self.run.sabotage is not Sabotage.ACK_FIRST:
                    raise
                self.die()
                return _promised(body)
        self.committed[name] = max(self.committed.get(name, 0), told.acked)
        verdicts = "".join(one.verdict[0] for one in told.verdicts)
        self.run.tell(name, "delivered", f"{told.acked} {verdicts}")
        return Answer(200, told.model_dump_json().encode())

    def look_up(self, name: str, body: bytes) -> Answer:
        """POST /v1/look-up."""
        if not self.up:
            raise Down
        office = self.office
        asked = Asked(**_QUESTION.validate_json(body).model_dump())
        with office.reading() as session:
            found = find_sales(session, office.pepper, asked)
            code = asked.return_
            ret = find_return(session, office.pepper, code) if code else None
        self.run.tell(name, "looked up", f"{len(found)} {ret['state'] if ret else ''}".rstrip())
        return Answer(200, json.dumps({"sales": found, "return": ret}).encode())

    async def feed_page(self, name: str, after: int, wait: int) -> Answer:
        """GET /v1/feed."""
        loop, life = self.run.loop, self.starts
        until = loop.time() + wait
        while True:
            if not self.up or self.starts != life:
                raise Down
            bell = self._bell
            items = self._page(name, after)
            if items:
                self.run.tell(name, "fed", f"{after} {len(items)}")
                return Answer(200, _written(items).encode())
            left = until - loop.time()
            if left <= 0:
                return Answer(204)
            try:
                async with asyncio.timeout(left):
                    await bell.wait()
            except TimeoutError:
                pass

    def _page(self, name: str, after: int) -> tuple[feed.Item, ...]:
        """What was empty stays so until the next commit: not asked again."""
        asked = (after, self.starts, self.office.commits)
        if self._nothing.get(name) == asked:
            return ()
        with self.office.reading() as session:
            items = feed.page(session, name, STORE, after)
        if not items:
            self._nothing[name] = asked
        return items
