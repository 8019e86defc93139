"""A session with cases in different states, told for the tests of the docket, its lists and its screen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.rules.vocabulary import (
    AppearanceState,
    FlagKind,
    InterpreterState,
    Outcome,
    ReferralState,
    ReleaseAnswer,
    ReleaseKind,
    ReportState,
)
from models.tables import (
    Appearance,
    Case,
    CourtSession,
    Part,
    Participant,
    Person,
    Referral,
    Release,
    Report,
    SafetyFlag,
    Service,
    User,
)
from tests.builders import NOW, TODAY, a_case, an_appearance


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Yield the list of the statements that are sent while it is open."""
    statements: list[str] = []

    def note(*args: object) -> None:
        if str(args[2]) != "BEGIN":
            statements.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def cases_on(session: Session, part: Part, sitting: CourtSession, names: Sequence[str]) -> list[Appearance]:
    """Put a case of each name on the session, in this order; their numbers count up."""
    return [
        an_appearance(session, a_case(session, part, number=f"2026-QN-{n:05d}", name=name), sitting, position=n)
        for n, name in enumerate(names, 1)
    ]


def person_of(session: Session, appearance: Appearance) -> tuple[Participant, Person]:
    """Return the participant and the person of an appearance."""
    case = session.get_one(Case, appearance.case_id)
    participant = session.get_one(Participant, case.participant_id)
    return participant, session.get_one(Person, participant.person_id)


def needs_interpreter(
    session: Session, appearance: Appearance, language: str, state: InterpreterState = InterpreterState.NEEDED
) -> None:
    """Let the participant need an interpreter at this appearance."""
    person_of(session, appearance)[0].interpreter_language = language
    appearance.interpreter = state
    session.flush()


def flagged(session: Session, appearance: Appearance, kind: FlagKind, by: User) -> None:
    """Put a safety flag on the participant."""
    participant, _ = person_of(session, appearance)
    flag = SafetyFlag(
        court_id=appearance.court_id,
        participant_id=participant.id,
        kind=kind,
        since=TODAY,
        recorded_by=by.id,
        recorded_at=NOW,
    )
    session.add(flag)
    session.flush()


def enrolled(session: Session, appearance: Appearance, service: Service) -> Referral:
    """Enrol the participant with the mandated service."""
    since = TODAY - timedelta(days=30)
    referral = Referral(
        court_id=appearance.court_id,
        case_id=appearance.case_id,
        kind=service.kind,
        service_id=service.id,
        mandated=True,
        state=ReferralState.ENROLLED,
        state_since=since,
    )
    session.add(referral)
    session.flush()
    return referral


def a_report(
    session: Session,
    appearance: Appearance,
    service: Service,
    by: User,
    *,
    due_on: date = TODAY - timedelta(days=4),
    received_on: date | None = None,
) -> Report:
    """Expect a report for the appearance under a release, or have received it."""
    release = Release(
        court_id=appearance.court_id,
        case_id=appearance.case_id,
        provider_id=service.provider_id,
        kind=ReleaseKind.CRIMINAL_JUSTICE,
        answer=ReleaseAnswer.GIVEN,
        what="sessions",
        purpose="reports to the court",
        starts_on=TODAY - timedelta(days=60),
        ends_on=TODAY + timedelta(days=90),
        recorded_by=by.id,
        recorded_at=NOW,
    )
    report = Report(
        court_id=appearance.court_id,
        case_id=appearance.case_id,
        appearance_id=appearance.id,
        provider_id=service.provider_id,
        period_from=TODAY - timedelta(days=30),
        period_to=due_on,
        due_on=due_on,
        state=ReportState.RECEIVED if received_on else ReportState.EXPECTED,
        received_on=received_on,
        versions=1 if received_on else 0,
    )
    session.add_all([release, report])
    session.flush()
    return report


def held(session: Session, appearance: Appearance, promised: str | None = None) -> None:
    """Record that the participant appeared, and what the court promised."""
    appearance.state, appearance.outcome, appearance.promised = AppearanceState.HELD, Outcome.APPEARED, promised
    session.flush()
