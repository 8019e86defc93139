"""The audit as its readers see it: who saw a case, what somebody did, and a span of it to hand to inspectors.

Ids, words and times; no case content. Looking into it leaves an event too.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock
from models.audit.looks import shows_case, shows_list
from models.errors import Invalid
from models.rules.audited import Look
from models.rules.permissions import Action
from models.scope import Actor, own_cases, require
from models.tables import AuditEvent, AuditList, Case, User
from models.tables.base import table_of

PAGE = 50
MOST_EXPORTED = 100_000
_EVENT = table_of(AuditEvent).c


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One event; `at` is UTC, `who` None for the scheduler or the installation, `on_a_list` counts its cases."""

    seq: int
    at: datetime
    who: str | None
    action: str
    subject_type: str
    subject_id: UUID | None
    case_id: UUID | None
    session_id: UUID | None
    on_a_list: int | None
    answer: str | None  # of a refusal: NotFound or NotPermitted
    why: str | None  # the word of a reason, where one was chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Some events, the newest first; `older` is the number to go on before, None where there are no more."""

    about: UUID
    rows: tuple[Logged, ...]
    older: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody with an account, disabled ones too."""

    user_id: UUID
    name: str
    username: str


@shows_case(Look.AUDIT)
def who_saw(session: Session, viewer: Actor, named_id: UUID, *, before: int | None = None) -> LogPage:
    """Return what was done with a case and who was shown it, alone or on a list; empty for an id nobody ever asked for.

    One statement. `before` is the number of an event: the page of those before it.
    """
    require(viewer, Action.SEE_AUDIT)
    on_lists = sa.select(col(AuditList.list_id)).where(
        col(AuditList.court_id) == viewer.court_id, col(AuditList.case_id) == named_id
    )
    either = sa.union_all(
        _some(viewer, before, _EVENT.case_id == named_id), _some(viewer, before, _EVENT.list_id.in_(on_lists))
    ).subquery("either")
    return _page(session, named_id, sa.select(either.c.seq).order_by(either.c.seq.desc()).limit(PAGE + 1), viewer)


@shows_list(Look.AUDIT, lambda _: (), lambda page: ("user", page.about))
def acts_of(
    session: Session, viewer: Actor, user_id: UUID, first_on: date, last_on: date, *, before: int | None = None
) -> LogPage:
    """Return what one person did from one civil date to another, both included. One statement."""
    require(viewer, Action.SEE_AUDIT)
    first, end = _instants(viewer, first_on, last_on)
    own = sa.and_(_EVENT.actor_id == user_id, _EVENT.at >= first, _EVENT.at < end)
    return _page(session, user_id, _some(viewer, before, own), viewer)


def case_called(session: Session, viewer: Actor, text: str) -> UUID | None:
    """Return the id of the case with this docket number, or the id that was typed; None for neither. One statement."""
    require(viewer, Action.SEE_AUDIT)
    number = text.strip()
    try:
        return UUID(number)
    except ValueError:
        named = sa.select(col(Case.id)).where(
            own_cases(viewer), sa.func.upper(col(Case.docket_number)) == number.upper()
        )
        return session.scalar(named)


def staff(session: Session, viewer: Actor) -> tuple[Staff, ...]:
    """Return everybody who has or had an account, by name. One statement."""
    require(viewer, Action.SEE_AUDIT)
    found = session.execute(
        sa.select(col(User.id), col(User.display_name), col(User.username))
        .where(col(User.court_id) == viewer.court_id)
        .order_by(col(User.display_name), col(User.username))
    )
    return tuple(Staff(user_id=row[0], name=row[1], username=row[2]) for row in found)


def span(session: Session, viewer: Actor, first_on: date, last_on: date) -> tuple[int, int]:
    """Return the first and last number of the events of some civil dates, both included; (1, 0) for none.

    Raises Invalid where there are more than one file should hold. One statement.
    """
    require(viewer, Action.SEE_AUDIT)
    first, end = _instants(viewer, first_on, last_on)
    within = sa.and_(_EVENT.court_id == viewer.court_id, _EVENT.at >= first, _EVENT.at < end)
    low, high = session.execute(sa.select(sa.func.min(_EVENT.seq), sa.func.max(_EVENT.seq)).where(within)).one()
    if low is None:
        return 1, 0
    if high - low >= MOST_EXPORTED:
        raise Invalid(
            f"These days hold {high - low + 1:,} events, and a file holds {MOST_EXPORTED:,}. Choose fewer days, or ask "
            "for all of it with ./run export-audit on the court's machine."
        )
    return int(low), int(high)


def _instants(viewer: Actor, first_on: date, last_on: date) -> tuple[datetime, datetime]:
    """Return the instants (UTC) at which some civil dates begin and end."""
    midnight = time.min
    return (
        clock.at(first_on, midnight.hour, midnight.minute, viewer.zone),
        clock.at(last_on + timedelta(days=1), midnight.hour, midnight.minute, viewer.zone),
    )


def _some(viewer: Actor, before: int | None, which: sa.ColumnElement[bool]) -> Any:
    """Return the numbers of the newest events of some kind, one more than a page."""
    older = _EVENT.seq < before if before is not None else sa.true()
    newest = sa.select(_EVENT.seq).where(_EVENT.court_id == viewer.court_id, which, older)
    return sa.select(newest.order_by(_EVENT.seq.desc()).limit(PAGE + 1).subquery().c.seq)


def _page(session: Session, about: UUID, numbers: Any, viewer: Actor) -> LogPage:
    found = session.execute(
        sa.select(*_EVENT, col(User.display_name).label("who"))
        .outerjoin(User, col(User.id) == _EVENT.actor_id)
        .where(_EVENT.court_id == viewer.court_id, _EVENT.seq.in_(numbers))
        .order_by(_EVENT.seq.desc())
    ).all()
    rows = tuple(_row(event) for event in found[:PAGE])
    return LogPage(about=about, rows=rows, older=rows[-1].seq if len(found) > PAGE else None)


def _row(event: Any) -> Logged:
    said = event.detail
    return Logged(
        seq=event.seq,
        at=event.at,
        who=event.who,
        action=event.action,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        case_id=event.case_id,
        session_id=event.session_id,
        on_a_list=said.get("cases") if event.list_id else None,
        answer=said.get("answer"),
        why=said.get("why"),
    )
