"""Small tellers of a story's beginning: say only what the test is about, and the rest is some court on some day.

They write rows, not rules: what a command must refuse is told through the command. Add one for a noun when a second
test needs it.
"""

from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.commands.name_keys import write_keys
from models.court_policies import digest_of
from models.rules.names import search_key
from models.rules.vocabulary import AppearanceState, Outcome, Purpose, Role, ServiceKind, Stage
from models.scope import Actor, actor_of
from models.tables import (
    Appearance,
    Case,
    Court,
    CourtSession,
    Judge,
    Part,
    Participant,
    Person,
    PolicyVersion,
    Provider,
    Service,
    User,
    UserRole,
)

NEW_YORK = ZoneInfo("America/New_York")
TODAY = date(2026, 12, 4)
"""The Friday on which tests play."""
NOW = datetime(2026, 12, 4, 15, 0, tzinfo=UTC)
"""Ten in the morning of TODAY in New York."""


def a_court(session: Session, *, name: str = "Harbor County Court", policy: str = "demonstration") -> Court:
    """Return a court in New York's zone."""
    court = Court(name=name, public_name="Part 12", zone=NEW_YORK.key, policy=policy, created_at=NOW)
    session.add(court)
    session.flush()
    return court


def a_user(session: Session, court: Court, *roles: Role, username: str = "someone") -> User:
    """Return an account of the court that nobody can sign in to: its password hash is no hash."""
    user = User(court_id=court.id, username=username, display_name="Somebody", password_hash="-", created_at=NOW)
    session.add(user)
    session.flush()
    session.add_all(UserRole(court_id=court.id, user_id=user.id, role=role) for role in roles)
    session.flush()
    return user


def an_actor(session: Session, court: Court, *roles: Role, username: str = "someone") -> Actor:
    """Return a person of the court with `roles`, acting."""
    return actor_of(session, a_user(session, court, *roles, username=username).id)


def a_policy_text(version: str, in_force_from: date, *changes: tuple[str, str]) -> str:
    """Return the demonstration's policy as another version from another day, with other words in it."""
    first = (('"demonstration-1"', f'"{version}"'), ("in_force_from = 2015-01-01", f"in_force_from = {in_force_from}"))
    text = files("models.policies").joinpath("demonstration.toml").read_text(encoding="utf-8")
    for old, new in (*first, *changes):
        assert old in text, old
        text = text.replace(old, new)
    return text


def a_policy_version(
    session: Session, court: Court, version: str, from_day: date, *changes: tuple[str, str], draft: bool = False
) -> PolicyVersion:
    """Return a version of the court's own policy: in force from a day, or a draft of that day."""
    text = a_policy_text(version, from_day, *changes)
    row = PolicyVersion(court_id=court.id, name=version, text=text, digest=digest_of(text), written_at=NOW)
    if not draft:
        row.in_force_from, row.put_in_force_at, row.reason = from_day, NOW, "The team agreed."
    session.add(row)
    session.flush()
    return row


def a_part(session: Session, court: Court, *, name: str = "Part 12") -> Part:
    """Return a part of the court with its judge."""
    judge = Judge(court_id=court.id, name=f"Judge of {name}")
    part = Part(
        court_id=court.id,
        name=name,
        room="3B",
        judge_id=judge.id,
        starts_at=time(9, 30),
        capacity_cases=25,
        capacity_minutes=150,
    )
    session.add_all([judge, part])
    session.flush()
    return part


def a_sitting(
    session: Session, part: Part, held_on: date = TODAY, *, cases: int | None = None, minutes: int | None = None
) -> CourtSession:
    """Return an open session of the part that takes every kind of appearance; as large as usual unless told otherwise."""
    sitting = CourtSession(
        court_id=part.court_id,
        part_id=part.id,
        judge_id=part.judge_id,
        held_on=held_on,
        starts_at=part.starts_at,
        capacity_cases=part.capacity_cases if cases is None else cases,
        capacity_minutes=part.capacity_minutes if minutes is None else minutes,
        purposes=list(Purpose),
    )
    session.add(sitting)
    session.flush()
    return sitting


def a_case(
    session: Session, part: Part, *, number: str = "2026-QN-00001", name: str = "Mei Chen", stage: Stage = Stage.ACTIVE
) -> Case:
    """Return a case of somebody called `name`, opened 60 days before TODAY; in the program unless told otherwise."""
    person = Person(court_id=part.court_id, legal_name=name, preferred_name=name, search_key=search_key(name))
    participant = Participant(court_id=part.court_id, person_id=person.id)
    opened_on = TODAY - timedelta(days=60)
    case = Case(
        court_id=part.court_id,
        participant_id=participant.id,
        docket_number=number,
        part_id=part.id,
        stage=stage,
        stage_since=opened_on,
        opened_on=opened_on,
    )
    session.add_all([person, participant, case])
    write_keys(session, person)
    session.flush()
    return case


def an_appearance(
    session: Session, case: Case, sitting: CourtSession, *, outcome: Outcome | None = None, position: int = 1
) -> Appearance:
    """Return the case's appearance on a session: on the calendar, or held with an outcome."""
    appearance = Appearance(
        court_id=case.court_id,
        case_id=case.id,
        court_session_id=sitting.id,
        purpose=Purpose.REVIEW,
        position=position,
        minutes=5,
        state=AppearanceState.HELD if outcome else AppearanceState.SCHEDULED,
        outcome=outcome,
        added_at=NOW,
        changed_at=NOW,
    )
    session.add(appearance)
    session.flush()
    return appearance


def a_service(
    session: Session,
    court: Court,
    *,
    provider: str = "Garden Street Program",
    kind: ServiceKind = ServiceKind.COUNSELLING,
) -> Service:
    """Return a service of a provider of its own."""
    agency = Provider(court_id=court.id, name=provider)
    service = Service(court_id=court.id, provider_id=agency.id, name=f"{kind} at {provider}", kind=kind, as_of=TODAY)
    session.add_all([agency, service])
    session.flush()
    return service
