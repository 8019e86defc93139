"""A Friday with some cases on it, a Friday after, and the plan for what falls away: for promises about many moves."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from models.commands.bulk_moves import Approval, approve
from models.queries.move_rows import MovePreview
from models.queries.moves import change_of_session, preview
from models.rules.calendar_changes import CalendarChange
from models.rules.vocabulary import MoveCause, Role
from models.scope import Actor
from models.tables import Appearance, BulkMove, CourtSession, Part
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor, an_appearance
from tests.commands.calendar_stories import AFTER, NEXT


@dataclass
class Bulk:
    """One part, two Fridays, and the appearances on the first."""

    clerk: Actor
    part: Part
    next: CourtSession
    after: CourtSession
    on_it: list[Appearance]

    def day(self) -> CalendarChange:
        return CalendarChange(cause=MoveCause.DAY_CLOSED, first_on=NEXT, last_on=NEXT)

    def away(self) -> CalendarChange:
        judge = self.part.judge_id
        return CalendarChange(cause=MoveCause.JUDGE_AWAY, first_on=TODAY, last_on=NEXT, judge_id=judge)

    def closed(self, session: Session) -> CalendarChange:
        return change_of_session(session, self.clerk, self.next.id)

    def fewer(self, session: Session, cases: int, minutes: int = 150) -> CalendarChange:
        return change_of_session(session, self.clerk, self.next.id, (cases, minutes))

    def look(self, session: Session, change: CalendarChange) -> MovePreview:
        session.flush()
        return preview(session, self.clerk, change, today=TODAY)

    def approve(self, session: Session, change: CalendarChange, *, only: int | None = None, **more: Any) -> BulkMove:
        """Approve what the preview proposes now, of all its cases or the first few."""
        seen = self.look(session, change)
        return approve(session, self.clerk, change, approval(seen, only, **more), now=NOW)


def approval(seen: MovePreview, only: int | None = None, **more: Any) -> Approval:
    plan = seen.plan[:only]
    given: dict[str, Any] = {
        "token": uuid4(),
        "reason": "Snow",
        "plan": plan,
        "stamp": seen.stamp({to for _, to in plan}),
    }
    return Approval(**given | more)


def tell(session: Session, cases: int = 3, **of_after: int) -> Bulk:
    court = a_court(session)
    part = a_part(session, court)
    first, after = a_sitting(session, part, NEXT), a_sitting(session, part, AFTER, **of_after)
    on_it = [
        an_appearance(session, a_case(session, part, number=f"2026-{number:04}"), first, position=number + 1)
        for number in range(cases)
    ]
    return Bulk(clerk=an_actor(session, court, Role.CLERK), part=part, next=first, after=after, on_it=on_it)


def where(session: Session, appearance_id: UUID | None) -> UUID:
    return session.get_one(Appearance, appearance_id).court_session_id
