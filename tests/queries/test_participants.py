"""Promises of what a form about the participant is filled with: the present values, for whoever may change them."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands import participants
from models.commands.intake_form import NewChannel, NewFlag, PersonForm
from models.database import transaction
from models.errors import NotFound, NotPermitted
from models.queries.participants import who_she_is
from models.rules.vocabulary import ChannelKind, FlagKind, Role, Stage
from models.scope import Actor
from models.tables import Case
from tests.builders import NOW, TODAY, a_case, a_court, a_part, an_actor


def begun(session: Session, role: Role = Role.COORDINATOR, stage: Stage = Stage.ACTIVE) -> tuple[Actor, Case]:
    court = a_court(session)
    return an_actor(session, court, role), a_case(session, a_part(session, court), stage=stage)


def test_what_was_saved_is_what_the_form_begins_with(engine: Engine) -> None:
    form = PersonForm(
        legal_name="Chen Mei Lin",
        preferred_name="Mei Chen",
        preferred_script="陈美",
        pronunciation="may",
        pronouns="she/her",
        public_alias="Lin",
        date_of_birth=date(1998, 3, 2),
        reported_age=28,
        languages=("Mandarin", "English"),
        interpreter_language="Mandarin",
    )
    with transaction(engine) as session:
        actor, case = begun(session)
        participants.edit_participant(session, actor, case.id, form, now=NOW)
    with transaction(engine) as session:
        assert who_she_is(session, actor, case.id).person == form.model_dump()


def test_every_way_that_holds_is_there_and_what_has_ended_is_not(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session)
        for kind in (FlagKind.NO_VOICEMAIL, FlagKind.INITIALS_ONLY):
            flag = participants.add_flag(session, actor, case.id, NewFlag(kind=kind), now=NOW)
        participants.end_flag(session, actor, case.id, flag.id, now=NOW)
        for value, safe in (("1", True), ("2", False), ("3", True)):
            form = NewChannel(kind=ChannelKind.PHONE, value=value, safe=safe)
            channel = participants.add_channel(session, actor, case.id, form, now=NOW)
        participants.end_channel(session, actor, case.id, channel.id, now=NOW)
        found = who_she_is(session, actor, case.id)
    assert [(flag.kind, flag.since) for flag in found.flags] == [(FlagKind.NO_VOICEMAIL, TODAY)]
    assert [(way.value, way.safe) for way in found.channels] == [("1", True), ("2", False)]


@pytest.mark.parametrize("role", [Role.JUDGE, Role.ADMINISTRATOR])
def test_a_role_that_changes_nobody_reads_none_of_it(engine: Engine, role: Role) -> None:
    with transaction(engine) as session:
        actor, case = begun(session, role)
        with pytest.raises(NotPermitted):
            who_she_is(session, actor, case.id)


def test_a_sealed_case_and_another_courts_lead_to_nobody(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, sealed = begun(session, stage=Stage.SEALED)
        elsewhere = a_case(session, a_part(session, a_court(session, name="Elsewhere")))
        for case_id in (sealed.id, elsewhere.id, uuid4()):
            with pytest.raises(NotFound):
                who_she_is(session, actor, case_id)
