"""What terminals recorded, partitioned by month on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Id = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "branches",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("number", Big, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("from_seq", Big, nullable=False),
        sa.Column("acked", Big, nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.Column("enrolment", Big, nullable=False),
        sa.Column("opened_at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["terminal"], ["terminals.name"], name=op.f("branches_terminal_fk")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("branches_pk")),
        sa.UniqueConstraint("terminal", "number", name=op.f("branches_once_terminal_number")),
    )
    op.create_table(
        "records",
        sa.Column("id", Id, nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("branch", Big, nullable=False),
        sa.Column("seq", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at_ms", Big, nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("uptime_ms", Big, nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("promise", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", Big, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("records_pk")),
        postgresql_partition_by="RANGE (id)",
    )
    if op.get_bind().dialect.name == "postgresql":  # the months follow (backoffice/db/months.py)
        op.execute("CREATE TABLE records_default PARTITION OF records DEFAULT")
    op.create_index("records_by_seq", "records", ["terminal", "seq"], unique=False)
    op.create_table(
        "record_parts",
        sa.Column("record_id", Id, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("personal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("record_parts_pk")),
    )
    op.create_table(
        "parked",
        sa.Column("record_id", Id, nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("seq", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("parked_at", Big, nullable=False),
        sa.Column("settled_at", Big, nullable=True),
        sa.PrimaryKeyConstraint("record_id", name=op.f("parked_pk")),
    )
    op.create_index(op.f("parked_by_terminal"), "parked", ["terminal"], unique=False)
    op.create_table(
        "refused",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("seq", Big, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("refused_at", Big, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("refused_pk")),
        sa.UniqueConstraint("terminal", "digest", name=op.f("refused_once_terminal_digest")),
    )
