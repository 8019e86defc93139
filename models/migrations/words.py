"""For a migration: the words a column may hold. Rows, indexes and every other constraint stay as they are."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op


def hold_to(table: str, column: str, before: Iterable[str], after: Iterable[str]) -> None:
    """Hold a column of `models.tables.base.word` to the words `after` instead of `before`.

    The check has the column's name. SQLite cannot change a check in place; its own documentation gives this way for
    what leaves the stored rows untouched: no table is copied for a word.
    """
    name = op.f(f"ck_{table}_{column}")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(name, table, type_="check")
        op.create_check_constraint(name, table, _check(column, after))
        return
    connection = op.get_bind()
    schema = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    changed = connection.execute(
        sa.text("UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE name = :table AND instr(sql, :old)"),
        {"table": table, "old": _check(column, before), "new": _check(column, after)},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {schema + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))
    if changed.rowcount != 1:
        raise RuntimeError(f"{name} does not hold the words it was expected to hold")


def _check(column: str, words: Iterable[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"
