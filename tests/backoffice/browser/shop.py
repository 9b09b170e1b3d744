"""A shop in full swing, so that every page of customer and desk has something to show."""

from backoffice import people, returns
from backoffice.db.tables import ParkedRecord, RefusedRecord, Return
from backoffice.office import Office, Transaction
from backoffice.people import Role
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.rails.manual import Manual
from backoffice.rails.worker import Worker
from backoffice.states import RefundState
from backoffice.words import Worded
from tests.backoffice import made
from tests.backoffice.pages import slips

PASSWORD = "correct horse battery"
PEOPLE = (("Li", Role.MANAGER), ("王小明", Role.REVIEWER), ("Zhao", Role.VIEWER))
STATES = (
    "waiting", "submitted", "approved", "declined", "conflict", "crossed", "confirmed",
    "refunding", "by_hand", "problem", "refunded", "voided",
)  # fmt: skip
NO = Worded("商品已使用，不符合退货条件。", "The goods were used.")
WHY = Worded(
    "原支付账户已注销，款项已退回商户账户，需人工退款。",
    "The account was closed; the money is back with the shop and has to be paid by hand.",
)
EXCESS = [
    {"what": "quantity", "at": 1, "sold": 1000, "before": 1000, "now": 1000},
    {"what": "amount", "at": 1, "sold": 4935, "before": 4935, "now": 4935},
    {"what": "total", "at": 0, "sold": 6579, "before": 6579, "now": 6579},
]


def id_of(state: str) -> str:
    """The id of the return that stands so."""
    return f"01a21e0f-aed1-73bc-8d81-{STATES.index(state) + 1:012x}"


def address_of(state: str, key: int) -> str:
    """What its slip's QR code leads to."""
    return f"/T/{slips.token(key, id_of(state))}"


def filled(office: Office) -> int:
    """One return in each state, things aside, people, terminals. The number of the slips' key."""
    with office.writing() as tx:
        for name, role in PEOPLE:
            people.add(tx, name, role, PASSWORD, "command:root")
        for name in ("0571-04", "0755-01"):
            made.terminal(tx, name)
        key = slips.key(tx)
        for state in STATES:
            ret = slips.recorded(tx, id_of(state))
            ret.expires_on, ret.code_hash = "2099-12-31", ""
            returns.changed(tx, ret, "recorded", ret.terminal)
            _bring(tx, ret, state)
        _aside(tx)
    rails = Rails({MANUAL: Manual()}, {})
    while Worker(office, rails).run_once():
        pass
    _settle(office)
    return key


def _bring(tx: Transaction, ret: Return, state: str) -> None:
    match state:
        case "submitted":
            ret.kind = "UNVERIFIED"
            returns.submit(tx, ret.id, "page")
        case "approved":
            returns.approve(tx, ret.id, "Li")
        case "declined":
            returns.decline(tx, ret.id, "Li", NO)
        case "conflict":
            ret.kind = "OFFLINE"
            said = Worded("原单第 1 行退回的超过售出的", "More came back of line 1 than was sold")
            returns.open_case(tx, ret, "over", EXCESS, said)
        case "crossed":
            returns.decline(tx, ret.id, "Li", NO)
            said = Worded(
                "后台已拒绝，但款台当时离线，仍办完了这张退货单",
                "The office declined it, but its till was offline and went on with it",
            )
            returns.open_case(tx, ret, "crossed", [], said)
        case "confirmed" | "refunding" | "by_hand" | "problem" | "refunded":
            ret.confirmed_at = tx.now
            returns.changed(tx, ret, "confirmed", ret.terminal, {"how": "signature"})
            if state != "confirmed":
                made.a_refund(tx, 0, ret.id)
                made.paid_in_cash(tx, ret.id)
                ret.finished_at = tx.now
                returns.changed(tx, ret, "finished", ret.terminal)
        case "voided":
            ret.voided_at = tx.now
            returns.changed(tx, ret, "voided", ret.terminal)
        case _:
            pass


def _settle(office: Office) -> None:
    with office.writing() as tx:
        for state, how in (
            ("refunding", RefundState.PROCESSING),
            ("problem", RefundState.ABNORMAL),
            ("refunded", RefundState.SUCCESS),
        ):
            why = WHY if state == "problem" else Worded("", "")
            actual = 4155 if state == "refunded" else None
            returns.refund_changed(tx, id_of(state), 0, how, actual=actual, why=why)


def _aside(tx: Transaction) -> None:
    for seq, kind, why in (
        (7, "ReturnRecorded", "settlement.lines[].quantity is not as this version reads it"),
        (9, "GoodsRepaired", "its kind is not known to this version"),
    ):
        tx.session.add(
            ParkedRecord(
                record_id=f"01a21e0f-aed2-7e90-0000-{seq:012x}", terminal=made.TERMINAL, seq=seq,
                kind=kind, why=why, parked_at=tx.now,
                settled_at=tx.now if seq == 9 else None,
            )
        )  # fmt: skip
    tx.session.add(
        RefusedRecord(
            record_id=made.RETURN_ID, terminal="0571-04", seq=12, digest="0" * 64, event="{}",
            why="it does not fit the chain that is here", refused_at=tx.now,
        )
    )  # fmt: skip
