"""What the court promised or ordered, closed when its day in court has been, or when the case has left the court."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.sweeps.keeping import Swept
from models.rules.vocabulary import CLOSED, AppearanceState, FollowUpKind, Stage
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession, FollowUp


def close_what_has_passed(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Void promises whose appearance was held, and what was open in a case when it was closed; of a sealed case all.

    What staff write down for a case that is closed already stays theirs to do, and so does its sealing.
    """
    closed = sa.and_(
        col(FollowUp.kind) != FollowUpKind.SEALING,
        col(Case.stage).in_(CLOSED),
        col(Case.stage_since) >= col(FollowUp.since),
    )
    left = sa.exists().where(
        col(Case.id) == col(FollowUp.case_id),
        col(Case.court_id) == actor.court_id,
        sa.or_(col(Case.stage) == Stage.SEALED, closed),
    )
    held = sa.exists().where(
        col(Appearance.court_id) == actor.court_id,
        col(Appearance.case_id) == col(FollowUp.case_id),
        col(Appearance.state) == AppearanceState.HELD,
        col(CourtSession.id) == col(Appearance.court_session_id),
        col(CourtSession.held_on) >= col(FollowUp.due_on),
    )
    kept = sa.and_(col(FollowUp.kind) == FollowUpKind.PROMISE, held)
    result = session.connection().execute(
        sa.update(FollowUp)
        .where(
            col(FollowUp.court_id) == actor.court_id,
            col(FollowUp.done_on).is_(None),
            col(FollowUp.void_on).is_(None),
            sa.or_(kept, left),
        )
        .values(void_on=actor.today(now))
    )
    return Swept(result.rowcount)
