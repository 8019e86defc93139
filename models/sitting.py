"""When the court sits: its closed days and its sessions with their load, as the rules take them.

Reads only. Which session is the right one for a case is for `rules.reviews` to propose and a person to decide.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models import tables
from models.rules.calendar_changes import CalendarChange
from models.rules.court_days import CourtDays
from models.rules.judge_absences import Away
from models.rules.reviews import OpenSession
from models.rules.sitting_patterns import Pattern, Term
from models.rules.vocabulary import AppearanceState, Purpose, Rhythm, SessionState
from models.scope import Actor
from models.tables import Appearance, Closure, CourtSession, Judge, JudgeAbsence, Part

TAKES_A_PLACE = (AppearanceState.SCHEDULED, AppearanceState.HELD, AppearanceState.PROPOSED)


Statement = sa.Select[*tuple[Any, ...]]

_KEPT = "court days kept"
_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_OWN = col(CourtSession.court_id) == _COURT
_DAYS = col(CourtSession.held_on).between(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date))

_CONFIRMED = sa.select(col(Closure.closed_on), col(Closure.name), col(Closure.closed_from)).where(
    col(Closure.court_id) == _COURT, col(Closure.confirmed_at).is_not(None)
)


def on_session(what: Any, condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    """Return one value of a session's appearances: a range of an index each, where joining them all would sort thousands."""
    own = (
        col(Appearance.court_id) == col(CourtSession.court_id),
        col(Appearance.court_session_id) == col(CourtSession.id),
    )
    return sa.select(what).select_from(Appearance).where(*own, condition).correlate(CourtSession).scalar_subquery()


USUAL_JUDGE = sa.func.coalesce(col(CourtSession.substitute_for), col(CourtSession.judge_id))
"""The judge a session's cases know, also while another sits for her: the one a next date prefers."""

AWAY = sa.exists().where(
    col(JudgeAbsence.court_id) == col(CourtSession.court_id),
    col(JudgeAbsence.judge_id) == col(CourtSession.judge_id),
    col(CourtSession.held_on).between(col(JudgeAbsence.first_on), col(JudgeAbsence.last_on)),
)
"""Whether a session's judge is away that day: who would sit for her is on the session already, so nobody does."""

_BOOKED = col(Appearance.state).in_(TAKES_A_PLACE)
_NEW = col(Appearance.purpose) == Purpose.INTAKE
_OPEN: Statement = (
    sa.select(
        col(CourtSession.id),
        col(CourtSession.held_on).label("on"),
        col(Part.name).label("part"),
        col(Judge.name).label("judge"),
        col(CourtSession.starts_at),
        on_session(sa.func.count(), _BOOKED).label("booked_cases"),
        col(CourtSession.capacity_cases),
        on_session(sa.func.coalesce(sa.func.sum(col(Appearance.minutes)), 0), _BOOKED).label("booked_minutes"),
        col(CourtSession.capacity_minutes),
        col(CourtSession.capacity_by),
        col(CourtSession.kept_for_new),
        sa.case(
            (col(CourtSession.kept_for_new) > 0, on_session(sa.func.count(), sa.and_(_BOOKED, _NEW))), else_=0
        ).label("booked_new"),
        sa.cast(col(CourtSession.interpreter_languages), sa.Text).label("languages"),
        sa.cast(col(CourtSession.purposes), sa.Text).label("purposes"),  # as text: a few are told apart once
    )
    .join(Part, col(Part.id) == col(CourtSession.part_id))
    .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
    .where(_OWN, _DAYS, col(CourtSession.state) == SessionState.OPEN, ~AWAY)
    .order_by(col(CourtSession.held_on), col(CourtSession.starts_at))
)
_ELSEWHERE = sa.case(
    (col(Judge.name) == sa.bindparam("judge", type_=sa.String), sa.bindparam("same_judge_until", type_=sa.Date)),
    else_=sa.bindparam("others_until", type_=sa.Date),
)
_IN_REACH = _OPEN.where(
    sa.or_(
        col(Part.name) == sa.bindparam("part", type_=sa.String),
        col(CourtSession.held_on).between(sa.bindparam("earliest", type_=sa.Date), _ELSEWHERE),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which sessions of other parts are worth reading for one case: a large court opens hundreds in two months."""

    part: str  # its own part, of which every session is read
    judge: str  # the usual one
    earliest: date  # elsewhere, sessions from this civil date
    same_judge_until: date  # to this one, where the usual judge sits
    others_until: date  # to this one, where another sits


def court_days(session: Session, actor: Actor) -> CourtDays:
    """Return the court's own days: its weekend and the closures the clerk has confirmed, of whole days or from an hour."""
    if isinstance(kept := session.info.get((_KEPT, actor.court_id)), CourtDays):
        return kept
    return days_closed(session.execute(_CONFIRMED, {"court_id": actor.court_id}).all())


def days_closed(rows: Sequence[Any]) -> CourtDays:
    """Return the court's own days from its confirmed closures, read with day, hour and name."""
    return CourtDays(
        closed=frozenset(row.closed_on for row in rows if row.closed_from is None),
        named={row.closed_on: row.name for row in rows},
        closed_from={row.closed_on: row.closed_from for row in rows if row.closed_from is not None},
    )


def keep_court_days(session: Session, actor: Actor) -> CourtDays:
    """Return the court's own days and keep them for this session: for thousands of acts while no closure changes."""
    days = court_days(session, actor)
    session.info[_KEPT, actor.court_id] = days
    return days


def away(session: Session, actor: Actor, first: date, last: date) -> tuple[Away, ...]:
    """Return the judges' absences with a day from `first` to `last`, in one statement."""
    fields = (JudgeAbsence.judge_id, JudgeAbsence.first_on, JudgeAbsence.last_on, JudgeAbsence.substitute_id)
    rows = session.execute(
        sa.select(*map(col, fields), col(JudgeAbsence.reason))
        .where(
            col(JudgeAbsence.court_id) == actor.court_id,
            col(JudgeAbsence.first_on) <= last,
            col(JudgeAbsence.last_on) >= first,
        )
        .order_by(col(JudgeAbsence.first_on), col(JudgeAbsence.id))
    ).mappings()
    return tuple(Away(**row) for row in rows)


def terms(session: Session, actor: Actor) -> tuple[Term, ...]:
    """Return the court's terms by their first day, in one statement."""
    fields = (tables.Term.name, tables.Term.first_on, tables.Term.last_on)
    rows = session.execute(
        sa.select(*map(col, fields))
        .where(col(tables.Term.court_id) == actor.court_id)
        .order_by(col(tables.Term.first_on), col(tables.Term.name))
    ).mappings()
    return tuple(Term(**row) for row in rows)


def as_pattern(row: tables.SittingPattern) -> Pattern:
    """Return a stored pattern as the rule takes it."""
    return Pattern(
        rhythm=Rhythm(row.rhythm),
        from_on=row.from_on,
        until_on=row.until_on,
        starts_at=row.starts_at,
        weekday=row.weekday or 0,
        every_weeks=row.every_weeks or 1,
        nth=row.nth or 1,
        dates=frozenset(map(date.fromisoformat, row.dates)),
        terms=frozenset(row.terms),
    )


def open_sessions(
    session: Session, actor: Actor, first: date, last: date, reach: Reach | None = None
) -> tuple[OpenSession, ...]:
    """Return the open sessions that have a judge from `first` to `last`, both included and within `reach`, with their load."""
    given = {"court_id": actor.court_id, "first": first, "last": last}
    rows = session.execute(_IN_REACH, given | _values(reach)) if reach else session.execute(_OPEN, given)
    names = tuple(rows.keys())[:-2]
    return tuple(
        OpenSession(
            **dict(zip(names, known, strict=True)), interpreter_languages=_languages(said), purposes=_purposes(purposes)
        )
        for *known, said, purposes in rows
    )


def touched_by(change: CalendarChange) -> sa.ColumnElement[bool]:
    """Return the condition for the court sessions that a change of the calendar is about; the court's own to add."""
    if change.session_id is not None:
        return sa.and_(col(CourtSession.id) == change.session_id)
    days: sa.ColumnElement[bool] = col(CourtSession.held_on).between(change.first_on, change.last_on)
    if change.judge_id is not None:
        days = sa.and_(days, col(CourtSession.judge_id) == change.judge_id)
    return days if change.closed_from is None else sa.and_(days, col(CourtSession.starts_at) >= change.closed_from)


def _values(reach: Reach) -> dict[str, object]:
    return {field.name: getattr(reach, field.name) for field in fields(reach)}


@cache
def _purposes(words: str) -> frozenset[Purpose]:
    return frozenset(map(Purpose, json.loads(words)))


@cache
def _languages(words: str) -> frozenset[str]:
    return frozenset(json.loads(words))
