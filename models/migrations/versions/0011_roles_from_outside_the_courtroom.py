"""Roles of people from outside the courtroom: provider, prosecutor, defense, evaluator, auditor."""

from models.migrations.words import hold_to

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BEFORE = ("judge", "clerk", "coordinator", "administrator")
_AFTER = (*_BEFORE, "provider", "prosecutor", "defense", "evaluator", "auditor")


def upgrade() -> None:
    """Take the database to this version."""
    hold_to("user_roles", "role", _BEFORE, _AFTER)


def downgrade() -> None:
    """Take the database back to the version before."""
    hold_to("user_roles", "role", _AFTER, _BEFORE)
