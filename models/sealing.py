"""The cases a sealing is about, and the one way to a case that is sealed already.

For everybody else a sealed case does not exist (`models.scope`). Nothing here writes, and nothing decides who may.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.sealing import Candidate, Which, left_out, stamp
from models.rules.vocabulary import CLOSED, AppearanceState, WarrantState
from models.scope import Actor, own_cases
from models.tables import Appearance, Case, Charge, CourtSession, SealedCase, Vacatur, Warrant

_COMING = (AppearanceState.PROPOSED, AppearanceState.SCHEDULED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a sealing is about: every case with its row, in order of id, and the stamp of the whole."""

    cases: tuple[tuple[Candidate, str | None], ...]  # with why it is left out
    stamp: str

    @property
    def sealed(self) -> tuple[UUID, ...]:
        """The cases it seals."""
        return tuple(case.case_id for case, why in self.cases if why is None)


def candidates(session: Session, actor: Actor, which: Which, *, lock: bool = False) -> Found:
    """Return the cases `which` names as far as they exist for the actor, in two statements; `lock` holds their rows."""
    statement = sa.select(*_COLUMNS).where(own_cases(actor), *named(which)).order_by(col(Case.id))
    if lock:
        statement = statement.with_for_update(of=Case)
    rows = session.execute(statement).all()
    charged = _statutes(session, actor, which) if rows else {}
    found = [
        Candidate(
            case_id=row.id,
            version=row.version,
            stage=row.stage,
            statutes=frozenset(charged.get(row.id, ())),
            vacated=bool(row.vacated),
            warrant=bool(row.warrant),
            next_on=row.next_on,
        )
        for row in rows
    ]
    return Found(cases=tuple((case, left_out(case, which)) for case in found), stamp=stamp(found, which))


def sealed_under(session: Session, actor: Actor, docket_number: str) -> SealedCase | None:
    """Return the case of the actor's court that is sealed under a docket number, of several the last; or None.

    A participant who is kept from the actor stays so when her case is sealed.
    """
    mine = (col(SealedCase.court_id) == actor.court_id, col(SealedCase.unsealed_at).is_(None))
    shown = col(Case.participant_id).not_in(actor.hidden)
    by_number = (
        sa.select(SealedCase)
        .join(Case, col(Case.id) == col(SealedCase.case_id))
        .where(*mine, shown, col(SealedCase.docket_number) == docket_number.strip())
    )
    return session.execute(by_number.order_by(col(SealedCase.id).desc()).limit(1)).scalars().first()


def sealed_numbers(session: Session, actor: Actor, numbers: Sequence[str]) -> set[str]:
    """Return which of some docket numbers are those of sealed cases: an import passes over them without a word."""
    mine = (col(SealedCase.court_id) == actor.court_id, col(SealedCase.unsealed_at).is_(None))
    return set(
        session.scalars(
            sa.select(col(SealedCase.docket_number)).where(*mine, col(SealedCase.docket_number).in_(numbers))
        )
    )


def named(which: Which) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of `which`: the cases themselves, or a charge and when the case ended, or was opened if it runs."""
    if not which.statutes:
        return (col(Case.id).in_(which.case_ids),)
    ended = sa.and_(col(Case.stage).in_(CLOSED), col(Case.stage_since).between(which.first_on, which.last_on))
    runs = sa.and_(col(Case.stage).not_in(CLOSED), col(Case.opened_on).between(which.first_on, which.last_on))
    charged = sa.select(col(Charge.case_id)).where(
        col(Charge.court_id) == col(Case.court_id),
        col(Charge.statute).in_(which.statutes),
    )
    return (sa.or_(ended, runs), col(Case.id).in_(charged.correlate(Case)))


_COLUMNS = (
    col(Case.id),
    col(Case.version),
    col(Case.stage),
    sa.exists().where(col(Vacatur.case_id) == col(Case.id)).label("vacated"),
    sa.exists()
    .where(
        col(Warrant.case_id) == col(Case.id),
        col(Warrant.replaced_at).is_(None),
        col(Warrant.state) != WarrantState.VACATED,
    )
    .label("warrant"),
    sa.select(sa.func.min(col(CourtSession.held_on)))
    .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
    .where(col(Appearance.case_id) == col(Case.id), col(Appearance.state).in_(_COMING))
    .correlate(Case)
    .scalar_subquery()
    .label("next_on"),
)


def _statutes(session: Session, actor: Actor, which: Which) -> dict[UUID, set[str]]:
    rows = session.execute(
        sa.select(col(Charge.case_id), col(Charge.statute))
        .join(Case, col(Case.id) == col(Charge.case_id))
        .where(own_cases(actor), *named(which))
    )
    found: dict[UUID, set[str]] = {}
    for case_id, statute in rows:
        found.setdefault(case_id, set()).add(statute)
    return found
