"""Sales of all shops, and clues to find them by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Id = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "sales",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("workstation", sa.Text(), nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.Column("sequence", Big, nullable=False),
        sa.Column("receipt_no", sa.Text(), nullable=False),
        sa.Column("sold_at", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("digits", Big, nullable=False),
        sa.Column("total", Big, nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("arrived_at", Big, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("sales_pk")),
    )
    op.create_index("sales_by_day_and_total", "sales", ["business_day", "total"], unique=False)
    op.create_index(op.f("sales_by_receipt_no"), "sales", ["receipt_no"], unique=False)
    op.create_table(
        "sale_lines",
        sa.Column("sale_id", sa.Text(), nullable=False),
        sa.Column("line", Big, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("gtin", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("quantity", Big, nullable=False),
        sa.Column("paid", Big, nullable=False),
        sa.Column("tax", Big, nullable=False),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("sale_lines_sale_id_fk")),
        sa.PrimaryKeyConstraint("sale_id", "line", name=op.f("sale_lines_pk")),
    )
    op.create_table(
        "sale_tenders",
        sa.Column("sale_id", sa.Text(), nullable=False),
        sa.Column("position", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", Big, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("sale_tenders_sale_id_fk")),
        sa.PrimaryKeyConstraint("sale_id", "position", name=op.f("sale_tenders_pk")),
    )
    op.create_table(
        "sale_clues",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("sale_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("sale_clues_sale_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("sale_clues_pk")),
    )
    op.create_index(op.f("sale_clues_by_sale_id"), "sale_clues", ["sale_id"], unique=False)
    op.create_index(
        "sale_clues_by_value", "sale_clues", ["kind", "value", "business_day"], unique=False
    )
    op.create_table(
        "sale_books",
        sa.Column("sale_id", sa.Text(), nullable=False),
        sa.Column("version", Big, nullable=False),
        sa.PrimaryKeyConstraint("sale_id", name=op.f("sale_books_pk")),
    )
