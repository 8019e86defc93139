"""Tell the demonstration court: everything up to the morning of its day, in one transaction, or nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models import audit, database, scope
from models.commands import follow_ups
from models.commands.sweeps.everything import sweep_everything
from models.tables import Court
from seed_data import calendaring, court_time, courtroom, house, scenarios
from seed_data.arcs import Story
from seed_data.life import Life


@dataclass(frozen=True)
class Told:
    """What was told, for a sentence at the end."""

    stories: int
    anchor: date


def tell(bind: Engine, today: date, *, seed: int = 1, scale: float = 1.0) -> Told:
    """Fill an empty, migrated database with the court as it stands on the morning of `today`.

    The same day and seed tell the same stories. Raises Invalid where the database has a court.
    """
    with _no_collector(), database.transaction(bind) as session:
        with _together(session), _rows_kept(session):
            court, told = _court_and_stories(session, today, seed, scale)
            court.agenda.run(until=house.at(today, 6))
        keeper = scope.keeper(session, session.get_one(Court, court.clerk.court_id))
        sweep_everything(session, keeper, now=house.at(today, 6))
    return Told(stories=len(told), anchor=court.anchor)


def _court_and_stories(session: Session, today: date, seed: int, scale: float) -> tuple[house.House, list[Story]]:
    """Make the court and plan every story from its opening on."""
    court = house.found(session, today)
    court_time.plan(court)
    told = scenarios.stories(court.anchor, _chance(f"{seed}"), scale)
    kept_at = house.at(court.anchor - timedelta(days=400), 7)
    court.agenda.at(kept_at, lambda _: _keep_places(court, told))
    for number, story in enumerate(told):
        life = Life(house=court, story=story, chance=_chance(f"{seed}:{number}"))
        opening = house.at(story.opened_on, 10) + timedelta(minutes=(number * 7) % 170)
        life.later(opening, courtroom.begin)
    return court, told


def _keep_places(court: house.House, told: list[Story]) -> None:
    """Keep places on the main part's sessions for those whose stories lead there, once these sessions are open."""
    for story in told:
        for n, place in enumerate(story.arc.courts_on):
            court.diary.keep(calendaring.main_session(court, place).id, calendaring.minutes_of(n))
        if story.arc.key == "acd_restored":
            court.diary.keep(calendaring.main_session(court, 0).id, calendaring.minutes_of(1))
        if any(name == "short_notice" for _, name in story.arc.happenings):
            court.diary.keep(calendaring.session_after(court).id, calendaring.minutes_of(1))


def _chance(of: str) -> Random:
    return Random(of)  # noqa: S311 - invented stories, no secrets  # nosec B311


@contextmanager
def _together(session: Session) -> Iterator[None]:
    """Write together what every act would write anew: audit events, versions of cases, follow-ups that are closed."""
    with audit.gathering(session), scope.gathering(session), follow_ups.gathering(session):
        yield


@contextmanager
def _rows_kept(session: Session) -> Iterator[None]:
    """Keep every row in memory meanwhile: a session forgets what nobody holds, and would read it again for each act."""
    kept: list[object] = []

    def keep(_: Session, row: object) -> None:
        kept.append(row)

    for moment in ("pending_to_persistent", "loaded_as_persistent"):
        sa.event.listen(session, moment, keep)
    try:
        yield
    finally:
        for moment in ("pending_to_persistent", "loaded_as_persistent"):
            sa.event.remove(session, moment, keep)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Let no collection run meanwhile, and afterwards as before.

    Every row of the court is alive until the end, so each collection would look at all of them in vain: a fifth of the
    time. Little garbage has cycles, so the whole process takes about 240 MB.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
