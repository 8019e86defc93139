"""When the demonstration court sits: a pattern for each part, its sessions, one of them closed, and a judge who is away.

All by commands; how the parts sit is a row each in `house.PARTS`.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from models.commands.judge_absences import record_absence
from models.commands.sessions import close_session
from models.commands.sitting_patterns import begin_pattern, open_pattern
from models.rules.sitting_patterns import Pattern
from models.rules.vocabulary import Rhythm
from models.tables import CourtSession, Part
from seed_data.house import AHEAD, MAIN_PART, PARTS, PAST, House, at


def plan(house: House) -> None:
    """Let every part sit by its pattern from the court's first day, and plan the rest of its calendar."""
    first, anchor, agenda = house.today - timedelta(days=PAST), house.anchor, house.agenda
    middle, last = first + timedelta(days=720), anchor + timedelta(days=AHEAD)
    now = at(first, 8)
    patterns = _begin_patterns(house, first, now)
    _open_sessions(house, patterns, middle, now)
    agenda.at(at(middle - timedelta(days=200), 8), lambda then: _open_sessions(house, patterns, last, then))
    agenda.at(at(anchor - timedelta(days=150), 9), lambda then: _close_one(house, then))
    agenda.at(at(anchor - timedelta(days=30), 9), lambda then: _away(house, then))


def _close_one(house: House, now: datetime) -> None:
    """Close one coming session long before anybody is on it: its judge is away for training."""
    coming = house.diary.between(house.anchor + timedelta(days=8), house.anchor + timedelta(days=60))
    closed = next(one for one in coming if one.part != MAIN_PART)
    close_session(house.session, house.clerk, closed.id, "Judicial training.", (), now=now)
    house.diary.close(closed.id)


def _begin_patterns(house: House, first: date, now: datetime) -> dict[str, UUID]:
    """Let every part sit by a pattern from `first` on, on the weekdays that suit the anchor; return the patterns by part."""
    begun = {}
    for name, _, _, offset, every, starts_at in PARTS:
        weekday = (house.anchor.weekday() + offset) % 5
        near = house.anchor + timedelta(days=(weekday - house.anchor.weekday()) % 7)
        begin = first + timedelta(days=(near - first).days % (7 * every))
        pattern = Pattern(rhythm=Rhythm.WEEKLY, from_on=begin, starts_at=starts_at, weekday=weekday, every_weeks=every)
        begun[name] = begin_pattern(house.session, house.clerk, house.parts[name], pattern, now=now).id
    house.session.flush()
    return begun


def _open_sessions(house: House, patterns: Mapping[str, UUID], last: date, now: datetime) -> None:
    """Open the sessions of every part's pattern up to the day before `last`."""
    for name, pattern_id in patterns.items():
        opened = open_pattern(house.session, house.clerk, pattern_id, last - timedelta(days=1), now=now)
        house.diary.open(opened.sessions, name, house.judges[name])


def _away(house: House, now: datetime) -> None:
    """Record that a judge is away on a coming session of hers, and who sits for her."""
    coming = house.diary.between(house.anchor + timedelta(days=40), house.anchor + timedelta(days=80))
    session = house.session.get_one(CourtSession, next(one.id for one in coming if one.part == "DIV-3"))
    substitute = house.session.get_one(Part, house.parts["DIV-1"]).judge_id
    record_absence(
        house.session,
        house.clerk,
        session.judge_id,
        session.held_on,
        session.held_on,
        now=now,
        substitute_id=substitute,
        reason="Judicial training",
    )
