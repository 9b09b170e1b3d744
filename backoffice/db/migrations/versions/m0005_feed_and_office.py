"""The feed to the terminals, and the people of the office."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Id = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("cursor", Big, autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at_ms", Big, nullable=False),
        sa.PrimaryKeyConstraint("cursor", name=op.f("feed_pk")),
        sa.UniqueConstraint(
            "scope", "target", "what", "about", name=op.f("feed_once_scope_target_what_about")
        ),
    )
    op.create_index("feed_by_target", "feed", ["scope", "target", "cursor"], unique=False)
    op.create_table(
        "feed_head",
        sa.Column("id", Big, autoincrement=False, nullable=False),
        sa.Column("cursor", Big, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("feed_head_pk")),
    )
    op.execute("INSERT INTO feed_head (id, cursor) VALUES (1, 0)")
    op.create_table(
        "office_users",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("made_at", Big, nullable=False),
        sa.Column("disabled_at", Big, nullable=True),
        sa.Column("failed", Big, nullable=False),
        sa.Column("locked_until", Big, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("office_users_pk")),
    )
    op.create_table(
        "office_sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("made_at", Big, nullable=False),
        sa.Column("seen_at", Big, nullable=False),
        sa.Column("expires_at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_name"], ["office_users.name"], name=op.f("office_sessions_user_name_fk")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("office_sessions_pk")),
    )
    op.create_index(
        op.f("office_sessions_by_user_name"), "office_sessions", ["user_name"], unique=False
    )
    op.create_table(
        "office_audit",
        sa.Column("id", Big, autoincrement=True, nullable=False),
        sa.Column("at_ms", Big, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("office_audit_pk")),
    )
    op.create_index(op.f("office_audit_by_about"), "office_audit", ["about"], unique=False)
