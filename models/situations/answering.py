"""What the rules say of a situation: standing and course, expected reports, responses, the next date, the ACD."""

from dataclasses import dataclass

from models.rules.compliance import StandingAnswer, standing_on
from models.rules.follow_up import AcdExpiry, acd_expiry
from models.rules.program import program_of
from models.rules.reports import ReportAnswer, standing_of_report
from models.rules.responses import Proposal, proposals
from models.rules.review_rhythm import inputs_for
from models.rules.reviews import NextReview, next_review
from models.rules.vocabulary import BEFORE_MANDATE, IN_PROGRAM, Purpose, Stage
from models.situations.situation import Situation


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answers to one situation, each with its reasons."""

    situation: Situation
    standing: StandingAnswer
    reports: tuple[tuple[str, ReportAnswer], ...]  # with the provider's name
    responses: tuple[Proposal, ...]
    next_review: NextReview | None  # None: the case needs no date, or no calendar was given
    acd: AcdExpiry | None


def answer(situation: Situation) -> Answer:
    """Ask every rule about the situation."""
    facts, policy, on = situation.facts, situation.policy, situation.on
    standing = standing_on(facts, policy, on)
    granted_on = situation.acd_granted_on
    return Answer(
        situation=situation,
        standing=standing,
        reports=_reports(situation),
        responses=proposals(facts, policy, on, situation.seen_today),
        next_review=_next_review(situation, standing),
        acd=acd_expiry(granted_on, situation.acd_months) if granted_on else None,
    )


def _reports(situation: Situation) -> tuple[tuple[str, ReportAnswer], ...]:
    return tuple(
        (
            report.provider,
            standing_of_report(
                report.state,
                report.due_on,
                report.received_on,
                report.appearance_on,
                released,
                situation.policy.reports.grace_court_days,
                situation.calendar.court_days,
                situation.on,
                situation.policy.version,
            ),
        )
        for report, released in situation.reports
    )


def _next_review(situation: Situation, standing: StandingAnswer) -> NextReview | None:
    """Propose the next date as the bench does: from today when the case is in court today."""
    facts, policy, calendar = situation.facts, situation.policy, situation.calendar
    if calendar.bench is None or facts.stage not in IN_PROGRAM:
        return None
    program = program_of(facts, policy)
    phase = program.phase(facts.phase) if program else None
    inputs = inputs_for(
        facts,
        calendar.bench,
        policy,
        today=situation.on,
        from_on=situation.on if facts.next_appearance_on == situation.on else None,
        override_days=policy.ladder.interval(phase.review_every_days, situation.given_today) if phase else None,
        purpose=_purpose(standing),
    )
    return next_review(inputs, calendar.sessions, calendar.court_days)


def _purpose(standing: StandingAnswer) -> Purpose:
    facts = standing.inputs
    if standing.course.may_complete or facts.stage is Stage.COMPLETED:
        return Purpose.COMPLETION
    first = facts.stage in BEFORE_MANDATE and facts.last_appearance_on is None
    return Purpose.INTAKE if first else Purpose.REVIEW
