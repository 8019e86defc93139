"""What an evaluator is told of the caseload: counts without identity, from which nobody can be made out.

A count from 1 to 10 is not told (CMS cell size suppression policy); nor is another one beside it, where the total less
the rest would tell it. Only quarters of the year that have ended are counted, so that two looks a day apart show no more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.ages import age_on
from models.rules.vocabulary import Stage

SMALLEST = 11  # cases: the least that is told, apart from none
_BANDS = ((18, "under 18"), (25, "18 to 24"), (35, "25 to 34"), (45, "35 to 44"))
_OLDEST, _NOT_KNOWN = "45 and older", "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCase:
    """What is counted of one case. `age` is in years when it was opened; None where it is not known."""

    opened_on: date
    age: int | None
    program: str | None  # the first one agreed to before the present quarter
    ended: Stage | None  # how it ended before the present quarter; None: it had not


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One table: what it counts by, and the number of cases for each word; None: too few to be told."""

    by: str
    cells: Mapping[str, int | None]


def quarter_begun(day: date) -> date:
    """Return the first civil date of a day's quarter of the year."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def age_at(born_on: date | None, reported_age: int | None, on: date) -> int | None:
    """Return the age in years on a civil date, else the one that was reported; None where neither is known."""
    return age_on(born_on, on) if born_on else reported_age


def tables(cases: Iterable[CountedCase], today: date) -> tuple[Counted, ...]:
    """Return the counts of the cases opened before the present quarter: by quarter, age, program and how they ended."""
    told = [case for case in cases if case.opened_on < quarter_begun(today)]
    return (
        _counted("Quarter of opening", (_quarter(case.opened_on) for case in told)),
        _counted("Age when opened", (_band(case.age) for case in told)),
        _counted("Program", (case.program or "no mandate" for case in told)),
        _counted("How it ended", (case.ended.value.replace("_", " ") if case.ended else "open" for case in told)),
    )


def suppressed(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return the counts without those that are too few, and without what would give them away.

    What is left out adds up to at least SMALLEST, or everything is: nobody can subtract the rest from a known total.
    """
    left_out = {word for word, number in counts.items() if 0 < number < SMALLEST}
    rest = sorted((word for word in counts if word not in left_out and counts[word]), key=lambda word: counts[word])
    while left_out and rest and (len(left_out) < 2 or sum(counts[word] for word in left_out) < SMALLEST):
        left_out.add(rest.pop(0))
    return {word: None if word in left_out else number for word, number in counts.items()}


def _counted(by: str, words: Iterable[str]) -> Counted:
    return Counted(by=by, cells=suppressed(dict(sorted(Counter(words).items()))))


def _quarter(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def _band(age: int | None) -> str:
    if age is None:
        return _NOT_KNOWN
    return next((name for below, name in _BANDS if age < below), _OLDEST)
