"""The audit is kept: the database refuses a change, and a change made behind its back is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import col, select

from models import audit, database
from models.rules.vocabulary import Role
from models.tables import AuditEvent, Court
from models.tables.base import new_id, table_of
from tests.builders import NOW, a_court, an_actor

EVENTS = table_of(AuditEvent)
TAMPERED: dict[str, dict[str, Any]] = {
    "who did it": {"actor_id": None},
    "when": {"at": sa.literal(NOW)},
    "what": {"action": "view"},
    "to what kind of thing": {"subject_type": "court"},
    "to which thing": {"subject_id": None},
    "about which case": {"case_id": sa.null()},
    "its detail": {"detail": {"step": 99}},
    "its hash": {"hash": "0" * 64},
    "the hash before": {"previous_hash": "0" * 64},
}


@pytest.fixture
def kept(engine: Engine) -> Engine:
    """A court with five events in its audit."""
    with database.transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        for step in range(5):
            given: dict[str, Any] = {"case_id": new_id(), "detail": {"step": step}}
            audit.record(session, clerk, "open", "case", new_id(), now=NOW.replace(minute=step), **given)
    return engine


def broken_at(engine: Engine) -> int | None:
    with database.reading(engine) as session:
        return audit.first_break(session, session.exec(select(Court)).one().id)


@contextmanager
def behind_its_back(engine: Engine) -> Iterator[Connection]:
    """Yield a connection of somebody who may change the database itself, with what guards the audit taken away."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("ALTER TABLE audit_events DISABLE TRIGGER USER"))
        else:
            names = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            for name in names:
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET action = 'view' WHERE seq = 2",
        "UPDATE audit_events SET hash = hash",
        "DELETE FROM audit_events WHERE seq = 5",
        "DELETE FROM audit_heads",
        "UPDATE audit_heads SET seq = 2",
        "UPDATE audit_heads SET hash = ''",
    ],
)
def test_the_database_refuses_to_change_or_remove_what_was_recorded(kept: Engine, statement: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="audit"), kept.begin() as connection:
        connection.execute(sa.text(statement))
    assert broken_at(kept) is None


def test_postgresql_refuses_to_empty_the_audit(kept: Engine) -> None:
    emptied = "TRUNCATE audit_events" if kept.dialect.name == "postgresql" else "DELETE FROM audit_events"
    with pytest.raises(sa.exc.IntegrityError, match="never changed or removed"), kept.begin() as connection:
        connection.execute(sa.text(emptied))


@pytest.mark.parametrize("what", TAMPERED)
def test_a_changed_event_is_found_whatever_was_changed(kept: Engine, what: str) -> None:
    with behind_its_back(kept) as connection:
        connection.execute(sa.update(EVENTS).where(EVENTS.c.seq == 3).values(TAMPERED[what]))
    assert broken_at(kept) == 3


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_removed_event_is_found(kept: Engine, seq: int) -> None:
    with behind_its_back(kept) as connection:
        connection.execute(sa.delete(EVENTS).where(EVENTS.c.seq == seq))
    assert broken_at(kept) == seq


def test_two_events_that_changed_places_are_found(kept: Engine) -> None:
    with behind_its_back(kept) as connection:
        for seq, instead in ((2, 99), (3, 2), (99, 3)):
            connection.execute(sa.update(EVENTS).where(EVENTS.c.seq == seq).values(seq=instead))
    assert broken_at(kept) == 2


def test_an_event_put_in_at_the_end_is_found(kept: Engine) -> None:
    with behind_its_back(kept) as connection:
        row = connection.execute(sa.select(EVENTS).where(EVENTS.c.seq == 5)).mappings().one()
        forged = dict(row) | {"id": new_id(), "seq": 6, "previous_hash": row["hash"]}
        connection.execute(sa.insert(EVENTS).values(forged))
    assert broken_at(kept) == 6


def test_courts_have_a_chain_each(kept: Engine) -> None:
    with database.transaction(kept) as session:
        other = a_court(session, name="River County Court")
        audit.record(session, an_actor(session, other, Role.CLERK, username="other"), "open", "case", None, now=NOW)
    with database.reading(kept) as session:
        assert sorted(session.exec(select(col(AuditEvent.seq))).all()) == [1, 1, 2, 3, 4, 5]
