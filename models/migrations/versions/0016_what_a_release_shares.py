"""What a release shares with whom, for what, until when, and how it was taken back; providers whose place is secret."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_USES = ("monitoring", "coordination")
_UNTIL = ("date", "mandate", "disposition")
_REVOKED = ("in_court", "in_writing", "by_word", "through_provider", "through_counsel")


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Take the database to this version: earlier releases were for reports to the court, and could be taken back."""
    op.add_column("providers", sa.Column("address", AutoString(), nullable=True))
    op.add_column("providers", sa.Column("confidential", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("releases") as releases:
        releases.add_column(
            sa.Column("information", sa.String(200), server_default="attendance progress", nullable=False)
        )
        releases.add_column(sa.Column("recipients", sa.String(200), server_default="court", nullable=False))
        releases.add_column(sa.Column("use", _word("use", _USES), server_default="monitoring", nullable=False))
        releases.add_column(sa.Column("until", _word("until", _UNTIL), server_default="date", nullable=False))
        releases.add_column(sa.Column("event_on", sa.Date(), nullable=True))
        releases.add_column(sa.Column("binding", sa.Boolean(), server_default=sa.false(), nullable=False))
        releases.add_column(sa.Column("revoked_how", _word("revoked_how", _REVOKED), nullable=True))


def downgrade() -> None:
    """Take the database back to the version before."""
    with op.batch_alter_table("releases") as releases:
        for name in ("revoked_how", "until", "use"):
            releases.drop_constraint(releases.f(f"ck_releases_{name}"), type_="check")
        for name in ("revoked_how", "binding", "event_on", "until", "use", "recipients", "information"):
            releases.drop_column(name)
    for name in ("confidential", "address"):
        op.drop_column("providers", name)
