"""The court's written policy as frozen values: programs, phases, deadlines and the response matrix.

Read from dated, cited TOML by `models.policies`; a rule receives one of these and never looks for a file. Every number
is the court's to change. A policy is in force from a civil date until the day before the next version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.rules.vocabulary import Behaviour, Magnitude, Purpose, ResponseKind, ResponseModel, TextLanguage


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a number comes from, and the day somebody checked it."""

    text: str
    verified_on: date | None


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One phase of a program."""

    name: str
    review_every_days: int
    min_days: int
    advance_attended: int  # sessions attended since the mandate began
    advance_without_absence_days: int | None  # days without an unacceptable absence, or no such condition


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program template: the mandate, its phases, and what completing it means."""

    key: str
    name: str
    service: str
    sessions: int
    phases: tuple[Phase, ...]
    completion_attended: int
    completion_open_responses: int
    restorable_months: int  # calendar months of the ACD
    restorable_months_family_offence: int | None = None  # where a charge is a family offence; None: no other time
    for_under_years: int | None = None  # for participants younger than this; None: for any age

    @property
    def windows(self) -> tuple[int, ...]:
        """The calendar months for which an ACD of this program can be granted, the usual first."""
        family = self.restorable_months_family_offence
        return tuple(dict.fromkeys([self.restorable_months, *([family] if family else [])]))

    def phase(self, position: int) -> Phase | None:
        """Return the phase at `position`, counted from 0; None past the last one."""
        return self.phases[position] if 0 <= position < len(self.phases) else None


@dataclass(frozen=True, kw_only=True)
class ReportTiming:
    """When a provider's report is due. Court days are days the court sits."""

    due_court_days_before: int
    grace_court_days: int
    remind_court_days_before: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SessionDefaults:
    """What a court session takes unless it says otherwise."""

    capacity_cases: int
    capacity_minutes: int
    minutes_per_review: int
    minutes_per_intake: int
    same_judge_wait_days: int = 0  # how long a review may wait rather than go to another judge
    same_part_wait_days: int = 0  # as above, rather than to another part
    interpreter_wait_days: int = 14  # as above, for a session the interpreter is booked for
    minutes_per_completion: int | None = None  # None: as for a review; so for the next two
    minutes_per_acd_restored: int | None = None
    minutes_per_other: int | None = None
    open_ahead_weeks: int = 26  # how far ahead the sessions of a pattern are kept open

    def minutes_for(self, purpose: Purpose) -> int:
        """Return the court minutes of an appearance of this kind."""
        own = {
            Purpose.INTAKE: self.minutes_per_intake,
            Purpose.COMPLETION: self.minutes_per_completion,
            Purpose.ACD_RESTORED: self.minutes_per_acd_restored,
            Purpose.OTHER: self.minutes_per_other,
        }
        return own.get(purpose) or self.minutes_per_review


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One line of the response matrix: for a behaviour, what the court may choose at each step."""

    behaviour: Behaviour
    kind: ResponseKind
    steps: tuple[tuple[str, ...], ...]  # first, second, third, further; one step only where history plays no part
    model: ResponseModel | None = None  # of this line; None: the ladder's
    phases: tuple[str, ...] = ()  # names of the phases in which it goes before a line without any; (): in all of them
    distal: bool = False  # in these phases the behaviour is a goal out of reach: an adjustment, never a sanction


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """Whether and how repeats are counted, and the matrix."""

    same_behaviour_only: bool  # repeats of the same behaviour, or of any
    window_days: int  # calendar days, the day asked about included
    incentive_goal_per_sanction: int
    rungs: tuple[Rung, ...]
    done_when_given: frozenset[str] = frozenset()  # responses with nothing left to do afterwards
    interval_percent: Mapping[str, int] = field(default_factory=dict, hash=False)  # of the phase's review interval
    model: ResponseModel = ResponseModel.GRADUATED
    since_phase: bool = False  # repeats count since the phase began, however long ago; the days only without a phase
    magnitudes: Mapping[str, Magnitude] = field(default_factory=dict, hash=False)  # how much a response asks or gives

    def window_from(self, on: date, phase_since: date | None) -> date:
        """Return the first civil day whose failures count as repeats on the day `on`."""
        return phase_since if self.since_phase and phase_since else on - timedelta(days=self.window_days - 1)

    def lines(self, behaviour: Behaviour, phase: str | None) -> tuple[Rung, ...]:
        """Return the lines that answer a behaviour in a phase: those that name it go before those that name none.

        A goal that is out of reach in this phase is never answered by a sanction.
        """
        of = [rung for rung in self.rungs if rung.behaviour is behaviour]
        named = [rung for rung in of if phase in rung.phases]
        settled = {rung.kind for rung in named}
        held = [*named, *(rung for rung in of if not rung.phases and rung.kind not in settled)]
        distal = any(rung.distal for rung in held)
        return tuple(rung for rung in held if not (distal and rung.kind is ResponseKind.SANCTION))

    def interval(self, review_every_days: int, chosen: Iterable[str]) -> int | None:
        """Return the review interval in days that the chosen responses make of the phase's; None when none changes it.

        Of several the shortest counts.
        """
        percents = [self.interval_percent[what] for what in chosen if what in self.interval_percent]
        return max(review_every_days * min(percents) // 100, 1) if percents else None


@dataclass(frozen=True, kw_only=True)
class FollowUpTiming:
    """When silence becomes a follow-up. Days are calendar days."""

    referral_answer_days: int
    no_contact_days: int
    release_warning_days: int
    outcome_grace_days: int
    several_absences: int  # unanswered unacceptable absences that make "nothing done"
    acd_warning_days: int
    sealing_days: int = 30  # calendar days after a dismissal within which the record should be sealed
    book_next_date: bool  # the scheduler books the date itself; otherwise it proposes


@dataclass(frozen=True, kw_only=True)
class ReminderTiming:
    """When participants are reminded of an appearance: calendar days before it, whole hours of the court's own clock.

    `texts` are the court's own words in some languages, with {place}, {day} and {time}; the product has words for the rest.
    """

    days_before: tuple[int, ...] = ()  # none: nobody is reminded
    from_hour: int = 9  # the first hour in which one is sent
    until_hour: int = 18  # from this hour on none is sent
    approve: bool = True  # somebody of the court looks at each before it is sent
    texts: tuple[tuple[TextLanguage, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Records:
    """What becomes of records after their end. Days are calendar days."""

    notices_days: int = 14  # after a sealing, the days on which its notices can be fetched
    facts_remain: bool = False  # an expunged case leaves years and counts for evaluation


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long what only served the work is kept: calendar days; None: for good. Cases and the audit never go by it."""

    backups_days: int = 90  # a backup is not kept longer
    ended_sign_ins_days: int | None = None
    closed_feed_addresses_days: int | None = None
    past_reminders_days: int | None = None  # after the day in court they told
    scheduler_runs_days: int | None = None  # the last of each job stays
    by_itself: bool = False  # the scheduler removes it every night; otherwise somebody asks for it


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Everything a court has written down, in one version."""

    version: str
    in_force_from: date
    source: Source
    programs: tuple[Program, ...]
    reports: ReportTiming
    sessions: SessionDefaults
    ladder: Ladder
    follow_up: FollowUpTiming
    reminders: ReminderTiming = ReminderTiming()
    records: Records = Records()
    retention: Retention = Retention()

    def program(self, key: str) -> Program:
        """Return the program template named `key`; KeyError when the policy has none of that name."""
        for program in self.programs:
            if program.key == key:
                return program
        raise KeyError(key)
