"""A program changed in mid-course, and dismissed cases that wait to be sealed."""

import sqlalchemy as sa
from alembic import op

from models.migrations.words import hold_to

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BEFORE = (
    *("no_next_date", "approve_date", "no_outcome", "nothing_done", "report_reminder", "report_late"),
    *("referral_unanswered", "need_without_place", "no_contact", "release_expiring", "release_expired", "acd_expiry"),
    *("interpreter", "response_due", "promise", "ready", "manual"),
)
_AFTER = (*_BEFORE[: _BEFORE.index("interpreter")], "sealing", *_BEFORE[_BEFORE.index("interpreter") :])


def upgrade() -> None:
    """Take the database to this version."""
    op.add_column("mandates", sa.Column("carried_from", sa.Date(), nullable=True))
    hold_to("follow_ups", "kind", _BEFORE, _AFTER)


def downgrade() -> None:
    """Take the database back to the version before."""
    op.execute("DELETE FROM follow_ups WHERE kind = 'sealing'")
    hold_to("follow_ups", "kind", _AFTER, _BEFORE)
    op.drop_column("mandates", "carried_from")
