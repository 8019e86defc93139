"""A court in which each thing the scheduler looks for has happened exactly once, for its tests and the screens'.

Rows, not commands: what the sweeps must find is there on TODAY whatever led to it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from models.rules.vocabulary import (
    AttendanceKind,
    ChannelKind,
    Outcome,
    ReferralState,
    ReleaseAnswer,
    ReleaseKind,
    Role,
    ServiceKind,
    Stage,
)
from models.tables import (
    Appearance,
    Attendance,
    Case,
    Contact,
    Court,
    CourtSession,
    Mandate,
    Part,
    PhasePeriod,
    Referral,
    Release,
    Report,
    Service,
    User,
)
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, a_sitting, a_user, an_appearance

LONG_AGO = date(2026, 10, 5)
COMING = date(2026, 12, 18)
"""The Friday on which every case is on the calendar unless its story says otherwise."""


@dataclass
class Stories:
    """Tells one case after the other; `cases` has them by the kind of follow-up they are about."""

    session: Session
    court: Court
    part: Part
    user: User
    service: Service
    cases: dict[str, Case] = field(default_factory=dict)
    sittings: dict[date, CourtSession] = field(default_factory=dict)

    def case(self, about: str, *, stage: Stage = Stage.ACTIVE, heard: bool = True, coming: bool = True) -> Case:
        """Begin a case in the program, with a word from her two days ago and a date, unless told otherwise."""
        number = f"2026-QN-{len(self.cases) + 1:05}"
        case = a_case(self.session, self.part, number=number, name=f"{about.title()} Case", stage=stage)
        self.cases[about] = case
        if stage is Stage.ACTIVE:
            self.mandate(case)
        if heard:
            self.contact(case, TODAY - timedelta(days=2))
        if coming:
            self.appearance(case, COMING)
        return case

    def mandate(self, case: Case) -> None:
        """Let the case accept the six-session program long ago, and be in its second phase."""
        recorded: dict[str, Any] = {
            "court_id": self.court.id,
            "case_id": case.id,
            "recorded_by": self.user.id,
            "recorded_at": NOW,
        }
        mandate = Mandate(
            program="six-sessions", policy_version="demonstration-1", sessions=6, accepted_on=LONG_AGO, **recorded
        )
        phase = PhasePeriod(mandate_id=mandate.id, position=1, name="Progress", entered_on=LONG_AGO, **recorded)
        self.session.add_all([mandate, phase])

    def contact(self, case: Case, on: date) -> None:
        """Let somebody reach the participant."""
        self.session.add(
            Contact(
                court_id=self.court.id,
                case_id=case.id,
                token=uuid4(),
                channel=ChannelKind.PHONE,
                reached=True,
                made_on=on,
                recorded_by=self.user.id,
                recorded_at=NOW,
            )
        )

    def appearance(self, case: Case, on: date, *, outcome: Outcome | None = None) -> Appearance:
        """Put the case on the session of a day, held with an outcome where one is given."""
        return an_appearance(self.session, case, self.sitting(on), outcome=outcome)

    def sitting(self, on: date) -> CourtSession:
        """Return the session of a day, with room for everybody."""
        if on not in self.sittings:
            self.sittings[on] = a_sitting(self.session, self.part, on, cases=100, minutes=1000)
        return self.sittings[on]

    def referral(self, case: Case, state: ReferralState, since: date) -> Referral:
        """Refer the case to the one service (or to none, for a need), in a state since a day."""
        needed = state is ReferralState.NEEDED
        referral = Referral(
            court_id=self.court.id,
            case_id=case.id,
            kind=ServiceKind.COUNSELLING,
            service_id=None if needed else self.service.id,
            mandated=state is ReferralState.ENROLLED,
            state=state,
            state_since=since,
        )
        self.session.add(referral)
        return referral

    def release(self, case: Case, ends_on: date = TODAY + timedelta(days=200)) -> None:
        """Give a release to the service's provider, from long ago."""
        self.session.add(
            Release(
                court_id=self.court.id,
                case_id=case.id,
                provider_id=self.service.provider_id,
                kind=ReleaseKind.CRIMINAL_JUSTICE,
                answer=ReleaseAnswer.GIVEN,
                what="sessions",
                purpose="reports",
                starts_on=LONG_AGO,
                ends_on=ends_on,
                recorded_by=self.user.id,
                recorded_at=NOW,
            )
        )

    def attended(self, case: Case, kind: AttendanceKind, *days: date) -> None:
        """Record sessions of the case's referral."""
        referral = self.referral(case, ReferralState.COMPLETED, LONG_AGO)
        for day in days:
            self.session.add(
                Attendance(
                    court_id=self.court.id,
                    case_id=case.id,
                    referral_id=referral.id,
                    held_on=day,
                    kind=kind,
                    recorded_by=self.user.id,
                    recorded_at=NOW,
                )
            )

    def report(self, case: Case, appearance: Appearance, due_on: date, period_to: date) -> Report:
        """Expect a report from the service's provider."""
        report = Report(
            court_id=self.court.id,
            case_id=case.id,
            appearance_id=appearance.id,
            provider_id=self.service.provider_id,
            period_from=LONG_AGO,
            period_to=period_to,
            due_on=due_on,
        )
        self.session.add(report)
        return report


def a_teller(session: Session, *, name: str = "Harbor County Court", court: Court | None = None) -> Stories:
    """Return a court with one part, one clerk and one service, and nothing told yet."""
    court = court or a_court(session, name=name)
    return Stories(
        session=session,
        court=court,
        part=a_part(session, court),
        user=a_user(session, court, Role.CLERK, username=f"clerk of {name}"),
        service=a_service(session, court),
    )
