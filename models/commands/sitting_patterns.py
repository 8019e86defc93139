"""How a part sits: a pattern begins, another takes its place, it ends; its sessions are opened ahead. And the court's terms.

A pattern is never rewritten: what was opened by it can be explained. Opening again opens nothing twice, and what a
person has closed stays closed.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit, sitting
from models.commands.opening import AS_USUAL, Opened, Usual, checked_kept, languages, open_on
from models.commands.taking_back import Ended, end_sessions
from models.commands.typed import LONGEST_NAME, needed
from models.errors import Conflict, Invalid
from models.rules.permissions import Action
from models.rules.sitting_patterns import Pattern, days_of
from models.rules.vocabulary import CapacityBy, Purpose, Rhythm
from models.scope import Actor, load, require
from models.tables import Judge, Part, SittingPattern, Term

_ONE_DAY = timedelta(days=1)
_LONGEST_WAIT = 52  # weeks between two sessions
_MOST_DATES = 366
_LONGEST_AHEAD = timedelta(days=3 * 366)


def begin_pattern(
    session: Session,
    actor: Actor,
    part_id: UUID,
    pattern: Pattern,
    *,
    now: datetime,
    as_usual: Usual = AS_USUAL,
    replaces: UUID | None = None,
) -> SittingPattern:
    """Let a part sit by a pattern from its first day on; the one it `replaces` ends the day before.

    Invalid for a pattern that has begun before today, or never sits. It opens no session: `open_pattern` does.
    """
    require(actor, Action.MANAGE_CALENDAR)
    part = load(session, actor, Part, part_id)
    check(session, actor, pattern, now)
    if replaces is not None:
        end_pattern(session, actor, replaces, pattern.from_on - _ONE_DAY, now=now)
    row = _row(actor, part, pattern, as_usual, now)
    if row.judge_id is not None:
        load(session, actor, Judge, row.judge_id)
    session.add(row)
    detail = {"pattern": row.id, "rhythm": pattern.rhythm, "from": pattern.from_on, "until": pattern.until_on}
    audit.record(session, actor, "begin_pattern", "part", part_id, now=now, detail=detail)
    return row


def check(session: Session, actor: Actor, pattern: Pattern, now: datetime) -> None:
    """Refuse a pattern that lies in the past, never sits, or names a term the court has not; Invalid in words."""
    if pattern.from_on < actor.today(now):
        raise Invalid("A pattern begins today or later. What has been held stays as it was.")
    if pattern.until_on is not None and pattern.until_on < pattern.from_on:
        raise Invalid("The last day of a pattern comes on or after its first.")
    if pattern.rhythm is Rhythm.WEEKLY and not 1 <= pattern.every_weeks <= _LONGEST_WAIT:
        raise Invalid(f"Give a number of weeks from 1 to {_LONGEST_WAIT}.")
    if not (0 <= pattern.weekday <= 6 and 1 <= pattern.nth <= 5):
        raise Invalid("Choose a weekday, and which one of the month.")
    if pattern.rhythm is Rhythm.DATED and not pattern.dates:
        raise Invalid("List the days on which the part sits.")
    if len(pattern.dates) > _MOST_DATES or any(day < pattern.from_on for day in pattern.dates):
        raise Invalid(f"List at most {_MOST_DATES} days, none of them before the pattern's first day.")
    if pattern.terms - {term.name for term in sitting.terms(session, actor)}:
        raise Invalid("There is no term of that name. Add the term first.")


def end_pattern(session: Session, actor: Actor, pattern_id: UUID, last_on: date, *, now: datetime) -> Ended:
    """Let a pattern sit for the last time on a civil date; one that has not begun by then is gone.

    Sessions it has opened after that day go where nothing was ever on them; those with cases stay and are named. Invalid
    for a day that has passed, Conflict where it ends before that day already.
    """
    require(actor, Action.MANAGE_CALENDAR)
    row = load(session, actor, SittingPattern, pattern_id)
    if last_on < actor.today(now) - _ONE_DAY:
        raise Invalid("A pattern ends yesterday at the earliest. What has been held stays as it was.")
    if row.until_on is not None and row.until_on < last_on:
        raise Conflict("This pattern has ended before that day already. Begin a new one.")
    ended = end_sessions(session, actor, row, after=last_on)
    if last_on >= row.from_on:
        row.until_on = last_on
        session.add(row)
    elif ended.left:
        raise Conflict("There are cases on this pattern's sessions. Close those sessions with a plan, then end it.")
    else:
        session.delete(row)
    detail = {"pattern": row.id, "until": last_on, "taken_back": ended.taken_back, "left": len(ended.left)}
    audit.record(session, actor, "end_pattern", "part", row.part_id, now=now, detail=detail)
    return ended


def open_pattern(session: Session, actor: Actor, pattern_id: UUID, last: date, *, now: datetime) -> Opened:
    """Open the sessions of a pattern from today to a civil date, both included, and name the days left out."""
    require(actor, Action.MANAGE_CALENDAR)
    row = load(session, actor, SittingPattern, pattern_id)
    if last > actor.today(now) + _LONGEST_AHEAD:
        raise Invalid("Open at most three years ahead. The rest can be opened when the time comes.")
    days = days_of(sitting.as_pattern(row), sitting.terms(session, actor), actor.today(now), last)
    usual = Usual(
        judge_id=row.judge_id,
        starts_at=row.starts_at,
        capacity_cases=row.capacity_cases,
        capacity_minutes=row.capacity_minutes,
        capacity_by=CapacityBy(row.capacity_by),
        kept_for_new=row.kept_for_new,
        interpreter_languages=row.interpreter_languages,
        purposes=frozenset(map(Purpose, row.purposes)),
    )
    return open_on(session, actor, row.part_id, days, usual, now=now, pattern_id=row.id)


def add_term(session: Session, actor: Actor, name: str, first_on: date, last_on: date, *, now: datetime) -> Term:
    """Add a term, both days included; Invalid for days out of order, Conflict where one of this name begins that day."""
    require(actor, Action.MANAGE_CALENDAR)
    named = " ".join(needed(name, "A term needs a name.", LONGEST_NAME).split())
    if last_on < first_on:
        raise Invalid("The last day of a term comes on or after its first.")
    same = select(Term.id).where(
        col(Term.court_id) == actor.court_id, col(Term.name) == named, col(Term.first_on) == first_on
    )
    if session.exec(same).first():
        raise Conflict("There is a term of this name that begins on that day already.")
    term = Term(court_id=actor.court_id, name=named, first_on=first_on, last_on=last_on)
    session.add(term)
    detail = {"first": first_on, "last": last_on}
    audit.record(session, actor, "add_term", "court", actor.court_id, now=now, detail=detail)
    return term


def _row(actor: Actor, part: Part, pattern: Pattern, as_usual: Usual, now: datetime) -> SittingPattern:
    """Return the pattern as a row: only what its rhythm needs, and the part's usual session where nothing else is said."""
    cases = part.capacity_cases if as_usual.capacity_cases is None else as_usual.capacity_cases
    minutes = part.capacity_minutes if as_usual.capacity_minutes is None else as_usual.capacity_minutes
    if cases < 1 or minutes < 1:
        raise Invalid("A session has room for at least one case and one minute.")
    rhythm = pattern.rhythm
    return SittingPattern(
        court_id=actor.court_id,
        part_id=part.id,
        judge_id=as_usual.judge_id,
        rhythm=rhythm,
        weekday=None if rhythm is Rhythm.DATED else pattern.weekday,
        every_weeks=pattern.every_weeks if rhythm is Rhythm.WEEKLY else None,
        nth=pattern.nth if rhythm is Rhythm.MONTHLY else None,
        dates=sorted(day.isoformat() for day in pattern.dates) if rhythm is Rhythm.DATED else [],
        from_on=pattern.from_on,
        until_on=pattern.until_on,
        terms=sorted(pattern.terms),
        starts_at=pattern.starts_at,
        capacity_cases=cases,
        capacity_minutes=minutes,
        capacity_by=as_usual.capacity_by or part.capacity_by,
        kept_for_new=checked_kept(part.kept_for_new if as_usual.kept_for_new is None else as_usual.kept_for_new, cases),
        interpreter_languages=languages(as_usual.interpreter_languages),
        purposes=sorted(as_usual.purposes),
        recorded_by=actor.person,
        recorded_at=now,
    )
