"""The adjournment in contemplation of dismissal: granted, restored to the calendar, or ended by the dismissal."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from models.commands import course
from models.commands.follow_ups import void
from models.errors import Invalid, NotFound
from models.rules import words
from models.rules.follow_up import acd_expiry
from models.rules.permissions import Action
from models.rules.vocabulary import FollowUpKind, Stage
from models.scope import Actor, require
from models.tables import Acd, Case


def grant_acd(session: Session, actor: Actor, case: Case, *, now: datetime, on: date, months: int | None = None) -> Acd:
    """Adjourn in contemplation of dismissal, for one of the calendar months of the program that was completed.

    Without `months` the program's usual time is taken; Invalid for one that the program does not have.
    """
    require(actor, Action.DECIDE)
    program = course.template(actor.policy_on(on), course.latest(session, case).program)
    months = months or program.restorable_months
    if months not in program.windows:
        raise Invalid(f"The program has no time of {words.count(months, 'month')} for this. Choose one of its times.")
    course.change_stage(session, actor, case, Stage.ACD, now=now, on=on)
    acd = Acd(
        court_id=case.court_id,
        case_id=case.id,
        granted_on=on,
        expires_on=acd_expiry(on, months).expires_on,
        recorded_by=actor.person,
        recorded_at=now,
    )
    session.add(acd)
    return acd


def confirm_dismissal(session: Session, actor: Actor, case: Case, *, now: datetime, reason: str | None = None) -> None:
    """Record the dismissal once the ACD has run out; before that only with the judge's reason."""
    require(actor, Action.DECIDE)
    day = actor.today(now)
    acd = _running_acd(session, case)
    if acd.expires_on >= day and not reason:
        raise Invalid("The time in which the case can be restored has not run out. Write why it is dismissed earlier.")
    acd.confirmed_on = day
    session.add(acd)
    void(session, actor, case.id, {FollowUpKind.ACD_EXPIRY}, on=day)
    course.change_stage(session, actor, case, Stage.DISMISSED, now=now, on=day, reason=reason)


def restore(session: Session, actor: Actor, case: Case, *, now: datetime, reason: str) -> None:
    """Restore a case from its ACD to the calendar, on the last day at the latest; the mandate runs again."""
    require(actor, Action.DECIDE)
    day = actor.today(now)
    acd = _running_acd(session, case)
    if acd.expires_on < day:
        raise Invalid("The time in which this case could be restored has run out.")
    acd.restored_on = day
    session.add(acd)
    void(session, actor, case.id, {FollowUpKind.ACD_EXPIRY}, on=day)
    course.reinstate(session, actor, case, now=now, on=day, reason=reason)


def _running_acd(session: Session, case: Case) -> Acd:
    running = select(Acd).where(
        col(Acd.case_id) == case.id, col(Acd.restored_on).is_(None), col(Acd.confirmed_on).is_(None)
    )
    acd = session.exec(running).first()
    if acd is None:
        raise NotFound("There is no running ACD in this case.")
    return acd
