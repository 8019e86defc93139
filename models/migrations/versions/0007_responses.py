"""Behaviour the court left without a response and why, and why a response was withdrawn."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "left_unanswered",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "behaviour",
            sa.Enum(
                "attended_all",
                "milestone",
                "unacceptable_absence",
                "missed_appearance",
                "distal_goal_not_met",
                "other",
                name="behaviour",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "incentive",
                "sanction",
                "service_adjustment",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("because", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("policy_version", AutoString(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_left_unanswered_case_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_left_unanswered_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_left_unanswered_decision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_left_unanswered_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_unanswered")),
        sa.UniqueConstraint(
            "decision_id", "behaviour", "kind", name=op.f("uq_left_unanswered_decision_id_behaviour_kind")
        ),
    )
    with op.batch_alter_table("left_unanswered", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_left_unanswered_court_id_decided_on"), ["court_id", "decided_on"], unique=False
        )

    op.add_column("responses", sa.Column("withdrawn_reason", AutoString(), nullable=True))
    op.create_index(op.f("ix_responses_court_id_decided_on"), "responses", ["court_id", "decided_on"], unique=False)


def downgrade() -> None:
    """Take the database back to the version before."""
    op.drop_index(op.f("ix_responses_court_id_decided_on"), table_name="responses")
    op.drop_column("responses", "withdrawn_reason")
    with op.batch_alter_table("left_unanswered", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_left_unanswered_court_id_decided_on"))

    op.drop_table("left_unanswered")
