"""Returns, refunds, conflict cases, history."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Id = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "returns",
        sa.Column("id", Id, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("sale_id", sa.Text(), nullable=False),
        sa.Column("receipt_no", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("digits", Big, nullable=False),
        sa.Column("amount", Big, nullable=False),
        sa.Column("refund", Big, nullable=False),
        sa.Column("fee", Big, nullable=False),
        sa.Column("shortfall", Big, nullable=False),
        sa.Column("gifts", Big, nullable=False),
        sa.Column("cashier", sa.Text(), nullable=False),
        sa.Column("recorded_at", Big, nullable=False),
        sa.Column("arrival", Big, nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("submitted_at", Big, nullable=True),
        sa.Column("submitted_how", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", Big, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("confirmed_at", Big, nullable=True),
        sa.Column("confirmed_how", sa.Text(), nullable=False),
        sa.Column("finished_at", Big, nullable=True),
        sa.Column("voided_at", Big, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", Big, nullable=False),
        sa.Column("changed_at", Big, nullable=False),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.name"], name=op.f("returns_terminal_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("returns_pk")),
        sa.UniqueConstraint("number", name=op.f("returns_once_number")),
    )
    op.create_index(op.f("returns_by_code_hash"), "returns", ["code_hash"], unique=False)
    op.create_index(op.f("returns_by_sale_id"), "returns", ["sale_id"], unique=False)
    op.create_index(op.f("returns_by_state"), "returns", ["state"], unique=False)
    op.create_index(op.f("returns_by_terminal"), "returns", ["terminal"], unique=False)
    op.create_table(
        "return_lines",
        sa.Column("return_id", Id, nullable=False),
        sa.Column("place", Big, nullable=False),
        sa.Column("line", Big, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("quantity", Big, nullable=False),
        sa.Column("amount", Big, nullable=False),
        sa.Column("tax", Big, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("return_lines_return_id_fk")
        ),
        sa.PrimaryKeyConstraint("return_id", "place", name=op.f("return_lines_pk")),
    )
    op.create_table(
        "refunds",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("return_id", Id, nullable=False),
        sa.Column("position", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", Big, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("refund_no", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("actual", Big, nullable=True),
        sa.Column("why_zh", sa.Text(), nullable=False),
        sa.Column("why_en", sa.Text(), nullable=False),
        sa.Column("rail_ref", sa.Text(), nullable=False),
        sa.Column("tries", Big, nullable=False),
        sa.Column("due_at", Big, nullable=False),
        sa.Column("made_at", Big, nullable=False),
        sa.Column("changed_at", Big, nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("refunds_return_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("refunds_pk")),
        sa.UniqueConstraint("refund_no", name=op.f("refunds_once_refund_no")),
        sa.UniqueConstraint("return_id", "position", name=op.f("refunds_once_return_id_position")),
    )
    op.create_index("refunds_by_due", "refunds", ["state", "held", "due_at"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("return_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("opened_at", Big, nullable=False),
        sa.Column("closed_at", Big, nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("cases_return_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("cases_pk")),
    )
    op.create_index(op.f("cases_by_return_id"), "cases", ["return_id"], unique=False)
    op.create_table(
        "history",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("return_id", Id, nullable=False),
        sa.Column("version", Big, nullable=False),
        sa.Column("at_ms", Big, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("history_return_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("history_pk")),
    )
    op.create_index(op.f("history_by_return_id"), "history", ["return_id"], unique=False)
