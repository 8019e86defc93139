"""What follows for a participant's cases when it is put right who she is: her age at the offence, her interpreters.

It authorises nothing: `participants` and `cases` have done so before they come here.
"""

from datetime import date, datetime

from sqlmodel import Session, col, func, select

from models.commands.follow_ups import void_about
from models.commands.forms import InvalidForm
from models.rules.ages import minor_on
from models.rules.vocabulary import AppearanceState, FollowUpKind, InterpreterState
from models.scope import Actor, change_case, own_cases
from models.tables import Appearance, Case, Charge, CourtSession, Participant, Person


def ages_again(session: Session, actor: Actor, person: Person, participant: Participant, *, now: datetime) -> None:
    """Tell anew, for each of her cases, whether she was a minor at the offence; an age that was told counts as of today."""
    mine = select(Case).where(own_cases(actor), col(Case.participant_id) == participant.id)
    for case in session.exec(mine).all():
        charged = session.exec(select(func.min(Charge.offence_on)).where(col(Charge.case_id) == case.id)).one()
        first = min((day for day in (case.incident_on, charged) if day), default=None)
        _check(person, first)
        minor = minor_on(
            first,
            born_on=person.date_of_birth,
            reported_age=person.reported_age,
            reported_on=actor.today(now),
        )
        if case.minor_at_offence is not minor:
            case.minor_at_offence = minor
            change_case(session, case)


def age_at_charge(session: Session, case: Case, charge: Charge) -> None:
    """Look again at her age at the offence when a charge is added. Without a date of birth an earlier day leaves it open."""
    participant = session.get_one(Participant, case.participant_id)
    person = session.get_one(Person, participant.person_id)
    others = select(func.min(Charge.offence_on)).where(col(Charge.case_id) == case.id, col(Charge.id) != charge.id)
    known = [day for day in (case.incident_on, session.exec(others).one()) if day]
    if charge.offence_on is None or (known and charge.offence_on >= min(known)):
        return
    _check(person, charge.offence_on)
    if person.date_of_birth:
        case.minor_at_offence = minor_on(charge.offence_on, born_on=person.date_of_birth)
    elif case.minor_at_offence is False:
        case.minor_at_offence = None
    session.add(case)


def interpreters_again(session: Session, actor: Actor, participant: Participant, *, now: datetime) -> None:
    """Put on her coming appearances whether an interpreter is to be booked: for another language, booked anew."""
    coming = (
        select(Appearance)
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Case, col(Case.id) == col(Appearance.case_id))
        .where(
            own_cases(actor),
            col(Case.participant_id) == participant.id,
            col(Appearance.state).in_((AppearanceState.SCHEDULED, AppearanceState.PROPOSED)),
            col(CourtSession.held_on) >= actor.today(now),
        )
    )
    needed = InterpreterState.NEEDED if participant.interpreter_language else InterpreterState.NOT_NEEDED
    for appearance in session.exec(coming).all():
        appearance.interpreter = needed
        session.add(appearance)
        change_case(session, session.get_one(Case, appearance.case_id))
        if needed is InterpreterState.NOT_NEEDED:
            asked = {FollowUpKind.INTERPRETER}
            void_about(session, actor, appearance.case_id, asked, appearance.id, on=actor.today(now))


def _check(person: Person, offence_on: date | None) -> None:
    if person.date_of_birth and offence_on and offence_on < person.date_of_birth:
        raise InvalidForm([("date_of_birth", "The offence is before the date of birth.")])
