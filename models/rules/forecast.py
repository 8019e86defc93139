"""Load ahead: how many places each part will need in each coming week, against the places its sessions have.

A forecast, never a booking: what is calendared is counted, what follows is expected from the rhythm of each case's
phase, from how fast sessions are attended, and from how many new cases came lately. Each number says how it is made up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from models.rules import words
from models.rules.capacity import Load
from models.rules.policy import Policy, Program
from models.rules.vocabulary import CapacityBy
from models.rules.weeks_ahead import (
    RECENT_WEEKS,
    USUAL_DAYS_PER_SESSION,
    WEEKS,
    CaseAhead,
    Forecast,
    Intake,
    Pace,
    SittingAhead,
    WeekAhead,
)


def forecast(
    cases: Sequence[CaseAhead],
    intakes: Sequence[Intake],
    sittings: Sequence[SittingAhead],
    policy: Policy,
    pace: Pace,
    *,
    today: date,
) -> Forecast:
    """Return the load of WEEKS weeks from the Monday of this week; an expected case waits for its part's next sitting week."""
    calendar = _Calendar(sittings, today)
    reviews: Counter[tuple[str, int]] = Counter()
    for case in cases:
        reviews.update((case.part, week) for week in _weeks(case, policy, pace, calendar, today))
    new = _new(intakes, policy, pace, calendar, today)
    parts = sorted({*(one.part for one in cases), *(one.part for one in intakes), *(one.part for one in sittings)})
    usual = policy.sessions.minutes_per_review
    return Forecast(
        weeks=tuple(
            calendar.week(part, week, usual, reviews[part, week], new[part, week])
            for part in parts
            for week in range(WEEKS)
        ),
        reasons=_reasons(cases, intakes, policy, pace, today),
        policy_version=policy.version,
        information_on=today,
    )


class _Calendar:
    """The sittings by part and week, and from each week the next one in which the part sits."""

    def __init__(self, sittings: Sequence[SittingAhead], today: date) -> None:
        self.monday = today - timedelta(days=today.weekday())
        self.last_on = self.monday + timedelta(weeks=WEEKS, days=-1)
        self._sittings: dict[tuple[str, int], list[SittingAhead]] = {}
        for one in sittings:
            if today <= one.on <= self.last_on:
                self._sittings.setdefault((one.part, self.week_of(one.on)), []).append(one)
        self._first_on: dict[tuple[str, int], date] = {}
        for one in sorted(sittings, key=lambda one: one.on):
            if today < one.on <= self.last_on:
                self._first_on.setdefault((one.part, self.week_of(one.on)), one.on)
        self._next: dict[str, list[int]] = {}

    def week_of(self, on: date) -> int:
        """Return the week of a civil date, 0 for the present one."""
        return (on - self.monday).days // 7

    def sitting_day(self, part: str, on: date) -> date:
        """Return a civil date to come, or the first day of the next week in which the part sits; the date where it sits no more."""
        week = self.week_of(on)
        later = self.sitting_week(part, week)
        return on if later == week else self._first_on[part, later]

    def sitting_week(self, part: str, week: int) -> int:
        """Return the week, or the next one in which the part sits after today; the week itself where it sits no more."""
        if part not in self._next:
            found, after = list(range(WEEKS)), None
            for one in range(WEEKS - 1, -1, -1):
                after = one if (part, one) in self._first_on else after
                found[one] = one if after is None else after
            self._next[part] = found
        return self._next[part][week]

    def week(self, part: str, week: int, usual_minutes: int, reviews: float, new: float) -> WeekAhead:
        """Return one week with its places and what needs them."""
        here = self._sittings.get((part, week), [])
        return WeekAhead(
            part=part,
            week_on=self.monday + timedelta(weeks=week),
            sessions=len(here),
            not_opened=sum(not one.opened for one in here),
            places=sum(_places(one.load, usual_minutes) for one in here),
            calendared=sum(one.load.booked_cases for one in here),
            reviews=reviews,
            new=new,
        )


def _places(load: Load, usual_minutes: int) -> int:
    """Return what is booked and how many more usual reviews fit; fewer than booked where the session is over already."""
    by_cases = load.capacity_cases - load.booked_cases
    by_minutes = (load.capacity_minutes - load.booked_minutes) // usual_minutes
    left = {CapacityBy.CASES: by_cases, CapacityBy.MINUTES: by_minutes}.get(load.capacity_by, min(by_cases, by_minutes))
    return load.booked_cases + left


def _weeks(case: CaseAhead, policy: Policy, pace: Pace, calendar: _Calendar, today: date) -> Iterator[int]:
    """Yield the weeks of a case's expected reviews, each in a week in which its part sits."""
    program = next((one for one in policy.programs if one.key == case.program), policy.programs[0])
    tomorrow = today + timedelta(days=1)
    if case.ends_next:
        if case.from_on < today:
            yield calendar.week_of(calendar.sitting_day(case.part, tomorrow))
        return
    begins = max(case.from_on, today)
    counted_from = today if case.program else begins
    position, entered, on = case.phase, case.phase_since or begins, case.from_on
    while True:
        phase = program.phases[min(position, len(program.phases) - 1)]
        on = max(on + timedelta(days=phase.review_every_days), tomorrow)
        if on > calendar.last_on:
            return
        on = calendar.sitting_day(case.part, on)
        yield calendar.week_of(on)
        attended = case.attended + (on - counted_from).days / pace.days_per_session
        if attended >= program.completion_attended:
            return  # that appearance is its completion
        if _advances(program, position, attended, (on - entered).days):
            position, entered = position + 1, on


def _advances(program: Program, position: int, attended: float, days: int) -> bool:
    """Tell whether a case would enter the next phase at a review; nobody is expected to be absent."""
    phase = program.phase(position)
    after = program.phase(position + 1)
    return bool(phase and after and attended >= phase.advance_attended and days >= phase.min_days)


def _new(
    intakes: Sequence[Intake], policy: Policy, pace: Pace, calendar: _Calendar, today: date
) -> Mapping[tuple[str, int], float]:
    """Return the places that cases still to come will need: a first appearance each, then the reviews of a fresh mandate."""
    expected: defaultdict[tuple[str, int], float] = defaultdict(float)
    for intake in intakes:
        fresh = CaseAhead(part=intake.part, program=None, phase=0, phase_since=None, attended=0, from_on=today)
        bare = _Calendar((), today)
        profile = Counter(_weeks(fresh, policy, pace, bare, today))
        for came in range(1, WEEKS):
            first = calendar.sitting_week(intake.part, came)
            expected[intake.part, first] += intake.opened / RECENT_WEEKS
            for later, reviews in profile.items():
                if came + later < WEEKS:
                    week = calendar.sitting_week(intake.part, came + later)
                    expected[intake.part, week] += reviews * intake.accepted / RECENT_WEEKS
    return expected


def _reasons(
    cases: Sequence[CaseAhead], intakes: Sequence[Intake], policy: Policy, pace: Pace, today: date
) -> tuple[str, ...]:
    """Say how the numbers are made, to be read aloud."""
    opened, accepted = sum(one.opened for one in intakes), sum(one.accepted for one in intakes)
    pace_words = (
        f"one session every {pace.days_per_session:.1f} days, as in the running mandates so far "
        f"({words.count(pace.attended, 'session')})"
        if pace.attended
        else f"one session every {USUAL_DAYS_PER_SESSION:.0f} days, for no running mandate tells a pace yet"
    )
    calendared = (
        "Calendared: what is on the sessions that are open. Places: what is booked, and how many more reviews of "
        f"{words.count(policy.sessions.minutes_per_review, 'minute')} fit."
    )
    reviews = (
        f"Expected reviews: {words.count(len(cases), 'case')} of the program go on in the interval of their phase "
        f"(policy {policy.version}). They are taken to attend {pace_words}; a case enters the next phase and leaves with "
        "its completion at the review where that is reached, and waits for the next week in which its part sits."
    )
    new = (
        f"New cases: {opened / RECENT_WEEKS:.1f} a week and {accepted / RECENT_WEEKS:.1f} accepted mandates a week, as "
        f"in the last {RECENT_WEEKS} weeks, in the first program of the policy. Information of {words.day(today, today)}."
    )
    return calendared, reviews, new
