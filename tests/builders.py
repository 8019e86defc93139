"""Small tellers of a story's beginning: say only what the test is about, and the rest is some court on some day.

They write rows, not rules: what a command must refuse is told through the command. Add one for a noun when a second
test needs it.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import Court, User, UserRole

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
    user = a_user(session, court, *roles, username=username)
    return Actor(
        user_id=user.id,
        court_id=court.id,
        roles=frozenset(roles),
        name=user.display_name,
        court=court.name,
        zone=ZoneInfo(court.zone),
        policy=court.policy,
    )
