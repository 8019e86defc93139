"""Every case in the program has a next appearance, or a visible reason why not.

Where none is on the calendar the rule proposes one and the clerk approves it; where the policy says so it is booked. A
date the judge put off with a reason, or the clerk declined, is not proposed again: then a person chooses. A case whose
last appearance has no outcome yet waits for that first.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock, sitting
from models.commands.appearances import calendar_case
from models.commands.sweeps import aside
from models.commands.sweeps.approvals import end_old_proposals, keep_approvals
from models.commands.sweeps.keeping import Due, Swept, write
from models.commands.sweeps.parameters import COURT, ON, Statement, rows
from models.errors import Refused
from models.facts import facts_of
from models.facts.statements import Chosen
from models.rules import follow_up_reasons
from models.rules.facts import CaseFacts
from models.rules.moves import with_one_more
from models.rules.review_rhythm import Bench, inputs_for
from models.rules.reviews import NextReview, OpenSession, Proposal, next_review
from models.rules.vocabulary import (
    BEFORE_MANDATE,
    IN_PROGRAM,
    AppearanceState,
    FollowUpKind,
    Move,
    Purpose,
    Stage,
)
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession, Decision, FollowUp, Judge, Part, Participant

JOB = "next_dates"
BATCH = 100

#: How far ahead sessions are looked for, in days.
AHEAD = timedelta(days=200)

_RECORDED = "The reason is recorded with the decision."
_DECLINED = "A proposed date was declined; choose another one."

_ON_ITS_WAY = sa.exists().where(
    col(Appearance.court_id) == COURT,
    col(Appearance.case_id) == col(Case.id),
    col(Appearance.state).in_((AppearanceState.SCHEDULED, AppearanceState.PROPOSED)),
)
_WITHOUT_DATE = sa.and_(col(Case.court_id) == COURT, col(Case.stage).in_(IN_PROGRAM), ~_ON_ITS_WAY)
_LAST_DECISION = (
    sa.select(col(Decision.no_next_date_reason))
    .where(col(Decision.court_id) == COURT, col(Decision.case_id) == col(Case.id))
    .order_by(col(Decision.decided_on).desc(), col(Decision.recorded_at).desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)
_DECLINED_DATE = sa.exists().where(
    col(Appearance.court_id) == COURT,
    col(Appearance.case_id) == col(Case.id),
    col(Appearance.state) == AppearanceState.REMOVED,
    col(Appearance.added_by).is_(None),
    col(CourtSession.id) == col(Appearance.court_session_id),
    col(CourtSession.held_on) >= ON,
)
_TAKEN_OFF_AT = (
    sa.select(sa.func.max(col(Appearance.changed_at)))
    .where(
        col(Appearance.court_id) == COURT,
        col(Appearance.case_id) == col(Case.id),
        col(Appearance.state) == AppearanceState.REMOVED,
    )
    .correlate(Case)
    .scalar_subquery()
)
_HELD_ON = (
    sa.select(sa.func.max(col(CourtSession.held_on)))
    .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
    .where(
        col(Appearance.court_id) == COURT,
        col(Appearance.case_id) == col(Case.id),
        col(Appearance.state) == AppearanceState.HELD,
    )
    .correlate(Case)
    .scalar_subquery()
)
_OPEN_SINCE = (
    sa.select(sa.func.max(col(FollowUp.since)))
    .where(
        col(FollowUp.court_id) == COURT,
        col(FollowUp.case_id) == col(Case.id),
        col(FollowUp.kind) == FollowUpKind.NO_NEXT_DATE,
        col(FollowUp.done_on).is_(None),
        col(FollowUp.void_on).is_(None),
    )
    .correlate(Case)
    .scalar_subquery()
)
_NEXT: Statement = (
    sa.select(
        col(Case.id),
        col(Case.stage),
        col(Case.stage_since),
        col(Part.name).label("part"),
        col(Judge.name).label("judge"),
        col(Participant.interpreter_language).label("language"),
        _LAST_DECISION.is_not(None).label("put_off"),
        _DECLINED_DATE.label("declined"),
        _HELD_ON.label("held_on"),
        _TAKEN_OFF_AT.label("taken_off_at"),
        _OPEN_SINCE.label("open_since"),
    )
    .join(Participant, col(Participant.id) == col(Case.participant_id))
    .join(Part, col(Part.id) == col(Case.part_id))
    .join(Judge, col(Judge.id) == col(Part.judge_id))
    .where(_WITHOUT_DATE, col(Case.id) > sa.bindparam("after", type_=sa.Uuid), ~aside.resting(JOB, col(Case.id)))
    .order_by(col(Case.id))
    .limit(BATCH)
)
_BATCH: Chosen = sa.select(col(Case.id)).where(
    _WITHOUT_DATE,
    col(Case.id).between(sa.bindparam("first_id", type_=sa.Uuid), sa.bindparam("last_id", type_=sa.Uuid)),
)


def give_next_dates(session: Session, actor: Actor, *, now: datetime, after: UUID | None = None) -> Swept:
    """Give the next batch of cases after a case's id a date or a reason; `reached` is None once all have one."""
    today = actor.today(now)
    changed = end_old_proposals(session, actor, now=now) if after is None else 0
    due = rows(session, actor, _NEXT, today, after=after or UUID(int=0), now=now)
    work = partial(_give, session, actor, now)
    changed += aside.each(session, actor, JOB, due, work, now=now, case_of=lambda row: row.id)
    aside.settle(session, actor, JOB, (row.id for row in due), now=now)
    if len(due) == BATCH:
        return Swept(changed, due[-1].id)
    changed += _void_where_there_is_one(session, actor, today)
    return Swept(changed + keep_approvals(session, actor, now=now))


def _give(session: Session, actor: Actor, now: datetime, due: Sequence[Any]) -> int:
    today = actor.today(now)
    policy, court_days = actor.policy_on(today), sitting.court_days(session, actor)
    span = {"first_id": due[0].id, "last_id": due[-1].id}
    facts = facts_of(session, actor, _BATCH, on=today, policy=policy, court_days=court_days, **span)
    sessions = list(sitting.open_sessions(session, actor, today + timedelta(days=1), today + AHEAD))
    missing, dated = [], 0
    for row in due:
        known = facts[row.id]
        inputs = inputs_for(known, _bench(row), policy, today=today, purpose=_purpose(row.stage, known))
        review = next_review(inputs, sessions, court_days, at_most=1)
        booked = None if row.put_off or row.declined else _calendar(session, actor, row.id, review, now)
        if booked:
            dated += 1
            _fill(sessions, booked, inputs.minutes, inputs.purpose)
        else:
            missing.append(_missing(row, known, review, actor))
    return dated + write(session, actor, missing, now=now)


def _bench(row: Any) -> Bench:
    return Bench(part=row.part, judge=row.judge, language=row.language)


def _purpose(stage: Stage, facts: CaseFacts) -> Purpose:
    if stage is Stage.COMPLETED:
        return Purpose.COMPLETION
    first = stage in BEFORE_MANDATE and facts.last_appearance_on is None
    return Purpose.INTAKE if first else Purpose.REVIEW


def _calendar(session: Session, actor: Actor, case_id: UUID, review: NextReview, now: datetime) -> Proposal | None:
    """Put the best proposal on the calendar, proposed or booked as the policy says; None when there is none."""
    best = review.best
    if best is None:
        return None
    book = actor.policy_on(actor.today(now)).follow_up.book_next_date
    state = AppearanceState.SCHEDULED if book else AppearanceState.PROPOSED
    try:
        calendar_case(
            session, actor, case_id, best.session.id, review.inputs.purpose, now=now, reason=best.reason, state=state
        )
    except Refused:  # somebody took the place meanwhile; the next sweep looks again
        return None
    return best


def _fill(sessions: list[OpenSession], booked: Proposal, minutes: int, purpose: Purpose) -> None:
    """Count the place that was just taken, so that the next case sees the load as it is now."""
    place = next(n for n, one in enumerate(sessions) if one.id == booked.session.id)
    sessions[place] = with_one_more(sessions[place], minutes, purpose)


def _missing(row: Any, facts: CaseFacts, review: NextReview, actor: Actor) -> Due:
    """Say since when there is no next date and why; put off by the judge it is due when the phase's interval ends.

    A date that went later is a matter of its own, whatever became of the one before; what is open keeps its day.
    """
    since = row.open_since or _since(row, actor)
    last = facts.last_appearance_on
    why = _RECORDED if row.put_off else _DECLINED if row.declined else review.why_no_date
    return Due(
        kind=FollowUpKind.NO_NEXT_DATE,
        occurrence=f"{row.id}:{since}",
        case_id=row.id,
        reason=follow_up_reasons.no_next_date(since, last if last == since else None, why),
        move=Move.COURT if row.put_off else Move.CLERK,
        since=since,
        due_on=max(since, review.target_on) if row.put_off else since,
    )


def _since(row: Any, actor: Actor) -> date:
    """Return the day from which the case has no date: its last one was held or taken off, or it is back in the program."""
    taken_off_on = clock.court_day(row.taken_off_at, actor.zone) if row.taken_off_at else None
    return max(day for day in (row.stage_since, row.held_on, taken_off_on) if day)


def _void_where_there_is_one(session: Session, actor: Actor, today: date) -> int:
    """Close the follow-ups of cases that have a date now, or need none any more."""
    still = sa.select(col(Case.id)).where(_WITHOUT_DATE).params(court_id=actor.court_id)
    result = session.connection().execute(
        sa.update(FollowUp)
        .where(
            col(FollowUp.court_id) == actor.court_id,
            col(FollowUp.kind) == FollowUpKind.NO_NEXT_DATE,
            col(FollowUp.done_on).is_(None),
            col(FollowUp.void_on).is_(None),
            col(FollowUp.case_id).not_in(still),
        )
        .values(void_on=today)
    )
    return result.rowcount
