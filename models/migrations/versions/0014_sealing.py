"""Sealing, unsealing, vacating and expunging; the keys by which a person is found by name."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from models.rules.sounds import sound
from models.tables.base import new_id

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "agencies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "prosecution",
                "police",
                "repository",
                "defense",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("how", AutoString(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_agencies_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("court_id", "name", name=op.f("uq_agencies_court_id_name")),
    )
    op.create_table(
        "remaining_facts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("opened_year", sa.Integer(), nullable=False),
        sa.Column(
            "ended",
            sa.Enum(
                "identified",
                "screened",
                "offered",
                "active",
                "completed",
                "acd",
                "dismissed",
                "sealed",
                "declined",
                "absconded",
                "transferred",
                "terminated",
                name="ended",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("program", AutoString(), nullable=True),
        sa.Column("sessions_agreed", sa.Integer(), nullable=True),
        sa.Column("sessions_attended", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_remaining_facts_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remaining_facts")),
    )
    op.create_table(
        "expungings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("judge", AutoString(), nullable=False),
        sa.Column("statute", AutoString(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("cleaned_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_expungings_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_expungings_recorded_by"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expungings")),
        sa.UniqueConstraint("court_id", "token", name=op.f("uq_expungings_court_id_token")),
    )
    op.create_table(
        "name_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("sound", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_name_keys_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_name_keys_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_keys")),
    )
    op.create_index(op.f("ix_name_keys_court_id_sound_word"), "name_keys", ["court_id", "sound", "word"], unique=False)
    op.create_index(
        op.f("ix_name_keys_court_id_word_person_id"), "name_keys", ["court_id", "word", "person_id"], unique=False
    )
    op.create_index(op.f("ix_name_keys_person_id"), "name_keys", ["person_id"], unique=False)
    op.create_table(
        "sealings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("authority", AutoString(), nullable=False),
        sa.Column("order_number", AutoString(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("judge", AutoString(), nullable=True),
        sa.Column("statutes", sa.JSON(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("notices_until", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_sealings_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_sealings_recorded_by"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealings")),
        sa.UniqueConstraint("court_id", "token", name=op.f("uq_sealings_court_id_token")),
    )
    op.create_index(op.f("ix_sealings_court_id_notices_until"), "sealings", ["court_id", "notices_until"], unique=False)
    op.create_table(
        "sealed_cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("sealing_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("docket_number", AutoString(), nullable=False),
        sa.Column(
            "from_stage",
            sa.Enum(
                "identified",
                "screened",
                "offered",
                "active",
                "completed",
                "acd",
                "dismissed",
                "sealed",
                "declined",
                "absconded",
                "transferred",
                "terminated",
                name="from_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_since", sa.Date(), nullable=False),
        sa.Column("sealed_on", sa.Date(), nullable=False),
        sa.Column("order_number", AutoString(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("judge", AutoString(), nullable=True),
        sa.Column("reason", AutoString(), nullable=True),
        sa.Column("unsealed_by", sa.Uuid(), nullable=True),
        sa.Column("unsealed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(unsealed_at IS NULL) = (unsealed_by IS NULL) AND (unsealed_at IS NULL) = (order_number IS NULL) AND (unsealed_at IS NULL) = (ordered_on IS NULL) AND (unsealed_at IS NULL) = (judge IS NULL) AND (unsealed_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_sealed_cases_unsealed_by_order"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_sealed_cases_case_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_sealed_cases_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["sealing_id"],
            ["sealings.id"],
            name=op.f("fk_sealed_cases_sealing_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unsealed_by"],
            ["users.id"],
            name=op.f("fk_sealed_cases_unsealed_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_cases")),
    )
    op.create_index(
        op.f("ix_sealed_cases_court_id_docket_number"), "sealed_cases", ["court_id", "docket_number"], unique=False
    )
    op.create_index(
        op.f("ix_sealed_cases_court_id_sealing_id"), "sealed_cases", ["court_id", "sealing_id"], unique=False
    )
    op.create_index(
        "uq_sealed_cases_sealed",
        "sealed_cases",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("unsealed_at IS NULL"),
        postgresql_where=sa.text("unsealed_at IS NULL"),
    )
    op.create_table(
        "vacaturs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("judge", AutoString(), nullable=False),
        sa.Column("statute", AutoString(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_vacaturs_case_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_vacaturs_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_vacaturs_recorded_by"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacaturs")),
        sa.UniqueConstraint("court_id", "token", name=op.f("uq_vacaturs_court_id_token")),
    )
    op.create_index(op.f("ix_vacaturs_court_id_case_id"), "vacaturs", ["court_id", "case_id"], unique=False)
    _write_keys()


def _write_keys() -> None:
    """Give every person the keys of her names."""
    connection = op.get_bind()
    persons, keys = (sa.table(name, *map(sa.column, names)) for name, names in _COLUMNS.items())
    persons.c.id.type = persons.c.court_id.type = keys.c.id.type = keys.c.court_id.type = sa.Uuid()
    keys.c.person_id.type = sa.Uuid()
    found = connection.execute(sa.select(persons.c.id, persons.c.court_id, persons.c.search_key)).all()
    rows = [
        {"id": new_id(), "court_id": court_id, "person_id": person_id, "word": word, "sound": sound(word)}
        for person_id, court_id, search_key in found
        for word in search_key.split()
    ]
    for start in range(0, len(rows), 10_000):
        connection.execute(sa.insert(keys), rows[start : start + 10_000])


_COLUMNS = {"persons": ("id", "court_id", "search_key"), "name_keys": ("id", "court_id", "person_id", "word", "sound")}

#: A release before this one knows sealed cases by their own number.
_NUMBERS_BACK = """
UPDATE cases SET docket_number = (
    SELECT sealed.docket_number FROM sealed_cases AS sealed WHERE sealed.case_id = cases.id AND sealed.unsealed_at IS NULL
)
WHERE EXISTS (
    SELECT 1 FROM sealed_cases AS sealed
    WHERE sealed.case_id = cases.id AND sealed.unsealed_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM cases AS other
        WHERE other.court_id = cases.court_id AND other.docket_number = sealed.docket_number
    ) AND NOT EXISTS (
        SELECT 1 FROM sealed_cases AS later
        WHERE later.court_id = sealed.court_id AND later.docket_number = sealed.docket_number
        AND later.unsealed_at IS NULL AND later.id > sealed.id
    )
)
"""


def downgrade() -> None:
    """Take the database back to the version before."""
    op.execute(_NUMBERS_BACK)
    op.drop_index(
        op.f("ix_vacaturs_court_id_case_id"),
        "vacaturs",
    )
    op.drop_table("vacaturs")
    op.drop_index(
        "uq_sealed_cases_sealed",
        "sealed_cases",
        sqlite_where=sa.text("unsealed_at IS NULL"),
        postgresql_where=sa.text("unsealed_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_sealed_cases_court_id_sealing_id"),
        "sealed_cases",
    )
    op.drop_index(
        op.f("ix_sealed_cases_court_id_docket_number"),
        "sealed_cases",
    )
    op.drop_table("sealed_cases")
    op.drop_index(
        op.f("ix_sealings_court_id_notices_until"),
        "sealings",
    )
    op.drop_table("sealings")
    op.drop_index(
        op.f("ix_name_keys_person_id"),
        "name_keys",
    )
    op.drop_index(
        op.f("ix_name_keys_court_id_word_person_id"),
        "name_keys",
    )
    op.drop_index(
        op.f("ix_name_keys_court_id_sound_word"),
        "name_keys",
    )
    op.drop_table("name_keys")
    op.drop_table("expungings")
    op.drop_table("remaining_facts")
    op.drop_table("agencies")
