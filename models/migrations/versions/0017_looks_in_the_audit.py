"""What people look at is in the audit: their sign-in, the cases of a list, and the last event that changed anything."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_KEPT = "which cases stood on a list is never changed or removed"
_TRIGGERS = (("audit_lists_not_changed", "UPDATE"), ("audit_lists_not_removed", "DELETE"))
_INDEXES = (
    ("ix_audit_events_court_id_actor_id_seq", ["court_id", "actor_id", "seq"], None),
    ("ix_audit_events_court_id_at", ["court_id", "at"], None),
    ("ix_audit_events_court_id_list_id_seq", ["court_id", "list_id", "seq"], "list_id IS NOT NULL"),
)


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "audit_lists",
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"], ["courts.id"], name=op.f("fk_audit_lists_court_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("court_id", "list_id", "case_id", name=op.f("pk_audit_lists")),
    )
    op.create_index("ix_audit_lists_court_id_case_id", "audit_lists", ["court_id", "case_id"])
    op.add_column("audit_events", sa.Column("session_id", sa.Uuid(), nullable=True))
    op.add_column("audit_events", sa.Column("list_id", sa.Uuid(), nullable=True))
    op.add_column("audit_heads", sa.Column("changed_seq", sa.Integer(), nullable=False, server_default="0"))
    for name, columns, where in _INDEXES:
        only = sa.text(where) if where else None
        op.create_index(name, "audit_events", columns, sqlite_where=only, postgresql_where=only)
    if op.get_bind().dialect.name == "postgresql":
        for name, when in (*_TRIGGERS, ("audit_lists_not_emptied", "TRUNCATE")):
            each = "" if when == "TRUNCATE" else "FOR EACH ROW"
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON audit_lists {each} EXECUTE FUNCTION audit_is_kept('{_KEPT}')"
            )
        return
    for name, when in _TRIGGERS:
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON audit_lists BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END")


def downgrade() -> None:
    """Take the database back to the version before."""
    for name, _, _ in reversed(_INDEXES):
        op.drop_index(name, table_name="audit_events")
    op.drop_column("audit_heads", "changed_seq")
    op.drop_column("audit_events", "list_id")
    op.drop_column("audit_events", "session_id")
    op.drop_table("audit_lists")
