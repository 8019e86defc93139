"""How many open cases of a court are in each program: what a policy must not lose."""

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.vocabulary import CLOSED
from models.scope import Actor
from models.tables import Case, Mandate

_COUNTED = (
    sa.select(col(Mandate.program), sa.func.count().label("number"))
    .join(Case, col(Case.id) == col(Mandate.case_id))
    .where(
        col(Mandate.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
        col(Mandate.ended_on).is_(None),
        col(Case.stage).not_in(CLOSED),
    )
    .group_by(col(Mandate.program))
)


def running_programs(session: Session, actor: Actor) -> dict[str, int]:
    """Return the number of open cases with a running mandate by the key of its program."""
    rows = session.execute(_COUNTED, {"court_id": actor.court_id})
    return {row.program: row.number for row in rows}
