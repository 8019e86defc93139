"""The versions of a court's own policy."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "policy_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("put_in_force_by", sa.Uuid(), nullable=True),
        sa.Column("put_in_force_at", UTCDateTime(), nullable=True),
        sa.Column("reason", AutoString(), nullable=True),
        sa.CheckConstraint(
            "(in_force_from IS NULL) = (put_in_force_at IS NULL) AND (in_force_from IS NULL) = (reason IS NULL)",
            name=op.f("ck_policy_versions_put_in_force"),
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_policy_versions_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["put_in_force_by"],
            ["users.id"],
            name=op.f("fk_policy_versions_put_in_force_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["users.id"],
            name=op.f("fk_policy_versions_written_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_versions")),
        sa.UniqueConstraint("court_id", "in_force_from", name=op.f("uq_policy_versions_court_id_in_force_from")),
        sa.UniqueConstraint("court_id", "name", name=op.f("uq_policy_versions_court_id_name")),
    )
    with op.batch_alter_table("policy_versions", schema=None) as batch_op:
        batch_op.create_index(
            "uq_policy_versions_draft",
            ["court_id"],
            unique=True,
            sqlite_where=sa.text("in_force_from IS NULL"),
            postgresql_where=sa.text("in_force_from IS NULL"),
        )


def downgrade() -> None:
    """Take the database back to the version before."""
    with op.batch_alter_table("policy_versions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_policy_versions_draft",
            sqlite_where=sa.text("in_force_from IS NULL"),
            postgresql_where=sa.text("in_force_from IS NULL"),
        )

    op.drop_table("policy_versions")
