"""The versions of the court's policy: which there are, who wrote them, who put them in force, when and why; their text.

Everybody of the court reads them; nothing of a case is in them. A court without versions of its own shows its file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.errors import NotFound
from models.policies import written_in_files
from models.rules.permissions import Action
from models.rules.policy_versions import Term, VersionState, term_on
from models.scope import Actor, require
from models.tables import PolicyVersion, User

_Writer, _Enforcer = aliased(User), aliased(User)
_VERSIONS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(PolicyVersion.id),
        col(PolicyVersion.name),
        col(PolicyVersion.in_force_from),
        col(PolicyVersion.written_at),
        col(PolicyVersion.put_in_force_at),
        col(PolicyVersion.reason),
        col(PolicyVersion.changes),
        col(_Writer.display_name).label("written_by"),
        col(_Enforcer.display_name).label("put_in_force_by"),
    )
    .outerjoin(_Writer, col(_Writer.id) == col(PolicyVersion.written_by))
    .outerjoin(_Enforcer, col(_Enforcer.id) == col(PolicyVersion.put_in_force_by))
    .where(col(PolicyVersion.court_id) == sa.bindparam("court_id", type_=sa.Uuid))
)
_TEXT = sa.select(col(PolicyVersion.text)).where(
    col(PolicyVersion.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
    col(PolicyVersion.name) == sa.bindparam("name", type_=sa.String),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version and how it stands; instants are UTC, days civil. `id` is None for a file beside the program."""

    id: UUID | None
    name: str
    term: Term
    in_force_from: date | None
    written_by: str | None = None
    written_at: datetime | None = None
    put_in_force_by: str | None = None
    put_in_force_at: datetime | None = None
    reason: str | None = None
    changes: int = 0  # of the draft, to hand back to the command that changes it


def versions(session: Session, viewer: Actor, *, today: date) -> tuple[VersionRow, ...]:
    """Return the court's versions: the draft first, then the newest; in one statement."""
    require(viewer, Action.SEE_POLICY)
    rows = list(session.execute(_VERSIONS, {"court_id": viewer.court_id}))
    days = [row.in_force_from for row in rows if row.in_force_from]
    found = [_row(row, days, today) for row in rows]
    if not days:
        found += _in_files(viewer, today)
    return tuple(sorted(found, key=lambda row: row.in_force_from or date.max, reverse=True))


def in_state(rows: Sequence[VersionRow], state: VersionState) -> VersionRow | None:
    """Return the first of the versions that stands so; None when there is none."""
    return next((row for row in rows if row.term.state is state), None)


def document(session: Session, viewer: Actor, name: str) -> str:
    """Return the TOML of the version called `name`; NotFound when the court has none of that name."""
    require(viewer, Action.SEE_POLICY)
    found = session.scalar(_TEXT, {"court_id": viewer.court_id, "name": name})
    if found is None and not viewer.policies:
        found = next((one.text for one in written_in_files(viewer.policy) if one.policy.version == name), None)
    if found is None:
        raise NotFound
    return found


def _row(row: Any, days: Sequence[date], today: date) -> VersionRow:
    return VersionRow(**row._asdict(), term=term_on(row.in_force_from, days, today))


def _in_files(viewer: Actor, today: date) -> list[VersionRow]:
    policies = [written.policy for written in written_in_files(viewer.policy)]
    days = [policy.in_force_from for policy in policies]
    return [
        VersionRow(
            id=None,
            name=policy.version,
            in_force_from=policy.in_force_from,
            term=term_on(policy.in_force_from, days, today),
        )
        for policy in policies
    ]
