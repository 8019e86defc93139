"""Dates of a story's case: the first session, the rule's next one, or the one a script names; and what is planned then.

The commands take the places; this asks the rule which.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from models.commands.appearances import calendar_case
from models.rules.reviews import NextReview, OpenSession, ReviewInputs
from models.rules.vocabulary import CourseChange, Purpose
from seed_data import reporting
from seed_data.house import MAIN_PART, House, at
from seed_data.life import Life


def first_session(life: Life, today: date) -> OpenSession:
    """Return the scripted first session, or the first of the part that has room from five days on."""
    if life.arc.courts_on:
        return scripted(life, 0)
    coming = life.house.diary.between(today + timedelta(days=5), today + timedelta(days=120))
    return next(one for one in coming if one.part == life.story.part and one.has_room(10))


def scripted(life: Life, n: int) -> OpenSession:
    """Return the main part's session an arc names as its `n`-th; the place kept there is free from now on."""
    named = main_session(life.house, life.arc.courts_on[n])
    life.house.diary.free(named.id, minutes_of(n))
    return life.house.diary[named.id]


def minutes_of(n: int) -> int:
    """Return the court minutes a script's `n`-th appearance takes: the first is the intake."""
    return 5 if n else 10


def main_session(house: House, place: int) -> OpenSession:
    """Return the main part's session so many before (negative) or after the anchor's."""
    sessions = house.diary.of_part(MAIN_PART)
    anchor = next(n for n, one in enumerate(sessions) if one.on >= house.anchor)
    return sessions[anchor + place]


def session_after(house: House) -> OpenSession:
    """Return the first session of any part after the anchor's day."""
    return house.diary.between(house.anchor + timedelta(days=1), house.anchor + timedelta(days=60))[0]


def calendared(life: Life, session_id: UUID, now: datetime) -> None:
    """Count the place that was taken, and plan what comes before and at the appearance."""
    assert life.appearance is not None  # noqa: S101 - just made
    assert life.holds is not None  # noqa: S101 - set at the opening
    life.house.diary.book(session_id, life.appearance.minutes)
    sitting = life.house.diary[session_id]
    life.court_on = sitting.on
    reporting.plan_before_court(life, now)
    instant = at(sitting.on, sitting.starts_at.hour, sitting.starts_at.minute)
    life.later(instant + timedelta(minutes=5 * life.appearance.position), life.holds)


def proposed(life: Life, course: tuple[CourseChange, ...], given: list[str], on: date) -> NextReview | None:
    """Ask the rule for the next date; a scripted story goes to the session it names."""
    policy, ledger = life.policy(on), life.ledger
    position = ledger.phase + (CourseChange.ADVANCE in course)
    phase = life.program(on).phase(position) or life.program(on).phases[-1]
    part = life.story.part
    inputs = ReviewInputs(
        today=on,
        last_appearance_on=on,
        interval_days=phase.review_every_days,
        override_days=policy.ladder.interval(phase.review_every_days, given),
        part=part,
        judge=life.house.judges[part],
        same_judge_wait_days=policy.sessions.same_judge_wait_days,
        same_part_wait_days=policy.sessions.same_part_wait_days,
        policy_version=policy.version,
        information_on=on,
    )
    if life.held + 1 >= len(life.arc.courts_on):
        return life.house.diary.propose(inputs)
    named = scripted(life, life.held + 1)
    return life.house.diary.only(replace(inputs, override_days=(named.on - on).days), named)


def calendar_review(life: Life, now: datetime, reason: str) -> None:
    """Put the case on the rule's next session, outside of an appearance."""
    on = life.clerk.today(now)
    best = proposed(life, (), [], on)
    if best is None or best.best is None:
        return
    sitting = best.best.session
    life.appearance = calendar_case(
        life.session, life.clerk, life.case.id, sitting.id, Purpose.REVIEW, now=now, reason=reason
    )
    calendared(life, sitting.id, now)
