"""What the intake form offers: the court's parts, its program templates, and when a new case can first come to court."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.rules.permissions import Action
from models.rules.policy import Program
from models.rules.reviews import NextReview, ReviewInputs, next_review
from models.rules.vocabulary import Purpose
from models.scope import Actor, require
from models.tables import Judge, Part

#: How far ahead sessions are looked for, in days.
AHEAD_DAYS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOffered:
    """A part a case can go to, with its usual judge."""

    part_id: UUID
    name: str
    judge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeChoices:
    """Parts by name, and the templates of the policy in force."""

    parts: tuple[PartOffered, ...]
    programs: tuple[Program, ...]


def intake_choices(session: Session, viewer: Actor, *, today: date) -> IntakeChoices:
    """Return what an intake on the civil date `today` can choose from; one statement."""
    require(viewer, Action.OPEN_CASE)
    rows = session.execute(
        sa.select(col(Part.id), col(Part.name), col(Judge.name))
        .join(Judge, col(Judge.id) == col(Part.judge_id))
        .where(col(Part.court_id) == viewer.court_id)
        .order_by(col(Part.name))
    )
    parts = tuple(PartOffered(part_id=row[0], name=row[1], judge=row[2]) for row in rows)
    return IntakeChoices(parts=parts, programs=viewer.policy_on(today).programs)


def first_dates(session: Session, viewer: Actor, part: PartOffered, *, today: date, at_most: int = 4) -> NextReview:
    """Return the next sessions with room for a new case of this part, from tomorrow, in two statements."""
    require(viewer, Action.OPEN_CASE)
    policy = viewer.policy_on(today)
    usual = policy.sessions
    inputs = ReviewInputs(
        today=today,
        last_appearance_on=None,
        interval_days=1,
        part=part.name,
        judge=part.judge,
        purpose=Purpose.INTAKE,
        minutes=usual.minutes_per_intake,
        same_judge_wait_days=usual.same_judge_wait_days,
        same_part_wait_days=usual.same_part_wait_days,
        policy_version=policy.version,
    )
    sessions = sitting.open_sessions(session, viewer, today + timedelta(days=1), today + timedelta(days=AHEAD_DAYS))
    return next_review(inputs, sessions, sitting.court_days(session, viewer), at_most=at_most)
