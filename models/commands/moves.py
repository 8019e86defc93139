"""Taking an appearance off its session: to another one, or off the calendar. The old row stays and says why.

The reports expected for it go along with fresh due days, or are withdrawn. An appearance with an outcome stays.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.commands import places
from models.commands.expected_reports import expect_reports, withdraw_expected
from models.commands.free_words import check_words
from models.commands.typed import needed
from models.errors import Conflict, Invalid
from models.rules.court_days import CourtDays
from models.rules.permissions import Action
from models.rules.vocabulary import AppearanceState, ReportState
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Appearance, CourtSession, Report

ON_ITS_WAY = (AppearanceState.PROPOSED, AppearanceState.SCHEDULED)


def move_appearance(
    session: Session,
    actor: Actor,
    appearance_id: UUID,
    to_session_id: UUID,
    reason: str,
    *,
    now: datetime,
    over_reason: str | None = None,
) -> Appearance:
    """Move an appearance to another session and return the new row; the old one is marked moved, with the reason.

    It keeps purpose, minutes and whether it is proposed; a booked interpreter must be booked again. Raises NotFound,
    Conflict, Invalid, CourtClosed, and NoRoom unless `over_reason` says why the session may go over its places.
    """
    require(actor, Action.MANAGE_DOCKET)
    old = live(load(session, actor, Appearance, appearance_id))
    why = needed(reason, "Say in a few words why the appearance is moved.")
    check_words(session, actor, why, over_reason, now=now, case_id=old.case_id)
    locked = places.lock_all(session, actor, {old.court_session_id, to_session_id})
    _still_to_come(locked[old.court_session_id], actor.today(now))
    return move(session, actor, old, locked[to_session_id], why, now=now, over_reason=over_reason)


def remove_appearance(session: Session, actor: Actor, appearance_id: UUID, reason: str, *, now: datetime) -> Appearance:
    """Take an appearance off the calendar, with the reason in words; the reports expected for it are withdrawn."""
    require(actor, Action.MANAGE_DOCKET)
    why = needed(reason, "Say in a few words why the appearance is removed.")
    appearance = live(load(session, actor, Appearance, appearance_id))
    check_words(session, actor, why, now=now, case_id=appearance.case_id)
    return remove(session, actor, appearance, why, now=now)


def remove(session: Session, actor: Actor, appearance: Appearance, reason: str, *, now: datetime) -> Appearance:
    """Take a live appearance off the calendar; for the commands that have already asked whether the actor may."""
    held = load(session, actor, CourtSession, appearance.court_session_id)
    _still_to_come(held, actor.today(now))
    appearance.state, appearance.changed_at = AppearanceState.REMOVED, now
    appearance.state_reason = reason
    session.add(appearance)
    withdraw_expected(session, appearance, now=now)
    change_case(session, load_case(session, actor, appearance.case_id))
    detail = {"on": held.held_on}
    audit.record(
        session,
        actor,
        "remove_appearance",
        "appearance",
        appearance.id,
        now=now,
        case_id=appearance.case_id,
        detail=detail,
    )
    return appearance


def live(appearance: Appearance) -> Appearance:
    """Return an appearance that may still be changed; Conflict in words for one that may not."""
    if appearance.state == AppearanceState.HELD:
        raise Conflict(
            "The outcome of this appearance is recorded, so it stays as it is. Correct the decision instead."
        )
    if appearance.state not in ON_ITS_WAY:
        raise Conflict("This appearance is no longer on the calendar. Look at the case's present date.")
    return appearance


def move(
    session: Session,
    actor: Actor,
    old: Appearance,
    target: CourtSession,
    reason: str,
    *,
    now: datetime,
    over_reason: str | None = None,
    court_days: CourtDays | None = None,
) -> Appearance:
    """Move a live appearance to a locked session; for the commands that have already asked whether the actor may.

    Hand `court_days` in when moving many, so that they are read once.
    """
    case = load_case(session, actor, old.case_id)
    places.check_open(target, actor.today(now))
    if target.id == old.court_session_id:
        raise Invalid("The appearance is on that session already. Choose another one.")
    place = places.take(session, actor, target, case, purpose=old.purpose, minutes=old.minutes, over_reason=over_reason)
    new = _copy(old, target, place, actor, now)
    new.reason = " ".join(part for part in (reason, over_reason) if part)
    old.state, old.changed_at, old.state_reason, old.moved_to_id = AppearanceState.MOVED, now, reason, new.id
    session.add_all([old, new])
    change_case(session, case)
    _carry_reports(session, old, new)
    expect_reports(session, actor, case, new, now=now, court_days=court_days)
    detail = {"to": new.id, "on": target.held_on, "over": place.over}
    audit.record(session, actor, "move_appearance", "appearance", old.id, now=now, case_id=case.id, detail=detail)
    return new


def _still_to_come(sitting_off: CourtSession, today: date) -> None:
    """Refuse to take an appearance off a day that has passed: what became of it is an outcome."""
    if sitting_off.held_on < today:
        raise Invalid(
            "That day has passed. Record the outcome instead: adjourned by the court, if the case was not called."
        )


def _copy(old: Appearance, target: CourtSession, place: places.Place, actor: Actor, now: datetime) -> Appearance:
    """Return the appearance as it stands on the new session; an interpreter was booked for the old day only."""
    return Appearance(
        court_id=old.court_id,
        case_id=old.case_id,
        court_session_id=target.id,
        purpose=old.purpose,
        position=place.position,
        minutes=old.minutes,
        state=old.state,
        interpreter=place.interpreter,
        added_by=actor.user_id,
        added_at=now,
        changed_at=now,
    )


def _carry_reports(session: Session, old: Appearance, new: Appearance) -> None:
    """Let what is still expected for the old appearance be expected for the new one; what came stays where it was."""
    session.flush()
    session.execute(
        sa.update(Report)
        .where(col(Report.appearance_id) == old.id, col(Report.state) == ReportState.EXPECTED)
        .values(appearance_id=new.id)
        .execution_options(synchronize_session="fetch")
    )
