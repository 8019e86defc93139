"""What is open on the lists is found at once, however much was settled before: an index of the open follow-ups alone."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OPEN = sa.text("done_on IS NULL AND void_on IS NULL")


def upgrade() -> None:
    """Take the database to this version."""
    op.create_index(
        "ix_follow_ups_open",
        "follow_ups",
        ["court_id", "kind", "case_id", "since"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    """Take the database back."""
    op.drop_index("ix_follow_ups_open", "follow_ups")
