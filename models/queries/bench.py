"""The case in front of the judge: who she is, what has happened since, what was promised, what may be done, and when next.

At most twelve statements, whatever the case's length. It proposes through the rules and decides nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models import sitting
from models.audit.looks import shows_case
from models.facts import facts_of_case
from models.queries import next_dates
from models.queries.bench_case import BenchHeading, BenchService, Recorded, heading_of, recorded_of, services_of
from models.queries.timeline import Timeline, TimelineAppearance, TimelineSession, for_the_room, timeline
from models.rules import responses as ladder
from models.rules.audited import Look
from models.rules.compliance import StandingAnswer, standing_on
from models.rules.court_days import CourtDays
from models.rules.facts import CaseFacts, Sessions
from models.rules.narrative import Narrative, SinceLastCourt, narrative
from models.rules.permissions import Action
from models.rules.policy import Policy, Program
from models.rules.reports import standing_of_report
from models.rules.reviews import NextReview
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    Behaviour,
    Outcome,
    Purpose,
    ReportStanding,
    ReportState,
    ResponseKind,
    ResponseState,
)
from models.scope import Actor, require


@dataclass(frozen=True, kw_only=True)
class Intent:
    """What the judge has chosen so far on the form: proposals follow it before anything is recorded."""

    outcome: Outcome = Outcome.APPEARED
    behaviours: frozenset[Behaviour] = frozenset()  # what the court has found today, such as a distal goal
    responses: tuple[str, ...] = ()  # some change the review interval


@dataclass(frozen=True, kw_only=True)
class BenchCase:
    """Everything one screen shows of one case at one appearance, as known on `today`."""

    heading: BenchHeading
    standing: StandingAnswer
    since: Narrative
    timeline: Timeline
    services: tuple[BenchService, ...]
    proposals: tuple[ladder.Proposal, ...]
    ratio: str
    next: NextReview
    programs: tuple[Program, ...]
    recorded: Recorded | None  # the decision at this appearance, when there is one
    policy_version: str
    today: date

    @property
    def facts(self) -> CaseFacts:
        """The counts behind every answer on the screen."""
        return self.standing.inputs


@shows_case(Look.BENCH, lambda shown, _: shown.heading.case_id)
def bench(
    session: Session,
    viewer: Actor,
    appearance_id: UUID,
    *,
    today: date,
    intent: Intent | None = None,
    faces_room: bool = False,
) -> BenchCase:
    """Return the case at one appearance; NotFound when it is not the viewer's court's or has left every list.

    Where the screen `faces_room`, no name leaves here, and no reason of an absence: initials stand for the name.
    """
    require(viewer, Action.SEE_BENCH)
    chosen = intent or Intent()
    heading = heading_of(session, viewer, appearance_id, faces_room)
    court_days = sitting.court_days(session, viewer)
    policy = viewer.policy_on(today)
    facts = facts_of_case(session, viewer, heading.case_id, on=today, policy=policy, court_days=court_days)
    happened = timeline(session, viewer, heading.case_id, today=today)
    happened = for_the_room(happened) if faces_room else happened
    return BenchCase(
        heading=heading,
        standing=standing_on(facts, policy, today),
        since=narrative(_since(heading, facts, happened, policy, court_days, today), today),
        timeline=happened,
        services=services_of(session, viewer, heading.case_id, happened),
        proposals=ladder.proposals(facts, policy, today, _behaviours(chosen)),
        ratio=_ratio(happened, policy),
        next=_next(session, viewer, heading, facts, policy, court_days, today, chosen),
        programs=policy.programs,
        recorded=recorded_of(session, viewer, heading),
        policy_version=policy.version,
        today=today,
    )


def _behaviours(intent: Intent) -> frozenset[Behaviour]:
    missed = {Behaviour.MISSED_APPEARANCE} if intent.outcome is Outcome.DID_NOT_APPEAR else set()
    return intent.behaviours | missed


def _ratio(happened: Timeline, policy: Policy) -> str:
    given = [response.kind for response in happened.responses if response.state is not ResponseState.WITHDRAWN]
    goal = policy.ladder.incentive_goal_per_sanction
    return ladder.ratio_sentence(given.count(ResponseKind.INCENTIVE), given.count(ResponseKind.SANCTION), goal)


def _next(
    session: Session,
    viewer: Actor,
    heading: BenchHeading,
    facts: CaseFacts,
    policy: Policy,
    court_days: CourtDays,
    today: date,
    intent: Intent,
) -> NextReview:
    program = next((program for program in policy.programs if program.key == facts.program), None)
    phase = program.phase(facts.phase) if program else None
    changed = policy.ladder.interval(phase.review_every_days, intent.responses) if phase else None
    return next_dates.proposed(
        session,
        viewer,
        facts,
        next_dates.Bench(part=heading.part, judge=heading.judge, language=heading.interpreter_language),
        policy,
        court_days,
        today=today,
        from_on=max(heading.held_on, today),
        override_days=changed,
        purpose=Purpose.REVIEW,
        at_most=6,
    )


def _since(
    heading: BenchHeading, facts: CaseFacts, happened: Timeline, policy: Policy, court_days: CourtDays, today: date
) -> SinceLastCourt:
    """Gather what the sentence needs: the time between the last appearance before this one and now."""
    last = _last_before(heading, happened.appearances)
    after = last.on if last else date.min
    since = [one for one in happened.sessions if after < one.on <= today]
    sessions = [one for one in since if not one.disputed]
    report, due_on, received_on = _report(heading, facts, happened, policy, court_days, today)
    return SinceLastCourt(
        name=heading.called,
        pronouns=heading.pronouns,
        last_on=last.on if last else None,
        sessions=_counted(since),
        excuse_reasons=tuple(one.reason for one in sessions if one.kind is AttendanceKind.EXCUSED and one.reason),
        missed_on=tuple(one.on for one in sessions if one.kind is AttendanceKind.MISSED),
        missed_appearances_on=_missed(happened.appearances, facts),
        report=report,
        report_due_on=due_on,
        report_received_on=received_on,
        release_active=facts.release_active,
        release_ended_on=facts.release_ended_on,
        withheld=bool(happened.withheld),
        promise=last.promised if last else None,
        attended_total=facts.sessions.attended,
        information_on=facts.information_on,
    )


def _counted(sessions: Iterable[TimelineSession]) -> Sessions:
    """Count by kind, a disputed one as unverified: the facts' own count begins anew once today's outcome is recorded."""
    kinds = Counter(AttendanceKind.UNVERIFIED if one.disputed else one.kind for one in sessions)
    return Sessions(**{kind.value: kinds[kind] for kind in AttendanceKind})


def _last_before(heading: BenchHeading, appearances: Sequence[TimelineAppearance]) -> TimelineAppearance | None:
    """Return the last appearance before this one at which the court saw her, or meant to."""
    held = [
        one
        for one in appearances
        if one.state is AppearanceState.HELD
        and one.outcome is not Outcome.ADJOURNED
        and one.on <= heading.held_on
        and one.appearance_id != heading.appearance_id
    ]
    return held[-1] if held else None


def _missed(appearances: Sequence[TimelineAppearance], facts: CaseFacts) -> tuple[date, ...]:
    first = facts.missed_appearances.first_unanswered_on
    if first is None:
        return ()
    return tuple(one.on for one in appearances if one.outcome is Outcome.DID_NOT_APPEAR and one.on >= first)


def _report(
    heading: BenchHeading, facts: CaseFacts, happened: Timeline, policy: Policy, court_days: CourtDays, today: date
) -> tuple[ReportStanding | None, date | None, date | None]:
    """Return how the report for this appearance stands; of several the one still missing."""
    expected = [one for one in happened.reports if one.appearance_id == heading.appearance_id]
    waited_for = [one for one in expected if one.state is ReportState.EXPECTED] or expected
    if not waited_for:
        return None, None, None
    one = waited_for[0]
    answer = standing_of_report(
        one.state,
        one.due_on,
        one.received_on,
        heading.held_on,
        facts.release_active,
        policy.reports.grace_court_days,
        court_days,
        today,
        policy.version,
    )
    return answer.standing, one.due_on, one.received_on
