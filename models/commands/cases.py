"""Opening a case and what is on its face: the charges. One form, one transaction, with everything that begins with it.

The first appearance is calendared by `appearances`, the referral made by `referrals`; identity is `participants`'.
"""

from datetime import date, datetime
from functools import cache, partial
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from models import audit
from models.commands import participants
from models.commands.appearances import calendar_case
from models.commands.forms import InvalidForm
from models.commands.identity import age_at_charge
from models.commands.intake_form import IntakeForm, NewChannel, NewCharge, NewFlag, PersonForm
from models.commands.referrals import refer
from models.errors import Conflict
from models.rules import lifecycle
from models.rules.ages import minor_on
from models.rules.permissions import Action
from models.rules.vocabulary import Purpose, Stage
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Case, Charge, Part, Participant, Person, Service, StageChange

__all__ = ["IntakeForm", "NewChannel", "NewCharge", "NewFlag", "PersonForm", "add_charge", "open_case"]

NUMBER_TAKEN = "This docket number is already in use in this court. Check the number, or open the case that has it."


def open_case(session: Session, actor: Actor, form: IntakeForm, *, now: datetime) -> Case:
    """Open a case at an instant (UTC), identified or, with a program, offered; return it.

    A form that was saved before gives the case it made then. Raises InvalidForm, Conflict when the docket number is
    taken, and what calendaring and referring refuse; then nothing is there.
    """
    require(actor, Action.OPEN_CASE)
    if form.token is not None and (before := session.get(Case, form.token)):
        return load_case(session, actor, before.id)
    today = actor.today(now)
    _check(session, actor, form, today)
    participant, person = participants.take(session, actor, form, now=now)
    case = _case(actor, form, participant, person, today)
    session.add(case)
    session.add_all(_charge(case, number, charge) for number, charge in enumerate(form.charges, start=1))
    session.add_all(_stages(actor, case, form.program, now))
    try:
        session.flush()
    except IntegrityError:  # somebody else has just taken the number
        raise Conflict(NUMBER_TAKEN) from None
    detail = {"charges": len(form.charges), "program": form.program, "known_participant": form.participant_id}
    audit.record(session, actor, "open_case", "case", case.id, now=now, case_id=case.id, detail=detail)
    _begin(session, actor, case, form, today, now)
    return case


def add_charge(
    session: Session, actor: Actor, case_id: UUID, charge: NewCharge, *, now: datetime, seen_version: int | None = None
) -> Charge:
    """Add a charge to a case as its next count; Conflict when the case changed since `seen_version`."""
    require(actor, Action.OPEN_CASE)
    case = load_case(session, actor, case_id)
    if charge.offence_on and charge.offence_on > actor.today(now):
        raise InvalidForm([("offence_on", "The offence is in the future.")])
    change_case(session, case, seen_version)
    last = session.exec(select(func.max(Charge.count_number)).where(col(Charge.case_id) == case.id)).one()
    row = _charge(case, (last or 0) + 1, charge)
    session.add(row)
    age_at_charge(session, case, row)
    detail = {"count": row.count_number}
    audit.record(session, actor, "add_charge", "charge", row.id, now=now, case_id=case.id, detail=detail)
    return row


def _check(session: Session, actor: Actor, form: IntakeForm, today: date) -> None:
    """Refuse what only the court can know to be wrong: a part or program it lacks, a day to come, a number taken."""
    load(session, actor, Part, form.part_id)
    problems = []
    born = form.person.date_of_birth if form.person else None
    if born and born > today:
        problems.append(("person.date_of_birth", "Date of birth is in the future."))
    offences = [form.incident_on, *(charge.offence_on for charge in form.charges)]
    if any(day and day > today for day in offences):
        problems.append(("incident_on", "The incident is in the future."))
    if born and any(day and day < born for day in offences):
        problems.append(("incident_on", "The incident is before the date of birth."))
    if form.program and form.program not in {program.key for program in actor.policy_on(today).programs}:
        problems.append(("program", "The court's policy has no program of this name."))
    if problems:
        raise InvalidForm(problems)
    if session.scalar(_numbered(), {"court_id": actor.court_id, "docket_number": form.docket_number}):
        raise Conflict(NUMBER_TAKEN)


@cache
def _numbered() -> sa.Select[UUID]:
    same = (
        col(Case.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
        col(Case.docket_number) == sa.bindparam("docket_number", type_=sa.String),
    )
    return sa.select(col(Case.id)).where(*same)


def _case(actor: Actor, form: IntakeForm, participant: Participant, person: Person, today: date) -> Case:
    """Make the case; the day of the offence is the incident's, or the earliest charge's."""
    offences = [day for day in (form.incident_on, *(charge.offence_on for charge in form.charges)) if day]
    case = Case(
        court_id=actor.court_id,
        participant_id=participant.id,
        docket_number=form.docket_number,
        part_id=form.part_id,
        stage=Stage.OFFERED if form.program else Stage.IDENTIFIED,
        stage_since=today,
        incident_on=form.incident_on,
        opened_on=today,
        minor_at_offence=minor_on(
            min(offences, default=None),
            born_on=person.date_of_birth,
            reported_age=person.reported_age,
            reported_on=today,
        ),
    )
    if form.token is not None:
        case.id = form.token
    return case


def _charge(case: Case, number: int, charge: NewCharge) -> Charge:
    return Charge(
        court_id=case.court_id,
        case_id=case.id,
        count_number=number,
        statute=charge.statute,
        description=charge.description,
        severity=charge.severity,
        offence_on=charge.offence_on or case.incident_on,
    )


def _stages(actor: Actor, case: Case, program: str | None, now: datetime) -> list[StageChange]:
    """Make the first steps of the case's life: identified, and with a program offered."""
    steps: list[tuple[Stage | None, Stage, str | None]] = [(None, Stage.IDENTIFIED, None)]
    if program:
        name = actor.policy_on(case.opened_on).program(program).name
        steps.append((Stage.IDENTIFIED, Stage.OFFERED, f"Offered: {name}."))
    return [
        StageChange(
            court_id=case.court_id,
            case_id=case.id,
            from_stage=before,
            to_stage=after,
            changed_on=case.opened_on,
            reason=reason,
            recorded_by=actor.person,
            recorded_at=now,
        )
        for before, after, reason in steps
        if before is None or lifecycle.step(before, after).allowed
    ]


def _begin(session: Session, actor: Actor, case: Case, form: IntakeForm, today: date, now: datetime) -> None:
    """Calendar the first appearance and make the referral, where the form has them."""
    if form.session_id:
        intake = partial(calendar_case, over_reason=form.over_reason, now=now, counted=True)
        intake(session, actor, case.id, form.session_id, Purpose.INTAKE)
    kind, service_id = form.need, form.service_id
    if service_id:
        kind = load(session, actor, Service, service_id).kind
    if kind:
        refer(session, actor, case.id, kind, service_id, mandated=form.mandated, on=today, now=now, opening=True)
