"""What the judge decides at an appearance: outcome, responses, the program's course, the next date, the promise.

All of it is one transaction, or nothing. The same form sent twice is one decision. Corrections are in `corrections`. The system proposes through `rules.responses`; whoever records chooses, and says why outside the range.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.commands import acds, course, places
from models.commands.appearances import calendar_case
from models.commands.follow_ups import void, write_follow_up
from models.commands.free_words import check_words, typed_in
from models.commands.responses import ChosenResponse, answer_behaviour
from models.commands.typed import line
from models.commands.warrants import as_decided
from models.errors import Conflict, Invalid
from models.rules import words
from models.rules.permissions import Action
from models.rules.vocabulary import (
    IN_PROGRAM,
    AppearanceState,
    CourseChange,
    FollowUpKind,
    MissedAppearance,
    Move,
    Outcome,
    Purpose,
    Stage,
    WarrantState,
)
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Appearance, Case, CourtSession, Decision


@dataclass(frozen=True, kw_only=True)
class BenchDecision:
    """One filled-in bench form. `seen_version` is the case's version when the form was drawn."""

    appearance_id: UUID
    token: UUID
    seen_version: int
    outcome: Outcome
    missed: MissedAppearance | None = None
    responses: tuple[ChosenResponse, ...] = ()
    left_reason: str | None = None  # why nothing answers what the policy has a range for
    course: tuple[CourseChange, ...] = ()
    program: str | None = None  # where a mandate is accepted
    acd_months: int | None = None  # where an ACD is granted; None: the program's usual time
    promised: str | None = None
    next_session_id: UUID | None = None
    next_purpose: Purpose = Purpose.REVIEW
    next_reason: str | None = None  # why on that day, as proposed
    over_reason: str | None = None  # why the next session may go over its places
    no_next_date_reason: str | None = None
    warrant: WarrantState | None = None  # what she orders about a warrant, a missed appearance aside
    after_arrest: MissedAppearance | None = None  # her choice about new arrests nobody has answered


def decide(session: Session, actor: Actor, form: BenchDecision, *, now: datetime) -> Decision:
    """Record one decision with everything it brings about; the same token again returns the same decision.

    Raises Conflict when the case was changed since the form was drawn or an outcome is recorded already, Invalid and
    GateMissing in words.
    """
    require(actor, Action.DECIDE)
    appearance = load(session, actor, Appearance, form.appearance_id)
    held = appearance.state is AppearanceState.HELD
    if held and (recorded := recorded_from(session, actor, form.token)) is not None:
        return recorded
    case = load_case(session, actor, appearance.case_id)
    check_words(session, actor, *typed_in(form), now=now, case_id=case.id)
    today = actor.today(now)
    held_on = _court_day(session, appearance)
    _check_open(appearance, held_on, today)
    _check_form(form)
    if form.next_session_id:
        places.lock(session, actor, form.next_session_id)  # before the audit, as everybody who calendars does
    change_case(session, case, form.seen_version)
    decision = new_decision(actor, appearance, form.token, form.outcome, form.missed, form.promised, held_on, now)
    answer_behaviour(session, actor, case, decision, form.responses, form.left_reason, now=now)
    hold_appearance(appearance, decision, now)
    session.add(appearance)
    _change_course(session, actor, case, form, now=now, on=held_on)
    next_on = _next_date(session, actor, case, decision, form, now)
    session.add(decision)  # with its next date, so that it is written once
    as_decided(session, actor, case, decision, form.warrant, form.after_arrest, now=now)
    _follow_up(session, actor, case, decision, next_on, now)
    detail = {"outcome": form.outcome, "missed": form.missed, "next_on": next_on, "course": list(form.course)}
    audit.record(session, actor, "decide", "decision", decision.id, now=now, case_id=case.id, detail=detail)
    return decision


def recorded_from(session: Session, actor: Actor, token: UUID) -> Decision | None:
    """Return the decision that was recorded from the form with this token, if it was."""
    return session.scalars(_same_form(), {"court_id": actor.court_id, "token": token}).first()


@cache
def _same_form() -> sa.Select[Decision]:
    return sa.select(Decision).where(
        col(Decision.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
        col(Decision.token) == sa.bindparam("token", type_=sa.Uuid),
    )


def _court_day(session: Session, appearance: Appearance) -> date:
    return session.get_one(CourtSession, appearance.court_session_id).held_on


def _check_open(appearance: Appearance, held_on: date, today: date) -> None:
    if appearance.state is AppearanceState.HELD:
        raise Conflict("An outcome is recorded for this appearance already. To change it, correct it.")
    if appearance.state is not AppearanceState.SCHEDULED:
        raise Conflict("This appearance is no longer on the docket. Look at the docket again.")
    if held_on > today:
        raise Invalid(
            f"This appearance is on {words.day(held_on, today)}. Its outcome can be recorded from that day on."
        )


def _check_form(form: BenchDecision) -> None:
    check_outcome(form.outcome, form.missed)
    if form.next_session_id and form.no_next_date_reason:
        raise Invalid("There is a next date and a reason for having none. Keep one of them.")
    if CourseChange.ACCEPT_MANDATE in form.course and not form.program:
        raise Invalid("Choose which program the participant accepted.")


def check_outcome(outcome: Outcome, missed: MissedAppearance | None) -> None:
    """Raise Invalid where the outcome and what was chosen about a missed appearance do not go together."""
    if missed is not None and outcome is not Outcome.DID_NOT_APPEAR:
        raise Invalid("What to do about a missed appearance goes only with the outcome 'did not appear'.")
    if missed is MissedAppearance.EXCUSE:
        raise Invalid("To excuse the participant, choose the outcome 'excused'.")


def new_decision(
    actor: Actor,
    appearance: Appearance,
    token: UUID,
    outcome: Outcome,
    missed: MissedAppearance | None,
    promised: str | None,
    held_on: date,
    now: datetime,
) -> Decision:
    """Return the first version of a decision about an appearance; the caller adds it."""
    return Decision(
        court_id=appearance.court_id,
        case_id=appearance.case_id,
        appearance_id=appearance.id,
        version=1,
        token=token,
        outcome=outcome,
        missed=missed,
        promised=line(promised),
        decided_on=held_on,
        recorded_by=actor.person,
        recorded_at=now,
    )


def hold_appearance(appearance: Appearance, decision: Decision, now: datetime) -> None:
    """Mark the appearance held with what the decision says of it."""
    appearance.state = AppearanceState.HELD
    if appearance.outcome is not decision.outcome:
        appearance.known_at = now
    appearance.outcome, appearance.promised = decision.outcome, decision.promised
    appearance.changed_at = now


def _change_course(session: Session, actor: Actor, case: Case, form: BenchDecision, *, now: datetime, on: date) -> None:
    for step in form.course:
        _step(session, actor, case, step, form, now=now, on=on)
    if form.missed is MissedAppearance.WARRANT_ISSUED:
        warrant = "The judge issued a warrant."
        course.change_stage(session, actor, case, Stage.ABSCONDED, now=now, on=on, reason=warrant)


def _step(
    session: Session, actor: Actor, case: Case, step: CourseChange, form: BenchDecision, *, now: datetime, on: date
) -> None:
    match step:
        case CourseChange.ACCEPT_MANDATE:
            course.accept_mandate(session, actor, case, form.program or "", now=now, on=on)
        case CourseChange.ADVANCE:
            course.advance_phase(session, actor, case, now=now, on=on)
        case CourseChange.COMPLETE:
            course.complete(session, actor, case, now=now, on=on)
        case CourseChange.GRANT_ACD:
            acds.grant_acd(session, actor, case, now=now, on=on, months=form.acd_months)
        case CourseChange.DECLINE:
            course.change_stage(session, actor, case, Stage.DECLINED, now=now, on=on)


def _next_date(
    session: Session, actor: Actor, case: Case, decision: Decision, form: BenchDecision, now: datetime
) -> date | None:
    """Calendar the next appearance; a case still in the program needs one, or a reason why not."""
    if form.next_session_id is None:
        decision.no_next_date_reason = line(form.no_next_date_reason)
        if case.stage in IN_PROGRAM and not decision.no_next_date_reason:
            raise Invalid("Choose the next appearance, or write why there is none yet.")
        return None
    appearance = calendar_case(
        session,
        actor,
        case.id,
        form.next_session_id,
        form.next_purpose,
        now=now,
        reason=form.next_reason,
        over_reason=form.over_reason,
        counted=True,
    )
    decision.next_appearance_id = appearance.id
    return _court_day(session, appearance)


def _follow_up(
    session: Session, actor: Actor, case: Case, decision: Decision, next_on: date | None, now: datetime
) -> None:
    """Close what this decision settles, and write down what the court promised for the next time."""
    settled = {FollowUpKind.NO_OUTCOME, FollowUpKind.READY}
    if next_on:
        settled |= {FollowUpKind.NO_NEXT_DATE, FollowUpKind.APPROVE_DATE}
    void(session, actor, case.id, settled, on=actor.today(now))
    if decision.promised and next_on:
        write_follow_up(
            session,
            actor,
            FollowUpKind.PROMISE,
            str(decision.id),
            case_id=case.id,
            move=Move.COURT,
            reason="The court promised something for the next appearance.",
            since=decision.decided_on,
            due_on=next_on,
            now=now,
        )
