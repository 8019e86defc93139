"""The demonstration court itself: its accounts, judges, parts, closed days and providers, all by commands.

Nothing of a case is here. The database is marked as a demonstration as soon as its court exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models import clock, scope, sitting
from models.commands.accounts import DEMONSTRATION_NAMES, DEMONSTRATION_PASSWORD, add_user
from models.commands.closures import confirm_closures, propose_holidays
from models.commands.courts import add_court
from models.commands.parts import add_judge, add_part
from models.commands.providers import add_provider, add_service, update_service
from models.errors import Invalid
from models.rules.court_days import CourtDays, Roll, roll
from models.rules.vocabulary import Role, ServiceKind
from models.scope import Actor
from models.tables import Closure, Court, Installation, Part, Service
from seed_data.agenda import Agenda
from seed_data.diary import Diary
from seed_data.providers import AGENCIES

ZONE = ZoneInfo("America/New_York")
MAIN_PART = "DIV-2"
#: How far the court's past reaches back and its calendar ahead, in days.
PAST, AHEAD = 1190, 186
#: Part, room, judge, weekdays after the main part's, every so many weeks, wall time of the start.
PARTS = (
    (MAIN_PART, "3B", "Hon. R. Alvarez", 0, 1, time(9, 30)),
    ("DIV-1", "2A", "Hon. M. Okafor", 1, 2, time(9, 30)),
    ("DIV-3", "3C", "Hon. S. Lindqvist", 3, 2, time(14, 0)),
)
STAFF = {
    "judge": ("Hon. R. Alvarez", Role.JUDGE),
    "clerk": ("Dolores Whitfield", Role.CLERK),
    "coordinator": ("Imani Reyes", Role.COORDINATOR),
    "administrator": ("Theo Lambert", Role.ADMINISTRATOR),
    "evaluator": ("Ines Duarte", Role.EVALUATOR),
    "auditor": ("Paul Brandt", Role.AUDITOR),
    "judge.okafor": ("Hon. M. Okafor", Role.JUDGE),
    "judge.lindqvist": ("Hon. S. Lindqvist", Role.JUDGE),
}


@dataclass(frozen=True)
class House:
    """Everything a story needs to be told in."""

    session: Session
    today: date
    anchor: date  # today, or the next court day
    agenda: Agenda
    diary: Diary
    people: Mapping[str, Actor]  # by username
    parts: Mapping[str, UUID]
    judges: Mapping[str, str]  # a part's judge as the court says her
    services: Mapping[tuple[str, ServiceKind], Service]

    @property
    def clerk(self) -> Actor:
        """The clerk, who writes most of it down."""
        return self.people["clerk"]

    @property
    def coordinator(self) -> Actor:
        """The coordinator, to whom the providers report."""
        return self.people["coordinator"]

    def judge_of(self, part: str) -> Actor:
        """Return the part's judge, acting."""
        return next(one for one in self.people.values() if one.name == self.judges[part])


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant (UTC) of a wall time in the court's zone."""
    return clock.at(day, hour, minute, ZONE)


def found(session: Session, today: date) -> House:
    """Make the court as of its first day, and return it with everything in it. Invalid where a court is there."""
    if session.exec(select(Court.id).limit(1)).first() is not None:
        raise Invalid(
            "This database already has a court in it. The demonstration needs an empty one: name another with "
            "--database, for example --database sqlite:///var/demonstration.db"
        )
    first = today - timedelta(days=PAST)
    now = at(first, 8)
    people = _people(session, today, now)
    clerk = people["clerk"]
    court_days = _closed_days(session, clerk, today, now)
    anchor = roll(today, Roll.FORWARD, court_days)
    agenda, diary = Agenda(), Diary(court_days)
    parts = _parts(session, people, now)
    services = _services(session, clerk, now)
    house = House(
        session=session,
        today=today,
        anchor=anchor,
        agenda=agenda,
        diary=diary,
        people=people,
        parts={part.name: part.id for part in parts},
        judges={name: judge for name, _, judge, *_ in PARTS},
        services=services,
    )
    agenda.at(at(today - timedelta(days=2), 16), lambda then: _places_now(house, then))
    return house


def _places_now(house: House, now: datetime) -> None:
    """Bring places and waits of all services up to date, two days before the anchor's day."""
    for service in house.services.values():
        update_service(
            house.session,
            house.coordinator,
            service.id,
            as_of=house.clerk.today(now),
            now=now,
            languages=service.languages,
            places=service.places,
            wait_days=service.wait_days,
        )


def _people(session: Session, today: date, now: datetime) -> dict[str, Actor]:
    """Make the court, mark the database, and give everybody an account."""
    court_id = add_court(
        session,
        name="Harbor County Intervention Court",
        public_name="Harbor County Court, Part 4",
        zone=ZONE.key,
        policy="demonstration",
        now=now,
    )
    installation = session.get(Installation, 1) or Installation(created_at=now)
    installation.demonstration, installation.anchored_on = True, today
    session.add(installation)
    session.flush()
    court = session.get_one(Court, court_id)
    founder = replace(scope.keeper(session, court), roles=frozenset({Role.ADMINISTRATOR}))
    ids = {
        username: add_user(
            session,
            founder,
            username=username,
            display_name=name,
            password=DEMONSTRATION_PASSWORD,
            roles=[role],
            now=now,
        )
        for username, (name, role) in STAFF.items()
    }
    missing = set(DEMONSTRATION_NAMES) - set(ids)
    if missing:
        raise Invalid(f"The demonstration has no account for {', '.join(sorted(missing))}.")
    session.flush()
    return {username: scope.actor_of(session, user_id) for username, user_id in ids.items()}


def _closed_days(session: Session, clerk: Actor, today: date, now: datetime) -> CourtDays:
    """Confirm the holidays up to the end of the calendar; those after it stay proposals for the clerk to look at."""
    last = today + timedelta(days=AHEAD + 30)
    for year in range(clerk.today(now).year, last.year + 2 if last.month > 6 else last.year + 1):
        propose_holidays(session, clerk, year, now=now)
    session.flush()
    near = select(Closure.id).where(col(Closure.closed_on) <= last).order_by(col(Closure.closed_on))
    confirm_closures(session, clerk, session.exec(near).all(), now=now)
    session.flush()
    return sitting.keep_court_days(session, clerk)


def _parts(session: Session, people: Mapping[str, Actor], now: datetime) -> list[Part]:
    accounts = {actor.name: actor.user_id for actor in people.values()}
    made = []
    for name, room, judge, *_, starts_at in PARTS:
        sits = add_judge(session, people["clerk"], judge, now=now, user_id=accounts[judge])
        session.flush()
        made.append(add_part(session, people["clerk"], name, room=room, judge_id=sits.id, starts_at=starts_at, now=now))
    session.flush()
    return made


def _services(session: Session, clerk: Actor, now: datetime) -> dict[tuple[str, ServiceKind], Service]:
    made = {}
    for agency in AGENCIES:
        provider = add_provider(
            session, clerk, agency.name, now=now, contact=agency.contact, substance_use=agency.substance_use
        )
        session.flush()
        for offer in agency.offers:
            made[agency.name, offer.kind] = add_service(
                session,
                clerk,
                provider.id,
                offer.name,
                offer.kind,
                as_of=clerk.today(now),
                now=now,
                languages=offer.languages,
                places=offer.places,
                wait_days=offer.wait_days,
            )
    return made
