"""When a case should next come to court: ranked proposals among the court's open sessions, each with its reason.

The rule proposes; a person decides. Never a closed day, never today or before, never a session without room. The same
judge as far as possible: the policy says how many days that is worth waiting for. An interval is a rhythm, so dates
before it ends are offered only beside the ranked ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from models.rules import review_words
from models.rules.court_days import CourtDays, is_court_day
from models.rules.review_inputs import OpenSession, ReviewInputs

__all__ = ["NextReview", "OpenSession", "Proposal", "ReviewInputs", "Skipped", "next_review"]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One session the case could go to, and why. Negative `days_from_target` is earlier than the interval asks."""

    session: OpenSession
    days_from_target: int
    same_judge: bool
    same_part: bool
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The reason as one text to be read aloud."""
        return " ".join(self.reasons)


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A session of the preferred part that was passed over, and why."""

    session: OpenSession
    reason: str


@dataclass(frozen=True, kw_only=True)
class NextReview:
    """The ranked proposals, best first. Without any, `why_no_date` says why and who can help."""

    proposals: tuple[Proposal, ...]
    earlier: Proposal | None  # the last session with room before the interval ends, for a judge who prefers sooner
    skipped: tuple[Skipped, ...]  # up to the best proposal's day
    why_no_date: str | None
    target_on: date
    reasons: tuple[str, ...]
    inputs: ReviewInputs
    policy_version: str
    information_on: date

    @property
    def best(self) -> Proposal | None:
        """The first proposal, if there is one."""
        return self.proposals[0] if self.proposals else None


def next_review(
    inputs: ReviewInputs, sessions: Sequence[OpenSession], court_days: CourtDays, *, at_most: int = 3
) -> NextReview:
    """Return up to `at_most` ranked proposals among `sessions` (any order), with what was passed over on the way."""
    free, full = _sorted_out(inputs, sessions, court_days)
    ahead = [session for session in free if session.on >= inputs.earliest_on]
    ranked = sorted(ahead, key=lambda session: _cost(inputs, session))[:at_most]
    proposals = tuple(_proposal(inputs, session, ahead, full, court_days) for session in ranked)
    why = None if ranked else review_words.no_date(inputs, full, sessions, court_days)
    return NextReview(
        proposals=proposals,
        earlier=_earlier(inputs, free, court_days),
        skipped=tuple(
            Skipped(session=session, reason=review_words.skipped(inputs, session, court_days))
            for session in full
            if not ranked or session.on <= ranked[0].on
        ),
        why_no_date=why,
        target_on=inputs.target_on,
        reasons=proposals[0].reasons if proposals else (why or "",),
        inputs=inputs,
        policy_version=inputs.policy_version,
        information_on=inputs.information_on or inputs.today,
    )


def _sorted_out(
    inputs: ReviewInputs, sessions: Sequence[OpenSession], court_days: CourtDays
) -> tuple[list[OpenSession], list[OpenSession]]:
    """Part the coming sessions that take such a case: those with room, and those of the part to pass over, by date."""
    free: list[OpenSession] = []
    full: list[OpenSession] = []
    for session in sorted(sessions, key=lambda s: (s.on, s.starts_at)):
        if session.on <= inputs.today or not session.takes(inputs.purpose):
            continue
        if session.has_room(inputs.minutes) and is_court_day(session.on, court_days):
            free.append(session)
        elif inputs.same_part(session) and session.on >= inputs.earliest_on:
            full.append(session)
    return free, full


def _earlier(inputs: ReviewInputs, free: Sequence[OpenSession], court_days: CourtDays) -> Proposal | None:
    """Return the last session of the part with room before the interval ends."""
    before = [session for session in free if session.on < inputs.earliest_on and inputs.same_part(session)]
    near = max(before, key=lambda session: (session.on, inputs.same_judge(session)), default=None)
    return _proposal(inputs, near, (), (), court_days) if near else None


def _cost(inputs: ReviewInputs, session: OpenSession) -> tuple[int, date, float, time, str]:
    """Order sessions by days after the target plus what another judge or part is worth; then the emptier one."""
    days = (session.on - inputs.earliest_on).days
    days += 0 if inputs.same_judge(session) else inputs.same_judge_wait_days
    days += 0 if inputs.same_part(session) else inputs.same_part_wait_days
    return days, session.on, session.booked_cases / session.capacity_cases, session.starts_at, str(session.id)


def _proposal(
    inputs: ReviewInputs,
    session: OpenSession,
    ahead: Sequence[OpenSession],
    full: Sequence[OpenSession],
    court_days: CourtDays,
) -> Proposal:
    """Put one session forward with its reasons."""
    like_it = [s.on for s in ahead if inputs.same_part(s) and inputs.same_judge(s)]
    is_next = bool(like_it) and session.on == min(like_it)
    return Proposal(
        session=session,
        days_from_target=(session.on - inputs.target_on).days,
        same_judge=inputs.same_judge(session),
        same_part=inputs.same_part(session),
        reasons=review_words.proposal(inputs, session, is_next, full, court_days),
    )
