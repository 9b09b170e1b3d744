"""Refunds in the books, and a worker whose clock a test moves."""

from sqlalchemy import select

from backoffice.db.tables import Refund, RefundMove, Return, Sale, SaleTender
from backoffice.office import Office, Transaction
from backoffice.rails.book import NEVER
from backoffice.rails.chosen import Rails
from backoffice.rails.manual import Manual
from backoffice.rails.rail import Rail
from backoffice.rails.worker import Worker
from tests.backoffice.conftest import TestClock
from tests.backoffice.made import RETURN_ID, a_return

SALE_ID = "0571-03-20261124-1234"  # of tests.backoffice.made.a_return
REFERENCE = "4200002026112712345678901234"


def a_sale(tx: Transaction, reference: str = REFERENCE, kind: str = "wechat") -> None:
    """A sale of 100.00 paid with one tender."""
    sale = Sale(
        id=SALE_ID, store="0571", workstation="03", business_day="2026-11-24", sequence=1234,
        receipt_no="05710326112401234", sold_at="2026-11-24T14:03:22+08:00", currency="CNY",
        digits=2, total=10000, declared=False, body="{}", digest="", arrived_at=tx.now,
    )  # fmt: skip
    tx.session.add(sale)
    tx.session.flush()
    for position in range(3):
        tx.session.add(
            SaleTender(
                sale_id=SALE_ID, position=position, kind=kind, amount=10000, reference=reference,
                masked="",
            )
        )  # fmt: skip
    tx.session.flush()


def a_refund(
    tx: Transaction, position: int = 0, *, amount: int = 4155, kind: str = "wechat",
    return_id: str = RETURN_ID,
) -> None:  # fmt: skip
    """A refund that its terminal handed on just now."""
    if tx.session.get(Return, return_id) is None:
        a_return(tx, return_id, refund=amount).finished_at = tx.now
    tx.session.add(
        Refund(
            return_id=return_id, position=position, kind=kind, amount=amount, how="refund",
            refund_no=f"{return_id}-{position}", due_at=tx.now, made_at=tx.now, changed_at=tx.now,
        )
    )  # fmt: skip
    tx.session.flush()


def rails_of(rail: Rail) -> Rails:
    return Rails({"wallet": rail, "manual": Manual()}, {"wechat": "wallet"})


def work(worker: Worker) -> int:
    """Everything that is due now; how many steps that was."""
    steps = 0
    while worker.run_once():
        steps += 1
        assert steps < 100
    return steps


def refund_of(office: Office, position: int = 0, return_id: str = RETURN_ID) -> Refund:
    with office.reading() as session:
        return session.scalars(
            select(Refund).where(Refund.return_id == return_id, Refund.position == position)
        ).one()


def moves_of(office: Office) -> list[RefundMove]:
    with office.reading() as session:
        return list(session.scalars(select(RefundMove).order_by(RefundMove.made_at)))


def return_state(office: Office, return_id: str = RETURN_ID) -> str:
    with office.reading() as session:
        return session.get_one(Return, return_id).state


def next_due(office: Office) -> int | None:
    """When the next refund is due, if one is."""
    with office.reading() as session:
        due = session.scalar(select(Refund.due_at).order_by(Refund.due_at).limit(1))
    return None if due is None or due == NEVER else due


def until_due(office: Office, clock: TestClock) -> None:
    """Let time pass until the next refund is due."""
    due = next_due(office)
    assert due is not None
    clock.at_ms = max(clock.at_ms, due)
