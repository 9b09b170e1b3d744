"""The worker's two transactions: take a refund that is due, write down what its rail answered.

Law of the file: before a rail is asked for money, `Todo.QUERY` is committed in its place. So
whoever finds a refund after a crash, or an answer that never came, queries it first. A refund that
is worked on is due again only after `LEASE_MS`, and only the worker whose token it bears writes.
"""

import logging
import secrets

from msgspec import Struct
from sqlalchemy import func, select

from backoffice.db.engine import is_sqlite
from backoffice.db.tables import Refund, RefundMove, Return, Todo
from backoffice.office import Transaction
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.rails.decide import MINUTE_MS, QUIET_MS, outcome
from backoffice.rails.moves import NOT_ON_FILE, move_of, open_move, replace_move
from backoffice.rails.rail import Answer, RefundRequest
from backoffice.returns import find, refund_changed
from backoffice.states import Decision, RefundState
from backoffice.words import Worded

LEASE_MS = 2 * MINUTE_MS  # longer than a rail may take
RECHECK_MS = 10 * MINUTE_MS
NEVER = 253_402_300_799_000  # the year 9999

OVER = Worded(
    "该退货已作废或被拒绝，款项未动，不再退款。",
    "This return was voided or declined; nothing moved, and nothing will.",
)
NOT_SET_UP = Worded(
    "设置中没有这个退款渠道，尚未退款。请在设置中补上，或改为人工退款。",
    "The settings have no such rail any more, so nothing was asked for. Set it up again, or pay "
    "this refund by hand.",
)

log = logging.getLogger(__name__)


class Task(Struct, frozen=True):
    """One thing to ask of one rail, committed before it is asked."""

    did: Todo
    rail: str
    request: RefundRequest
    return_id: str
    position: int
    asked_at: int
    claimed_at: int
    token: str


def claim(tx: Transaction, rails: Rails) -> Task | None:
    """Take the refund that is due longest; None where nothing is. Refunds of returns that another
    transaction holds are passed over.
    """
    while (found := _due(tx)) is not None:
        ret, refund = found
        task = _prepare(tx, rails, ret, refund)
        if task is not None:
            return task
        tx.session.flush()
    return None


def _due(tx: Transaction) -> tuple[Return, Refund] | None:
    """A due refund, its return locked first as everywhere else, and read again behind the lock."""
    due = (
        Refund.state.in_((RefundState.ACCEPTED, RefundState.PROCESSING, RefundState.ABNORMAL)),
        Refund.held.is_(False),
        Refund.how.in_(("refund", "void")),
        Refund.due_at <= tx.now,
    )
    candidate = (
        select(Refund.id, Return)
        .join(Return, Return.id == Refund.return_id)
        .where(*due)
        .order_by(Refund.due_at, Refund.id)
        .limit(1)
        .with_for_update(of=Return, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    while (row := tx.session.execute(candidate).one_or_none()) is not None:
        again = select(Refund).where(Refund.id == row[0], *due).with_for_update()
        refund = tx.session.scalars(again.execution_options(populate_existing=True)).one_or_none()
        if refund is not None:
            return row[1], refund
    return None


def _prepare(tx: Transaction, rails: Rails, ret: Return, refund: Refund) -> Task | None:
    """Write down what is about to be asked; None where nothing is, and the refund is put off."""
    move = move_of(tx, refund) or open_move(tx, rails, ret, refund)
    if move is None:
        _put_off(tx, ret, refund, NOT_ON_FILE)
        return None
    todo = Todo(move.todo)
    if todo in (Todo.ASK, Todo.RENEW) and (ret.voided_at or ret.decision == Decision.DECLINED):
        move.todo, refund.due_at = Todo.NOTHING, NEVER
        refund_changed(tx, ret.id, refund.position, RefundState.CLOSED, why=OVER)
        return None
    over = todo in (Todo.RENEW, Todo.CLOSE)
    if over and (quiet := (move.asked_at or 0) + QUIET_MS) > tx.now:
        refund.due_at = quiet
        return None
    if todo is Todo.RENEW and (not move.part or move.rail == MANUAL):
        move = replace_move(tx, refund, move)  # never asked, or a person said that it is over
        todo = Todo.ASK
    rail = rails.by_name.get(move.rail)
    if rail is None:
        _put_off(tx, ret, refund, NOT_SET_UP)
        return None
    if todo is Todo.ASK:
        turn = _turn(tx, move, rail.gap_ms)
        if turn > tx.now:
            refund.due_at = turn
            return None
        move.todo, move.asked_at = Todo.QUERY, tx.now
        refund.tries += 1
        refund_changed(tx, ret.id, refund.position, RefundState.PROCESSING)
    move.token = secrets.token_hex(8)
    refund.due_at = tx.now + LEASE_MS
    return Task(
        todo, move.rail, _request(ret, refund, move), ret.id, refund.position,
        move.asked_at or tx.now, tx.now, move.token,
    )  # fmt: skip


def _put_off(tx: Transaction, ret: Return, refund: Refund, why: Worded) -> None:
    refund.due_at = tx.now + RECHECK_MS
    refund_changed(tx, ret.id, refund.position, RefundState.ABNORMAL, why=why)


def _turn(tx: Transaction, move: RefundMove, gap_ms: int) -> int:
    """When its money may be asked for; once that is now, which part of its payment it is.

    Numbers of one payment take turns, in whichever process: PostgreSQL's lock ends with this
    transaction, and SQLite has one writer anyway.
    """
    if not is_sqlite(tx.session.get_bind().engine):
        tx.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(move.reference))))
    others = select(func.max(RefundMove.asked_at), func.max(RefundMove.part)).where(
        RefundMove.rail == move.rail,
        RefundMove.reference == move.reference,
        RefundMove.refund_no != move.refund_no,
    )
    last, parts = tx.session.execute(others).one()
    turn: int = tx.now if last is None else last + gap_ms
    if turn <= tx.now and not move.part:
        move.part = (parts or 0) + 1
    return turn


def _request(ret: Return, refund: Refund, move: RefundMove) -> RefundRequest:
    return RefundRequest(
        refund_no=refund.refund_no,
        amount=refund.amount,
        currency=ret.currency,
        paid=move.paid,
        reference=move.reference,
        paid_at_ms=move.paid_at,
        part=move.part,
    )


def settle(tx: Transaction, rails: Rails, task: Task, answer: Answer) -> bool:
    """Write down what the rail answered; False, and nothing written, where the task is no longer
    this worker's.
    """
    ret = find(tx, task.return_id)
    refund = tx.session.scalars(
        select(Refund)
        .where(Refund.return_id == ret.id, Refund.position == task.position)
        .with_for_update()
    ).one()
    move = move_of(tx, refund)
    if move is None or move.token != task.token:
        log.warning("refund %s: an answer came after its time", task.request.refund_no)
        return False
    out = outcome(
        rails.by_name[task.rail], task.did, answer,
        age_ms=tx.now - task.asked_at, silences=move.silences, asks=refund.tries,
    )  # fmt: skip
    log.info("refund %s at %s: %s", refund.refund_no, task.rail, type(answer).__name__)
    move.todo, move.silences, move.token = out.todo, out.silences, ""
    refund.due_at = NEVER if out.wait_ms is None else tx.now + out.wait_ms
    if out.renewed:
        replace_move(tx, refund, move)
    if out.at_ms is not None:
        move.arrived_at, move.arrived_where = out.at_ms, out.where
    state = out.state or RefundState(refund.state)
    if out.state is not None or (any(out.why) and state is RefundState.PROCESSING):
        refund_changed(tx, ret.id, refund.position, state, actual=out.actual, why=out.why)
    return True
