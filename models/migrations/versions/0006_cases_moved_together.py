"""Cases moved together because the calendar changed: what was approved, kept for undo and notice."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "bulk_moves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "day_closed",
                "session_closed",
                "judge_away",
                "fewer_places",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("closed_from", sa.Time(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("judge_id", sa.Uuid(), nullable=True),
        sa.Column("capacity_cases", sa.Integer(), nullable=True),
        sa.Column("capacity_minutes", sa.Integer(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_bulk_moves_undone_by_somebody")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_bulk_moves_days_in_order")),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_bulk_moves_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["judge_id"], ["judges.id"], name=op.f("fk_bulk_moves_judge_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_bulk_moves_recorded_by"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["court_sessions.id"],
            name=op.f("fk_bulk_moves_session_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["users.id"], name=op.f("fk_bulk_moves_undone_by"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_moves")),
        sa.UniqueConstraint("court_id", "token", name=op.f("uq_bulk_moves_court_id_token")),
    )
    with op.batch_alter_table("bulk_moves", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bulk_moves_court_id_recorded_at"), ["court_id", "recorded_at"], unique=False
        )

    op.create_table(
        "moved_cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("bulk_move_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("appearance_id", sa.Uuid(), nullable=False),
        sa.Column("moved_to_id", sa.Uuid(), nullable=False),
        sa.Column("back_id", sa.Uuid(), nullable=True),
        sa.Column("kept_reason", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appearance_id"],
            ["appearances.id"],
            name=op.f("fk_moved_cases_appearance_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["back_id"], ["appearances.id"], name=op.f("fk_moved_cases_back_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["bulk_move_id"],
            ["bulk_moves.id"],
            name=op.f("fk_moved_cases_bulk_move_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_moved_cases_case_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_moved_cases_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["moved_to_id"],
            ["appearances.id"],
            name=op.f("fk_moved_cases_moved_to_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_cases")),
        sa.UniqueConstraint("bulk_move_id", "appearance_id", name=op.f("uq_moved_cases_bulk_move_id_appearance_id")),
    )
    with op.batch_alter_table("moved_cases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_moved_cases_court_id_bulk_move_id"), ["court_id", "bulk_move_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_moved_cases_court_id_case_id"), ["court_id", "case_id"], unique=False)


def downgrade() -> None:
    """Take the database back to the version before."""
    with op.batch_alter_table("moved_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moved_cases_court_id_case_id"))
        batch_op.drop_index(batch_op.f("ix_moved_cases_court_id_bulk_move_id"))

    op.drop_table("moved_cases")
    with op.batch_alter_table("bulk_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_moves_court_id_recorded_at"))

    op.drop_table("bulk_moves")
