"""A return's life at the office: what may be done to one, inside the caller's transaction.

Law of the file: every change goes through `_changed`, which reads the state off the facts anew,
counts the version up, writes the history and tells the terminal that recorded the return.
"""

from collections.abc import Collection
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import select

from backoffice.clock import rfc3339
from backoffice.db.rows import fresh
from backoffice.db.sets import among
from backoffice.db.tables import ConflictCase, HistoryEntry, Refund, Return
from backoffice.feed import Audience
from backoffice.office import Transaction
from backoffice.states import Decision, Facts, RefundState, State, state_of
from backoffice.words import NOTHING, Refused, Worded

POLICY = "policy"  # who decides where nobody has to look

_REFUNDS = select(Refund).where(among(Refund.return_id, "returns")).order_by(Refund.position)
_CASES = (
    select(ConflictCase).where(among(ConflictCase.return_id, "returns")).order_by(ConflictCase.id)
)


def find(tx: Transaction, return_id: str) -> Return:
    """The return, its row locked for this transaction and read again behind the lock, whoever
    looked at it before. Raises Refused where there is none.
    """
    found = tx.session.scalars(
        select(Return)
        .where(Return.id == return_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise Refused("没有这张退货单", "There is no such return")
    return found


def submit(tx: Transaction, return_id: str, how: str) -> State:
    """The customer submits it: `how` is page, short_code ... Where no person has to look it is
    approved at once. Submitting again changes nothing. Raises Refused once it is past that.
    """
    ret = find(tx, return_id)
    if ret.submitted_at is not None and ret.state != State.VOIDED:
        return State(ret.state)
    if ret.state != State.WAITING:
        raise _too_late(ret)
    ret.submitted_at, ret.submitted_how = tx.now, how
    changed(tx, ret, "submitted", "customer", {"how": how})
    if not tx.settings.review.wanted(ret.kind, ret.refund):
        ret.decision, ret.decided_at, ret.decided_by = Decision.APPROVED, tx.now, POLICY
        changed(tx, ret, "approved", POLICY)
    return State(ret.state)


def approve(tx: Transaction, return_id: str, who: str) -> None:
    """The office agrees: its terminal may go on. Raises Refused where nothing is to decide."""
    ret = find(tx, return_id)
    if ret.state not in (State.WAITING, State.SUBMITTED):
        raise _too_late(ret)
    ret.decision, ret.decided_at, ret.decided_by = Decision.APPROVED, tx.now, who
    changed(tx, ret, "approved", who)


def decline(tx: Transaction, return_id: str, who: str, reason: Worded) -> None:
    """The office says no, with a reason that the customer reads; the terminal then voids it."""
    ret = find(tx, return_id)
    if ret.state not in (State.WAITING, State.SUBMITTED):
        raise _too_late(ret)
    if not reason.zh.strip() or not reason.en.strip():
        raise Refused("拒绝需要写明原因（中文和英文）", "Say why, in Chinese and in English")
    ret.decision, ret.decided_at, ret.decided_by = Decision.DECLINED, tx.now, who
    ret.reason_zh, ret.reason_en = reason
    changed(tx, ret, "declined", who)


def open_case(tx: Transaction, ret: Return, kind: str, found: Any, reason: Worded) -> None:
    """The office has to decide about it first; until then every refund of it is held."""
    ret.reason_zh, ret.reason_en = reason
    text = msgspec.json.encode(found).decode()
    case = fresh(ConflictCase, return_id=ret.id, kind=kind, opened_at=tx.now, found=text)
    cases_of(tx, ret.id).append(case)
    tx.insert(ConflictCase, vars(case))
    for refund in refunds_of(tx, ret.id):
        refund.held = True
    changed(tx, ret, "conflict", "books", {"kind": kind})


def resolve_conflict(
    tx: Transaction, return_id: str, who: str, *, accept: bool, reason: Worded = NOTHING
) -> None:
    """The office decides a conflict. Accepted: its refunds go on. Otherwise they are closed and
    the return is declined with `reason`. Raises Refused where no case is open.
    """
    ret = find(tx, return_id)
    cases = _open_cases(tx, return_id)
    if not cases:
        raise Refused("这张退货单没有待处理的冲突", "No conflict of this return is open")
    if not accept and not (reason.zh.strip() and reason.en.strip()):
        raise Refused("拒绝需要写明原因（中文和英文）", "Say why, in Chinese and in English")
    for case in cases:
        case.closed_at, case.closed_by, case.accepted = tx.now, who, accept
    ret.decision = Decision.APPROVED if accept else Decision.DECLINED
    ret.decided_at, ret.decided_by = tx.now, who
    ret.reason_zh, ret.reason_en = NOTHING if accept else reason
    for refund in refunds_of(tx, return_id):
        refund.held = False
        if not accept and refund.state == RefundState.ACCEPTED:
            refund.state, refund.changed_at = RefundState.CLOSED, tx.now
            refund.why_zh, refund.why_en = reason
    changed(tx, ret, "conflict_accepted" if accept else "conflict_declined", who)


def refund_changed(
    tx: Transaction,
    return_id: str,
    position: int,
    state: RefundState,
    *,
    actual: int | None = None,
    why: Worded = NOTHING,
    who: str = "rail",
) -> None:
    """A rail says how a refund stands. `actual` is what arrived, in minor units, once known.
    A success is final: what a rail says after it is only written down.
    """
    ret = find(tx, return_id)
    refund = tx.session.scalars(
        select(Refund).where(Refund.return_id == return_id, Refund.position == position)
    ).one()
    detail = {"position": position, "state": state, "actual": actual}
    if refund.state == RefundState.SUCCESS:
        history(tx, ret, "refund_after_success", who, detail)
        return
    if (refund.state, refund.actual, refund.why_zh, refund.why_en) == (state, actual, *why):
        return
    refund.state, refund.actual, refund.changed_at = state, actual, tx.now
    refund.why_zh, refund.why_en = why
    changed(tx, ret, "refund", who, detail)


def refunds_of(tx: Transaction, return_id: str) -> list[Refund]:
    """Its refunds by their place among the sale's tenders."""
    if return_id not in tx.refunds:
        read(tx, [return_id])
    return tx.refunds[return_id]


def cases_of(tx: Transaction, return_id: str) -> list[ConflictCase]:
    """Every case about it, closed ones too."""
    if return_id not in tx.cases:
        read(tx, [return_id])
    return tx.cases[return_id]


def read(tx: Transaction, return_ids: Collection[str]) -> None:
    """Refunds and cases of these returns; from now on this transaction knows them."""
    for one in return_ids:
        tx.refunds[one], tx.cases[one] = [], []
    if not return_ids:
        return
    for refund in tx.session.scalars(_REFUNDS, {"returns": return_ids}):
        tx.refunds[refund.return_id].append(refund)
    for case in tx.session.scalars(_CASES, {"returns": return_ids}):
        tx.cases[case.return_id].append(case)


def add_refund(tx: Transaction, refund: Refund) -> None:
    """A tender of a return has its row from now on."""
    tx.insert(Refund, vars(refund))
    refunds_of(tx, refund.return_id).append(refund)
    tx.refunds[refund.return_id].sort(key=lambda one: one.position)


def changed(tx: Transaction, ret: Return, what: str, who: str, detail: Any = None) -> None:
    """After any change of facts or refunds: state, version, history, and word to its terminal."""
    refunds = refunds_of(tx, ret.id)
    ret.state = state_of(
        Facts(
            submitted=ret.submitted_at is not None,
            decision=Decision(ret.decision),
            in_conflict=bool(_open_cases(tx, ret.id)),
            confirmed=ret.confirmed_at is not None,
            finished=ret.finished_at is not None,
            voided=ret.voided_at is not None,
            owed=sum(one.amount for one in refunds) < ret.refund,
            refunds=tuple(RefundState(one.state) for one in refunds),
        )
    )
    ret.version += 1
    ret.changed_at, ret.erased_at = tx.now, None
    history(tx, ret, what, who, detail)
    tx.closing[f"return {ret.id}"] = partial(_tell, ret=ret, refunds=refunds)


def _tell(tx: Transaction, ret: Return, refunds: list[Refund]) -> None:
    tx.tell(Audience.terminal(ret.terminal), "return", ret.id, wire_state(ret, refunds))


def history(tx: Transaction, ret: Return, what: str, who: str, detail: Any = None) -> None:
    tx.insert(
        HistoryEntry,
        {
            "return_id": ret.id,
            "version": ret.version,
            "at_ms": tx.now,
            "what": what,
            "state": ret.state,
            "who": who,
            "detail": "" if detail is None else msgspec.json.encode(detail).decode(),
        },
    )


def wire_state(ret: Return, refunds: list[Refund]) -> dict[str, Any]:
    """STATE of docs/WIRE.md."""
    told = ret.state in (State.DECLINED, State.CONFLICT)
    reason = Worded(ret.reason_zh, ret.reason_en) if told else NOTHING
    return {
        "id": ret.id,
        "number": ret.number,
        "terminal": ret.terminal,
        "version": ret.version,
        "state": ret.state,
        "reason": reason.as_wire(),
        "refunds": [
            {
                "position": one.position,
                "kind": one.kind,
                "amount": one.amount,
                "state": one.state,
                "actual": one.actual,
                "at": rfc3339(one.changed_at),
                "why": Worded(one.why_zh, one.why_en).as_wire(),
            }
            for one in refunds
        ],
        "at": rfc3339(ret.changed_at),
    }


def _open_cases(tx: Transaction, return_id: str) -> list[ConflictCase]:
    return [one for one in cases_of(tx, return_id) if one.closed_at is None]


def _too_late(ret: Return) -> Refused:
    return Refused(
        f"这张退货单现在是“{ret.state}”，不能再做这一步",
        f"This return is {ret.state} now: that step is no longer possible",
    )
