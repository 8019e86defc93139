"""The court's sessions with their load, its closed days, and what one session holds: counts only, no case.

For every role that sees the calendar, administrators too. Load counts every appearance that takes a place.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.errors import NotFound
from models.rules.capacity import within
from models.rules.permissions import Action
from models.rules.vocabulary import AppearanceState, CapacityBy, InterpreterState, Purpose, SessionState
from models.scope import Actor, require
from models.sitting import AWAY, TAKES_A_PLACE
from models.tables import Appearance, Closure, CourtSession, Judge, Part
from models.tables.base import table_of

#: Columns of a session that the calendar says in other words, or not at all.
_LEFT_OUT = ("court_id", "substitute_for", "pattern_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session: its civil day and wall time, its load in cases and minutes against its capacity."""

    id: UUID
    on: date
    starts_at: time
    part_id: UUID
    part: str
    room: str
    judge_id: UUID
    judge: str
    cases: int
    capacity_cases: int
    minutes: int
    capacity_minutes: int
    purposes: frozenset[Purpose]  # empty: any
    state: SessionState
    closed_reason: str | None
    note: str | None
    substitute_for: str | None  # the usual judge, while another sits
    judge_away: bool  # nobody sits: it cannot be held
    capacity_by: CapacityBy
    kept_for_new: int
    interpreter_languages: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Tell whether nothing is left of what fills it."""
        return not within(self.capacity_by, self._left_cases - 1, self._left_minutes - 1)

    @property
    def over(self) -> bool:
        """Tell whether more is booked than fits."""
        return not within(self.capacity_by, self._left_cases, self._left_minutes)

    @property
    def _left_cases(self) -> int:
        return self.capacity_cases - self.cases

    @property
    def _left_minutes(self) -> int:
        return self.capacity_minutes - self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureRow:
    """One closed day, closed hours, or a proposal that does not count yet."""

    id: UUID
    on: date
    name: str
    confirmed: bool
    closed_from: time | None = None  # the court sits until then; None: not at all


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRows:
    """The sessions and closures of a span of days, both by day."""

    sessions: tuple[SessionRow, ...]
    closures: tuple[ClosureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetail:
    """One session and its appearances by purpose, and by what somebody still has to do."""

    session: SessionRow
    purposes: tuple[tuple[Purpose, int], ...]
    proposed: int
    without_interpreter: int
    with_outcome: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChoice:
    """A part as a form offers it, with its usual session."""

    id: UUID
    name: str
    judge_id: UUID
    starts_at: time
    capacity_cases: int
    capacity_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a form about sessions offers: the parts, and the judges who sit (id and name)."""

    parts: tuple[PartChoice, ...]
    judges: tuple[tuple[UUID, str], ...]


def calendar(session: Session, viewer: Actor, first: date, last: date) -> CalendarRows:
    """Return sessions and closures from `first` to `last` (civil dates, both included), in two statements."""
    require(viewer, Action.SEE_CALENDAR)
    rows = session.execute(_sessions(viewer, col(CourtSession.held_on).between(first, last))).mappings()
    closed = session.execute(
        sa.select(
            col(Closure.id),
            col(Closure.closed_on),
            col(Closure.name),
            col(Closure.confirmed_at),
            col(Closure.closed_from),
        )
        .where(col(Closure.court_id) == viewer.court_id, col(Closure.closed_on).between(first, last))
        .order_by(col(Closure.closed_on))
    )
    return CalendarRows(
        sessions=tuple(_row(row) for row in rows),
        closures=tuple(
            ClosureRow(id=r[0], on=r[1], name=r[2], confirmed=r[3] is not None, closed_from=r[4]) for r in closed
        ),
    )


def session_detail(session: Session, viewer: Actor, session_id: UUID) -> SessionDetail:
    """Return one session with counts of what is on it, in two statements; NotFound."""
    require(viewer, Action.SEE_CALENDAR)
    found = session.execute(_sessions(viewer, col(CourtSession.id) == session_id)).mappings().first()
    if found is None:
        raise NotFound
    live = [col(Appearance.state).in_(TAKES_A_PLACE), col(Appearance.court_session_id) == session_id]
    counted = session.execute(
        sa.select(
            col(Appearance.purpose),
            sa.func.count(),
            sa.func.count().filter(col(Appearance.state) == AppearanceState.PROPOSED),
            sa.func.count().filter(col(Appearance.interpreter) == InterpreterState.NEEDED),
            sa.func.count().filter(col(Appearance.state) == AppearanceState.HELD),
        )
        .where(col(Appearance.court_id) == viewer.court_id, *live)
        .group_by(col(Appearance.purpose))
        .order_by(sa.func.count().desc(), col(Appearance.purpose))
    ).all()
    return SessionDetail(
        session=_row(found),
        purposes=tuple((row[0], row[1]) for row in counted),
        proposed=sum(row[2] for row in counted),
        without_interpreter=sum(row[3] for row in counted),
        with_outcome=sum(row[4] for row in counted),
    )


def choices(session: Session, viewer: Actor) -> Choices:
    """Return the parts and the judges that forms offer, by name, in two statements."""
    require(viewer, Action.SEE_CALENDAR)
    parts = session.execute(
        sa.select(
            col(Part.id),
            col(Part.name),
            col(Part.judge_id),
            col(Part.starts_at),
            col(Part.capacity_cases),
            col(Part.capacity_minutes),
        )
        .where(col(Part.court_id) == viewer.court_id)
        .order_by(col(Part.name))
    ).mappings()
    judges = session.execute(
        sa.select(col(Judge.id), col(Judge.name))
        .where(col(Judge.court_id) == viewer.court_id, col(Judge.active))
        .order_by(col(Judge.name))
    )
    return Choices(parts=tuple(PartChoice(**row) for row in parts), judges=tuple((row[0], row[1]) for row in judges))


def _sessions(viewer: Actor, which: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    """One statement: the sessions with their load, by day and time."""
    usual = aliased(Judge)
    load = (
        sa.select(
            col(Appearance.court_session_id).label("session_id"),
            sa.func.count().label("cases"),
            sa.func.sum(col(Appearance.minutes)).label("minutes"),
        )
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(Appearance.court_id) == viewer.court_id, col(Appearance.state).in_(TAKES_A_PLACE), which)
        .group_by(col(Appearance.court_session_id))
        .subquery("load")
    )
    return (
        sa.select(
            *(column for column in table_of(CourtSession).c if column.name not in _LEFT_OUT),
            col(Part.name).label("part"),
            col(Part.room).label("room"),
            col(Judge.name).label("judge"),
            col(usual.name).label("substitute_for"),
            AWAY.label("judge_away"),
            sa.func.coalesce(load.c.cases, 0).label("cases"),
            sa.func.coalesce(load.c.minutes, 0).label("minutes"),
        )
        .join(Part, col(Part.id) == col(CourtSession.part_id))
        .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
        .outerjoin(usual, col(usual.id) == col(CourtSession.substitute_for))
        .outerjoin(load, load.c.session_id == col(CourtSession.id))
        .where(col(CourtSession.court_id) == viewer.court_id, which)
        .order_by(col(CourtSession.held_on), col(CourtSession.starts_at), col(Part.name))
    )


def _row(row: Any) -> SessionRow:
    values = dict(row)
    purposes = frozenset(Purpose(purpose) for purpose in values.pop("purposes"))
    languages = tuple(values.pop("interpreter_languages"))
    return SessionRow(
        on=values.pop("held_on"),
        purposes=purposes,
        interpreter_languages=languages,
        judge_away=bool(values.pop("judge_away")),
        **values,
    )
