"""The parameters and conditions that the sweeps' statements share; the statements are built once, as constants."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.vocabulary import CLOSED, IN_PROGRAM, Recipient, ReleaseAnswer, ReleasePurpose
from models.scope import Actor
from models.tables import Case, CourtSession, Release, StandingChange
from models.tables.base import among, table_of

Statement = sa.Select[*tuple[Any, ...]]

COURT = sa.bindparam("court_id", type_=sa.Uuid)
ON = sa.bindparam("on_day", type_=sa.Date)

#: The case is one of the court's that somebody still works on.
OPEN_CASE = sa.and_(col(Case.court_id) == COURT, col(Case.stage).not_in(CLOSED))

#: The case is in the program, or on its way there.
CASE_IN_PROGRAM = sa.and_(col(Case.court_id) == COURT, col(Case.stage).in_(IN_PROGRAM))


def rows(session: Session, actor: Actor, statement: Statement, on: date, **more: object) -> list[Any]:
    """Return the rows of a statement for the actor's court on a civil date."""
    return list(session.execute(statement, {"court_id": actor.court_id, "on_day": on, **more}).all())


def sessions_on(days: sa.ColumnElement[bool]) -> sa.Select[UUID]:
    """Return the court's sessions on some days: asked for first, so that a sweep looks at the appearances on these alone."""
    return sa.select(table_of(CourtSession).c.id).where(col(CourtSession.court_id) == COURT, days)


def release_holds(case_id: Any, provider_id: Any) -> sa.ColumnElement[bool]:
    """Return the condition that the provider may report on the case on the day."""
    return sa.exists().where(
        col(Release.court_id) == COURT,
        col(Release.case_id) == case_id,
        col(Release.provider_id) == provider_id,
        col(Release.answer) == ReleaseAnswer.GIVEN,
        col(Release.starts_on) <= ON,
        col(Release.ends_on) >= ON,
        sa.or_(col(Release.revoked_on).is_(None), col(Release.revoked_on) > ON),
        among(col(Release.recipients), Recipient.COURT),
        col(Release.use) == ReleasePurpose.MONITORING,
    )


def is_latest() -> sa.ColumnElement[bool]:
    """Return the condition that a change of standing is its case's last one; ids are in the order of writing."""
    later = sa.alias(table_of(StandingChange), "later")
    return ~sa.exists().where(
        later.c.court_id == COURT,
        later.c.case_id == col(StandingChange.case_id),
        later.c.id > col(StandingChange.id),
    )
