"""How many cases stood how, week by week: counted from the changes of standing, in two statements however many cases.

It counts and names nobody. A sealed case is in no week; a case that is over leaves the count on the day it ended.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlmodel import Session, col

from models.rules.permissions import Action
from models.rules.vocabulary import CLOSED, Standing
from models.scope import Actor, asking, cases_of, require
from models.tables import Case, StandingChange

WEEKS = 26

_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_UNTIL = sa.bindparam("until", type_=sa.Date)
_later = orm.aliased(StandingChange)

_CHANGES: sa.Select[Any, Any, Any, Any] = (
    sa.select(
        col(StandingChange.changed_on),
        col(StandingChange.from_standing),
        col(StandingChange.to_standing),
        sa.func.count(),
    )
    .join(Case, sa.and_(col(Case.id) == col(StandingChange.case_id), cases_of(_COURT)))
    .where(col(StandingChange.court_id) == _COURT, col(StandingChange.changed_on) <= _UNTIL)
    .group_by(col(StandingChange.changed_on), col(StandingChange.from_standing), col(StandingChange.to_standing))
)

_ENDED: sa.Select[Any, Any, Any] = (
    sa.select(col(Case.stage_since), col(StandingChange.to_standing), sa.func.count())
    .join(StandingChange, col(StandingChange.case_id) == col(Case.id))
    .where(
        cases_of(_COURT),
        col(Case.stage).in_(CLOSED),
        col(Case.stage_since) <= _UNTIL,
        ~sa.exists().where(col(_later.case_id) == col(Case.id), col(_later.id) > col(StandingChange.id)),
    )
    .group_by(col(Case.stage_since), col(StandingChange.to_standing))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfStandings:
    """How many cases stood how at the end of a civil day: the last of the week, or today."""

    on: date
    cases: Mapping[Standing, int]


def standings_over_time(
    session: Session, viewer: Actor, *, today: date, weeks: int = WEEKS
) -> tuple[WeekOfStandings, ...]:
    """Return the last `weeks` weeks, the oldest first; the last one ends today."""
    require(viewer, Action.SEE_STANDINGS)
    given = {**asking(viewer), "until": today}
    steps: dict[date, Counter[Standing]] = {}
    for on, before, after, cases in session.execute(_CHANGES, given):
        step = steps.setdefault(on, Counter())
        step[after] += cases
        if before is not None:
            step[before] -= cases
    for on, standing, cases in session.execute(_ENDED, given):
        steps.setdefault(on, Counter())[standing] -= cases
    ends = [today - timedelta(weeks=n) for n in range(weeks - 1, -1, -1)]
    return tuple(_weeks(sorted(steps.items()), ends))


def _weeks(steps: list[tuple[date, Counter[Standing]]], ends: list[date]) -> Iterable[WeekOfStandings]:
    standing: Counter[Standing] = Counter()
    for end in ends:
        while steps and steps[0][0] <= end:
            standing.update(steps.pop(0)[1])
        yield WeekOfStandings(on=end, cases={one: standing[one] for one in Standing if standing[one] > 0})
