"""Sales of all shops; a sale never changes once it is here."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db.base import Base, Ms, Number, TextKey


class Sale(Base):
    """One sale. `body` is its object of the sale interchange format, `digest` sha256 of it.

    `declared`: written down by a cashier where none is on file; found by its id alone.
    """

    __tablename__ = "sales"
    __table_args__ = (
        Index("sales_by_day_and_total", "business_day", "total"),
        Index(
            "sales_to_erase",
            "business_day",
            sqlite_where=text("erased_at IS NULL"),
            postgresql_where=text("erased_at IS NULL"),
        ),
    )

    id: Mapped[TextKey]
    store: Mapped[str]
    workstation: Mapped[str]
    business_day: Mapped[str]  # ISO
    sequence: Mapped[int]
    receipt_no: Mapped[str] = mapped_column(index=True)
    sold_at: Mapped[str]
    currency: Mapped[str]
    digits: Mapped[int]
    total: Mapped[int]
    declared: Mapped[bool]
    body: Mapped[str]
    digest: Mapped[str]
    arrived_at: Mapped[Ms]
    erased_at: Mapped[Ms | None]  # what was personal of it; then `digest` is a keyed hash of it


class SaleLine(Base):
    """What was sold, and paid for it after every reduction: the caps of a return."""

    __tablename__ = "sale_lines"

    sale_id: Mapped[str] = mapped_column(ForeignKey("sales.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str]
    gtin: Mapped[str]
    name: Mapped[str]
    unit: Mapped[str]
    quantity: Mapped[int]
    paid: Mapped[int]
    tax: Mapped[int]


class SaleTender(Base):
    """How it was paid. `reference` is what a rail needs to pay it back."""

    __tablename__ = "sale_tenders"

    sale_id: Mapped[str] = mapped_column(ForeignKey("sales.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    amount: Mapped[int]
    reference: Mapped[str]
    masked: Mapped[str]


class SaleClue(Base):
    """What one may know without a receipt. `value`: goods as a code, tails as a keyed hash."""

    __tablename__ = "sale_clues"
    __table_args__ = (Index("sale_clues_by_value", "kind", "value", "business_day"),)

    id: Mapped[Number]
    sale_id: Mapped[str] = mapped_column(ForeignKey("sales.id"), index=True)
    kind: Mapped[str]  # tail | goods
    value: Mapped[str]
    business_day: Mapped[str]


class SaleBook(Base):
    """How often what went back of a sale has changed; the sale itself may still be on its way."""

    __tablename__ = "sale_books"

    sale_id: Mapped[TextKey]
    version: Mapped[int]
