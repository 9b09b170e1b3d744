"""Returns by their cashier, their day, and the return that they took the place of."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("cashier", "recorded_at", "replaces"):
        op.create_index(f"returns_by_{column}", "returns", [column])
