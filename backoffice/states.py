"""How a return stands, derived from what happened to it: docs/WIRE.md's table of states.

Law of the file: a state is never stepped, it is read off the facts. So records and decisions may
arrive in any order (a terminal works on without network) and the same facts give the same state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The return, as the customer, the office and its terminal see it."""

    WAITING = "waiting"  # 待顾客确认
    SUBMITTED = "submitted"  # 已提交待审核
    APPROVED = "approved"  # 已同意
    DECLINED = "declined"  # 已拒绝
    CONFLICT = "conflict"  # 冲突待处理
    CONFIRMED = "confirmed"  # 已确认
    REFUNDING = "refunding"  # 退款中
    REFUNDED = "refunded"  # 已退款
    PROBLEM = "problem"  # 异常
    VOIDED = "voided"  # 已作废


class RefundState(StrEnum):
    """One tender's money, in the words of the rails."""

    ACCEPTED = "accepted"  # 已受理: nothing moved yet
    PROCESSING = "processing"  # 退款中
    SUCCESS = "success"  # 已退款: arrived
    ABNORMAL = "abnormal"  # 异常: a person must look
    CLOSED = "closed"  # 已关闭: this refund number will never pay


class Decision(StrEnum):
    """What the office said, if anything."""

    NONE = ""
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True)
class Facts:
    """What is known of a return. `finished`: the terminal said that its part is done; `owed`: money
    of it that no record we understood has handed on.
    """

    submitted: bool = False
    decision: Decision = Decision.NONE
    in_conflict: bool = False  # a case about it is open
    confirmed: bool = False
    finished: bool = False
    voided: bool = False
    owed: bool = False
    refunds: tuple[RefundState, ...] = ()


def state_of(facts: Facts) -> State:
    """The one state that these facts make. What a terminal ended is ended (law 1 of the wire)."""
    if facts.voided:
        return State.VOIDED
    if facts.in_conflict:
        return State.CONFLICT
    if facts.decision is Decision.DECLINED:
        return State.DECLINED
    if facts.refunds or facts.finished:
        return _of_refunds(facts.refunds, ended=facts.finished and not facts.owed)
    if facts.confirmed:
        return State.CONFIRMED
    if facts.decision is Decision.APPROVED:
        return State.APPROVED
    return State.SUBMITTED if facts.submitted else State.WAITING


def _of_refunds(refunds: Iterable[RefundState], *, ended: bool) -> State:
    """Refunded only once every tender has arrived and the terminal names no more of them."""
    found = set(refunds)
    if found & {RefundState.ABNORMAL, RefundState.CLOSED}:
        return State.PROBLEM
    if found <= {RefundState.SUCCESS} and ended:
        return State.REFUNDED
    return State.REFUNDING
