"""What was asked of the rails."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "refund_moves",
        sa.Column("refund_no", sa.Text(), nullable=False),
        sa.Column("refund_id", Big, nullable=False),
        sa.Column("rail", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("next_rail", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("paid", Big, nullable=False),
        sa.Column("paid_at", Big, nullable=False),
        sa.Column("part", Big, nullable=False),
        sa.Column("todo", sa.Text(), nullable=False),
        sa.Column("asked_at", Big, nullable=True),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("silences", Big, nullable=False),
        sa.Column("arrived_at", Big, nullable=True),
        sa.Column("arrived_where", sa.Text(), nullable=False),
        sa.Column("made_at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refunds.id"], name=op.f("refund_moves_refund_id_fk")
        ),
        sa.PrimaryKeyConstraint("refund_no", name=op.f("refund_moves_pk")),
    )
    op.create_index(op.f("refund_moves_by_refund_id"), "refund_moves", ["refund_id"], unique=False)
    op.create_index("refund_moves_by_payment", "refund_moves", ["rail", "reference"], unique=False)
