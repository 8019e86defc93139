"""A case in front of the judge, told for the tests of the bench: a mandate, absences, and sessions to come."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from models.commands.attendance import record_attendance
from models.commands.course import accept_mandate
from models.commands.decisions import BenchDecision
from models.rules.vocabulary import AttendanceKind, Outcome, Role, Stage
from models.scope import Actor
from models.tables import Appearance, Case, Court, CourtSession, Part, Referral
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, a_sitting, an_actor, an_appearance
from tests.commands.case_stories import Story, enrolled, released

BEGAN_ON = TODAY - timedelta(days=60)
NEXT_ON = TODAY + timedelta(days=14)


@dataclass(frozen=True)
class Bench:
    """What the tests need to go on telling."""

    court: Court
    part: Part
    judge: Actor
    clerk: Actor
    case: Case
    referral: Referral
    appearance: Appearance
    next: CourtSession


def a_bench(session: Session, *, name: str = "Harbor County Court") -> Bench:
    """Return a case in the first phase that is on today's session, with the next session two weeks ahead."""
    court = a_court(session, name=name)
    part = a_part(session, court)
    judge = an_actor(session, court, Role.JUDGE, username=f"judge of {name}")
    clerk = an_actor(session, court, Role.CLERK, username=f"clerk of {name}")
    case = a_case(session, part, stage=Stage.OFFERED)
    accept_mandate(session, judge, case, "six-sessions", now=NOW, on=BEGAN_ON)
    appearance = an_appearance(session, case, a_sitting(session, part))
    story = Story(
        court=court, part=part, actor=clerk, case=case, service=a_service(session, court), appearance=appearance
    )
    referral = enrolled(session, story, on=BEGAN_ON)
    released(session, story)
    return Bench(
        court=court,
        part=part,
        judge=judge,
        clerk=clerk,
        case=case,
        referral=referral,
        appearance=appearance,
        next=a_sitting(session, part, NEXT_ON),
    )


def absent(session: Session, bench: Bench, *days_ago: int) -> None:
    """Record an unacceptable absence for each of these days before TODAY."""
    for days in days_ago:
        record_attendance(
            session, bench.clerk, bench.referral.id, TODAY - timedelta(days=days), AttendanceKind.MISSED, now=NOW
        )


def attended(session: Session, bench: Bench, *days_ago: int) -> None:
    """Record a session attended for each of these days before TODAY."""
    for days in days_ago:
        record_attendance(
            session, bench.clerk, bench.referral.id, TODAY - timedelta(days=days), AttendanceKind.ATTENDED, now=NOW
        )


def a_form(bench: Bench, *, token: UUID | None = None, **changed: Any) -> BenchDecision:
    """Return the plainest form: she appeared, comes again on the next session, and nothing need be answered today."""
    plain = BenchDecision(
        appearance_id=bench.appearance.id,
        token=token or uuid4(),
        seen_version=bench.case.version,
        outcome=Outcome.APPEARED,
        left_reason="Counsel is heard first.",
        next_session_id=bench.next.id,
    )
    return replace(plain, **changed)
