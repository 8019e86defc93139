"""Reminders to participants: the outbox, what they agreed to, and the follow-up where one was not sent."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from models.migrations.words import hold_to

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BEFORE = (
    *("no_next_date", "approve_date", "no_outcome", "nothing_done", "report_reminder", "report_late"),
    *("referral_unanswered", "need_without_place", "no_contact", "release_expiring", "release_expired", "acd_expiry"),
    *("sealing", "interpreter", "response_due", "promise", "ready", "manual"),
)
_AFTER = (*_BEFORE[:-1], "reminder_not_sent", "manual")


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("appearance_id", sa.Uuid(), nullable=False),
        sa.Column("occurrence", AutoString(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "claimed",
                "sent",
                "dropped",
                "failed",
                "not_known",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "dropped",
            sa.Enum(
                "moved",
                "session_closed",
                "case_left",
                "stopped",
                "no_safe_way",
                "no_gateway",
                "no_longer_due",
                "too_late",
                "declined",
                name="dropped",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", UTCDateTime(), nullable=True),
        sa.Column("claimed_at", UTCDateTime(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "phone",
                "text",
                "email",
                "mail",
                "through_provider",
                "through_counsel",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("language", AutoString(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("(state = 'dropped') = (dropped IS NOT NULL)", name=op.f("ck_reminders_dropped_has_reason")),
        sa.CheckConstraint(
            "state NOT IN ('claimed', 'sent') OR claimed_at IS NOT NULL", name=op.f("ck_reminders_claimed_before_sent")
        ),
        sa.ForeignKeyConstraint(
            ["appearance_id"],
            ["appearances.id"],
            name=op.f("fk_reminders_appearance_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["users.id"], name=op.f("fk_reminders_approved_by"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_reminders_case_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_reminders_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("court_id", "occurrence", name=op.f("uq_reminders_court_id_occurrence")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminders_court_id_case_id"), ["court_id", "case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reminders_court_id_state_due_on"), ["court_id", "state", "due_on"], unique=False
        )

    op.add_column("contact_channels", sa.Column("reminders", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("participants", sa.Column("no_reminders_since", sa.Date(), nullable=True))
    hold_to("follow_ups", "kind", _BEFORE, _AFTER)


def downgrade() -> None:
    """Take the database back to the version before."""
    op.execute("DELETE FROM follow_ups WHERE kind = 'reminder_not_sent'")
    hold_to("follow_ups", "kind", _AFTER, _BEFORE)
    op.drop_column("participants", "no_reminders_since")
    op.drop_column("contact_channels", "reminders")
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminders_court_id_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_reminders_court_id_case_id"))

    op.drop_table("reminders")
