"""What was told of a case at random, written into a database as rows: every version of it, with its instants."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from models.rules.events import CaseEvents, ExpectedReport, GivenResponse, OnCalendar, ReleaseAnswered, ServiceSession
from models.rules.vocabulary import ArrestSource, Outcome, ReferralState, ReleaseKind, ReportState
from models.scope import Actor
from models.tables import (
    Appearance,
    Arrest,
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
    ReportVersion,
    Response,
    Service,
    StageChange,
    Warrant,
)
from tests.builders import TODAY, a_case, a_part, a_sitting, an_appearance

_Own = dict[str, Any]


def written(
    session: Session, clerk: Actor, court: Court, services: dict[str, Service], number: int, told: CaseEvents
) -> Case:
    """Write the told case, in a part of its own, and return it; `services` are those of the providers that report."""
    part = a_part(session, court, name=f"Part {number}")
    case = a_case(session, part, number=f"2026-QN-{number:05}", stage=told.stage)
    own: _Own = {"court_id": case.court_id, "case_id": case.id, "recorded_by": clerk.user_id}
    _write_course(session, told, own)
    appearances = {
        on: _write_appearance(session, part, case, list(versions), own)
        for on, versions in groupby(told.appearances, key=lambda one: one.on)
    }
    referral = _referral(session, services, own)
    for _, versions in groupby(told.sessions, key=_same_session()):
        _write_session(session, referral, list(versions), own)
    by_report = groupby(told.reports, key=lambda one: (one.appearance_on, one.provider))
    for (appearance_on, provider), reports in by_report:
        provider_id = services[provider].provider_id
        _write_report(session, appearances[appearance_on].id, provider_id, list(reports), own)
    for _, releases in groupby(told.releases, key=_same_release()):
        _write_release(session, next(iter(services.values())).provider_id, list(releases), own)
    for n, response in enumerate(told.responses):
        _write_response(session, part, case, n, response, own)
    _write_told(session, told, own)
    session.flush()
    return case


def _same_session() -> Any:
    """Number the sessions: those that follow a replaced version are its own."""
    return _numbered(lambda one: one.replaced_at is not None)


def _same_release() -> Any:
    return _numbered(lambda one: one.replaced_at is not None)


def _numbered(goes_on: Any) -> Any:
    number = 0

    def key(one: ServiceSession | ReleaseAnswered) -> int:
        nonlocal number
        mine = number
        number += not goes_on(one)
        return mine

    return key


def _write_course(session: Session, told: CaseEvents, own: _Own) -> None:
    following = [*(one.stage for one in told.earlier_stages[1:]), told.stage]
    for before, after in zip(told.earlier_stages, following, strict=False):
        left: _Own = {"changed_on": TODAY, "recorded_at": before.replaced_at}
        session.add(StageChange(from_stage=before.stage, to_stage=after, **left, **own))
        session.flush()
    phases = [*told.earlier_mandates, *([told.mandate] if told.mandate else [])]
    if not phases:
        return
    first, last = phases[0], phases[-1]
    agreed: _Own = {"accepted_on": first.accepted_on, "ended_on": last.ended_on, "recorded_at": first.entered_at}
    mandate = Mandate(program=first.program, policy_version="-", sessions=6, **agreed, **own)
    session.add(mandate)
    session.flush()
    for n, one in enumerate(phases):
        left_on = phases[n + 1].phase_since if n + 1 < len(phases) else one.ended_on
        period: _Own = {"position": one.phase, "name": "-", "entered_on": one.phase_since, "left_on": left_on}
        at: _Own = {"recorded_at": one.entered_at, "left_at": one.replaced_at}
        session.add(PhasePeriod(mandate_id=mandate.id, **period, **at, **own))
        session.flush()


def _write_appearance(
    session: Session, part: Part, case: Case, versions: Sequence[OnCalendar], own: _Own
) -> Appearance:
    added, *held = versions
    last = versions[-1]
    appearance = an_appearance(session, case, a_sitting(session, part, added.on), outcome=last.outcome)
    assert added.entered_at
    assert last.entered_at
    appearance.added_at, appearance.changed_at = added.entered_at, last.entered_at
    appearance.known_at = (last.known_at or last.entered_at) if last.outcome else None
    session.add(appearance)
    for number, one in enumerate(held, start=1):
        decided: _Own = {"outcome": one.outcome, "decided_on": one.on, "recorded_at": one.entered_at}
        session.add(Decision(appearance_id=appearance.id, version=number, token=uuid4(), **decided, **own))
    return appearance


def _referral(session: Session, services: dict[str, Service], own: _Own) -> Referral:
    service = next(iter(services.values()))
    referral = Referral(
        court_id=own["court_id"],
        case_id=own["case_id"],
        kind=service.kind,
        service_id=service.id,
        state=ReferralState.ENROLLED,
        state_since=TODAY,
    )
    session.add(referral)
    session.flush()
    return referral


def _write_session(session: Session, referral: Referral, versions: Sequence[ServiceSession], own: _Own) -> None:
    rows = []
    for one in versions:
        at: _Own = {"recorded_at": one.entered_at, "known_at": one.known_at}
        rows.append(
            Attendance(referral_id=referral.id, held_on=one.on, kind=one.kind, disputed=one.disputed, **at, **own)
        )
    for before, after in pairwise(rows):
        before.replaced_by_id = after.id
    session.add_all(rows)


def _write_report(
    session: Session, appearance_id: UUID, provider_id: UUID, versions: Sequence[ExpectedReport], own: _Own
) -> None:
    last = versions[-1]
    report = Report(
        court_id=own["court_id"],
        case_id=own["case_id"],
        appearance_id=appearance_id,
        provider_id=provider_id,
        period_from=last.due_on,
        period_to=last.due_on,
        due_on=last.due_on,
        state=last.state,
        received_on=last.received_on,
        withdrawn_at=last.entered_at if last.state is ReportState.WITHDRAWN else None,
    )
    session.add(report)
    if last.received_on:
        at: _Own = {"received_on": last.received_on, "recorded_at": last.entered_at}
        session.add(ReportVersion(report_id=report.id, version=1, token=uuid4(), **at, **own))


def _write_release(session: Session, provider_id: UUID, versions: Sequence[ReleaseAnswered], own: _Own) -> None:
    first, last = versions[0], versions[-1]
    named: _Own = {"kind": ReleaseKind.GENERAL, "what": "-", "purpose": "-", "provider_id": provider_id}
    days: _Own = {"starts_on": last.starts_on, "ends_on": last.ends_on, "revoked_on": last.revoked_on}
    at: _Own = {"recorded_at": first.entered_at, "revoked_at": last.entered_at if last.revoked_on else None}
    session.add(Release(answer=last.answer, **days, **named, **at, **own))


def _write_response(session: Session, part: Part, case: Case, number: int, one: GivenResponse, own: _Own) -> None:
    """Write a response with a decision of its own, made at an appearance that no rule counts."""
    assert one.entered_at
    session.add(
        Response(
            decision_id=_decision(session, part, case, number, one.on, one.entered_at, own),
            kind=one.kind,
            behaviour=one.behaviour,
            what="-",
            because="-",
            policy_version="-",
            state=one.state,
            decided_on=one.on,
            settled_on=one.settled_on,
            recorded_at=one.entered_at,
            **own,
        )
    )


def _decision(session: Session, part: Part, case: Case, number: int, on: date, at: datetime, own: _Own) -> UUID:
    sitting = a_sitting(session, part, TODAY - timedelta(days=200 + number))
    uncounted = an_appearance(session, case, sitting, outcome=Outcome.ADJOURNED)
    told: _Own = {"version": 1, "token": uuid4(), "outcome": Outcome.ADJOURNED, "decided_on": on, "recorded_at": at}
    decision = Decision(appearance_id=uncounted.id, **told, **own)
    session.add(decision)
    session.flush()
    return decision.id


def _write_told(session: Session, told: CaseEvents, own: _Own) -> None:
    for order in told.warrants:
        at: _Own = {"recorded_at": order.entered_at, "replaced_at": order.replaced_at}
        session.add(Warrant(state=order.state, ordered_on=order.on, ordered_by="-", **at, **own))
    for one in told.arrests:
        source: _Own = {"source": ArrestSource.POLICE, "token": uuid4()}
        days: _Own = {"arrested_on": one.on, "told_on": one.told_on, "recorded_at": one.entered_at}
        session.add(Arrest(struck_at=one.replaced_at, **days, **source, **own))
