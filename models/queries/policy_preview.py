"""What a draft of the policy would change on the present caseload, counted: no case is named, and nothing is written.

Every open case is judged under the policy in force and under the draft by the rules of every day, in batches, so that
memory does not grow with the court. Standings are those of today; reviews are a forecast over the open sessions.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.facts import counts_alike, facts_of
from models.facts.programs import running_programs
from models.facts.statements import Chosen
from models.policies import load
from models.rules.compliance import standing_on
from models.rules.facts import CaseFacts
from models.rules.permissions import Action
from models.rules.policy import Policy
from models.rules.policy_versions import programs_lost
from models.rules.review_load import Rhythm, WeekLoad, places_on, reviews_a_week, rhythm_of, weeks
from models.rules.review_rhythm import interval_days
from models.rules.vocabulary import CLOSED, SessionState, Stage, Standing
from models.scope import Actor, asking, cases_of, require
from models.tables import Case, CourtSession

BATCH = 2000
AHEAD = timedelta(weeks=26)

Progress = Callable[[int, int], None]

_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_OPEN = sa.and_(cases_of(_COURT), col(Case.stage).not_in(CLOSED))
_COUNT = sa.select(sa.func.count()).select_from(Case).where(_OPEN)
_LAST: sa.Select[UUID] = (
    sa.select(col(Case.id))
    .where(_OPEN, col(Case.id) > sa.bindparam("after", type_=sa.Uuid))
    .order_by(col(Case.id))
    .limit(sa.bindparam("batch", type_=sa.Integer))
)
_BATCH: Chosen = sa.select(col(Case.id)).where(
    _OPEN,
    col(Case.id) > sa.bindparam("after", type_=sa.Uuid),
    col(Case.id) <= sa.bindparam("until", type_=sa.Uuid),
)
_SESSIONS: sa.Select[*tuple[Any, ...]] = sa.select(
    col(CourtSession.held_on),
    col(CourtSession.capacity_by),
    col(CourtSession.capacity_cases),
    col(CourtSession.capacity_minutes),
).where(
    col(CourtSession.court_id) == _COURT,
    col(CourtSession.held_on).between(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date)),
    col(CourtSession.state) == SessionState.OPEN,
    ~sitting.AWAY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPreview:
    """What would change: counts only."""

    cases: int
    changes: Mapping[tuple[Standing, Standing], int]  # how many go from a standing to another
    weekly_before: float  # reviews a week in the long run
    weekly_after: float
    weeks: tuple[WeekLoad, ...]  # under the draft
    newly_overloaded: tuple[WeekLoad, ...]
    no_longer_overloaded: tuple[WeekLoad, ...]
    programs_lost: str | None  # why it cannot be put in force, in words
    from_version: str
    information_on: date

    @property
    def changed(self) -> int:
        """How many cases would stand otherwise."""
        return sum(self.changes.values())


def preview(
    session: Session, viewer: Actor, text: str, *, today: date, progress: Progress = lambda _done, _all: None
) -> PolicyPreview:
    """Return what the TOML `text` would change; `progress` is told how many cases of how many are judged.

    Raises PolicyError where the text is no policy.
    """
    require(viewer, Action.MANAGE_SETTINGS)
    before, after = viewer.policy_on(today), load(text)
    tally = _Tally()
    total = session.scalar(_COUNT, asking(viewer)) or 0
    for facts in _batches(session, viewer, before, after, today):
        tally.add(facts, before, after, today)
        progress(tally.cases, total)
    loads = [
        weeks(rhythms, _places(session, viewer, policy, today))
        for rhythms, policy in ((tally.before, before), (tally.after, after))
    ]
    over_before, over_after = ({week.monday for week in load if week.overloaded} for load in loads)
    return PolicyPreview(
        cases=tally.cases,
        changes=dict(tally.changes),
        weekly_before=reviews_a_week(tally.before),
        weekly_after=reviews_a_week(tally.after),
        weeks=loads[1],
        newly_overloaded=tuple(week for week in loads[1] if week.monday in over_after - over_before),
        no_longer_overloaded=tuple(week for week in loads[1] if week.monday in over_before - over_after),
        programs_lost=programs_lost(running_programs(session, viewer), after),
        from_version=before.version,
        information_on=today,
    )


class _Tally:
    """What is counted of the cases seen so far; nothing of a single one is kept."""

    def __init__(self) -> None:
        self.cases = 0
        self.changes: Counter[tuple[Standing, Standing]] = Counter()
        self.before: Counter[Rhythm] = Counter()
        self.after: Counter[Rhythm] = Counter()

    def add(self, found: list[tuple[CaseFacts, CaseFacts]], before: Policy, after: Policy, today: date) -> None:
        """Judge a batch, each case with its facts under the two policies."""
        self.cases += len(found)
        for known, known_after in found:
            stands = standing_on(known, before, today).standing
            would = standing_on(known_after, after, today).standing
            if stands is not would:
                self.changes[stands, would] += 1
            self._reviews(self.before, known, before, today)
            self._reviews(self.after, known_after, after, today)

    def _reviews(self, rhythms: Counter[Rhythm], known: CaseFacts, policy: Policy, today: date) -> None:
        """Count when the case comes: in the program again and again, elsewhere once where it has a date."""
        if known.stage is Stage.ACTIVE:
            interval = interval_days(known, policy)
            rhythms[rhythm_of(known.next_appearance_on, known.last_appearance_on, interval, today)] += 1
        elif known.next_appearance_on:
            rhythms[Rhythm(known.next_appearance_on, 0)] += 1


def _batches(
    session: Session, viewer: Actor, before: Policy, after: Policy, today: date
) -> Iterator[list[tuple[CaseFacts, CaseFacts]]]:
    """Yield the facts of the open cases, some at a time in the order of their ids, as each policy counts them."""
    days, reached = sitting.court_days(session, viewer), UUID(int=0)
    alike = counts_alike(before, after)
    given = {**asking(viewer), "batch": BATCH}
    while ids := session.scalars(_LAST, {**given, "after": reached}).all():
        span: dict[str, Any] = {"after": reached, "until": ids[-1]}
        known = facts_of(session, viewer, _BATCH, on=today, policy=before, court_days=days, **span)
        other = known if alike else facts_of(session, viewer, _BATCH, on=today, policy=after, court_days=days, **span)
        yield [(facts, other[case_id]) for case_id, facts in known.items() if case_id in other]
        reached = ids[-1]


def _places(session: Session, viewer: Actor, policy: Policy, today: date) -> list[tuple[date, int]]:
    """Return the days of the open sessions ahead with the reviews each takes."""
    given = {"court_id": viewer.court_id, "first": today, "last": today + AHEAD}
    minutes = policy.sessions.minutes_per_review
    return [
        (row.held_on, places_on(row.capacity_by, row.capacity_cases, row.capacity_minutes, minutes))
        for row in session.execute(_SESSIONS, given)
    ]
