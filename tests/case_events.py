"""What happened in a case, told at random from a seed, and written into a database as rows."""

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from models.rules.events import (
    CaseEvents,
    ExpectedReport,
    GivenResponse,
    MandateAccepted,
    OnCalendar,
    ReleaseAnswered,
    ServiceSession,
)
from models.rules.vocabulary import (
    AttendanceKind,
    Behaviour,
    Outcome,
    ReferralState,
    ReleaseAnswer,
    ReleaseKind,
    ReportState,
    ResponseKind,
    ResponseState,
    Stage,
)
from models.scope import Actor
from models.tables import (
    Appearance,
    Attendance,
    Case,
    Court,
    Decision,
    Mandate,
    Part,
    PhasePeriod,
    Referral,
    Release,
    Report,
    Response,
    Service,
)
from tests.builders import NOW, TODAY, a_case, a_part, a_sitting, an_appearance

_Own = dict[str, Any]
DAYS = (-120, -91, -90, -89, -60, -45, -30, -14, -10, -9, -8, -5, -4, -3, -2, -1, 0, 1, 5, 20)
"""Around TODAY: few, so that days coincide; most have been, and the edges of the window and the grace are among them."""


def at_random(chance: Random) -> CaseEvents:
    """Tell a case; each list may be empty, and days may coincide."""
    appearances = [
        OnCalendar(on=day, outcome=chance.choice([*Outcome, None]))
        for day in _days(chance, chance.randint(0, 6), distinct=True)
    ]
    return CaseEvents(
        stage=chance.choice([stage for stage in Stage if stage is not Stage.SEALED]),  # a sealed case exists for nobody
        mandate=_mandate(chance) if chance.random() < 0.8 else None,
        appearances=tuple(appearances),
        sessions=tuple(
            ServiceSession(on=day, kind=chance.choice(list(AttendanceKind)), disputed=chance.random() < 0.2)
            for day in _days(chance, chance.randint(0, 12))
        ),
        reports=tuple(_reports(chance, appearances)),
        responses=tuple(
            GivenResponse(
                on=day,
                kind=chance.choice(list(ResponseKind)),
                behaviour=chance.choice(list(Behaviour)),
                state=chance.choice(list(ResponseState)),
            )
            for day in _days(chance, chance.randint(0, 3))
        ),
        releases=tuple(_release(chance, day) for day in _days(chance, chance.randint(0, 2))),
    )


def _days(chance: Random, how_many: int, *, distinct: bool = False) -> list[date]:
    picked = chance.sample(DAYS, how_many) if distinct else chance.choices(DAYS, k=how_many)
    return [TODAY + timedelta(days=day) for day in picked]


def _mandate(chance: Random) -> MandateAccepted:
    accepted_on, phase_since, ended_on = sorted(_days(chance, 3))
    return MandateAccepted(
        program="six-sessions",
        accepted_on=accepted_on,
        phase=chance.randint(0, 2),
        phase_since=phase_since,
        ended_on=ended_on if chance.random() < 0.3 else None,
    )


def _reports(chance: Random, appearances: list[OnCalendar]) -> list[ExpectedReport]:
    """Expect from each of two providers a report for about half of the appearances."""
    told = []
    for appearance in appearances:
        for provider in ("Garden Street", "Harbor House"):
            if chance.random() < 0.5:
                continue
            due_on = appearance.on - timedelta(days=chance.randint(0, 5))
            state = chance.choice([ReportState.EXPECTED, ReportState.EXPECTED, *ReportState])
            came = state in (ReportState.RECEIVED, ReportState.DISPUTED)
            told.append(
                ExpectedReport(
                    provider=provider,
                    appearance_on=appearance.on,
                    due_on=due_on,
                    state=state,
                    received_on=due_on + timedelta(days=chance.randint(-3, 10)) if came else None,
                )
            )
    return told


def _release(chance: Random, starts_on: date) -> ReleaseAnswered:
    ends_on = starts_on + timedelta(days=chance.randint(0, 90))
    return ReleaseAnswered(
        answer=ReleaseAnswer.GIVEN if chance.random() < 0.8 else ReleaseAnswer.DECLINED,
        starts_on=starts_on,
        ends_on=ends_on,
        revoked_on=starts_on + timedelta(days=chance.randint(0, 60)) if chance.random() < 0.3 else None,
    )


def written(
    session: Session, clerk: Actor, court: Court, services: dict[str, Service], number: int, told: CaseEvents
) -> Case:
    """Write the told case, in a part of its own, and return it; `services` are those of the providers that report."""
    part = a_part(session, court, name=f"Part {number}")
    case = a_case(session, part, number=f"2026-QN-{number:05}", stage=told.stage)
    own: _Own = {"court_id": case.court_id, "case_id": case.id, "recorded_by": clerk.user_id, "recorded_at": NOW}
    if told.mandate:
        _write_mandate(session, told.mandate, own)
    appearances = {
        one.on: an_appearance(session, case, a_sitting(session, part, one.on), outcome=one.outcome)
        for one in told.appearances
    }
    _write_services(session, told, services, appearances, own)
    _write_responses(session, part, case, told.responses, own)
    session.flush()
    return case


def _write_mandate(session: Session, told: MandateAccepted, own: _Own) -> None:
    mandate = Mandate(
        program=told.program,
        policy_version="-",
        sessions=6,
        accepted_on=told.accepted_on,
        ended_on=told.ended_on,
        **own,
    )
    session.add(mandate)
    session.flush()
    period: _Own = {"position": told.phase, "name": "-", "entered_on": told.phase_since, "left_on": told.ended_on}
    session.add(PhasePeriod(mandate_id=mandate.id, **period, **own))


def _write_services(
    session: Session, told: CaseEvents, services: dict[str, Service], appearances: dict[date, Appearance], own: _Own
) -> None:
    court_id, case_id = own["court_id"], own["case_id"]
    service = next(iter(services.values()))
    referral = Referral(
        court_id=court_id,
        case_id=case_id,
        kind=service.kind,
        service_id=service.id,
        state=ReferralState.ENROLLED,
        state_since=TODAY,
    )
    session.add(referral)
    session.flush()
    for one in told.sessions:
        session.add(Attendance(referral_id=referral.id, held_on=one.on, kind=one.kind, disputed=one.disputed, **own))
    for report in told.reports:
        session.add(
            Report(
                court_id=court_id,
                case_id=case_id,
                appearance_id=appearances[report.appearance_on].id,
                provider_id=services[report.provider].provider_id,
                period_from=report.due_on,
                period_to=report.due_on,
                due_on=report.due_on,
                state=report.state,
                received_on=report.received_on,
            )
        )
    named: _Own = {"kind": ReleaseKind.GENERAL, "what": "-", "purpose": "-", "provider_id": service.provider_id}
    for release in told.releases:
        days: _Own = {"starts_on": release.starts_on, "ends_on": release.ends_on, "revoked_on": release.revoked_on}
        session.add(Release(answer=release.answer, **days, **named, **own))


def _write_responses(session: Session, part: Part, case: Case, told: tuple[GivenResponse, ...], own: _Own) -> None:
    """Write the responses with one decision each, all made at an appearance that no rule counts."""
    for number, one in enumerate(told):
        session.add(
            Response(
                decision_id=_decision(session, part, case, number, one.on, own),
                kind=one.kind,
                behaviour=one.behaviour,
                what="-",
                because="-",
                policy_version="-",
                state=one.state,
                decided_on=one.on,
                **own,
            )
        )


def _decision(session: Session, part: Part, case: Case, number: int, on: date, own: _Own) -> UUID:
    sitting = a_sitting(session, part, TODAY - timedelta(days=200 + number))
    uncounted = an_appearance(session, case, sitting, outcome=Outcome.ADJOURNED)
    decision = Decision(
        appearance_id=uncounted.id, version=1, token=uuid4(), outcome=Outcome.ADJOURNED, decided_on=on, **own
    )
    session.add(decision)
    session.flush()
    return decision.id
