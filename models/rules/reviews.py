"""When a case should next come to court: ranked proposals among the court's open sessions, each with its reason.

The rule proposes; a person decides. Never a closed day or hour, never today or before, never a session without room. The same
judge as far as possible: the policy says how many days that is worth waiting for. An interval is a rhythm, so dates
before it ends are offered only beside the ranked ones.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from operator import itemgetter
from uuid import UUID

from models.rules import review_words
from models.rules.court_days import CourtDays, why_not_sitting
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
    """Return up to `at_most` (1 or more) ranked proposals among `sessions` (any order), with what was passed over on the way."""
    ordered = sorted(sessions, key=_by_day)
    first = bisect_left(ordered, inputs.earliest_on, key=_day)
    ranked, full = _walk(inputs, ordered[first:], court_days, at_most)
    best_fit = min((s.on for s in ranked if inputs.same_part(s) and inputs.same_judge(s)), default=None)
    proposals = tuple(_proposal(inputs, session, session.on == best_fit, full, court_days) for session in ranked)
    why = None if ranked else review_words.no_date(inputs, full, ordered, court_days)
    return NextReview(
        proposals=proposals,
        earlier=_earlier(inputs, ordered[:first], court_days),
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


def _day(session: OpenSession) -> date:
    return session.on


def _by_day(session: OpenSession) -> tuple[date, time]:
    return session.on, session.starts_at


def _walk(
    inputs: ReviewInputs, coming: Sequence[OpenSession], court_days: CourtDays, at_most: int
) -> tuple[list[OpenSession], list[OpenSession]]:
    """Walk the sessions by date; return the best few with room, and those of the part that were passed over.

    Stops once the wait alone outweighs the last of the best: many cases can be asked about in one night.
    """
    found: list[tuple[_Cost, OpenSession]] = []
    full: list[OpenSession] = []
    earliest = inputs.earliest_on
    for session in coming:
        if len(found) == at_most and (session.on - earliest).days > found[-1][0][0]:
            break
        if not session.takes(inputs.purpose):
            continue
        if inputs.fits(session) and not why_not_sitting(session.on, session.starts_at, court_days):
            insort(found, (_cost(inputs, session), session), key=itemgetter(0))
            del found[at_most:]
        elif inputs.same_part(session):
            full.append(session)
    return [session for _, session in found], full


def _earlier(inputs: ReviewInputs, before: Sequence[OpenSession], court_days: CourtDays) -> Proposal | None:
    """Return the last session of the part with room before the interval ends, with the same judge if two share a day."""
    near: OpenSession | None = None
    for session in reversed(before):
        if session.on <= inputs.today or (near and session.on < near.on):
            break
        fits = session.takes(inputs.purpose) and inputs.fits(session) and inputs.same_part(session)
        if not fits or why_not_sitting(session.on, session.starts_at, court_days):
            continue
        if near is None or inputs.same_judge(session):
            near = session
    return _proposal(inputs, near, False, (), court_days) if near else None


_Cost = tuple[int, date, float, time, UUID]


def _cost(inputs: ReviewInputs, session: OpenSession) -> _Cost:
    """Order sessions by days to wait with what judge, part and interpreter are worth; then the emptier one."""
    share = session.booked_cases / session.capacity_cases
    return inputs.wait(session), session.on, share, session.starts_at, session.id


def _proposal(
    inputs: ReviewInputs,
    session: OpenSession,
    is_next: bool,
    full: Sequence[OpenSession],
    court_days: CourtDays,
) -> Proposal:
    """Put one session forward with its reasons; `is_next` when it is the part's and the judge's first with room."""
    return Proposal(
        session=session,
        days_from_target=(session.on - inputs.target_on).days,
        same_judge=inputs.same_judge(session),
        same_part=inputs.same_part(session),
        reasons=review_words.proposal(inputs, session, is_next, full, court_days),
    )
