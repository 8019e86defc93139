"""Looks that are not like the others: hints for the auditor, each with its reason in words and what may explain it.

A hint is never an accusation: it says what was counted, what is usual, and that there may be a good reason. It knows ids
and counts, and of names only whether two families are called alike.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from statistics import median
from uuid import UUID

from models.rules.names import fold
from models.rules.vocabulary import Role

MANY = 20
"""Fewer cases in a day are never many."""
TIMES = 3
"""So many times the usual is unusual."""
DAYS_TO_COMPARE = 5
"""Days on which a person opened cases, before anything can be said to be usual for her."""
FIRST_HOUR, LAST_HOUR = time(7), time(19)
REFUSALS = 5
"""So many refusals in a day are worth a question."""


class Unusual(StrEnum):
    """Why a look is not like the others."""

    VOLUME = "volume"
    HOURS = "hours"
    FAMILY_NAME = "family_name"
    REFUSED = "refused"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsDay:
    """What one person did on one civil date; times are wall times in the court's zone."""

    user_id: UUID
    roles: frozenset[Role]
    on: date
    court_day: bool
    opened: frozenset[UUID] = frozenset()  # cases, each once
    times: tuple[time, ...] = ()  # when cases were opened
    refused: int = 0
    emergencies: int = 0
    namesakes: frozenset[UUID] = frozenset()  # cases whose participant's family is called like hers


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One thing to ask about: who, on which civil date, why, and the cases it is about."""

    kind: Unusual
    user_id: UUID
    on: date
    reason: str
    cases: frozenset[UUID] = frozenset()


def hints(days: Sequence[PersonsDay]) -> tuple[Hint, ...]:
    """Return the hints in what people did on some days, the newest first."""
    found = [hint for day in days for hint in _of_day(day, days)]
    return tuple(sorted(found, key=lambda hint: (hint.on, hint.kind, str(hint.user_id)), reverse=True))


def family_name(name: str | None) -> str:
    """Return the last word of a name, made equal for comparing; empty for a single name."""
    words = fold(name).split()
    return words[-1] if len(words) > 1 else ""


def _of_day(day: PersonsDay, days: Sequence[PersonsDay]) -> Iterable[Hint]:
    if reason := _volume(day, days):
        yield _hint(Unusual.VOLUME, day, reason)
    if reason := _hours(day):
        yield _hint(Unusual.HOURS, day, reason, day.opened)
    if day.namesakes:
        said = f"Opened {_cases(len(day.namesakes))} of somebody with the same family name. Many share a name; ask whether they know each other."
        yield _hint(Unusual.FAMILY_NAME, day, said, day.namesakes)
    if day.refused >= REFUSALS:
        said = f"Was refused {day.refused} times. Old links and a changed role explain it as well."
        yield _hint(Unusual.REFUSED, day, said)
    if day.emergencies:
        said = "Opened a restricted case in an emergency. The reason given stands with it."
        yield _hint(Unusual.EMERGENCY, day, said)


def _volume(day: PersonsDay, days: Sequence[PersonsDay]) -> str | None:
    """Return why the number of cases is far over what is usual for her and for people with a role of hers."""
    opened = len(day.opened)
    own = [len(one.opened) for one in days if one.user_id == day.user_id and one.on != day.on and one.opened]
    others = [len(one.opened) for one in days if one.user_id != day.user_id and one.roles & day.roles and one.opened]
    usual = [median(some) for some in (own, others) if len(some) >= DAYS_TO_COMPARE]
    if opened < MANY or not usual or opened <= TIMES * max(usual):
        return None
    said = [f"Opened {_cases(opened)}."]
    if len(own) >= DAYS_TO_COMPARE:
        said.append(f"On other days usually {median(own):.0f}.")
    if len(others) >= DAYS_TO_COMPARE:
        said.append(f"Others with the same role usually {median(others):.0f}.")
    return " ".join([*said, "A long calendar or a check of many files explains it as well."])


def _hours(day: PersonsDay) -> str | None:
    """Return why cases were opened at an unusual time: at night, or on a day on which the court is closed."""
    late = sorted(one for one in day.times if not day.court_day or not FIRST_HOUR <= one < LAST_HOUR)
    if not late:
        return None
    when = f"{_clock(late[0])} to {_clock(late[-1])}" if len(late) > 1 else _clock(late[0])
    if day.court_day:
        return f"Opened cases {len(late)} times at {when}, outside the hours {_clock(FIRST_HOUR)} to {_clock(LAST_HOUR)}. Work that ran late explains it as well."
    return f"Opened cases {len(late)} times at {when}, on a day the court was closed. Duty at a weekend explains it as well."


def _hint(kind: Unusual, day: PersonsDay, reason: str, cases: Collection[UUID] = ()) -> Hint:
    return Hint(kind=kind, user_id=day.user_id, on=day.on, reason=reason, cases=frozenset(cases))


def _cases(number: int) -> str:
    return f"{number} case{'' if number == 1 else 's'}"


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}"
