"""The versions of its policy that a court has written, read once by what they say: the same text is the same policy.

Nothing of a case is in them. A court that has written none is answered from the files in `models.policies`.
"""

from collections.abc import Collection
from datetime import date
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.policies import load, policy_in_force, written_in_files
from models.rules.policy import Policy
from models.tables import PolicyVersion

#: A version with a day is in force, planned or replaced, and its text is never changed; one without is a draft.
HAS_A_DAY = col(PolicyVersion.in_force_from).is_not(None)

_COURT = col(PolicyVersion.court_id) == sa.bindparam("court_id", type_=sa.Uuid)
_DIGESTS = sa.select(col(PolicyVersion.digest)).where(_COURT, HAS_A_DAY)
_TEXTS = sa.select(col(PolicyVersion.digest), col(PolicyVersion.text)).where(
    _COURT, col(PolicyVersion.digest).in_(sa.bindparam("digests", expanding=True))
)
_ON = (
    sa.select(col(PolicyVersion.text))
    .where(_COURT, col(PolicyVersion.in_force_from) <= sa.bindparam("on_day", type_=sa.Date))
    .order_by(col(PolicyVersion.in_force_from).desc())
    .limit(1)
)

_MOST_KEPT = 1000
_kept: dict[str, Policy] = {}


def digest_of(text: str) -> str:
    """Return what a text is known by: two texts with one digest are the same text."""
    return sha256(text.encode()).hexdigest()


def of_court(session: Session, court_id: UUID) -> tuple[Policy, ...]:
    """Return the court's own versions that have a day, the first one first; empty when it has written none."""
    return known(session, court_id, set(session.scalars(_DIGESTS, {"court_id": court_id})))


def document_on(session: Session, court_id: UUID, file: str, on: date) -> str:
    """Return the document in force on a civil date; the `file`'s of that key for a court without versions of its own."""
    found = session.scalar(_ON, {"court_id": court_id, "on_day": on})
    policy = policy_in_force(file, on) if found is None else None
    return found or next(one.text for one in written_in_files(file) if one.policy is policy)


def known(session: Session, court_id: UUID, digests: Collection[str]) -> tuple[Policy, ...]:
    """Return the court's versions with these digests, the first one first.

    Costs a statement only where this process has not read one of them yet.
    """
    found = {digest: _kept[digest] for digest in digests if digest in _kept}
    if missing := [digest for digest in digests if digest not in found]:
        found |= _read(session, court_id, missing)
    return tuple(sorted(found.values(), key=lambda policy: policy.in_force_from))


def _read(session: Session, court_id: UUID, digests: Collection[str]) -> dict[str, Policy]:
    given = {"court_id": court_id, "digests": list(digests)}
    read = {digest: load(text) for digest, text in session.execute(_TEXTS, given)}
    if len(_kept) + len(read) > _MOST_KEPT:
        _kept.clear()
    _kept.update(read)
    return read
