"""The court's responses: incentives, sanctions and service adjustments, never merged."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import Behaviour, ResponseKind, ResponseState
from models.tables.base import CourtRow, word


class Response(CourtRow, table=True):
    """One answer of the court to one behaviour, with the step of the ladder and the range it was chosen from."""

    __tablename__ = "responses"
    __table_args__ = (
        sa.Index(None, "court_id", "case_id", "decided_on"),
        sa.Index(None, "court_id", "decided_on"),
        sa.CheckConstraint("step >= 1", name="step_from_one"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    decision_id: UUID = Field(foreign_key="decisions.id")
    kind: ResponseKind = Field(sa_type=word(ResponseKind, "kind"))
    behaviour: Behaviour = Field(sa_type=word(Behaviour, "behaviour"))
    behaviour_on: date | None = None
    what: str  # the response in the policy's words, or the judge's own
    because: str  # the reason shown with the proposal, such as "second unacceptable absence in 90 days"
    step: int = 1
    offered: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # the range it was chosen from
    outside_reason: str | None = None  # why the judge chose outside the range
    policy_version: str
    state: ResponseState = Field(default=ResponseState.ORDERED, sa_type=word(ResponseState, "state"))
    decided_on: date
    due_on: date | None = None
    settled_on: date | None = None  # done, not done or withdrawn
    withdrawn_reason: str | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime


class LeftUnanswered(CourtRow, table=True):
    """One behaviour to which the court, with the policy's range before it, gave no response, and why."""

    __tablename__ = "left_unanswered"
    __table_args__ = (
        sa.UniqueConstraint("decision_id", "behaviour", "kind"),
        sa.Index(None, "court_id", "decided_on"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    decision_id: UUID = Field(foreign_key="decisions.id")
    behaviour: Behaviour = Field(sa_type=word(Behaviour, "behaviour"))
    kind: ResponseKind = Field(sa_type=word(ResponseKind, "kind"))  # of the range that was not used
    offered: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # that range
    because: str  # the reason shown with it
    reason: str  # the judge's, in words
    policy_version: str
    decided_on: date
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
