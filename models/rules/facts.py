"""What the rules look at: the facts of one case on one civil date, counted once and handed in.

`models.facts` fills these from the database for many cases in a fixed number of statements; tests write them by hand.
What cannot count against a participant has fields of its own here, so that no rule can mistake it for her failure.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from models.rules.vocabulary import Stage, WarrantState


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """Service sessions by kind. Disputed ones are counted as unverified."""

    attended: int = 0
    excused: int = 0  # acceptable absences
    missed: int = 0  # unacceptable absences, verified and undisputed
    cancelled: int = 0  # by the provider
    unverified: int = 0

    @property
    def expected(self) -> int:
        """Sessions the participant could attend: the provider's cancellations and unverified ones are not among them."""
        return self.attended + self.excused + self.missed


@dataclass(frozen=True, kw_only=True)
class Failures:
    """One behaviour that the court may answer, as far as it is verified."""

    in_window: int = 0  # within the ladder's window, today included
    unanswered: int = 0  # no response that is not withdrawn came after it, given while the court knew of it
    first_unanswered_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """One case as it is known on a day; every date is a civil date of the court."""

    stage: Stage
    program: str | None = None  # key of the program template; None before a mandate is accepted
    phase: int = 0  # position in the program, from 0
    phase_since: date | None = None
    mandate_since: date | None = None
    sessions: Sessions = field(default_factory=Sessions)  # since the mandate began
    sessions_since_court: Sessions = field(default_factory=Sessions)  # after the last appearance that was held
    absences: Failures = field(default_factory=Failures)
    missed_appearances: Failures = field(default_factory=Failures)
    open_responses: int = 0  # ordered, neither done nor withdrawn
    distal_goals: int = 0  # the court's findings of a goal out of reach since the mandate: a need, never a failure
    last_response_on: date | None = None
    reports_outstanding: int = 0  # past their grace, not received, and under an active release
    report_days_late: int = 0  # court days since the oldest of them was due; 0 where nobody counted
    release_active: bool = True  # False: declined, expired or revoked, so that nobody may report
    release_ended_on: date | None = None  # expired or revoked on; None: active, declined or never asked
    withheld: bool = (
        False  # sessions are recorded that no active release lets anybody read: none of them is counted here
    )
    unheld: int = 0  # appearances whose day has passed without an outcome: the court's move
    last_appearance_on: date | None = None
    next_appearance_on: date | None = None
    warrant: WarrantState | None = None  # as last ordered, by the judge
    warrant_on: date | None = None
    arrests: int = 0  # new arrests told since the mandate began: facts with a source, not verdicts
    arrests_since_court: int = 0  # of these, told after the last appearance that was held
    last_arrest_on: date | None = None
    information_on: date | None = None  # the newest fact from court or provider


def without_content(facts: CaseFacts, information_on: date | None) -> CaseFacts:
    """Return the facts without anything that providers told, for a day on which no release lets it be read.

    `information_on` is the newest day known without it. What is left are the court's own acts.
    """
    return replace(
        facts,
        sessions=Sessions(),
        sessions_since_court=Sessions(),
        absences=Failures(),
        withheld=True,
        information_on=information_on,
    )
