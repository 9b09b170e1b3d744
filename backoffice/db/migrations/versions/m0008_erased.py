"""When what was personal of a sale or a return was erased; what is not yet, is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table, column in (("sales", "business_day"), ("returns", "recorded_at")):
        op.add_column(table, sa.Column("erased_at", Big, nullable=True))
        unerased = sa.text("erased_at IS NULL")
        op.create_index(
            f"{table}_to_erase",
            table,
            [column],
            unique=False,
            sqlite_where=unerased,
            postgresql_where=unerased,
        )
    op.create_index(op.f("feed_by_about"), "feed", ["about"], unique=False)
