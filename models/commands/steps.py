"""The next step of a case's life outside a decision on the bench: offered, returned, transferred, dismissed, restored.

One command for all of them. Which steps exist and what each needs is in `rules.lifecycle`; what a step brings about in
the program is in `course`. Where the court is done with a case, it leaves the calendar with it.
"""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.commands import acds, course
from models.commands.free_words import check_words
from models.commands.moves import ON_ITS_WAY, remove
from models.commands.typed import line
from models.errors import Invalid
from models.rules import words
from models.rules.lifecycle import SPOKEN
from models.rules.permissions import Action
from models.rules.vocabulary import CLOSED, Stage
from models.scope import Actor, change_case, load_case, require
from models.tables import Appearance, Case, CourtSession


def take_step(
    session: Session,
    actor: Actor,
    case_id: UUID,
    stage: Stage,
    *,
    seen_version: int,
    on: date,
    now: datetime,
    reason: str | None = None,
    program: str | None = None,
    acd_months: int | None = None,
) -> None:
    """Take the case to `stage` by the judge's order of the civil date `on`.

    Raises Conflict when the case was changed since it was read, Invalid and GateMissing in words when the step does not
    exist, lacks its reason, its program or its gates, or is dated ahead or before the stage it starts from.
    """
    require(actor, Action.DECIDE)
    case = load_case(session, actor, case_id)
    check_words(session, actor, reason, now=now, case_id=case.id)
    _check_day(case, on, actor.today(now))
    change_case(session, case, seen_version)
    _take(session, actor, case, stage, line(reason), program, acd_months, on=on, now=now)
    if stage in CLOSED:
        _leave_calendar(session, actor, case, now)


def _check_day(case: Case, on: date, today: date) -> None:
    if on > today:
        raise Invalid("That day has not come yet. Write the day on which the court ordered it.")
    if on < case.stage_since:
        since = words.day(case.stage_since, today)
        raise Invalid(f"The case has been {SPOKEN[case.stage]} since {since}. Choose that day or a later one.")


def _take(
    session: Session,
    actor: Actor,
    case: Case,
    stage: Stage,
    reason: str | None,
    program: str | None,
    acd_months: int | None,
    *,
    on: date,
    now: datetime,
) -> None:
    """Do what the step brings about; the dismissal and the restoration after an ACD are dated today."""
    match case.stage, stage:
        case Stage.OFFERED, Stage.ACTIVE:
            course.accept_mandate(session, actor, case, program or "", now=now, on=on)
        case Stage.ACD, Stage.ACTIVE:
            acds.restore(session, actor, case, now=now, reason=reason or "")
        case Stage.ACD, Stage.DISMISSED:
            acds.confirm_dismissal(session, actor, case, now=now, reason=reason)
        case Stage.COMPLETED | Stage.TERMINATED, Stage.ACTIVE:
            course.reinstate(session, actor, case, now=now, on=on, reason=reason or "")
        case _, Stage.COMPLETED:
            course.complete(session, actor, case, now=now, on=on, reason=reason)
        case _, Stage.ACD:
            acds.grant_acd(session, actor, case, now=now, on=on, months=acd_months)
        case _, Stage.TERMINATED:
            course.terminate(session, actor, case, now=now, on=on, reason=reason or "")
        case _, Stage.SEALED:
            raise Invalid("Sealing is not a step of the program. It has its own order of the court.")
        case _:
            course.change_stage(session, actor, case, stage, now=now, on=on, reason=reason)


def _leave_calendar(session: Session, actor: Actor, case: Case, now: datetime) -> None:
    """Take every appearance still to come off the calendar, with the stage as the reason."""
    coming = (
        select(Appearance)
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(
            col(Appearance.court_id) == case.court_id,
            col(Appearance.case_id) == case.id,
            col(Appearance.state).in_(ON_ITS_WAY),
            col(CourtSession.held_on) > actor.today(now),
        )
    )
    for appearance in session.exec(coming).all():
        remove(session, actor, appearance, f"The case is {SPOKEN[case.stage]}.", now=now)
