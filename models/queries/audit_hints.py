"""What people opened in the last days, counted for the rule that looks for what is not like the rest.

Three statements, however much was recorded. Of a participant's name it tells only whether the family is called like the
person's who opened the case.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock, sitting
from models.audit.looks import shows_list
from models.rules.audited import REFUSED, Look
from models.rules.court_days import is_court_day
from models.rules.permissions import Action
from models.rules.unusual_access import Hint, PersonsDay, family_name, hints
from models.rules.vocabulary import Role
from models.scope import Actor, own_cases, require
from models.tables import AuditEvent, Case, Participant, Person, User, UserRole

DAYS = 14

#: Looks at one case, which a person chose.
OPENED = (Look.BENCH, Look.CASE_FILE, Look.AS_SEEN, Look.PARTICULARS)
_EMERGENCY = "break_glass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """The hints of some civil dates, and the names of the people in them."""

    first_on: date
    last_on: date
    hints: tuple[Hint, ...]
    names: dict[UUID, str]


@shows_list(Look.AUDIT, lambda _: ())
def unusual_access(session: Session, viewer: Actor, *, today: date) -> Hints:
    """Return what the last two weeks give to ask about."""
    require(viewer, Action.SEE_AUDIT)
    first_on = today - timedelta(days=DAYS - 1)
    people = _people(session, viewer)
    days: dict[tuple[UUID, date], list[Any]] = defaultdict(list)
    for row in session.execute(_events(viewer, first_on)):
        if row.actor_id in people:
            days[row.actor_id, row.at.astimezone(viewer.zone).date()].append(row)
    court_days = sitting.court_days(session, viewer)
    told = [
        _day(viewer, user_id, people[user_id], on, is_court_day(on, court_days), rows)
        for (user_id, on), rows in days.items()
    ]
    names = {user_id: name for user_id, (name, _) in people.items()}
    return Hints(first_on=first_on, last_on=today, hints=hints(told), names=names)


def _events(viewer: Actor, first_on: date) -> sa.Select[*tuple[Any, ...]]:
    """Select the looks at one case, refusals and emergencies since a civil date, with the participant's name to compare."""
    return (
        sa.select(
            col(AuditEvent.actor_id),
            col(AuditEvent.at),
            col(AuditEvent.action),
            col(Case.id).label("case_id"),
            col(Person.legal_name),
        )
        .outerjoin(Case, sa.and_(col(Case.id) == col(AuditEvent.case_id), own_cases(viewer)))
        .outerjoin(Participant, col(Participant.id) == col(Case.participant_id))
        .outerjoin(Person, col(Person.id) == col(Participant.person_id))
        .where(
            col(AuditEvent.court_id) == viewer.court_id,
            col(AuditEvent.at) >= clock.at(first_on, 0, 0, viewer.zone),
            col(AuditEvent.action).in_((*OPENED, REFUSED, _EMERGENCY)),
        )
    )


def _people(session: Session, viewer: Actor) -> dict[UUID, tuple[str, frozenset[Role]]]:
    """Return the court's people by id: name and roles."""
    rows = session.execute(
        sa.select(col(User.id), col(User.display_name), col(UserRole.role))
        .outerjoin(UserRole, col(UserRole.user_id) == col(User.id))
        .where(col(User.court_id) == viewer.court_id)
    )
    found: dict[UUID, tuple[str, frozenset[Role]]] = {}
    for user_id, name, role in rows:
        roles = found.get(user_id, (name, frozenset[Role]()))[1]
        found[user_id] = (name, roles | ({Role(role)} if role else frozenset()))
    return found


def _day(
    viewer: Actor, user_id: UUID, person: tuple[str, frozenset[Role]], on: date, court_day: bool, rows: list[Any]
) -> PersonsDay:
    """Count one person's day."""
    name, roles = person
    own = family_name(name)
    opened = [row for row in rows if row.action in OPENED and row.case_id]
    named = {row.case_id: row.legal_name for row in opened} if own else {}
    alike = {case_id for case_id, legal_name in named.items() if family_name(legal_name) == own}
    return PersonsDay(
        user_id=user_id,
        roles=roles,
        on=on,
        court_day=court_day,
        opened=frozenset(row.case_id for row in opened),
        times=tuple(row.at.astimezone(viewer.zone).time() for row in opened),
        refused=sum(row.action == REFUSED for row in rows),
        emergencies=sum(row.action == _EMERGENCY for row in rows),
        namesakes=frozenset(alike),
    )
