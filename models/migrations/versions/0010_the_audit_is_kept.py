"""No audit event is changed or removed by anything that writes to this database, and no chain's end goes back."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: Trigger: when it fires, on which table, and the condition under which it refuses.
_EVENT, _HEAD = "an audit event is never changed or removed", "the end of an audit chain never goes back"
_TRIGGERS = (
    ("audit_events_not_changed", "UPDATE", "audit_events", "", _EVENT),
    ("audit_events_not_removed", "DELETE", "audit_events", "", _EVENT),
    (
        "audit_heads_not_back",
        "UPDATE",
        "audit_heads",
        "WHEN (NEW.seq <= OLD.seq OR NEW.court_id <> OLD.court_id)",
        _HEAD,
    ),
    ("audit_heads_not_removed", "DELETE", "audit_heads", "", _HEAD),
)


def upgrade() -> None:
    """Take the database to this version."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for name, when, table, condition, said in _TRIGGERS:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW {condition} "
                f"EXECUTE FUNCTION audit_is_kept('{said}')"
            )
        for table in ("audit_events", "audit_heads"):
            op.execute(
                f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION audit_is_kept('{_EVENT}')"
            )
        return
    for name, when, table, condition, said in _TRIGGERS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} {condition} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )


def downgrade() -> None:
    """Take the database back to the version before."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name, _, table, _, _ in _TRIGGERS:
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        for table in ("audit_events", "audit_heads"):
            op.execute(f"DROP TRIGGER {table}_not_emptied ON {table}")
        op.execute("DROP FUNCTION audit_is_kept()")
