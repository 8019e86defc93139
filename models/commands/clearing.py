"""Clearing sessions that will not take place: every case on them goes where an approved plan says, all or nothing.

For closing one session and for closing a day. It counts the plan against what is on the sessions now, so a plan made
from an older picture is refused.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import sitting
from models.commands import places
from models.commands.moves import ON_ITS_WAY, move
from models.commands.typed import needed
from models.errors import Conflict
from models.rules.vocabulary import SessionState, Stage
from models.scope import Actor, own_cases
from models.tables import Appearance, Case, CourtSession

#: Pairs of an appearance's id and the id of the session it goes to.
Plan = Sequence[tuple[UUID, UUID]]


def locked_with_targets(
    session: Session, actor: Actor, off: Sequence[UUID], plan: Plan
) -> tuple[list[CourtSession], dict[UUID, CourtSession]]:
    """Return the sessions to clear and all sessions the plan touches, locked together in one order."""
    everything = places.lock_all(session, actor, {*off, *(target for _, target in plan)})
    return [everything[session_id] for session_id in off], everything


def clear(
    session: Session,
    actor: Actor,
    off: Sequence[CourtSession],
    targets: Mapping[UUID, CourtSession],
    plan: Plan,
    reason: str,
    *,
    now: datetime,
    over_reason: str | None = None,
) -> tuple[Appearance, ...]:
    """Close locked sessions and move what is on them; return the new appearances in the plan's order.

    Conflict when the plan does not name exactly the cases on the sessions now, or one on them is kept from the actor;
    refusals of a move end the whole.
    """
    _refuse_kept(session, actor, [closed.id for closed in off])
    on_them = appearances_on(session, actor, [closed.id for closed in off])
    where = dict(plan)
    if len(where) < len(plan) or set(where) != set(on_them):
        raise Conflict("The cases on that day changed meanwhile. Look at the plan again, then approve it.")
    for closed in off:
        closed.state, closed.closed_reason = SessionState.CLOSED, reason
        session.add(closed)
    session.flush()
    return move_all(session, actor, on_them, targets, plan, reason, now=now, over_reason=over_reason)


def move_all(
    session: Session,
    actor: Actor,
    on_them: Mapping[UUID, Appearance],
    targets: Mapping[UUID, CourtSession],
    plan: Plan,
    reason: str,
    *,
    now: datetime,
    over_reason: str | None = None,
) -> tuple[Appearance, ...]:
    """Move live appearances to locked sessions as the plan says; a refusal of one move ends the whole."""
    days = sitting.court_days(session, actor)
    return tuple(
        move(session, actor, on_them[one], targets[target], reason, now=now, over_reason=over_reason, court_days=days)
        for one, target in plan
    )


def appearances_on(session: Session, actor: Actor, session_ids: Sequence[UUID]) -> dict[UUID, Appearance]:
    """Return the appearances still to come on these sessions, by id in call order."""
    statement = (
        select(Appearance)
        .join(Case, col(Case.id) == col(Appearance.case_id))
        .where(
            own_cases(actor),
            col(Appearance.court_session_id).in_(session_ids),
            col(Appearance.state).in_(ON_ITS_WAY),
        )
        .order_by(col(Appearance.position), col(Appearance.id))
    )
    return {appearance.id: appearance for appearance in session.exec(statement)}


def _refuse_kept(session: Session, actor: Actor, session_ids: Sequence[UUID]) -> None:
    """Raise Conflict where a restricted case would be left on a session that does not take place: nobody would see it."""
    if not actor.hidden:
        return
    kept = (
        select(Appearance.id)
        .join(Case, col(Case.id) == col(Appearance.case_id))
        .where(
            col(Case.court_id) == actor.court_id,
            col(Case.stage) != Stage.SEALED,
            col(Case.participant_id).in_(actor.hidden),
            col(Appearance.court_session_id).in_(session_ids),
            col(Appearance.state).in_(ON_ITS_WAY),
        )
    )
    if session.exec(kept).first() is not None:
        raise Conflict(
            "A restricted case is on a session that day. Nothing was changed: ask the judge or the clerk who is named "
            "for it to move it, then close the day."
        )


def words_for(text: str, what: str) -> str:
    """Return a reason or a name without spaces around it; Invalid, naming `what` is missing, when nothing is left."""
    return needed(text, f"{what} is missing. Write it in a few words; the public list may show it.")
