"""Returns, their refunds, what the office has to decide, and what happened when."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db.base import Base, Id, IdKey, Ms, Number
from backoffice.states import Decision, RefundState, State


class Return(Base):
    """A return as its terminal recorded it, and the facts that make its state.

    `state` and `version` are written by backoffice/returns.py alone. `body` is the terminal's own
    Return as JSON without what is personal; `code_hash` the keyed hash of its short code.
    """

    __tablename__ = "returns"
    __table_args__ = (
        Index(
            "returns_to_erase",
            "recorded_at",
            sqlite_where=text("erased_at IS NULL"),
            postgresql_where=text("erased_at IS NULL"),
        ),
    )

    id: Mapped[IdKey]
    number: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str] = mapped_column(index=True)
    terminal: Mapped[str] = mapped_column(ForeignKey("terminals.name"), index=True)
    sale_id: Mapped[str] = mapped_column(index=True)
    receipt_no: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]  # VERIFIED UNVERIFIED BLIND OFFLINE EXCHANGE VOID
    currency: Mapped[str]
    digits: Mapped[int]
    amount: Mapped[int]  # of the goods
    refund: Mapped[int]  # of all tenders
    fee: Mapped[int]  # kept by the shop, and what new goods take
    shortfall: Mapped[int]
    gifts: Mapped[int] = mapped_column(default=0)
    cashier: Mapped[str] = mapped_column(index=True)
    recorded_at: Mapped[Ms] = mapped_column(index=True)
    arrival: Mapped[int]  # the how-manyeth of its sale to arrive here, from 1
    boot: Mapped[str | None]  # of its terminal, and for how long that had run when it was recorded
    uptime_ms: Mapped[Ms | None]
    expires_on: Mapped[str]  # ISO day, the last one of its slip
    replaces: Mapped[str] = mapped_column(index=True)  # the return that inspection corrected by it
    body: Mapped[str]

    submitted_at: Mapped[Ms | None]
    submitted_how: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default=Decision.NONE)
    decided_at: Mapped[Ms | None]
    decided_by: Mapped[str] = mapped_column(default="")
    reason_zh: Mapped[str] = mapped_column(default="")
    reason_en: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[Ms | None]
    confirmed_how: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[Ms | None]
    voided_at: Mapped[Ms | None]

    state: Mapped[str] = mapped_column(default=State.WAITING, index=True)
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[Ms]
    erased_at: Mapped[Ms | None]  # its short code and every word that somebody wrote about it


class ReturnLine(Base):
    """Goods that came back. What went back of a sale is the sum of these, never a counter."""

    __tablename__ = "return_lines"

    return_id: Mapped[Id] = mapped_column(ForeignKey("returns.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    sku: Mapped[str]
    name: Mapped[str]
    unit: Mapped[str]
    quantity: Mapped[int]
    amount: Mapped[int]
    tax: Mapped[int]
    reason: Mapped[str]
    condition: Mapped[str]
    disposition: Mapped[str]


class Refund(Base):
    """Money to one tender. Made when its terminal hands it on; a rail moves it unless it is held.

    `refund_no` goes to the rail and stays over retries. `actual` is what arrived, once known.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        UniqueConstraint("return_id", "position"),
        Index("refunds_by_due", "state", "held", "due_at"),
    )

    id: Mapped[Number]
    return_id: Mapped[Id] = mapped_column(ForeignKey("returns.id"))
    position: Mapped[int]
    kind: Mapped[str]
    amount: Mapped[int]
    how: Mapped[str]  # refund | void | cash | credit
    refund_no: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=RefundState.ACCEPTED)
    held: Mapped[bool] = mapped_column(default=False)
    actual: Mapped[int | None]
    why_zh: Mapped[str] = mapped_column(default="")
    why_en: Mapped[str] = mapped_column(default="")
    rail_ref: Mapped[str] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Ms]
    made_at: Mapped[Ms]
    changed_at: Mapped[Ms]


class ConflictCase(Base):
    """冲突待处理: what the office has to decide before anything is paid.

    `kind`: over (more came back than was sold), crossed (its terminal went on though it was
    declined). `found` is JSON: what was sold, what went back, what this return wants.
    """

    __tablename__ = "cases"

    id: Mapped[Number]
    return_id: Mapped[Id] = mapped_column(ForeignKey("returns.id"), index=True)
    kind: Mapped[str]
    found: Mapped[str]
    opened_at: Mapped[Ms]
    closed_at: Mapped[Ms | None]
    closed_by: Mapped[str] = mapped_column(default="")
    accepted: Mapped[bool | None]


class HistoryEntry(Base):
    """One change of a return: what happened, and how it stood from then on."""

    __tablename__ = "history"

    id: Mapped[Number]
    return_id: Mapped[Id] = mapped_column(ForeignKey("returns.id"), index=True)
    version: Mapped[int]
    at_ms: Mapped[Ms]
    what: Mapped[str]
    state: Mapped[str]
    who: Mapped[str]
    detail: Mapped[str]
