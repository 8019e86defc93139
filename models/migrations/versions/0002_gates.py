"""The gates before liberty is taken or a program is ended."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "gated_measures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum("liberty", "termination", name="measure", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("what", AutoString(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=False),
        sa.Column("counsel_on", sa.Date(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("finding", AutoString(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("dropped_reason", AutoString(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "counsel_on IS NULL OR counsel_on >= notice_on", name=op.f("ck_gated_measures_counsel_after_notice")
        ),
        sa.CheckConstraint(
            "dropped_on IS NULL OR (dropped_reason IS NOT NULL AND taken_on IS NULL)",
            name=op.f("ck_gated_measures_dropped"),
        ),
        sa.CheckConstraint(
            "found_on IS NULL OR (heard_on IS NOT NULL AND found_on >= heard_on AND finding IS NOT NULL)",
            name=op.f("ck_gated_measures_found_after_heard"),
        ),
        sa.CheckConstraint(
            "heard_on IS NULL OR (counsel_on IS NOT NULL AND heard_on >= counsel_on)",
            name=op.f("ck_gated_measures_heard_after_counsel"),
        ),
        sa.CheckConstraint(
            "taken_on IS NULL OR (found_on IS NOT NULL AND taken_on >= found_on)",
            name=op.f("ck_gated_measures_taken_after_found"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_gated_measures_case_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_gated_measures_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_gated_measures_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gated_measures")),
    )
    with op.batch_alter_table("gated_measures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gated_measures_court_id_case_id"), ["court_id", "case_id"], unique=False)
        batch_op.create_index(
            "uq_gated_measures_open",
            ["case_id", "measure"],
            unique=True,
            sqlite_where=sa.text("taken_on IS NULL AND dropped_on IS NULL"),
            postgresql_where=sa.text("taken_on IS NULL AND dropped_on IS NULL"),
        )


def downgrade() -> None:
    """Take the database back to the version before."""
    with op.batch_alter_table("gated_measures", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_gated_measures_open",
            sqlite_where=sa.text("taken_on IS NULL AND dropped_on IS NULL"),
            postgresql_where=sa.text("taken_on IS NULL AND dropped_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_gated_measures_court_id_case_id"))

    op.drop_table("gated_measures")
