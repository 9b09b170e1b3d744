"""Rows of the tables as short as a test can say them."""

from itertools import count

from backoffice.db.tables import Refund, Return, Terminal
from backoffice.office import Transaction
from backoffice.states import RefundState

TERMINAL = "0571-03"
RETURN_ID = "01a21e0f-aed1-73bc-8d81-8d8b540ebf21"
_numbers = count(1)


def terminal(tx: Transaction, name: str = TERMINAL) -> Terminal:
    found = tx.session.get(Terminal, name)
    if found is None:
        found = Terminal(name=name, store=name.rsplit("-", 1)[0], made_at=tx.now)
        tx.session.add(found)
        tx.session.flush()
    return found


def a_return(
    tx: Transaction, return_id: str = RETURN_ID, *, kind: str = "VERIFIED", refund: int = 6579
) -> Return:
    """A return of two goods of one sale, waiting for its customer."""
    terminal(tx)
    ret = Return(
        id=return_id, number=f"R-0571-03-{next(_numbers):06d}", code_hash="", terminal=TERMINAL,
        sale_id="0571-03-20261124-1234", receipt_no="05710326112401234", kind=kind, currency="CNY",
        digits=2, amount=refund, refund=refund, fee=0, shortfall=0, cashier="1007",
        recorded_at=tx.now, arrival=1, expires_on="2026-12-04", replaces="", body="{}",
        changed_at=tx.now,
    )  # fmt: skip
    tx.session.add(ret)
    tx.session.flush()
    return ret


def a_refund(tx: Transaction, position: int = 0, return_id: str = RETURN_ID) -> Refund:
    refund = Refund(
        return_id=return_id, position=position, kind="wechat", amount=4155, how="refund",
        refund_no=f"{return_id}-{position}", due_at=tx.now, made_at=tx.now, changed_at=tx.now,
    )  # fmt: skip
    tx.session.add(refund)
    tx.session.flush()
    return refund


def paid_in_cash(tx: Transaction, return_id: str = RETURN_ID) -> None:
    """The rest of the return, at the drawer."""
    refund = a_refund(tx, 1, return_id)
    refund.kind = refund.how = "cash"
    refund.amount = refund.actual = 2424
    refund.state = RefundState.SUCCESS
    tx.session.flush()
