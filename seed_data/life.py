"""One case while its story is told: what is known of it so far, and what comes next in its letters.

It holds and plans; what is done at each moment is in the other modules of this package, by commands.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from models.rules.policy import Policy, Program
from models.rules.vocabulary import AttendanceKind
from models.scope import Actor
from models.tables import Appearance, Case, Referral, Release
from seed_data.arcs import Arc, Story
from seed_data.house import House
from seed_data.ledger import Ledger

T = TypeVar("T", Appearance, Referral)

KINDS = {
    "a": AttendanceKind.ATTENDED,
    "e": AttendanceKind.EXCUSED,
    "m": AttendanceKind.MISSED,
    "c": AttendanceKind.CANCELLED,
    "u": AttendanceKind.UNVERIFIED,
}
#: Reasons a provider gives, by kind of session; none where there is nothing to say.
REASONS = {
    "e": ("medical", "child was ill", "appointment with her lawyer", "a funeral in the family", "medical"),
    "c": ("counsellor was ill", "room closed", "no interpreter at the program"),
    "u": ("sign-in sheet not found",),
}


@dataclass
class Life:
    """The state of one story."""

    house: House
    story: Story
    chance: Random
    ledger: Ledger = field(default_factory=Ledger)
    case_row: Case | None = None
    appearance: Appearance | None = None
    court_on: date | None = None  # the day of that appearance
    provider_id: UUID | None = None
    referral: Referral | None = None
    release: Release | None = None
    release_ends: date | None = None
    held: int = 0
    sessions_told: int = 0
    reports_planned: int = 0
    next_session_on: date | None = None
    left: bool = False  # nothing more happens in court
    holds: "Callable[[Life, datetime], None] | None" = None  # what happens at an appearance; set at the opening

    @property
    def arc(self) -> Arc:
        """How the story goes."""
        return self.story.arc

    @property
    def session(self) -> Session:
        """The database session."""
        return self.house.session

    @property
    def case(self) -> Case:
        """The case, once it is open."""
        assert self.case_row is not None  # noqa: S101 - every deed is planned after the opening
        return self.case_row

    @property
    def coordinator(self) -> Actor:
        """The coordinator."""
        return self.house.coordinator

    @property
    def clerk(self) -> Actor:
        """The clerk."""
        return self.house.clerk

    def policy(self, on: date) -> Policy:
        """Return the policy in force on a civil date."""
        return self.clerk.policy_on(on)

    def program(self, on: date) -> Program:
        """Return the arc's program template."""
        return self.policy(on).program(self.arc.program)

    def later(self, instant: datetime, deed: "Callable[[Life, datetime], None]") -> None:
        """Plan a deed of this story for an instant (UTC); once the case has left the court it does not happen."""
        self.house.agenda.at(instant, lambda now: None if self.left else deed(self, now))

    def token(self) -> UUID:
        """Return a token as a form would make one."""
        return uuid4()

    def made(self, table: type[T]) -> T:
        """Return the case's row that a command has just made: from memory where it is not written yet."""
        new = [row for row in self.session.new if isinstance(row, table) and row.case_id == self.case.id]
        if new:
            return max(new, key=lambda row: row.id)  # ids are in the order of making
        rows = select(table).where(col(table.case_id) == self.case.id).order_by(col(table.id).desc())
        return self.session.exec(rows.limit(1)).one()

    def sessions_before(self, day: date) -> list[tuple[date, str]]:
        """Return the service sessions not told yet that were held before a civil date, as (day, letter)."""
        if self.arc.sessions_on:
            return self._scripted(day)
        found: list[tuple[date, str]] = []
        open_ended = self.program(day).sessions
        done = sum(kind is AttendanceKind.ATTENDED for kind in self.ledger.sessions.values())
        while self.next_session_on and self.next_session_on < day and done < open_ended:
            letter = nth(self.arc.sessions, self.sessions_told)
            done += letter == "a"
            found.append((self.next_session_on, letter))
            self.sessions_told += 1
            self.next_session_on = weekday(self.next_session_on + timedelta(days=self.arc.every_days))
        return found

    def _scripted(self, day: date) -> list[tuple[date, str]]:
        since = [(weekday(self.house.anchor + timedelta(days=ago)), letter) for ago, letter in self.arc.sessions_on]
        return [(on, letter) for on, letter in since if on < day and on not in self.ledger.sessions]

    def reason(self, letter: str) -> str | None:
        """Return what a provider says about a session of this kind."""
        said = REASONS.get(letter)
        return self.chance.choice(said) if said else None


def nth(letters: str, n: int) -> str:
    """Return the letter at `n`; the last one stays."""
    return letters[min(n, len(letters) - 1)]


def weekday(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
