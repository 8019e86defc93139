"""Court time: how a part sits, terms, judges away, partial closures, and what fills a session."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _what_fills_it() -> tuple[sa.Column[str], sa.Column[int]]:
    by = sa.Enum("cases", "minutes", "either", name="capacity_by", native_enum=False, create_constraint=True, length=40)
    return (
        sa.Column("capacity_by", by, server_default="either", nullable=False),
        sa.Column("kept_for_new", sa.Integer(), server_default="0", nullable=False),
    )


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "terms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_terms_days_in_order")),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_terms_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("court_id", "name", "first_on", name=op.f("uq_terms_court_id_name_first_on")),
    )
    op.create_table(
        "judge_absences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("judge_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("reason", AutoString(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_judge_absences_days_in_order")),
        sa.CheckConstraint("substitute_id <> judge_id", name=op.f("ck_judge_absences_substitute_is_another")),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_judge_absences_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["judge_id"], ["judges.id"], name=op.f("fk_judge_absences_judge_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_judge_absences_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"],
            ["judges.id"],
            name=op.f("fk_judge_absences_substitute_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judge_absences")),
    )
    with op.batch_alter_table("judge_absences", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_judge_absences_court_id_judge_id_first_on"),
            ["court_id", "judge_id", "first_on"],
            unique=False,
        )

    op.create_table(
        "sitting_patterns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("judge_id", sa.Uuid(), nullable=True),
        sa.Column(
            "rhythm",
            sa.Enum("weekly", "monthly", "dated", name="rhythm", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("every_weeks", sa.Integer(), nullable=True),
        sa.Column("nth", sa.Integer(), nullable=True),
        sa.Column("dates", sa.JSON(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("capacity_cases", sa.Integer(), nullable=False),
        sa.Column("capacity_minutes", sa.Integer(), nullable=False),
        sa.Column(
            "capacity_by",
            sa.Enum(
                "cases", "minutes", "either", name="capacity_by", native_enum=False, create_constraint=True, length=40
            ),
            server_default="either",
            nullable=False,
        ),
        sa.Column("kept_for_new", sa.Integer(), server_default="0", nullable=False),
        sa.Column("interpreter_languages", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("rhythm <> 'monthly' OR nth BETWEEN 1 AND 5", name=op.f("ck_sitting_patterns_nth")),
        sa.CheckConstraint("rhythm <> 'weekly' OR every_weeks >= 1", name=op.f("ck_sitting_patterns_weeks")),
        sa.CheckConstraint("rhythm = 'dated' OR weekday BETWEEN 0 AND 6", name=op.f("ck_sitting_patterns_weekday")),
        sa.CheckConstraint("capacity_cases >= 1 AND capacity_minutes >= 1", name=op.f("ck_sitting_patterns_capacity")),
        sa.CheckConstraint("until_on IS NULL OR from_on <= until_on", name=op.f("ck_sitting_patterns_days_in_order")),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["courts.id"],
            name=op.f("fk_sitting_patterns_court_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["judge_id"],
            ["judges.id"],
            name=op.f("fk_sitting_patterns_judge_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["parts.id"], name=op.f("fk_sitting_patterns_part_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_sitting_patterns_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_patterns")),
    )
    with op.batch_alter_table("sitting_patterns", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sitting_patterns_court_id_part_id_from_on"), ["court_id", "part_id", "from_on"], unique=False
        )

    op.add_column("closures", sa.Column("closed_from", sa.Time(), nullable=True))
    for table in ("court_sessions", "parts"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in _what_fills_it():
                batch_op.add_column(column)

    with op.batch_alter_table("court_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("interpreter_languages", sa.JSON(), server_default="[]", nullable=False))
        for name, other in (("substitute_for", "judges"), ("pattern_id", "sitting_patterns")):
            key = batch_op.f(f"fk_court_sessions_{name}")
            batch_op.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            batch_op.create_foreign_key(key, other, [name], ["id"], initially="DEFERRED", deferrable=True)
        batch_op.create_index("ix_court_sessions_part", ["court_id", "part_id", "held_on"], unique=False)
        batch_op.create_index("uq_court_sessions_pattern", ["pattern_id", "held_on"], unique=True)


def downgrade() -> None:
    """Take the database back to the version before."""
    with op.batch_alter_table("court_sessions", schema=None) as batch_op:
        batch_op.drop_index("uq_court_sessions_pattern")
        batch_op.drop_index("ix_court_sessions_part")
        for name in ("pattern_id", "substitute_for"):
            batch_op.drop_constraint(batch_op.f(f"fk_court_sessions_{name}"), type_="foreignkey")
            batch_op.drop_column(name)
        batch_op.drop_column("interpreter_languages")

    for table in ("court_sessions", "parts"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_capacity_by"), type_="check")
            batch_op.drop_column("kept_for_new")
            batch_op.drop_column("capacity_by")

    op.drop_column("closures", "closed_from")
    with op.batch_alter_table("sitting_patterns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_patterns_court_id_part_id_from_on"))

    op.drop_table("sitting_patterns")
    with op.batch_alter_table("judge_absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judge_absences_court_id_judge_id_first_on"))

    op.drop_table("judge_absences")
    op.drop_table("terms")
