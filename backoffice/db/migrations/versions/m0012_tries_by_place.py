"""Wrong passwords are counted by where they come from, no more in the person's row."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("failed", "locked_until"):
        op.drop_column("office_users", name)
