"""Promises about the participant: identity, flags and channels are reached through a case, and nothing is deleted."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models.commands import participants
from models.commands.intake_form import NewChannel, NewFlag, PersonForm
from models.database import transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.rules.vocabulary import ChannelKind, FlagKind, InterpreterState, Role, Stage
from models.scope import Actor
from models.tables import AuditEvent, Case, ContactChannel, Part, Participant, Person, SafetyFlag
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor, an_appearance

PHONE = NewChannel(kind=ChannelKind.PHONE, value="555 0100", safe=True)


def begun(session: Session, role: Role = Role.COORDINATOR, stage: Stage = Stage.ACTIVE) -> tuple[Actor, Case]:
    court = a_court(session)
    return an_actor(session, court, role), a_case(session, a_part(session, court), stage=stage)


def test_editing_keeps_names_languages_and_the_search_key_together(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session)
        form = PersonForm.read(legal_name="Chen Mei Lin", preferred_script="陈美", languages=["Mandarin"])
        participants.edit_participant(session, actor, case.id, form, now=NOW, seen_version=1)
        person = session.exec(select(Person)).one()
        assert (person.legal_name, person.preferred_name, person.search_key) == (
            "Chen Mei Lin",
            None,
            " chen mei lin 陈美",
        )
        assert session.exec(select(Participant)).one().languages == ["Mandarin"]
        detail = session.exec(select(AuditEvent)).one().detail
        assert detail == {"fields": ["legal_name", "preferred_name", "preferred_script", "languages"]}


def test_editing_what_somebody_else_changed_is_a_conflict(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session)
        participants.add_flag(session, actor, case.id, NewFlag(kind=FlagKind.NO_VOICEMAIL), now=NOW)
        with pytest.raises(Conflict):
            participants.edit_participant(session, actor, case.id, PersonForm(legal_name="X"), now=NOW, seen_version=1)


def test_a_date_of_birth_put_right_tells_anew_whether_she_was_a_minor(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session)
        case.incident_on = date(2026, 6, 1)
        for born, minor in ((date(2008, 6, 2), True), (date(2008, 6, 1), False), (None, None)):
            form = PersonForm(legal_name="Mei Chen", preferred_name="Mei Chen", date_of_birth=born)
            participants.edit_participant(session, actor, case.id, form, now=NOW)
            assert case.minor_at_offence is minor
        born_after = PersonForm(legal_name="Mei Chen", date_of_birth=date(2026, 6, 2))
        with pytest.raises(Invalid, match="before the date of birth"):
            participants.edit_participant(session, actor, case.id, born_after, now=NOW)


def test_an_interpreter_need_put_right_reaches_the_coming_appearances(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session)
        part = session.get_one(Part, case.part_id)
        past = an_appearance(session, case, a_sitting(session, part, TODAY - timedelta(days=7)))
        coming = an_appearance(session, case, a_sitting(session, part, TODAY + timedelta(days=7)))
        states = []
        for language in ("Thai", "Lao", None):
            form = PersonForm(legal_name="Mei Chen", interpreter_language=language)
            participants.edit_participant(session, actor, case.id, form, now=NOW)
            states.append(coming.interpreter)
            if language:
                coming.interpreter = InterpreterState.BOOKED
        assert states == [InterpreterState.NEEDED, InterpreterState.NEEDED, InterpreterState.NOT_NEEDED]
        assert past.interpreter is InterpreterState.NOT_NEEDED


def test_a_flag_holds_once_and_ends_without_being_deleted(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session)
        flag = participants.add_flag(session, actor, case.id, NewFlag(kind=FlagKind.INITIALS_ONLY), now=NOW)
        again = participants.add_flag(session, actor, case.id, NewFlag(kind=FlagKind.INITIALS_ONLY), now=NOW)
        assert again.id == flag.id
        participants.end_flag(session, actor, case.id, flag.id, now=NOW)
        participants.end_flag(session, actor, case.id, flag.id, now=NOW)
        assert session.exec(select(SafetyFlag)).one().ended_on == TODAY
        fresh = participants.add_flag(session, actor, case.id, NewFlag(kind=FlagKind.INITIALS_ONLY), now=NOW)
        assert fresh.id != flag.id


def test_a_channel_entered_again_is_the_same_one(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session)
        participants.add_channel(session, actor, case.id, PHONE, now=NOW)
        unsafe = PHONE.model_copy(update={"safe": False})
        channel = participants.add_channel(session, actor, case.id, unsafe, now=NOW)
        assert session.exec(select(ContactChannel)).one().safe is False
        participants.end_channel(session, actor, case.id, channel.id, now=NOW)
        assert session.exec(select(ContactChannel)).one().ended_on == TODAY


def test_a_flag_of_somebody_else_is_not_reached_through_this_case(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session)
        part = a_part(session, a_court(session, name="Elsewhere"))
        other = an_actor(session, a_court(session, name="Third"), Role.CLERK, username="third")
        flag = participants.add_flag(session, actor, case.id, NewFlag(kind=FlagKind.NO_VOICEMAIL), now=NOW)
        for who, where in ((actor, a_case(session, part, number="x")), (other, case)):
            with pytest.raises(NotFound):
                participants.end_flag(session, who, where.id, flag.id, now=NOW)


def test_a_sealed_case_leads_to_nobody(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session, stage=Stage.SEALED)
        with pytest.raises(NotFound):
            participants.add_channel(session, actor, case.id, PHONE, now=NOW)


def test_a_judge_edits_nobody(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, case = begun(session, Role.JUDGE)
        with pytest.raises(NotPermitted):
            participants.add_channel(session, actor, case.id, PHONE, now=NOW)
