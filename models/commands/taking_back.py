"""Taking back the sessions of a pattern that has ended: those nothing was ever on; the others are named."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands import places
from models.rules.vocabulary import SessionState
from models.scope import Actor
from models.tables import Appearance, CourtSession, DocketPrint, SittingPattern


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What ending a pattern did: how many sessions went, and the days of those that stay because something is on them."""

    taken_back: int
    left: tuple[date, ...]


def end_sessions(session: Session, actor: Actor, pattern: SittingPattern, *, after: date) -> Ended:
    """Delete the pattern's open sessions after a civil date that are as it opened them and were never used."""
    coming = (
        col(CourtSession.court_id) == actor.court_id,
        col(CourtSession.pattern_id) == pattern.id,
        col(CourtSession.held_on) > after,
        col(CourtSession.state) == SessionState.OPEN,
    )
    used = [
        sa.exists().where(col(table.court_id) == actor.court_id, col(table.court_session_id) == col(CourtSession.id))
        for table in (Appearance, DocketPrint)
    ]
    untouched = (col(CourtSession.starts_at) == pattern.starts_at, col(CourtSession.note).is_(None))
    places.lock_all(session, actor, session.scalars(sa.select(col(CourtSession.id)).where(*coming)))
    delete = sa.delete(CourtSession).where(*coming, *untouched, *(~one for one in used)).returning(col(CourtSession.id))
    gone = session.scalars(delete.execution_options(synchronize_session="fetch")).all()
    left = session.scalars(sa.select(col(CourtSession.held_on)).where(*coming).order_by(col(CourtSession.held_on)))
    return Ended(taken_back=len(gone), left=tuple(left))
