"""Tries in vain at codes and passwords, counted over all processes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "wrong_tries",
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("used", Big, nullable=False),
        sa.Column("at_ms", Big, nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("wrong_tries_pk")),
    )
