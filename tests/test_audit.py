"""The audit is kept: the database refuses a change, and a change made behind its back is found.

Found twice: by the program, and by the verifier that shares no code with it.
"""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import audit, database
from models.rules.vocabulary import Role
from models.tables import AuditEvent
from models.tables.base import new_id, table_of
from tests.audit_stories import behind_its_back, broken_at, six_events
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
    """A court with five events in its audit, and a sixth: two cases looked at together."""
    six_events(engine)
    return engine


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET action = 'view' WHERE seq = 2",
        "UPDATE audit_events SET hash = hash",
        "DELETE FROM audit_events WHERE seq = 5",
        "DELETE FROM audit_heads",
        "UPDATE audit_heads SET seq = 2",
        "UPDATE audit_heads SET hash = ''",
        "UPDATE audit_lists SET court_id = court_id",
        "DELETE FROM audit_lists",
    ],
)
def test_the_database_refuses_to_change_or_remove_what_was_recorded(kept: Engine, statement: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=r"audit|never changed"), kept.begin() as connection:
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


@pytest.mark.parametrize("seq", [1, 3, 6])
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
        row = connection.execute(sa.select(EVENTS).where(EVENTS.c.seq == 6)).mappings().one()
        forged = dict(row) | {"id": new_id(), "seq": 7, "previous_hash": row["hash"]}
        connection.execute(sa.insert(EVENTS).values(forged))
    assert broken_at(kept) == 7


@pytest.mark.parametrize("column", ["session_id", "list_id"])
@pytest.mark.parametrize("instead", ["another", "none"])
def test_where_it_was_done_and_what_was_on_the_list_are_held_too(kept: Engine, column: str, instead: str) -> None:
    with behind_its_back(kept) as connection:
        changed = sa.update(EVENTS).where(EVENTS.c.seq == 6)
        connection.execute(changed.values({column: new_id() if instead == "another" else None}))
    assert broken_at(kept) == 6


def test_a_case_taken_off_a_list_that_was_shown_is_found(kept: Engine) -> None:
    with behind_its_back(kept) as connection:
        connection.execute(sa.text("DELETE FROM audit_lists WHERE case_id = (SELECT case_id FROM audit_lists LIMIT 1)"))
    assert broken_at(kept) == 6


def test_courts_have_a_chain_each(kept: Engine) -> None:
    with database.transaction(kept) as session:
        other = a_court(session, name="River County Court")
        audit.record(session, an_actor(session, other, Role.CLERK, username="other"), "open", "case", None, now=NOW)
    with database.reading(kept) as session:
        assert sorted(session.exec(select(col(AuditEvent.seq))).all()) == [1, 1, 2, 3, 4, 5, 6]
