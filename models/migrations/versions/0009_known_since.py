"""Warrants and new arrests as facts; since when the court has known what it knows."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: Instants (UTC) that were not kept before; where one is empty, the civil date beside it is all that is known.
_SINCE_WHEN = (
    ("appearances", "known_at"),
    ("attendances", "known_at"),
    ("phase_periods", "left_at"),
    ("releases", "revoked_at"),
    ("reports", "withdrawn_at"),
)


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "arrests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("arrested_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "police",
                "prosecution",
                "defence",
                "participant",
                "provider",
                "court_records",
                "other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", AutoString(), nullable=True),
        sa.Column(
            "choice",
            sa.Enum(
                "excuse",
                "advance_with_counsel",
                "warrant_stayed",
                "warrant_issued",
                name="choice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("struck_at", UTCDateTime(), nullable=True),
        sa.Column("struck_reason", AutoString(), nullable=True),
        sa.CheckConstraint("told_on >= arrested_on", name=op.f("ck_arrests_told_after")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_arrests_case_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_arrests_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_arrests_decision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_arrests_recorded_by"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrests")),
        sa.UniqueConstraint("court_id", "token", name=op.f("uq_arrests_court_id_token")),
    )
    with op.batch_alter_table("arrests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_arrests_court_id_case_id_arrested_on"), ["court_id", "case_id", "arrested_on"], unique=False
        )

    op.create_table(
        "warrants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("stayed", "issued", "vacated", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("ordered_by", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("replaced_at", UTCDateTime(), nullable=True),
        sa.Column("struck_reason", AutoString(), nullable=True),
        sa.CheckConstraint(
            "struck_reason IS NULL OR replaced_at IS NOT NULL", name=op.f("ck_warrants_struck_is_replaced")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_warrants_case_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_warrants_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_warrants_decision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_warrants_recorded_by"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warrants")),
    )
    with op.batch_alter_table("warrants", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_warrants_court_id_case_id_recorded_at"), ["court_id", "case_id", "recorded_at"], unique=False
        )
        batch_op.create_index(
            "uq_warrants_in_force",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    for table, column in _SINCE_WHEN:
        op.add_column(table, sa.Column(column, UTCDateTime(), nullable=True))


def downgrade() -> None:
    """Take the database back to the version before."""
    for table, column in reversed(_SINCE_WHEN):
        op.drop_column(table, column)
    with op.batch_alter_table("warrants", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_warrants_in_force",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_warrants_court_id_case_id_recorded_at"))

    op.drop_table("warrants")
    with op.batch_alter_table("arrests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrests_court_id_case_id_arrested_on"))

    op.drop_table("arrests")
