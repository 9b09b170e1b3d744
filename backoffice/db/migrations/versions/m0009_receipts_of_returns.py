"""What came back on a receipt is found at once, however much came back on others."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("returns_by_receipt_no"), "returns", ["receipt_no"], unique=False)
