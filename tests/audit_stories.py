"""A court with a few events in its audit, and somebody who may change its database behind its back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import select

from models import audit, database
from models import stand_alone_verifier as verifier
from models.audit import looks
from models.audit.checking import first_break
from models.rules.audited import Look
from models.rules.vocabulary import Role
from models.tables import Court
from models.tables.base import new_id
from tests.builders import NOW, a_court, an_actor


def six_events(engine: Engine) -> None:
    """Give a court with five events in its audit, and a sixth: two cases looked at together."""
    with database.transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        for step in range(5):
            given: dict[str, Any] = {"case_id": new_id(), "detail": {"step": step}}
            audit.record(session, clerk, "open", "case", new_id(), now=NOW.replace(minute=step), **given)
        seen = looks.Shown(
            viewer=replace(clerk, session_id=new_id()),
            look=Look.DOCKET,
            cases=frozenset({new_id(), new_id()}),
            subject_type="court_session",
            subject_id=new_id(),
            is_list=True,
        )
        looks.record(session, [seen], now=NOW.replace(minute=6))


def broken_at(engine: Engine) -> int | None:
    """Return the first event that the program finds wrong; the other verifier must name the same one, or find nothing."""
    with database.reading(engine) as session:
        found = first_break(session, session.exec(select(Court)).one().id)
    source = source_of(engine)
    _, wrong = verifier.check(source)
    source.close()
    assert (found is None) == (not wrong), wrong
    assert found is None or f" {found}" in wrong[0], (found, wrong)
    return found


def source_of(engine: Engine) -> verifier.Source:
    """Return the database as the stand-alone verifier reads it."""
    if engine.dialect.name == "sqlite":
        return verifier.from_sqlite(Path(str(engine.url.database)))
    return verifier.from_postgresql(engine.url.render_as_string(hide_password=False))


@contextmanager
def behind_its_back(engine: Engine) -> Iterator[Connection]:
    """Yield a connection of somebody who may change the database itself, with what guards the audit taken away."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for table in ("audit_events", "audit_heads", "audit_lists"):
                connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            names = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            for name in names:
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        yield connection
