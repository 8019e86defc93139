"""Likely duplicates at intake: participants of the court who may be the same person, with the reasons in words.

The database narrows the persons down by date of birth and by how their names begin; only those few are compared. A
person whose cases are all sealed is not found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.rules.audited import Look
from models.rules.likeness import LIKELY, Identity, likeness
from models.rules.names import beginnings
from models.rules.permissions import Action
from models.rules.vocabulary import Stage
from models.scope import Actor, own_cases, require
from models.tables import Case, Participant, Person

CANDIDATES = 200  # at most of each kind, compared one by one
_WORDS = 6  # of the names, longest first


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOf:
    """One case of a likely duplicate."""

    case_id: UUID
    docket_number: str
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyDuplicate:
    """Somebody the court knows who may be the same person; `weight` is from 0 to 100."""

    participant_id: UUID
    legal_name: str
    preferred_name: str | None
    preferred_script: str | None
    date_of_birth: date | None
    weight: int
    reason: str
    cases: tuple[CaseOf, ...]


@shows_list(Look.DUPLICATES, lambda found: (case.case_id for one in found for case in one.cases))
def likely_duplicates(
    session: Session, viewer: Actor, identity: Identity, *, at_most: int = 5
) -> tuple[LikelyDuplicate, ...]:
    """Return the likeliest first, in two statements. An identity without a name or date of birth is like nobody."""
    require(viewer, Action.OPEN_CASE)
    ways = _persons(viewer, identity)
    if not ways:
        return ()
    found = []
    for row in session.execute(_candidates(viewer, ways)):
        other = Identity(
            legal_name=row.legal_name,
            preferred_name=row.preferred_name,
            preferred_script=row.preferred_script,
            date_of_birth=row.date_of_birth,
        )
        alike = likeness(identity, other)
        if alike.weight >= LIKELY:
            found.append((alike, row))
    best = sorted(found, key=lambda pair: (-pair[0].weight, str(pair[1].id)))[:at_most]
    cases = _cases(session, viewer, [row.id for _, row in best])
    return tuple(
        LikelyDuplicate(
            participant_id=row.id,
            legal_name=row.legal_name,
            preferred_name=row.preferred_name,
            preferred_script=row.preferred_script,
            date_of_birth=row.date_of_birth,
            weight=alike.weight,
            reason=", ".join(alike.reasons),
            cases=cases.get(row.id, ()),
        )
        for alike, row in best
    )


def _persons(viewer: Actor, identity: Identity) -> list[sa.Select[UUID]]:
    """Return a statement for each way of being like her: by date of birth (an index), by how the names begin (a scan)."""
    own = sa.select(col(Person.id)).where(col(Person.court_id) == viewer.court_id).limit(CANDIDATES)
    days = _days_like(identity.date_of_birth)
    ways = [own.where(col(Person.date_of_birth).in_(days))] if days else []
    starts = beginnings(identity.legal_name, identity.preferred_name, identity.preferred_script)[:_WORDS]
    if starts:
        like = [col(Person.search_key).contains(f" {start}", autoescape=True) for start in starts]
        met = sum((sa.case((condition, 1), else_=0) for condition in like[1:]), start=sa.case((like[0], 1), else_=0))
        ways.append(own.where(sa.or_(*like)).order_by(met.desc(), col(Person.id).desc()))
    return ways


def _candidates(
    viewer: Actor, ways: Sequence[sa.Select[UUID]]
) -> sa.Select[UUID, str, str | None, str | None, date | None]:
    """Return the statement for those few persons, as far as the viewer may see a case of theirs."""
    visible = sa.exists().where(own_cases(viewer), col(Case.participant_id) == col(Participant.id))
    fields = (col(Person.legal_name), col(Person.preferred_name), col(Person.preferred_script))
    few = sa.union(*(sa.select(way.subquery().c.id) for way in ways))
    return (
        sa.select(col(Participant.id), *fields, col(Person.date_of_birth))
        .join(Participant, col(Participant.person_id) == col(Person.id))
        .where(col(Participant.court_id) == viewer.court_id, col(Person.id).in_(few), visible)
    )


def _days_like(born_on: date | None) -> list[date]:
    """Return the date, and with day and month the other way round."""
    if born_on is None:
        return []
    swapped = [born_on.replace(month=born_on.day, day=born_on.month)] if born_on.day <= 12 else []
    return [born_on, *swapped]


def _cases(session: Session, viewer: Actor, participant_ids: Sequence[UUID]) -> dict[UUID, tuple[CaseOf, ...]]:
    rows = session.execute(
        sa.select(col(Case.participant_id), col(Case.id), col(Case.docket_number), col(Case.stage))
        .where(own_cases(viewer), col(Case.participant_id).in_(participant_ids))
        .order_by(col(Case.opened_on).desc())
    )
    found: dict[UUID, tuple[CaseOf, ...]] = {}
    for participant_id, case_id, number, stage in rows:
        entry = CaseOf(case_id=case_id, docket_number=number, stage=Stage(stage))
        found[participant_id] = (*found.get(participant_id, ()), entry)
    return found
