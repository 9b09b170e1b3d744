"""Customers on their phones, the office at its desk, the POS with its sales, and the rails."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from sqlalchemy import func, select

from backoffice import returns
from backoffice.db.tables import Refund, Return
from backoffice.office import Transaction
from backoffice.rails import book
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.rails.manual import Manual
from backoffice.rails.rail import Asked, RefundRequest
from backoffice.rails.simulator import Simulator
from backoffice.rails.worker import Worker
from backoffice.sales.interchange import offered
from backoffice.sales.keeping import keep_sale
from backoffice.states import RefundState, State
from backoffice.words import Refused, Worded
from terminal.core.sale import Sale
from tests.backoffice.pos import interchange
from tests.simulation.happenings import Broken, Run
from tests.simulation.server import Down, Server

Act = Callable[[Transaction], object]
NO = Worded("不同意", "No")
WALLET = "wallet"


class WatchedRail(Simulator):
    """The simulated rail, with an eye on what it is asked for."""

    def __init__(self, run: Run, server: Server) -> None:
        super().__init__(run.seed, delay_ms=4_000)
        self._run, self._server = run, server
        self.asked: dict[str, int] = {}

    def refund(self, request: RefundRequest, now_ms: int) -> Asked:
        number = request.refund_no
        if self.asked.setdefault(number, request.amount) != request.amount:
            raise Broken(f"{number} is asked for with two amounts")
        with self._server.office.reading() as session:
            row = session.execute(
                select(Refund.held, Return.voided_at, Return.decision, Return.state)
                .join(Return, Return.id == Refund.return_id)
                .where(Refund.refund_no == number)
            ).one()
        if row.held or row.voided_at or row.decision == "declined" or row.state == State.CONFLICT:
            raise Broken(f"{number}: money is asked for, and its return is {row.state}")
        answer = super().refund(request, now_ms)
        self._run.tell("rail", "asked", f"{number} {request.amount} {type(answer).__name__}")
        return answer


class People:
    """Everybody at the office's side but the terminals."""

    def __init__(self, run: Run, server: Server, sales: Sequence[Sale]) -> None:
        self._run, self._server, self._sales = run, server, sales
        self.rail = WatchedRail(run, server)
        self.rails = Rails(
            {WALLET: self.rail, MANUAL: Manual()}, {"wechat": WALLET, "alipay": WALLET}
        )

    async def sell(self, within_s: float) -> None:
        """The POS hands its sales over, some of them after their goods came back."""
        for sale in self._sales:
            await asyncio.sleep(self._run.chance.random() * within_s / len(self._sales))
            await self._until_done("sold", partial(_keep, sale))

    async def decide(self, acts: int, within_s: float) -> None:
        """A customer or a clerk takes up some return, now and then."""
        for _ in range(acts):
            await asyncio.sleep(self._run.chance.random() * 2 * within_s / acts)
            self._one_act()

    def _one_act(self) -> None:
        chance, run = self._run.chance, self._run
        try:
            with self._server.alive() as office:
                with office.reading() as session:
                    rows = session.execute(
                        select(Return.id, Return.number, Return.state)
                        .where(Return.state.in_(("waiting", "submitted", "conflict")))
                        .order_by(Return.number)
                    ).all()
                if not rows:
                    return
                id_, number, state = chance.choice(rows)
                what, act = self._choice(id_, State(state))
                run.tell("people", what, number)
                office.write(act)
        except (Down, Refused) as fault:
            run.tell("people", "not done", type(fault).__name__)

    def _choice(self, id_: str, state: State) -> tuple[str, Act]:
        chance = self._run.chance
        if state is State.CONFLICT:
            accept = chance.random() < 0.5
            return f"conflict {accept}", lambda tx: returns.resolve_conflict(
                tx, id_, "clerk", accept=accept, reason=NO
            )
        if state is State.WAITING and chance.random() < 0.7:
            return "submit", lambda tx: returns.submit(tx, id_, "page")
        if chance.random() < 0.6:
            return "approve", lambda tx: returns.approve(tx, id_, "clerk")
        return "decline", lambda tx: returns.decline(tx, id_, "clerk", NO)

    async def _until_done(self, what: str, act: Act) -> None:
        while True:
            try:
                with self._server.alive() as office:
                    office.write(act)
            except Down:
                await asyncio.sleep(2 + self._run.chance.random() * 5)
            else:
                self._run.tell("people", what)
                return

    # The rails' worker.

    async def pay(self) -> None:
        """For ever: take what is due one step further, and die between any two steps."""
        chance, server, loop = self._run.chance, self._server, self._run.loop
        looked, due = (0, 0), 0
        while True:
            await asyncio.sleep(1 + chance.random() * 2)
            now = (server.starts, server.office.commits)
            if not server.up:
                continue
            if looked != now:
                looked, due = now, self.due_ms()
            if due <= loop.at_ms:
                with suppress(Down):
                    await self._step()

    async def _step(self) -> None:
        chance, server = self._run.chance, self._server
        life = server.starts
        worker = Worker(server.office, self.rails)
        while True:
            with server.alive():
                task = worker.claim()
            if task is None:
                return
            await asyncio.sleep(chance.random())
            if server.starts != life or not server.up:
                return
            answer = worker.ask(task)
            if answer is None or self._run.odds(0.03):
                return  # the worker died here, or the answer was lost: the lease ends by itself
            await asyncio.sleep(chance.random())
            if server.starts != life or not server.up:
                return
            with server.alive():
                worker.settle(task, answer)

    def due_ms(self) -> int:
        """When a refund is due next; `book.NEVER` where none is, but for those that need people."""
        with self._server.office.reading() as session:
            due = session.scalar(
                select(func.min(Refund.due_at)).where(
                    Refund.state.in_((RefundState.ACCEPTED, RefundState.PROCESSING)),
                    Refund.held.is_(False),
                    Refund.how.in_(("refund", "void")),
                )
            )
        return book.NEVER if due is None else int(due)


def _keep(sale: Sale, tx: Transaction) -> None:
    keep_sale(tx, offered(_body(sale)))


def _body(sale: Sale) -> dict[str, object]:
    body = interchange(sale)
    for tender, one in zip(body["tenders"], sale.tenders, strict=True):
        tender["reference"] = one.reference
    return body
