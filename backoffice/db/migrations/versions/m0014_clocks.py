"""How our clock stood to each terminal's own running time, and when by that a return was made."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("returns", sa.Column("boot", sa.Text(), nullable=True))
    op.add_column("returns", sa.Column("uptime_ms", Big, nullable=True))
    op.create_table(
        "unit_clocks",
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("uptime_ms", Big, nullable=False),
        sa.Column("office_ms", Big, nullable=False),
        sa.PrimaryKeyConstraint("terminal", "boot", "uptime_ms", name="unit_clocks_pk"),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.name"], name="unit_clocks_terminal_fk"),
    )
