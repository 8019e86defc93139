"""A change of the calendar that takes cases off their sessions: what it is about, whom it moves, when a plan is stale.

Where each case goes is for `models.rules.moves`. It knows no database; people approve what is proposed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256
from uuid import UUID

from models.rules.reviews import OpenSession
from models.rules.vocabulary import MoveCause

#: How many cases one approval moves without being confirmed a second time.
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    """What changes: a closed day, one closed session, a judge away for some days, or fewer places on a session.

    Days are civil dates, both included. Capacity is what the session takes from then on, in cases and court minutes.
    """

    cause: MoveCause
    first_on: date
    last_on: date
    closed_from: time | None = None  # wall time: of a closed day, only sessions from then on; None: the whole day
    session_id: UUID | None = None
    judge_id: UUID | None = None
    capacity_cases: int = 0
    capacity_minutes: int = 0

    @property
    def closes(self) -> bool:
        """Tell whether its sessions do not take place; otherwise one takes place with fewer places."""
        return self.cause is not MoveCause.FEWER_PLACES


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSession:
    """One appearance as a place on a session counts it; `fixed` when its outcome is recorded, so that it stays."""

    id: UUID
    minutes: int
    fixed: bool = False


def last_called(appearances: Sequence[OnSession], cases: int, minutes: int) -> tuple[UUID, ...]:
    """Return who has to leave a session that takes only so many cases and minutes, of a list in call order.

    Who is called last leaves first, until the rest fits; an appearance with an outcome stays.
    """
    left = list(appearances)
    leaving: list[UUID] = []
    for one in reversed(appearances):
        if len(left) <= cases and sum(kept.minutes for kept in left) <= minutes:
            break
        if not one.fixed:
            left.remove(one)
            leaving.append(one.id)
    return tuple(reversed(leaving))


def stamp(cases: Iterable[tuple[UUID, int]], targets: Iterable[OpenSession]) -> str:
    """Return what a plan was made from as one short text: another one when a case or a session it fills has changed.

    `cases` are the appearances the change is about, each with the version of its case.
    """
    facts = sorted(f"{appearance_id} {version}" for appearance_id, version in cases)
    facts += sorted(
        f"{one.id} {one.on} {one.judge} {one.booked_cases}/{one.capacity_cases} "
        f"{one.booked_minutes}/{one.capacity_minutes} {one.booked_new}/{one.kept_for_new} {one.capacity_by}"
        for one in targets
    )
    return sha256("\n".join(facts).encode()).hexdigest()[:32]
