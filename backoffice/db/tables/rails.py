"""What was asked of the rails: one row for each refund number, kept for ever."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db.base import Base, Ms, TextKey


class Todo(StrEnum):
    """What comes next for a refund number."""

    ASK = "ask"  # hand it to the rail: nothing of it can have moved
    QUERY = "query"  # it was handed over, or may have been: ask the rail how it stands
    RENEW = "renew"  # give it up for a new number, if the rail agrees that nothing moved
    CLOSE = "close"  # refused for good, but asked before without an answer: query, then it is over
    NOTHING = "nothing"  # it is over


class RefundMove(Base):
    """One refund number at one rail. Written before the rail is called (backoffice/rails/book.py).

    `replaces` is the number given up for this one. `reference`, `paid` and `paid_at` are of the
    payment, `part` counts the numbers asked of it. `asked_at` is when the money was last asked for;
    `token` is of the worker that acts on it; `silences` counts answers missing in a row.
    """

    __tablename__ = "refund_moves"
    __table_args__ = (Index("refund_moves_by_payment", "rail", "reference"),)

    refund_no: Mapped[TextKey]
    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"), index=True)
    rail: Mapped[str]
    replaces: Mapped[str] = mapped_column(default="")
    next_rail: Mapped[str] = mapped_column(default="")  # where RENEW goes on
    reference: Mapped[str]
    paid: Mapped[int]
    paid_at: Mapped[Ms]
    part: Mapped[int] = mapped_column(default=0)  # 0: not asked yet
    todo: Mapped[str] = mapped_column(default=Todo.ASK)
    asked_at: Mapped[Ms | None]
    token: Mapped[str] = mapped_column(default="")
    silences: Mapped[int] = mapped_column(default=0)
    arrived_at: Mapped[Ms | None]  # as the rail tells it
    arrived_where: Mapped[str] = mapped_column(default="")
    made_at: Mapped[Ms]
