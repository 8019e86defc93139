"""What the preview of a change of the calendar tells: each case to move, and the whole of it. Values only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from models.rules.calendar_changes import CalendarChange, stamp
from models.rules.court_days import CourtDays
from models.rules.reviews import OpenSession
from models.rules.vocabulary import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseEnd:
    """A release that holds on the day a case is on now, and the last civil date on which it does."""

    provider: str | None  # None for who sees no cases
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """One case to move; number and name only for who sees dockets. `report_due_on` is today's due day, then the new one."""

    appearance_id: UUID
    case_id: UUID
    docket_number: str | None
    name: str | None
    on: date
    part: str
    starts_at: time
    purpose: Purpose
    minutes: int
    target: OpenSession | None
    reason: str
    interpreter_booked: bool
    also_on: frozenset[UUID]
    releases: tuple[ReleaseEnd, ...] = ()
    report_due_on: date | None = None
    new_due_on: date | None = None

    def ended_by(self, day: date) -> tuple[ReleaseEnd, ...]:
        """Return the releases that no longer hold when the case is heard on `day` instead."""
        return tuple(one for one in self.releases if one.last_on < day)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePreview:
    """The whole of it: what changes, what moves, and every open session a case could be put on instead."""

    change: CalendarChange
    closing: tuple[UUID, ...]
    rows: tuple[MoveRow, ...]
    sessions: tuple[OpenSession, ...]
    court_days: CourtDays
    proposed: tuple[date, ...]  # days proposed as holidays among the sessions: nothing is sent there unasked
    name: str | None  # of the day, where a list has proposed it as a holiday
    with_outcome: int  # appearances already held that day: they stay
    staying: int  # others that keep their place on a session with fewer places
    other_reports_due: int  # reports of other days due on the closed day: they are due on the next court day
    versions: tuple[tuple[UUID, int], ...]  # of the case of each appearance the change is about

    @property
    def day(self) -> date:
        """The first day it is about."""
        return self.change.first_on

    @property
    def plan(self) -> tuple[tuple[UUID, UUID], ...]:
        """The moves proposed, as the commands take them; shorter than the rows when some have no place."""
        return tuple((row.appearance_id, row.target.id) for row in self.rows if row.target)

    @property
    def unplaced(self) -> tuple[MoveRow, ...]:
        """The cases no session has room for."""
        return tuple(row for row in self.rows if row.target is None)

    def stamp(self, targets: Iterable[UUID] | None = None) -> str:
        """Return what this preview was made from, for a plan that fills `targets`, or the sessions proposed."""
        filled = {target for _, target in self.plan} if targets is None else set(targets)
        return stamp(self.versions, [one for one in self.sessions if one.id in filled])
