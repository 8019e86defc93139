"""Who acts, and which rows exist for them: fetching is authorising.

Every query and command goes through here. A row of another court, of a sealed case, or of a participant who is kept from
the actor, is answered exactly like one that was never there. Nothing here commits, and nothing here decides what a role
may do, or which cases exist: `rules.permissions` does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col

from models import clock, court_policies, restricted
from models.errors import Conflict, NotFound, NotPermitted
from models.policies import in_force, policy_in_force
from models.rules.permissions import Action, allowed
from models.rules.policy import Policy
from models.rules.vocabulary import Role, Stage
from models.tables import Case, Court, Installation, Participant, PolicyVersion, User, UserRole
from models.tables.base import CourtRow

T = TypeVar("T", bound=CourtRow)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody acting in one court; `user_id` is None for the scheduler."""

    user_id: UUID | None
    court_id: UUID
    roles: frozenset[Role]
    name: str
    court: str
    zone: ZoneInfo
    policy: str  # key of the file that is the policy of a court without versions of its own
    hidden: frozenset[UUID]  # restricted participants who do not exist for them at this instant
    policies: tuple[Policy, ...] = ()  # the court's own versions that have a day, the first one first
    demonstration: bool = False
    session_id: UUID | None = None  # the sign-in through which a person acts on a screen

    def today(self, now: datetime) -> date:
        """Return the court's civil date at an instant (UTC)."""
        return clock.court_day(now, self.zone)

    def policy_on(self, day: date) -> Policy:
        """Return the court's policy in force on a civil date, past or to come. PolicyError before its first day."""
        return in_force(self.policies, day) if self.policies else policy_in_force(self.policy, day)

    def next_policy_from(self, day: date) -> date | None:
        """Return the first civil date after `day` on which another version takes force; None when none is planned."""
        return min((one.in_force_from for one in self.policies if one.in_force_from > day), default=None)

    @property
    def person(self) -> UUID:
        """The user who acts; NotPermitted for the scheduler, which records no act of a person."""
        if self.user_id is None:
            raise NotPermitted
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was refused: who asked for which action, and the id they named of a thing of some kind."""

    actor: Actor
    action: str
    subject_type: str = "court"
    subject_id: UUID | None = None


def keeper(session: Session, court: Court) -> Actor:
    """Return the scheduler acting for one court: it keeps dates, of restricted cases too, and decides nothing."""
    installation = session.get(Installation, 1)
    return Actor(
        user_id=None,
        court_id=court.id,
        roles=frozenset({Role.CLERK}),
        name="Scheduler",
        court=court.name,
        zone=ZoneInfo(court.zone),
        policy=court.policy,
        hidden=frozenset(),
        policies=court_policies.of_court(session, court.id),
        demonstration=bool(installation and installation.demonstration),
    )


def actor_of(session: Session, user_id: UUID, *, now: datetime | None = None) -> Actor:
    """Return the account's present roles and court, in one statement; NotFound when it is disabled or not there.

    Restricted cases that the account opened in an emergency exist only at an instant `now` (UTC) before their end.
    """
    rows = session.execute(_ACCOUNT, {"user_id": user_id, "at": now}).all()
    if not rows:
        raise NotFound
    court_id, name, court, zone, policy, marked, hidden, _, _ = rows[0]
    return Actor(
        user_id=user_id,
        court_id=court_id,
        roles=frozenset(Role(row.role) for row in rows if row.role is not None),
        name=name,
        court=court,
        zone=ZoneInfo(zone),
        policy=policy,
        hidden=restricted.ids_in(hidden),
        policies=court_policies.known(session, court_id, {row.digest for row in rows if row.digest is not None}),
        demonstration=bool(marked),
    )


_ACCOUNT = (
    sa.select(
        col(User.court_id),
        col(User.display_name),
        col(Court.name),
        col(Court.zone),
        col(Court.policy),
        sa.select(col(Installation.demonstration)).scalar_subquery(),
        restricted.hidden_from(col(User.court_id)),
        col(UserRole.role),
        col(PolicyVersion.digest),
    )
    .join(Court, col(Court.id) == col(User.court_id))
    .outerjoin(UserRole, col(UserRole.user_id) == col(User.id))
    .outerjoin(PolicyVersion, sa.and_(col(PolicyVersion.court_id) == col(Court.id), court_policies.HAS_A_DAY))
    .where(col(User.id) == sa.bindparam("user_id", type_=sa.Uuid), col(User.disabled_at).is_(None))
)


def require(actor: Actor, *actions: Action) -> None:
    """Raise NotPermitted unless one of the actor's roles includes each of `actions`."""
    for action in actions:
        if not allowed(actor.roles, action):
            raise NotPermitted(asked=Asked(actor=actor, action=action))


def may(actor: Actor, action: Action) -> bool:
    """Tell whether the actor's roles include `action`, for leaving out what cannot be used."""
    return allowed(actor.roles, action)


def load(session: Session, actor: Actor, table: type[T], row_id: UUID) -> T:
    """Return the row of the actor's court with this id; NotFound when there is none for them."""
    row = session.get(table, row_id)
    if row is None or row.court_id != actor.court_id or _participant_of(row) in actor.hidden:
        raise NotFound(asked=Asked(actor=actor, action="load", subject_type=table.__name__.lower(), subject_id=row_id))
    case_id = getattr(row, "case_id", None)
    if case_id is not None:
        load_case(session, actor, case_id)
    return row


def _participant_of(row: CourtRow) -> UUID | None:
    """Return whom a row is about, where it says so itself."""
    return row.id if isinstance(row, Participant) else getattr(row, "participant_id", None)


def load_case(session: Session, actor: Actor, case_id: UUID) -> Case:
    """Return the case; NotFound when it is another court's, sealed, kept from the actor, or not there."""
    asked = Asked(actor=actor, action="load", subject_type="case", subject_id=case_id)
    case = session.get(Case, case_id)
    if case is None or case.court_id != actor.court_id or case.stage == Stage.SEALED:
        raise NotFound(asked=asked)
    if case.participant_id in actor.hidden:
        raise NotFound(asked=asked)
    return case


def own_cases(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition that keeps a statement to the cases that exist for the actor."""
    here = sa.and_(col(Case.court_id) == actor.court_id, col(Case.stage) != Stage.SEALED)
    return sa.and_(here, col(Case.participant_id).not_in(actor.hidden)) if actor.hidden else here


def cases_of(court_id: sa.BindParameter[Any]) -> sa.ColumnElement[bool]:
    """Return the same condition for a statement that is built once; `asking` gives it its values."""
    hidden = sa.bindparam("hidden", expanding=True, type_=sa.Uuid)
    here = sa.and_(col(Case.court_id) == court_id, col(Case.stage) != Stage.SEALED)
    return sa.and_(here, col(Case.participant_id).not_in(hidden))


def asking(actor: Actor) -> dict[str, Any]:
    """Return who asks, as the values of a statement that is built once: their court, and who is kept from them."""
    return {"court_id": actor.court_id, "hidden": list(actor.hidden)}


_CASES = Case.metadata.tables["cases"]
#: Built once: nearly every command changes a case.
_CLAIM = (
    sa.update(_CASES)
    .where(_CASES.c.id == sa.bindparam("case_id"), _CASES.c.version == sa.bindparam("expected"))
    .values(version=sa.bindparam("next"), look_on=None)
)


def change_case(session: Session, case: Case, seen_version: int | None = None) -> None:
    """Count one change of the case; Conflict when it is no longer at the version the actor saw.

    The case is due for a fresh look at its standing from now on.
    """
    expected = case.version if seen_version is None else seen_version
    gathered: dict[UUID, tuple[Case, int]] | None = session.info.get(_GATHERED)
    state = sa.inspect(case)
    if state.pending or (state.modified and gathered is None):
        session.flush()
    if gathered is not None:
        if expected != case.version:
            raise Conflict
        gathered.setdefault(case.id, (case, expected))
    else:
        _claim(session, {"case_id": case.id, "expected": expected, "next": expected + 1})
    set_committed_value(case, "version", expected + 1)
    set_committed_value(case, "look_on", None)


@contextmanager
def gathering(session: Session) -> Iterator[None]:
    """Count changes of cases in memory, and write each case's last version when the block ends without an error.

    For whoever does thousands of acts in one transaction; Conflict at the end where somebody else changed a case.
    """
    gathered: dict[UUID, tuple[Case, int]] = {}
    session.info[_GATHERED] = gathered
    try:
        yield
    finally:
        del session.info[_GATHERED]
    session.flush()
    for case, seen in gathered.values():
        _claim(session, {"case_id": case.id, "expected": seen, "next": case.version})


def _claim(session: Session, given: dict[str, UUID | int]) -> None:
    """Take a case from the version that was expected to the next one; Conflict when it is no longer at that version."""
    if session.connection().execute(_CLAIM, given).rowcount != 1:
        raise Conflict


_GATHERED = "case changes gathered"
