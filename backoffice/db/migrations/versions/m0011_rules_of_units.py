"""By which rules a terminal says that it works, and which it refused."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("rules", "rules_refused"):
        op.add_column("terminals", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("terminals", sa.Column("rules_refused_at", Big, nullable=True))
