"""One part, two coming sessions and a case, for promises about the calendar."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.commands.appearances import (
    calendar_case,
)
from models.rules.vocabulary import (
    Purpose,
    ReferralState,
    Role,
)
from models.scope import Actor
from models.tables import (
    Appearance,
    Case,
    Court,
    CourtSession,
    Part,
    Participant,
    Referral,
)
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, a_sitting, an_actor

NEXT = date(2026, 12, 11)
AFTER = date(2026, 12, 18)


@dataclass
class Story:
    """One part with a session next Friday, one the Friday after, and one case."""

    clerk: Actor
    part: Part
    next: CourtSession
    after: CourtSession
    case: Case

    def calendar(self, session: Session, sitting: CourtSession | None = None, **more: Any) -> Appearance:
        """Put the case on the next session, or another one."""
        where = sitting or self.next
        return calendar_case(session, self.clerk, self.case.id, where.id, Purpose.REVIEW, now=NOW, **more)


def speaks(session: Session, case: Case, language: str) -> Case:
    session.get_one(Participant, case.participant_id).interpreter_language = language
    return case


def enrolled(session: Session, story: Story) -> None:
    service = a_service(session, session.get_one(Court, story.part.court_id))
    session.add(
        Referral(
            court_id=story.part.court_id,
            case_id=story.case.id,
            service_id=service.id,
            kind=service.kind,
            mandated=True,
            state=ReferralState.ENROLLED,
            state_since=TODAY,
        )
    )
    session.flush()


def tell(session: Session, **of_next: int) -> Story:
    court = a_court(session)
    part = a_part(session, court)
    return Story(
        clerk=an_actor(session, court, Role.CLERK),
        part=part,
        next=a_sitting(session, part, NEXT, **of_next),
        after=a_sitting(session, part, AFTER),
        case=a_case(session, part),
    )
