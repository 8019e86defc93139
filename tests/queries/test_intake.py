"""Promises of what the intake form offers."""

from datetime import timedelta

from sqlalchemy.engine import Engine

from models.database import transaction
from models.queries.intake import first_dates, intake_choices
from models.rules.vocabulary import Role
from tests.builders import TODAY, a_court, a_part, a_sitting, an_actor
from tests.statements import counted


def test_parts_and_programs_are_the_courts_own(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        a_part(session, court)
        a_part(session, a_court(session, name="Elsewhere"))
        with counted(engine) as sent:
            choices = intake_choices(session, clerk, today=TODAY)
        assert len(sent) == 1
    assert [part.name for part in choices.parts] == ["Part 12"]
    assert "six-sessions" in [program.key for program in choices.programs]


def test_the_first_date_is_the_parts_next_session_with_room_and_never_today(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk, part = an_actor(session, court, Role.CLERK), a_part(session, court)
        a_sitting(session, part, TODAY)
        a_sitting(session, part, TODAY + timedelta(days=4), cases=0)
        best = a_sitting(session, part, TODAY + timedelta(days=7))
        (offered,) = intake_choices(session, clerk, today=TODAY).parts
        with counted(engine) as sent:
            review = first_dates(session, clerk, offered, today=TODAY)
        assert len(sent) == 2
    assert review.best is not None
    assert review.best.session.id == best.id
    assert len(review.skipped) == 1


def test_without_sessions_there_is_a_reason_instead_of_a_date(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        a_part(session, court)
        (offered,) = intake_choices(session, clerk, today=TODAY).parts
        assert first_dates(session, clerk, offered, today=TODAY).why_no_date
