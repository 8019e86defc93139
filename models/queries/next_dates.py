"""The next appearance of one case: ranked proposals with a reason to read aloud, from the rule and the open sessions.

It proposes and books nothing. A caller that has the facts already hands them to `proposed`, so that nothing is read twice.
"""

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import scope, sitting
from models.audit.looks import shows_case
from models.errors import NotFound
from models.facts import facts_of_case
from models.rules.audited import Look
from models.rules.court_days import CourtDays
from models.rules.facts import CaseFacts
from models.rules.permissions import Action
from models.rules.policy import Policy
from models.rules.review_rhythm import Bench, inputs_for
from models.rules.reviews import NextReview, ReviewInputs, next_review
from models.rules.vocabulary import Purpose
from models.scope import Actor
from models.tables import Case, Judge, Part, Participant

__all__ = ["Bench", "next_dates", "proposed"]

#: Which sessions are looked at first, in days before and after the interval's end, and how far where that is not enough.
#: A large court opens hundreds of sessions in four months, and nearly every case goes to one of the first.
BEFORE_DAYS, NEAR_DAYS, BEYOND_DAYS = 14, 21, 120


@shows_case(Look.NEXT_DATES)
def next_dates(
    session: Session,
    viewer: Actor,
    case_id: UUID,
    *,
    today: date,
    from_on: date | None = None,
    override_days: int | None = None,
    purpose: Purpose = Purpose.REVIEW,
    at_most: int = 3,
) -> NextReview:
    """Return the ranked proposals for a case, in four statements or five; NotFound, NotPermitted.

    `from_on` is the civil date the interval is counted from (the last appearance that was held when not given);
    `override_days` stands for the phase's interval where a response shortened or lengthened it.
    """
    scope.require(viewer, Action.SEE_CASE)
    bench = bench_of(session, viewer, case_id)
    court_days = sitting.court_days(session, viewer)
    policy = viewer.policy_on(today)
    facts = facts_of_case(session, viewer, case_id, on=today, policy=policy, court_days=court_days)
    inputs = inputs_for(
        facts, bench, policy, today=today, from_on=from_on, override_days=override_days, purpose=purpose
    )
    return _review(session, viewer, inputs, court_days, at_most)


def proposed(
    session: Session,
    viewer: Actor,
    facts: CaseFacts,
    bench: Bench,
    policy: Policy,
    court_days: CourtDays,
    *,
    today: date,
    from_on: date | None = None,
    override_days: int | None = None,
    purpose: Purpose = Purpose.REVIEW,
    at_most: int = 3,
) -> NextReview:
    """Return the same from facts already read: one statement, of the open sessions near enough, and seldom a second. The caller has authorised."""
    inputs = inputs_for(
        facts, bench, policy, today=today, from_on=from_on, override_days=override_days, purpose=purpose
    )
    return _review(session, viewer, inputs, court_days, at_most)


def _review(session: Session, viewer: Actor, inputs: ReviewInputs, court_days: CourtDays, at_most: int) -> NextReview:
    """Ask the rule with the near sessions, and again with all of them where that could change its answer."""
    tomorrow, end = inputs.today + timedelta(days=1), inputs.earliest_on
    first, last = max(tomorrow, end - timedelta(days=BEFORE_DAYS)), end + timedelta(days=NEAR_DAYS)
    near = sitting.open_sessions(session, viewer, first, last, _reach(inputs))
    found = next_review(inputs, near, court_days, at_most=at_most)
    ranked = len(found.proposals) == at_most and all(inputs.wait(one.session) <= NEAR_DAYS for one in found.proposals)
    if ranked and (found.earlier or first == tomorrow):
        return found
    coming = sitting.open_sessions(session, viewer, tomorrow, end + timedelta(days=BEYOND_DAYS))
    return next_review(inputs, coming, court_days, at_most=at_most)


def _reach(inputs: ReviewInputs) -> sitting.Reach | None:
    """Return which sessions elsewhere could weigh no more than `NEAR_DAYS`: the others need not be read."""
    if inputs.part is None or inputs.judge is None:
        return None
    same_judge_until = inputs.earliest_on + timedelta(days=NEAR_DAYS - inputs.same_part_wait_days)
    return sitting.Reach(
        part=inputs.part,
        judge=inputs.judge,
        earliest=inputs.earliest_on,
        same_judge_until=same_judge_until,
        others_until=same_judge_until - timedelta(days=inputs.same_judge_wait_days),
    )


def bench_of(session: Session, viewer: Actor, case_id: UUID) -> Bench:
    """Return the part of a case, its usual judge and the interpreter's language; NotFound when the case does not exist for the viewer."""
    row = session.execute(
        sa.select(col(Part.name), col(Judge.name), col(Participant.interpreter_language))
        .select_from(Case)
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Part, col(Part.id) == col(Case.part_id))
        .join(Judge, col(Judge.id) == col(Part.judge_id))
        .where(scope.own_cases(viewer), col(Case.id) == case_id)
    ).first()
    if row is None:
        raise NotFound
    return Bench(part=row[0], judge=row[1], language=row[2])
