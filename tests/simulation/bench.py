"""The bench in a simulation: every appearance of the day is decided from what the rules propose, within the range or not.

Now and then the judge tries what must not be possible: a sanction that rests on nothing verified, liberty without the
gates, a form drawn from an older picture.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import database, sitting
from models.commands.decisions import BenchDecision, decide
from models.commands.responses import ChosenResponse
from models.errors import Conflict, GateMissing, Invalid
from models.facts import facts_of_case
from models.queries.next_dates import next_dates
from models.rules.facts import CaseFacts
from models.rules.program import course_on
from models.rules.responses import Proposal, proposals
from models.rules.vocabulary import (
    BEFORE_MANDATE,
    IN_PROGRAM,
    AppearanceState,
    Behaviour,
    CourseChange,
    MissedAppearance,
    Outcome,
    ResponseKind,
    Stage,
)
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession
from tests.simulation import arrests
from tests.simulation.world import Statement, World

_OUTCOMES = (Outcome.APPEARED, Outcome.EXCUSED, Outcome.DID_NOT_APPEAR, Outcome.ADJOURNED)
_SEEN = (Outcome.APPEARED, Outcome.DID_NOT_APPEAR)
_LIBERTY = "two days in custody"
LEAVES = frozenset({CourseChange.GRANT_ACD, CourseChange.DECLINE})


def day(world: World) -> None:
    """Decide today's appearances, but for those whose outcome nobody records today."""
    for row in world.ask(_called(col(CourtSession.held_on) == world.today)):
        if not world.happens(0.04):
            hold(world, row)


def unrecorded(world: World, appearance_id: UUID) -> None:
    """Record the outcome of an appearance whose day has passed."""
    for row in world.ask(_called(col(Appearance.id) == appearance_id)):
        hold(world, row)


def _called(which: sa.ColumnElement[bool]) -> Statement:
    return (
        sa.select(
            col(Appearance.id),
            col(Appearance.case_id),
            col(CourtSession.part_id),
            col(CourtSession.held_on),
            col(Case.stage),
            col(Case.version),
        )
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Case, col(Case.id) == col(Appearance.case_id))
        .where(col(Appearance.state) == AppearanceState.SCHEDULED, col(Case.stage) != Stage.SEALED, which)
        .order_by(col(CourtSession.held_on), col(CourtSession.starts_at), col(Appearance.position), col(Appearance.id))
    )


def hold(world: World, row: Any) -> None:
    """Hold one appearance: outcome, responses, course, the next date or why there is none."""
    judge = world.judges[row.part_id]
    recorder = world.clerk if world.happens(0.4) else judge
    outcome = world.chance.choices(_OUTCOMES, (84, 5, 8, 3))[0]
    missed = _missed(world, row.stage) if outcome is Outcome.DID_NOT_APPEAR else None
    if row.stage not in IN_PROGRAM:
        outcome, missed = Outcome.ADJOURNED, None
    told = arrests.choice(world, row.case_id, missed) if outcome in _SEEN else None
    with database.reading(world.bind) as session:
        facts, found = _seen(session, recorder, row, outcome)
        course = _course(world, recorder, facts, outcome, row)
        form = BenchDecision(
            appearance_id=row.id,
            token=world.token(),
            seen_version=row.version,
            outcome=outcome,
            missed=missed,
            responses=_responses(world, facts, found, outcome, row),
            course=course,
            program=_program(world) if CourseChange.ACCEPT_MANDATE in course else None,
            left_reason="It was spoken about at length." if outcome in _SEEN else None,
            after_arrest=told,
            promised="A letter for the landlord." if world.happens(0.05) else None,
        )
        if row.stage in IN_PROGRAM and not LEAVES & set(course) and missed is not MissedAppearance.WARRANT_ISSUED:
            form = _with_next(world, session, recorder, row, form)
    _try_what_must_not_be(world, recorder, row, facts, found, form)
    before = world.counts["decision"]
    world.act("decision", lambda session: decide(session, recorder, form, now=world.now))
    if world.counts["decision"] > before:
        _count(world, form, row)


def _seen(session: Session, actor: Actor, row: Any, outcome: Outcome) -> tuple[CaseFacts, tuple[Proposal, ...]]:
    policy, days = actor.policy_on(row.held_on), sitting.court_days(session, actor)
    facts = facts_of_case(session, actor, row.case_id, on=row.held_on, policy=policy, court_days=days)
    today = {Behaviour.DISTAL_GOAL} | ({Behaviour.MISSED_APPEARANCE} if outcome is Outcome.DID_NOT_APPEAR else set())
    return facts, proposals(facts, policy, row.held_on, today)


def _missed(world: World, stage: Stage) -> MissedAppearance:
    ways = [MissedAppearance.ADVANCE_WITH_COUNSEL, MissedAppearance.WARRANT_STAYED, MissedAppearance.WARRANT_ISSUED]
    return world.chance.choices(ways, (5, 3, 3 if stage is not Stage.COMPLETED else 0))[0]


def _course(world: World, actor: Actor, facts: CaseFacts, outcome: Outcome, row: Any) -> tuple[CourseChange, ...]:
    if outcome is not Outcome.APPEARED:
        return ()
    if row.stage in BEFORE_MANDATE:
        return (CourseChange.DECLINE,) if world.happens(0.08) else (CourseChange.ACCEPT_MANDATE,)
    if row.stage is Stage.COMPLETED:
        return (CourseChange.GRANT_ACD,)
    course = course_on(facts, actor.policy_on(row.held_on), row.held_on)
    if course.may_complete:
        at_once = world.happens(0.7)
        return (CourseChange.COMPLETE, CourseChange.GRANT_ACD) if at_once else (CourseChange.COMPLETE,)
    return (CourseChange.ADVANCE,) if course.may_advance and world.happens(0.9) else ()


def _program(world: World) -> str:
    return world.chance.choices(("six-sessions", "one-year"), (9, 1))[0]


def _responses(
    world: World, facts: CaseFacts, found: tuple[Proposal, ...], outcome: Outcome, row: Any
) -> tuple[ChosenResponse, ...]:
    """Choose from what is proposed: most of what went well, most failures, few needs."""
    if outcome in (Outcome.ADJOURNED, Outcome.EXCUSED) or facts.stage is not Stage.ACTIVE:
        return ()
    often = {ResponseKind.INCENTIVE: 0.9, ResponseKind.SANCTION: 0.8, ResponseKind.ADJUSTMENT: 0.06}
    chosen = []
    for one in found:
        if not one.options or not world.happens(often[one.kind]):
            continue
        if one.kind is ResponseKind.INCENTIVE and outcome is Outcome.DID_NOT_APPEAR:
            continue
        outside = world.happens(0.08)
        on = facts.absences.last_on if one.behaviour is Behaviour.ABSENCE else row.held_on
        chosen.append(
            ChosenResponse(
                kind=one.kind,
                behaviour=one.behaviour,
                behaviour_on=on if one.kind is ResponseKind.SANCTION else None,
                what="a letter to herself" if outside else world.chance.choice(one.options),
                outside_reason="She asked for something she can do at home." if outside else None,
                due_on=row.held_on + timedelta(days=14) if one.kind is not ResponseKind.INCENTIVE else None,
            )
        )
    return tuple(chosen)


def _with_next(world: World, session: Session, actor: Actor, row: Any, form: BenchDecision) -> BenchDecision:
    """Add a next date among the proposals, or why there is none."""
    if world.happens(0.05):
        return replace(form, no_next_date_reason="Counsel asks for time; the clerk agrees a date with him.")
    interval = actor.policy_on(world.today).ladder.interval(28, [one.what for one in form.responses])
    review = next_dates(session, actor, row.case_id, today=world.today, from_on=world.today, override_days=interval)
    if not review.proposals:
        return replace(form, no_next_date_reason=review.why_no_date)
    place = 1 if len(review.proposals) > 1 and world.happens(0.1) else 0
    chosen = review.proposals[place]
    if review.skipped and world.happens(0.08):
        over = review.skipped[-1].session
        if over.on > world.today:
            return replace(form, next_session_id=over.id, over_reason="Her sister can come on that day only.")
    return replace(form, next_session_id=chosen.session.id, next_reason=chosen.reason)


def _try_what_must_not_be(
    world: World, actor: Actor, row: Any, facts: CaseFacts, found: tuple[Proposal, ...], form: BenchDecision
) -> None:
    if not world.happens(0.15) or row.stage not in IN_PROGRAM:
        return
    sanction = ChosenResponse(
        kind=ResponseKind.SANCTION,
        behaviour=Behaviour.ABSENCE,
        what="written plan with the coordinator",
        outside_reason="Sessions were not attended.",
    )

    def trying(*responses: ChosenResponse, seen: int = row.version) -> Any:
        tried = replace(form, responses=responses, seen_version=seen, token=world.token())
        return lambda session: decide(session, actor, tried, now=world.now)

    if not facts.absences.unanswered:
        world.must_refuse("a sanction on nothing verified", row.case_id, Invalid, trying(sanction))
    distal = replace(sanction, behaviour=Behaviour.DISTAL_GOAL)
    world.must_refuse("a sanction for a distal goal", row.case_id, Invalid, trying(distal))
    liberty = replace(sanction, what=_LIBERTY)
    world.must_refuse("liberty without the gates", row.case_id, GateMissing, trying(liberty))
    waits = any(one.kind is ResponseKind.SANCTION for one in found)
    if waits and form.outcome is Outcome.APPEARED:
        silent = replace(form, responses=(), left_reason=None, token=world.token())
        told = partial(_tell, world, actor, silent)
        world.must_refuse("a failure left without a response or a reason", row.case_id, Invalid, told)
    world.must_refuse("a decision on an older picture", row.case_id, Conflict, trying(seen=row.version - 1))


def _tell(world: World, actor: Actor, form: BenchDecision, session: Session) -> None:
    decide(session, actor, form, now=world.now)


def _count(world: World, form: BenchDecision, row: Any) -> None:
    """Count what was decided, and remember who is away after a warrant."""
    world.counts[f"outcome {form.outcome}"] += 1
    world.counts.update(f"course {change}" for change in form.course)
    world.counts.update(f"response {one.kind}" for one in form.responses)
    world.counts.update("response outside the range" for one in form.responses if one.outside_reason)
    world.counts.update(["date put off"] if form.no_next_date_reason else [])
    world.counts.update(["over its places, with a reason"] if form.over_reason else [])
    world.counts.update([f"arrest answered: {form.after_arrest}"] if form.after_arrest else [])
    if form.missed is MissedAppearance.WARRANT_ISSUED:
        world.counts["warrant issued"] += 1
        world.lives[row.case_id].back_on = world.today + timedelta(days=world.chance.randint(10, 60))
