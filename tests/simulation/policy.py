"""A change of the court's policy in mid-course: drafted, put in force from a day, and everybody judged under it since.

The numbers both policies have are written out here, for what is due is worked out a second time from them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models import database, sitting
from models.commands.policies import begin_draft, put_in_force, save_draft
from models.court_policies import document_on
from models.facts import facts_of
from models.policies.writing import changed
from models.rules.compliance import standing_on
from models.tables import Case, PolicyVersion, StandingChange
from tests.simulation.world import Broken, World

NAME = "simulated-2"
#: Days from the day it is written until it is in force.
AHEAD = timedelta(days=7)
_CHANGES: dict[str, Any] = {
    "follow_up.no_contact_days": 28,
    "follow_up.several_unanswered_absences": 3,
    "reports.grace_court_days": 2,
    "reminders.days_before_appearance": [5, 2],
    "reminders.approve_before_sending": True,
}
_CLOSED = ("dismissed", "sealed", "declined", "transferred", "terminated")


@dataclass(frozen=True)
class Numbers:
    """What of a policy decides what is due."""

    version: str
    no_contact_days: int
    several: int
    report_grace: int  # court days
    reminded_before: tuple[int, ...]  # calendar days
    approve: bool


BEFORE = Numbers("demonstration-1", 21, 2, 1, (7, 3, 1), approve=False)
AFTER = Numbers(NAME, 28, 3, 2, (5, 2), approve=True)


def numbers(world: World) -> Numbers:
    """Return the numbers in force on the world's day."""
    return AFTER if world.policy_from and world.policy_from <= world.today else BEFORE


def day(world: World) -> None:
    """Let the administrator write and put in force another policy, once, when two fifths of the time are over."""
    if world.policy_from or (world.today - world.first) * 5 < (world.last - world.first) * 2:
        return
    from_day = world.today + AHEAD
    if world.act("policy put in force", lambda session: _written(world, session, from_day)):
        world.policy_from = from_day
        world.sign_in_again()


def _written(world: World, session: Session, from_day: Any) -> bool:
    who = world.administrator
    draft = begin_draft(session, who, NAME, now=world.now)
    text = changed(document_on(session, who.court_id, who.policy, world.today), {"version": NAME, **_CHANGES})
    save_draft(session, who, draft, text, seen=0, now=world.now)
    given: dict[str, Any] = {"reason": "Agreed with the providers.", "typed_name": NAME, "seen": 1}
    put_in_force(session, who, draft, from_day, **given, now=world.now)
    session.flush()
    return bool(session.get_one(PolicyVersion, draft).in_force_from == from_day)


def everybody_is_judged_under_it(world: World, since: datetime, *, anew: bool) -> None:
    """In the evening no case waits to be judged, and what was judged since an instant was under the policy in force.

    `anew` judges every open case once more and finds its standing as it is kept.
    """
    wanted = numbers(world).version
    waits = sa.or_(col(Case.look_on).is_(None), col(Case.look_on) <= world.today)
    for (case_id,) in world.ask(sa.select(col(Case.id)).where(col(Case.stage).not_in(_CLOSED), waits).limit(1)):
        raise Broken(world.today, case_id, "to have been judged by this evening")
    other = sa.select(col(StandingChange.case_id)).where(
        col(StandingChange.recorded_at) >= since, col(StandingChange.policy_version) != wanted
    )
    for (case_id,) in world.ask(other.limit(1)):
        raise Broken(world.today, case_id, f"a standing judged under {wanted}")
    if anew:
        _judged_once_more(world)


def changes_on(world: World) -> bool:
    """Tell whether another policy is in force since less than a week."""
    return world.policy_from is not None and world.policy_from <= world.today < world.policy_from + timedelta(days=7)


_OPEN = sa.select(col(Case.id)).where(col(Case.stage).not_in(_CLOSED))


def _judged_once_more(world: World) -> None:
    policy = world.clerk.policy_on(world.today)
    told = sa.select(col(StandingChange.case_id), col(StandingChange.to_standing)).order_by(col(StandingChange.id))
    kept = dict(tuple(row) for row in world.ask(told))  # the newest of each case is the last one
    with database.reading(world.bind) as session:
        days = sitting.court_days(session, world.clerk)
        facts = facts_of(session, world.clerk, _OPEN, on=world.today, policy=policy, court_days=days)
    for case_id, known in facts.items():
        standing = standing_on(known, policy, world.today).standing
        if kept.get(case_id) != standing:
            raise Broken(world.today, case_id, f"to stand {standing}, as judged under {policy.version}")
    world.counts["all judged once more"] += 1
