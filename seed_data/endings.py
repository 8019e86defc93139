"""How stories end, or rest: the ACD and its dismissal, transfer, early dismissal, a warrant and a return."""

from datetime import datetime, timedelta

from models.commands import acds, course
from models.commands.appearances import calendar_case
from models.rules.court_days import Roll, roll
from models.rules.follow_up import acd_expiry
from models.rules.vocabulary import CourseChange, Purpose, ReferralState, Stage
from seed_data import calendaring, reporting
from seed_data.arcs import Ending
from seed_data.house import at
from seed_data.life import Life


def plan(life: Life, letter: str, changes: tuple[CourseChange, ...], now: datetime) -> None:
    """Plan what follows an appearance after which there is no next one."""
    if CourseChange.GRANT_ACD in changes:
        life.later(now + timedelta(minutes=40), _services_done)
        granted_on = life.clerk.today(now)
        expires_on = acd_expiry(granted_on, life.program(granted_on).restorable_months).expires_on
        if life.arc.key == "acd_restored":
            life.later(at(life.house.anchor - timedelta(days=9), 11), _restore)
        elif life.arc.confirmed:
            first = roll(expires_on + timedelta(days=1), Roll.FORWARD, life.house.diary.court_days)
            life.later(at(first + timedelta(days=life.chance.randint(0, 4)), 11, life.chance.randint(0, 59)), _confirm)
    elif letter == "w":
        if life.arc.ending is Ending.RETURNS:
            back_on = life.clerk.today(now) + timedelta(days=life.chance.randint(20, 60))
            life.later(at(roll(back_on, Roll.FORWARD, life.house.diary.court_days), 11), _return)
    elif CourseChange.DECLINE in changes:
        life.later(now + timedelta(minutes=40), _withdraw)
    elif life.arc.ending in (Ending.TRANSFERS, Ending.DISMISSED):
        life.later(now + timedelta(minutes=30), _leave)


def _services_done(life: Life, now: datetime) -> None:
    reporting.end_placement(life, now, ReferralState.COMPLETED)


def _withdraw(life: Life, now: datetime) -> None:
    reporting.end_placement(life, now, ReferralState.WITHDRAWN)
    life.left = True


def _confirm(life: Life, now: datetime) -> None:
    acds.confirm_dismissal(life.session, life.clerk, life.case, now=now)
    life.left = True


def _restore(life: Life, now: datetime) -> None:
    """Restore a case from its ACD: a question is to be settled in court on the anchor's day."""
    judge = life.house.judge_of(life.story.part)
    acds.restore(life.session, judge, life.case, now=now, reason="Counsel asks to correct the record in court.")
    sitting = calendaring.main_session(life.house, 0)
    life.house.diary.free(sitting.id, 5)
    life.appearance = calendar_case(
        life.session, life.clerk, life.case.id, sitting.id, Purpose.ACD_RESTORED, now=now, reason="Restored from ACD."
    )
    life.house.diary.book(sitting.id, life.appearance.minutes)


def _return(life: Life, now: datetime) -> None:
    """Let somebody come back with her counsel after a warrant; the clerk calendars her."""
    judge = life.house.judge_of(life.story.part)
    life.session.flush()
    course.change_stage(
        life.session,
        judge,
        life.case,
        Stage.ACTIVE,
        now=now,
        on=life.clerk.today(now),
        reason="Came back with counsel; the warrant is vacated.",
    )
    calendaring.calendar_review(life, now, "Returned with counsel.")


def _leave(life: Life, now: datetime) -> None:
    """Take the case to another court, or dismiss it early, with the reason."""
    away, why = Stage.TRANSFERRED, "The participant moved; the court of her new county goes on."
    if life.arc.ending is Ending.DISMISSED:
        away, why = Stage.DISMISSED, "Dismissed by the judge on the prosecutor's motion."
    course.change_stage(
        life.session,
        life.house.judge_of(life.story.part),
        life.case,
        away,
        now=now,
        on=life.clerk.today(now),
        reason=why,
    )
    reporting.end_placement(life, now, ReferralState.WITHDRAWN)
    life.left = True
