"""Appearances on the calendar: put a case on a session, approve or decline a proposed date, and the small changes.

Moving and removing are in `models.commands.moves`. What happens at an appearance is decided elsewhere; an appearance
with an outcome is never touched here. Court minutes are minutes of sitting time.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.commands import places
from models.commands.expected_reports import expect_reports, withdraw_expected
from models.commands.follow_ups import void, void_about
from models.commands.moves import live, move_appearance, remove_appearance
from models.commands.typed import line, needed
from models.errors import Conflict, Invalid, NotPermitted
from models.rules.permissions import Action
from models.rules.policy import Policy
from models.rules.vocabulary import CLOSED, AppearanceState, FollowUpKind, InterpreterState, Purpose
from models.scope import Actor, change_case, load, load_case, may, own_cases, require
from models.tables import Appearance, Case, CourtSession

__all__ = [
    "approve_proposed",
    "book_interpreter",
    "calendar_case",
    "change_purpose",
    "decline_proposed",
    "move_appearance",
    "remove_appearance",
    "reorder",
]


def calendar_case(
    session: Session,
    actor: Actor,
    case_id: UUID,
    session_id: UUID,
    purpose: Purpose,
    *,
    now: datetime,
    minutes: int | None = None,
    reason: str | None = None,
    over_reason: str | None = None,
    state: AppearanceState = AppearanceState.SCHEDULED,
    counted: bool = False,
) -> Appearance:
    """Put a case on a session, last in its call order, and expect the reports for it.

    `now` (UTC) decides which sessions are still to come; `minutes` of court time default to the policy's for the purpose.
    `counted` is for a command that has counted this change of the case, and closes the follow-ups itself.
    Raises NotFound, Conflict, CourtClosed, Invalid; NoRoom unless `over_reason` says why it may go over its places.
    """
    case = _checked(session, actor, case_id, purpose, state)
    sitting = places.lock_open(session, actor, session_id, actor.today(now))
    needed = _minutes(minutes, purpose, actor.policy_on(sitting.held_on))
    place = places.take(session, actor, sitting, case, purpose=purpose, minutes=needed, over_reason=over_reason)
    appearance = _new(case, sitting, place, purpose, needed, actor, now)
    appearance.state, appearance.reason = (
        state,
        " ".join(part for part in (line(reason), line(over_reason)) if part) or None,
    )
    detail = {"on": sitting.held_on, "purpose": purpose, "minutes": needed, "state": state, "over": place.over}
    if not counted:
        change_case(session, case)
        void(session, actor, case.id, {FollowUpKind.NO_NEXT_DATE}, on=actor.today(now))
    _enter(session, actor, case, appearance, detail, now)
    return appearance


def approve_proposed(session: Session, actor: Actor, appearance_id: UUID, *, now: datetime) -> Appearance:
    """Put a proposed date on the calendar for good and expect its reports. Conflict when it is no longer proposed."""
    require(actor, Action.MANAGE_DOCKET)
    appearance = load(session, actor, Appearance, appearance_id)
    if appearance.state != AppearanceState.PROPOSED:
        raise Conflict("This date is no longer a proposal. Look at the calendar as it is now.")
    sitting = places.lock_open(session, actor, appearance.court_session_id, actor.today(now))
    appearance.state, appearance.changed_at = AppearanceState.SCHEDULED, now
    session.add(appearance)
    case = load_case(session, actor, appearance.case_id)
    change_case(session, case)
    expect_reports(session, actor, case, appearance, now=now)
    _answered(session, actor, appearance, FollowUpKind.APPROVE_DATE, now)
    _record(session, actor, "approve_proposed", appearance, now, {"on": sitting.held_on})
    return appearance


def decline_proposed(session: Session, actor: Actor, appearance_id: UUID, reason: str, *, now: datetime) -> Appearance:
    """Take a proposed date back, with the reason in words; the case then needs another date."""
    require(actor, Action.MANAGE_DOCKET)
    appearance = load(session, actor, Appearance, appearance_id)
    if appearance.state != AppearanceState.PROPOSED:
        raise Conflict("This date is no longer a proposal. Look at the calendar as it is now.")
    appearance.state_reason = needed(reason, "Say in a few words why this date is declined.")
    appearance.state, appearance.changed_at = AppearanceState.REMOVED, now
    session.add(appearance)
    withdraw_expected(session, appearance, now=now)
    change_case(session, load_case(session, actor, appearance.case_id))
    _answered(session, actor, appearance, FollowUpKind.APPROVE_DATE, now)
    _record(session, actor, "decline_proposed", appearance, now, {})
    return appearance


def reorder(session: Session, actor: Actor, session_id: UUID, appearance_ids: Sequence[UUID], *, now: datetime) -> None:
    """Set the call order of a session: every appearance on it, in the order given. Conflict when the list has changed."""
    require(actor, Action.MANAGE_DOCKET)
    sitting = places.lock(session, actor, session_id)
    on_list = (AppearanceState.SCHEDULED, AppearanceState.HELD, AppearanceState.PROPOSED)
    rows = (
        sa.select(col(Appearance.id))
        .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), own_cases(actor)))
        .where(col(Appearance.court_session_id) == sitting.id, col(Appearance.state).in_(on_list))
    )
    if sorted(session.scalars(rows)) != sorted(appearance_ids):
        raise Conflict("The list changed meanwhile. Look at it as it is now, then set the order again.")
    places_by_id = {appearance_id: place for place, appearance_id in enumerate(appearance_ids, start=1)}
    if places_by_id:
        order = sa.case(places_by_id, value=col(Appearance.id))
        session.execute(
            sa.update(Appearance).where(col(Appearance.id).in_(rows)).values(position=order),
            execution_options={"synchronize_session": "fetch"},
        )
    detail = {"appearances": len(places_by_id)}
    audit.record(session, actor, "reorder_docket", "court_session", sitting.id, now=now, detail=detail)


def book_interpreter(session: Session, actor: Actor, appearance_id: UUID, *, booked: bool, now: datetime) -> Appearance:
    """Record that the interpreter an appearance needs is booked, or no longer is. Invalid when none is needed."""
    require(actor, Action.MANAGE_DOCKET)
    appearance = live(load(session, actor, Appearance, appearance_id))
    if appearance.interpreter == InterpreterState.NOT_NEEDED:
        raise Invalid("No interpreter is recorded as needed. Enter the participant's language first.")
    appearance.interpreter = InterpreterState.BOOKED if booked else InterpreterState.NEEDED
    session.add(appearance)
    change_case(session, load_case(session, actor, appearance.case_id))
    if booked:
        _answered(session, actor, appearance, FollowUpKind.INTERPRETER, now)
    _record(session, actor, "book_interpreter", appearance, now, {"interpreter": appearance.interpreter})
    return appearance


def change_purpose(
    session: Session, actor: Actor, appearance_id: UUID, purpose: Purpose, *, now: datetime
) -> Appearance:
    """Change why a case is on a session; its place and its minutes stay."""
    require(actor, Action.MANAGE_DOCKET)
    appearance = live(load(session, actor, Appearance, appearance_id))
    sitting = load(session, actor, CourtSession, appearance.court_session_id)
    if sitting.purposes and purpose not in sitting.purposes:
        raise Invalid("This session does not take this kind of appearance. Move the case to one that does.")
    appearance.purpose = purpose
    session.add(appearance)
    change_case(session, load_case(session, actor, appearance.case_id))
    _record(session, actor, "change_purpose", appearance, now, {"purpose": purpose})
    return appearance


def _new(
    case: Case, sitting: CourtSession, place: places.Place, purpose: Purpose, minutes: int, actor: Actor, now: datetime
) -> Appearance:
    """Return an appearance of the case at its place on a session, not yet added."""
    return Appearance(
        court_id=actor.court_id,
        case_id=case.id,
        court_session_id=sitting.id,
        purpose=purpose,
        position=place.position,
        minutes=minutes,
        interpreter=place.interpreter,
        added_by=actor.user_id,
        added_at=now,
        changed_at=now,
    )


def _enter(
    session: Session, actor: Actor, case: Case, appearance: Appearance, detail: dict[str, object], now: datetime
) -> None:
    """Add an appearance with what comes along: its reports, the audit event."""
    expect_reports(session, actor, case, appearance, now=now)
    session.add(appearance)  # now that nothing more is read, so that it is written together with its reports
    _record(session, actor, "calendar_case", appearance, now, detail)


def _checked(session: Session, actor: Actor, case_id: UUID, purpose: Purpose, state: AppearanceState) -> Case:
    """Return the case to calendar, once the actor may and it can be: NotPermitted, NotFound, Invalid."""
    _may_calendar(actor, purpose)
    case = load_case(session, actor, case_id)
    if state not in (AppearanceState.SCHEDULED, AppearanceState.PROPOSED):
        raise Invalid("A case is calendared as scheduled or as proposed.")
    if case.stage in CLOSED:
        raise Invalid("This case is closed, so it takes no new date. Reopen it first.")
    return case


def _answered(session: Session, actor: Actor, appearance: Appearance, kind: FollowUpKind, now: datetime) -> None:
    """Close the follow-up about an appearance that has come about."""
    void_about(session, actor, appearance.case_id, {kind}, appearance.id, on=actor.today(now))


def _may_calendar(actor: Actor, purpose: Purpose) -> None:
    """The clerk and whoever records a decision calendar any case; whoever opens a case calendars its intake."""
    if may(actor, Action.MANAGE_DOCKET) or may(actor, Action.DECIDE):
        return
    if not (may(actor, Action.OPEN_CASE) and purpose == Purpose.INTAKE):
        raise NotPermitted


def _minutes(minutes: int | None, purpose: Purpose, policy: Policy) -> int:
    """Return the court time to book: as asked, or the policy's for the purpose."""
    if minutes is not None:
        if minutes < 1:
            raise Invalid("An appearance takes at least one minute.")
        return minutes
    return policy.sessions.minutes_for(purpose)


def _record(
    session: Session, actor: Actor, action: str, appearance: Appearance, now: datetime, detail: dict[str, object]
) -> None:
    """Append one event about an appearance."""
    audit.record(
        session, actor, action, "appearance", appearance.id, now=now, case_id=appearance.case_id, detail=detail
    )
