"""The terminals and what they prove themselves with."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Id = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "terminals",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("made_at", Big, nullable=False),
        sa.Column("enrolments", Big, nullable=False),
        sa.Column("numbers_after", Big, nullable=False),
        sa.Column("seen_at", Big, nullable=True),
        sa.Column("revoked_at", Big, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("terminals_pk")),
    )
    op.create_index(op.f("terminals_by_store"), "terminals", ["store"], unique=False)
    op.create_table(
        "certificates",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("issued_at", Big, nullable=False),
        sa.Column("expires_at", Big, nullable=False),
        sa.Column("revoked_at", Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["terminal"], ["terminals.name"], name=op.f("certificates_terminal_fk")
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("certificates_pk")),
    )
    op.create_index(op.f("certificates_by_terminal"), "certificates", ["terminal"], unique=False)
    op.create_table(
        "terminal_keys",
        sa.Column("key", Big, autoincrement=True, nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Big, nullable=False),
        sa.Column("revoked_at", Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["terminal"], ["terminals.name"], name=op.f("terminal_keys_terminal_fk")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("terminal_keys_pk")),
    )
    op.create_index(op.f("terminal_keys_by_terminal"), "terminal_keys", ["terminal"], unique=False)
    op.create_table(
        "enrolment_codes",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", Big, nullable=False),
        sa.Column("expires_at", Big, nullable=False),
        sa.Column("used_at", Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["terminal"], ["terminals.name"], name=op.f("enrolment_codes_terminal_fk")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("enrolment_codes_pk")),
    )
    op.create_index(
        op.f("enrolment_codes_by_terminal"), "enrolment_codes", ["terminal"], unique=False
    )
