"""What was read is asked for again exactly when it may have changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models import audit
from models.database import transaction
from models.errors import NotFound
from models.queries.again import again
from models.queries.docket import docket
from models.rules.vocabulary import Role
from models.scope import Actor
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor, an_appearance


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with transaction(engine) as session:
        yield session


def counted(session: Session, _who: Actor, _one: UUID, /, **_: object) -> int:
    """Stand in for a query: how often it was asked is all it knows."""
    session.info["asked"] = session.info.get("asked", 0) + 1
    return int(session.info["asked"])


def test_an_answer_is_kept_until_the_court_writes_anything(session: Session) -> None:
    court = a_court(session)
    who, one = an_actor(session, court, Role.JUDGE), court.id
    first = again(session, who, None, counted, one, today=TODAY)
    assert again(session, who, first, counted, one, today=TODAY) is first
    audit.record(session, who, "note", "case", None, now=NOW)
    assert again(session, who, first, counted, one, today=TODAY).answer == 2


def test_what_another_court_writes_changes_nothing(session: Session) -> None:
    court, other = a_court(session), a_court(session, name="Elsewhere")
    who = an_actor(session, court, Role.JUDGE)
    first = again(session, who, None, counted, court.id)
    audit.record(session, an_actor(session, other, Role.CLERK, username="other"), "note", "case", None, now=NOW)
    assert again(session, who, first, counted, court.id) is first


def test_another_question_another_day_and_other_roles_are_asked_anew(session: Session) -> None:
    court, other = a_court(session), a_court(session, name="Elsewhere")
    who = an_actor(session, court, Role.JUDGE)
    first = again(session, who, None, counted, court.id, today=TODAY)
    assert again(session, who, first, counted, other.id, today=TODAY).answer == 2
    assert again(session, who, first, counted, court.id, today=TODAY + timedelta(days=1)).answer == 3
    assert again(session, replace(who, roles=frozenset()), first, counted, court.id, today=TODAY).answer == 4


def test_a_docket_kept_is_not_shown_to_another_court(session: Session) -> None:
    court = a_court(session)
    part = a_part(session, court)
    sitting = a_sitting(session, part)
    an_appearance(session, a_case(session, part), sitting)
    first = again(session, an_actor(session, court, Role.JUDGE), None, docket, sitting.id, today=TODAY)
    assert len(first.answer.rows) == 1
    stranger = an_actor(session, a_court(session, name="Elsewhere"), Role.JUDGE, username="stranger")
    with pytest.raises(NotFound):
        again(session, stranger, first, docket, sitting.id, today=TODAY)
