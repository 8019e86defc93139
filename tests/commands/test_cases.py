"""Promises of opening a case: one form, everything or nothing, and the same form twice is one case."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.audit.checking import first_break
from models.commands.cases import IntakeForm, NewCharge, add_charge, open_case
from models.database import transaction
from models.errors import Conflict, Invalid, NoRoom, NotFound, NotPermitted
from models.rules.vocabulary import Purpose, ReferralState, Role, ServiceKind, Stage
from models.tables import (
    Appearance,
    AuditEvent,
    Case,
    Charge,
    ContactChannel,
    Participant,
    Person,
    Referral,
    SafetyFlag,
    StageChange,
)
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, a_sitting, an_actor
from tests.commands.intake_stories import Intake, count


def test_a_case_is_opened_with_everything_that_begins_with_it(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session)
        sitting, service = a_sitting(session, intake.part, TODAY + timedelta(days=7)), a_service(session, intake.court)
        case = intake.open(
            program="six-sessions",
            session_id=sitting.id,
            service_id=service.id,
            mandated=True,
            flags=[{"kind": "initials_only"}],
            channels=[{"kind": "phone", "value": "555 0100", "safe": True}],
            incident_on=TODAY - timedelta(days=30),
        )
    with transaction(engine) as session:
        assert (case.stage, case.opened_on, case.minor_at_offence) == (Stage.OFFERED, TODAY, False)
        person = session.exec(select(Person)).one()
        assert (person.legal_name, person.search_key) == ("Mei Chen", " mei chen")
        steps = session.exec(select(StageChange).order_by(col(StageChange.id))).all()
        assert [step.to_stage for step in steps] == [Stage.IDENTIFIED, Stage.OFFERED]
        appearance = session.exec(select(Appearance)).one()
        assert (appearance.case_id, appearance.purpose) == (case.id, Purpose.INTAKE)
        referral = session.exec(select(Referral)).one()
        assert (referral.mandated, referral.state) == (True, ReferralState.REFERRED)
        assert session.exec(select(SafetyFlag)).one().since == TODAY
        assert session.exec(select(ContactChannel)).one().safe
        assert session.exec(select(Charge)).one().offence_on == TODAY - timedelta(days=30)
        events = session.exec(select(AuditEvent.action).where(col(AuditEvent.case_id) == case.id)).all()
        assert "open_case" in events
        assert first_break(session, intake.court.id) is None


def test_without_a_program_a_case_begins_as_identified(engine: Engine) -> None:
    with transaction(engine) as session:
        assert Intake(session).open().stage == Stage.IDENTIFIED


def test_the_same_form_saved_twice_is_one_case(engine: Engine) -> None:
    token = uuid4()
    with transaction(engine) as session:
        intake = Intake(session)
        first = intake.open(token=token).id
    with transaction(engine) as session:
        intake.session = session
        assert intake.open(token=token).id == first
        assert count(session, Case) == 1


def test_a_docket_number_that_is_taken_is_a_conflict_and_nothing_is_there(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session)
        intake.open()
    with pytest.raises(Conflict, match="already in use"), transaction(engine) as intake.session:
        intake.open(docket_number="  CR-1 ")
    with transaction(engine) as session:
        assert count(session, Person) == 1


def test_another_court_may_use_the_same_number(engine: Engine) -> None:
    with transaction(engine) as session:
        Intake(session).open()
        other = a_court(session, name="Elsewhere")
        part, actor = a_part(session, other), an_actor(session, other, Role.CLERK, username="other")
        form = IntakeForm.read(
            docket_number="CR-1", part_id=part.id, charges=[{"statute": "x"}], person={"legal_name": "Ana Kim"}
        )
        assert open_case(session, actor, form, now=NOW).court_id == other.id


def test_a_full_session_refuses_the_whole_form(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session)
        full = a_sitting(session, intake.part, TODAY + timedelta(days=7), cases=0).id
    with pytest.raises(NoRoom), transaction(engine) as intake.session:
        intake.open(session_id=full)
    with transaction(engine) as session:
        assert (count(session, Case), count(session, Person)) == (0, 0)


def test_the_same_person_gets_a_second_case_and_no_second_entry(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session)
        first = intake.open()
        second = intake.open(docket_number="CR-2", person=None, participant_id=first.participant_id)
        assert second.participant_id == first.participant_id
        assert count(session, Participant) == 1


def test_whoever_has_only_sealed_cases_cannot_be_chosen(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session)
        sealed = a_case(session, intake.part, number="CR-9", stage=Stage.SEALED)
        with pytest.raises(NotFound):
            intake.open(person=None, participant_id=sealed.participant_id)


def test_another_courts_part_does_not_exist(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session)
        elsewhere = a_part(session, a_court(session, name="Elsewhere"))
        with pytest.raises(NotFound):
            intake.open(part_id=elsewhere.id)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.ADMINISTRATOR])
def test_a_role_that_opens_no_cases_is_refused(engine: Engine, role: Role) -> None:
    with transaction(engine) as session:
        intake = Intake(session, role)
        with pytest.raises(NotPermitted):
            intake.open()


def test_a_coordinator_opens_a_case_with_its_first_appearance(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session, Role.COORDINATOR)
        sitting = a_sitting(session, intake.part, TODAY + timedelta(days=7))
        intake.open(session_id=sitting.id)
        assert count(session, Appearance) == 1


def test_a_need_without_a_service_is_kept_as_a_need(engine: Engine) -> None:
    with transaction(engine) as session:
        Intake(session).open(need=ServiceKind.EMERGENCY_HOUSING)
        assert session.exec(select(Referral)).one().state == ReferralState.NEEDED


def test_a_charge_is_added_as_the_next_count(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session)
        case = intake.open()
        version = case.version
        row = add_charge(session, intake.actor, case.id, NewCharge(statute="PL 240.37"), now=NOW, seen_version=version)
        assert row.count_number == 2
        with pytest.raises(Conflict):
            add_charge(session, intake.actor, case.id, NewCharge(statute="x"), now=NOW, seen_version=version)


def test_a_charge_of_an_earlier_day_tells_anew_whether_she_was_a_minor(engine: Engine) -> None:
    with transaction(engine) as session:
        intake = Intake(session)
        case = intake.open()
        person = session.exec(select(Person)).one()
        assert person.date_of_birth
        young = person.date_of_birth + timedelta(days=365 * 17)
        add_charge(session, intake.actor, case.id, NewCharge(statute="x", offence_on=young), now=NOW)
        assert case.minor_at_offence is True
        for day, why in ((TODAY + timedelta(days=1), "in the future"), (date(1901, 1, 1), "before the date of birth")):
            with pytest.raises(Invalid, match=why):
                add_charge(session, intake.actor, case.id, NewCharge(statute="x", offence_on=day), now=NOW)


def test_no_audit_event_of_an_intake_holds_a_personal_value(engine: Engine) -> None:
    with transaction(engine) as session:
        Intake(session).open(channels=[{"kind": "phone", "value": "555 0100"}])
        details = str(session.exec(select(AuditEvent.detail)).all())
        assert not any(word in details for word in ("Mei", "Chen", "555", "1998", "230.00"))


def test_a_token_of_another_court_is_not_answered_with_its_case(engine: Engine) -> None:
    token: UUID = uuid4()
    with transaction(engine) as session:
        Intake(session).open(token=token)
        other = a_court(session, name="Elsewhere")
        part, actor = a_part(session, other), an_actor(session, other, Role.CLERK, username="other")
        form = IntakeForm.read(
            docket_number="CR-1", part_id=part.id, charges=[{"statute": "x"}], person={"legal_name": "A"}, token=token
        )
        with pytest.raises(NotFound):
            open_case(session, actor, form, now=NOW)
