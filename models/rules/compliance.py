"""How a case stands on a day, with its reasons: counted from facts, by a written order, never typed in.

What the participant did not do is never taken from a provider's cancellation, a late or missing report, an ended release
(what was told under it is not counted at all), an unverified or disputed absence: those are information about what the
court cannot know. A warrant, a new arrest and a goal out of reach are told with the reasons and never change the
standing: the court answers them, not a rule.

The order, first that applies: no mandate running, absconded (a stage the court itself recorded) · ready to complete ·
several absences and nothing done · a missed appearance or an absence not yet answered · ready to advance · not assessable
(the court knows nothing, and why) · on track.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from models.rules import words
from models.rules.facts import CaseFacts, Sessions
from models.rules.policy import Policy
from models.rules.program import Course, course_on
from models.rules.releases import NOT_AVAILABLE
from models.rules.told import noted
from models.rules.vocabulary import BEFORE_MANDATE, Stage, Standing

_STAGES = {
    Stage.COMPLETED: (Standing.ON_TRACK, "mandate completed", "The mandate is done; the disposition is still to come."),
    Stage.ACD: (Standing.NOT_ASSESSABLE, "in ACD", "The case is adjourned in contemplation of dismissal."),
    Stage.ABSCONDED: (Standing.ABSCONDED, "absconded", "The court has recorded that the participant absconded."),
    Stage.DISMISSED: (Standing.NOT_ASSESSABLE, "dismissed", "The case is dismissed."),
    Stage.SEALED: (Standing.NOT_ASSESSABLE, "sealed", "The record is sealed."),
    Stage.DECLINED: (Standing.NOT_ASSESSABLE, "declined", "The program was declined, which is neutral."),
    Stage.TRANSFERRED: (Standing.NOT_ASSESSABLE, "transferred", "The case is with another court."),
    Stage.TERMINATED: (Standing.NOT_ASSESSABLE, "terminated", "The program was ended by the judge."),
}


@dataclass(frozen=True, kw_only=True)
class StandingAnswer:
    """How a case stands on a day; `headline` is the short text of a list, `reasons` the sentences behind it."""

    standing: Standing
    headline: str
    reasons: tuple[str, ...]
    information: tuple[str, ...]  # what the court cannot know, and why: never the participant's failure
    counts: Sessions
    course: Course
    inputs: CaseFacts
    information_on: date | None
    policy_version: str
    can_change_on: date | None  # the first later day on which time alone can change this answer


@dataclass(frozen=True)
class _Verdict:
    standing: Standing
    headline: str
    reason: str


def standing_on(facts: CaseFacts, policy: Policy, on: date) -> StandingAnswer:
    """Return how the case stands on the civil date `on`, by the order of this module's docstring."""
    course = course_on(facts, policy, on)
    silence = _silence(facts, on)
    verdict = (
        _outside_the_mandate(facts)
        or _ready_to_complete(course)
        or _nothing_done(facts, policy, on)
        or _unanswered(facts, on)
        or _ready_to_advance(course)
        or _not_assessable(facts, policy, on, silence)
        or _on_track(silence)
    )
    return StandingAnswer(
        standing=verdict.standing,
        headline=verdict.headline,
        reasons=tuple(
            dict.fromkeys((verdict.reason, *_waiting(facts, policy, on), *_counted(facts), *noted(facts, on)))
        ),
        information=tuple(reason for _, reason in silence),
        counts=facts.sessions,
        course=course,
        inputs=facts,
        information_on=facts.information_on,
        policy_version=policy.version,
        can_change_on=_can_change_on(facts, policy, course, on),
    )


def _outside_the_mandate(facts: CaseFacts) -> _Verdict | None:
    if facts.stage in BEFORE_MANDATE:
        headline = "no mandate yet" if facts.last_appearance_on else "first appearance"
        return _Verdict(Standing.NOT_ASSESSABLE, headline, "No mandate has been accepted, so nothing is expected yet.")
    return _Verdict(*_STAGES[facts.stage]) if facts.stage in _STAGES else None


def _ready_to_complete(course: Course) -> _Verdict | None:
    if not course.may_complete:
        return None
    done = f"{min(course.attended or 0, course.sessions)} of {course.sessions}"
    met = words.joined([condition.text for condition in course.to_complete])
    return _Verdict(
        Standing.READY_TO_COMPLETE, f"{done}, ready to complete", f"The conditions to complete are met: {met}."
    )


def _nothing_done(facts: CaseFacts, policy: Policy, on: date) -> _Verdict | None:
    unanswered = facts.absences.unanswered
    if unanswered < max(policy.follow_up.several_absences, 1):
        return None
    counted = words.count(unanswered, "unacceptable absence")
    reason = f"{counted}{_since(facts.absences.first_unanswered_on, on)}, and the court has not answered."
    return _Verdict(Standing.NOTHING_DONE, f"{words.count(unanswered, 'absence')}, nothing done", reason)


def _waiting(facts: CaseFacts, policy: Policy, on: date) -> tuple[str, ...]:
    """Say what waits for the court's answer, so that no better standing hides it."""
    if facts.stage is not Stage.ACTIVE:
        return ()
    found = _nothing_done(facts, policy, on) or _unanswered(facts, on)
    return (found.reason,) if found else ()


def _unanswered(facts: CaseFacts, on: date) -> _Verdict | None:
    appearances, absences = facts.missed_appearances, facts.absences
    if appearances.unanswered:
        when = f" {words.short_day(appearances.last_on)}" if appearances.last_on else " an appearance"
        counted = words.count(appearances.unanswered, "missed appearance")
        reason = f"{counted}{_since(appearances.first_unanswered_on, on)} without the court's answer yet."
        return _Verdict(Standing.ATTENTION, f"missed{when}", reason)
    if not absences.unanswered:
        return None
    counted = words.count(absences.unanswered, "unacceptable absence")
    reason = f"{counted}{_since(absences.first_unanswered_on, on)} without the court's answer yet."
    return _Verdict(Standing.ATTENTION, f"{words.count(absences.unanswered, 'absence')}, not answered", reason)


def _ready_to_advance(course: Course) -> _Verdict | None:
    if not course.may_advance:
        return None
    met = words.joined([condition.text for condition in course.to_advance])
    return _Verdict(
        Standing.READY_TO_ADVANCE,
        f"ready for {course.next_phase}",
        f"The conditions to advance to {course.next_phase} are met: {met}.",
    )


def _not_assessable(
    facts: CaseFacts, policy: Policy, on: date, silence: tuple[tuple[str, str], ...]
) -> _Verdict | None:
    """Answer where no session since court can be counted, and the reason is not the participant."""
    if facts.sessions_since_court.expected:
        return None
    if silence:
        headline, reason = silence[0]
        return _Verdict(Standing.NOT_ASSESSABLE, headline, reason)
    known = _newest(facts)
    if known is None or (on - known).days > policy.follow_up.no_contact_days:
        since = f" since {words.day(known, on)}" if known else ""
        headline = f"no information since {words.short_day(known)}" if known else "no information"
        return _Verdict(Standing.NOT_ASSESSABLE, headline, f"The court has had no information{since}.")
    return None


def _on_track(silence: tuple[tuple[str, str], ...]) -> _Verdict:
    headline = f"on track, {silence[0][0]}" if silence else "on track"
    return _Verdict(Standing.ON_TRACK, headline, "Nothing known waits for the court's answer.")


def _silence(facts: CaseFacts, on: date) -> tuple[tuple[str, str], ...]:
    """Name each cause of the court not knowing, as (short text, sentence); the weightiest first."""
    because = _because(facts, on)
    causes: list[tuple[str, str]] = []
    if not facts.release_active:
        ended = facts.release_ended_on
        why = f"the release ended on {words.day(ended, on)}" if ended else "there is no release"
        causes.append(("release expired" if ended else "no release", f"{because} {why}; that is neutral."))
    elif facts.withheld:
        why = "a release has ended or was never given"
        causes.append(("release not active", f"{because} {why}; that is neutral."))
    if facts.reports_outstanding:
        days = f" {words.count(facts.report_days_late, 'day')}" if facts.report_days_late else ""
        which = "a provider's report is" if facts.reports_outstanding == 1 else "providers' reports are"
        causes.append((f"report late{days}", f"{because} {which} late; that is not the participant's doing."))
    if facts.sessions_since_court.unverified:
        counted = words.count(facts.sessions_since_court.unverified, "session")
        causes.append(("session not verified", f"{counted} since court not verified or disputed, and not counted."))
    if facts.unheld:
        causes.append(("no outcome recorded", "An appearance has passed without an outcome: the court's move."))
    return tuple(causes)


def _because(facts: CaseFacts, on: date) -> str:
    if facts.sessions_since_court.expected:
        return "Some information may be missing because"
    since = f" since {words.day(facts.last_appearance_on, on)}" if facts.last_appearance_on else ""
    return f"The court has no information{since} because"


def _counted(facts: CaseFacts) -> tuple[str, ...]:
    """Count the sessions in words, those that do not count apart; nothing where no release lets them be read."""
    if facts.withheld:
        return (f"Sessions are {NOT_AVAILABLE}",)
    sessions = facts.sessions
    attended = f"{sessions.attended} of {words.count(sessions.expected, 'session')} attended"
    absences = [f"{words.count(sessions.excused, 'acceptable absence')}"] if sessions.excused else []
    absences += [f"{words.count(sessions.missed, 'unacceptable absence')}"] if sessions.missed else []
    apart = [f"{sessions.cancelled} cancelled by the provider"] if sessions.cancelled else []
    apart += [f"{sessions.unverified} not verified"] if sessions.unverified else []
    counted = f"{', '.join([attended, *absences])}." if sessions.expected else "No session to count yet."
    return (counted, f"Not counted: {words.joined(apart)}.") if apart else (counted,)


def _newest(facts: CaseFacts) -> date | None:
    known = (facts.information_on, facts.last_appearance_on, facts.mandate_since)
    return max((day for day in known if day), default=None)


def _can_change_on(facts: CaseFacts, policy: Policy, course: Course, on: date) -> date | None:
    """Return the next day to judge again though no fact changes; report and release dates bring their own."""
    if facts.stage is not Stage.ACTIVE:
        return None
    known = _newest(facts)
    days = [course.can_change_on, known + timedelta(days=policy.follow_up.no_contact_days + 1) if known else None]
    days.append(facts.next_appearance_on + timedelta(days=1) if facts.next_appearance_on else None)
    days.append(on + timedelta(days=1) if facts.reports_outstanding else None)
    return min((day for day in days if day and day > on), default=None)


def _since(first: date | None, on: date) -> str:
    return f" since {words.day(first, on)}" if first else ""
