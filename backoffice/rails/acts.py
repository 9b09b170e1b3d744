"""What a person of the office may do about a refund, inside the caller's transaction.

Law of the file: nobody here calls a rail or moves money. The worker does, after asking the rail
how the old number stands; so no act of a person can pay twice what a rail has paid.
"""

from contextlib import suppress

from sqlalchemy import select

from backoffice.db.tables import Refund, RefundMove, Todo
from backoffice.office import Transaction
from backoffice.rails.book import NEVER
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.rails.moves import add_move, move_of
from backoffice.returns import find, history, refund_changed, refunds_of, resolve_conflict
from backoffice.states import Decision, RefundState
from backoffice.words import Refused, Worded


def mark_paid(tx: Transaction, return_id: str, position: int, who: str, reference: str) -> None:
    """The office paid it by hand; `reference` says how it can be found again. Raises Refused."""
    refund, move = _by_hand(tx, return_id, position)
    if not reference.strip():
        raise Refused(
            "请填写付款凭证号（转账流水号或收据号）",
            "Name what proves it: a transfer's or receipt's number",
        )
    refund.rail_ref, refund.due_at, move.todo = reference.strip(), NEVER, Todo.NOTHING
    move.arrived_at, move.token = tx.now, ""
    refund_changed(tx, return_id, position, RefundState.SUCCESS, actual=refund.amount, who=who)


def mark_failed(tx: Transaction, return_id: str, position: int, who: str, why: Worded) -> None:
    """It could not be paid by hand, and nothing was. Raises Refused without a reason."""
    refund, move = _by_hand(tx, return_id, position)
    if not (why.zh.strip() and why.en.strip()):
        raise Refused("请写明原因（中文和英文）", "Say why, in Chinese and in English")
    refund.due_at, move.todo, move.token = NEVER, Todo.NOTHING, ""
    refund_changed(tx, return_id, position, RefundState.CLOSED, why=why, who=who)


def refuse(tx: Transaction, return_id: str, who: str, reason: Worded) -> None:
    """A conflict is decided against the customer: what still waits for a person to pay it is
    closed, too. How a rail stands that was asked for money is still asked. Raises Refused.
    """
    resolve_conflict(tx, return_id, who, accept=False, reason=reason)
    for refund in refunds_of(tx, return_id):
        move = move_of(tx, refund)
        if move is not None and move.rail == MANUAL and move.todo == Todo.QUERY:
            refund.due_at, move.todo, move.token = NEVER, Todo.NOTHING, ""
            refund_changed(tx, return_id, refund.position, RefundState.CLOSED, why=reason, who=who)


def look_again(tx: Transaction, return_id: str, position: int) -> None:
    """Ask its rail now instead of later: the account was topped up, the platform was used."""
    refund = _refund(tx, return_id, position)
    if refund.state not in (RefundState.PROCESSING, RefundState.ABNORMAL):
        raise Refused("这笔退款没有在途中", "This refund is not under way")
    move = move_of(tx, refund)
    if move is not None and move.rail != MANUAL and not move.token:
        refund.due_at = min(refund.due_at, tx.now)


def give_up(
    tx: Transaction, rails: Rails, return_id: str, position: int, who: str, rail: str = ""
) -> None:
    """Go on under a new number, at `rail` where another is named. The worker first asks the old
    one's rail, and keeps the old number unless nothing of it moved. Raises Refused.
    """
    ret, refund = find(tx, return_id), _refund(tx, return_id, position)
    if rail and rail not in rails.by_name:
        raise Refused(f"没有“{rail}”这个退款渠道", f"There is no rail {rail} here")
    if refund.held or ret.voided_at is not None or ret.decision == Decision.DECLINED:
        raise Refused("该退货未获同意，不能退款", "This return is not agreed to: nothing is paid")
    if refund.state not in (RefundState.ABNORMAL, RefundState.CLOSED):
        raise Refused(
            "只有异常或已关闭的退款才能换新单号",
            "Only a refund that is abnormal or closed may go on anew",
        )
    move = move_of(tx, refund) or add_move(tx, refund, rail or MANUAL, None)
    if (rail or move.rail) != MANUAL and not move.reference:
        raise Refused(
            "原单没有支付单号，只能人工退款",
            "The sale names no payment at a rail: it can only be paid by hand",
        )
    move.todo, move.next_rail, move.token = Todo.RENEW, rail, ""
    refund.due_at = tx.now
    refund_changed(tx, return_id, position, RefundState.PROCESSING, who=who)


def notified(tx: Transaction, refund_no: str) -> None:
    """A rail says that something happened to this number: query it now, believe only the query.

    Of a number that was given up nothing should be heard any more: a person reads of it.
    """
    refund = tx.session.scalars(select(Refund).where(Refund.refund_no == refund_no)).one_or_none()
    if refund is not None:
        with suppress(Refused):  # it is over: the notification came twice, or late
            look_again(tx, refund.return_id, refund.position)
        return
    old = tx.session.get(RefundMove, refund_no)
    if old is not None:
        its = tx.session.get_one(Refund, old.refund_id)
        ret = find(tx, its.return_id)
        history(tx, ret, "old_number_told", "rail", {"by": refund_no})


def _by_hand(tx: Transaction, return_id: str, position: int) -> tuple[Refund, RefundMove]:
    refund = _refund(tx, return_id, position)
    move = move_of(tx, refund)
    by_hand = move is not None and move.rail == MANUAL and move.part > 0
    if move is None or not by_hand or refund.held or refund.state != RefundState.PROCESSING:
        raise Refused("这笔退款不是待人工付款的", "This refund does not wait to be paid by hand")
    return refund, move


def _refund(tx: Transaction, return_id: str, position: int) -> Refund:
    find(tx, return_id)  # the return is locked first, as everywhere
    refund = tx.session.scalars(
        select(Refund)
        .where(Refund.return_id == return_id, Refund.position == position)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if refund is None:
        raise Refused("没有这笔退款", "There is no such refund")
    return refund
