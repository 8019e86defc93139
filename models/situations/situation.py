"""A situation as it was told: a civil date, what is known of the case, a small calendar, and what is expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from models.rules.court_days import CourtDays
from models.rules.events import ExpectedReport
from models.rules.facts import CaseFacts
from models.rules.policy import Policy
from models.rules.review_inputs import OpenSession
from models.rules.review_rhythm import Bench
from models.rules.vocabulary import Behaviour


@dataclass(frozen=True, kw_only=True)
class CourtCalendar:
    """The days the court is closed, the case's part and judge, and the sessions that are open."""

    court_days: CourtDays = field(default_factory=CourtDays)
    bench: Bench | None = None  # None: no calendar was given, so no date can be proposed
    sessions: tuple[OpenSession, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One situation to answer by a policy on the civil date `on`."""

    title: str
    on: date
    policy: Policy
    facts: CaseFacts
    calendar: CourtCalendar
    reports: tuple[tuple[ExpectedReport, bool], ...] = ()  # and whether a release to its provider holds
    acd_granted_on: date | None = None
    acd_months: int = 0  # calendar months of the program's ACD; 0 where none is known
    seen_today: frozenset[Behaviour] = frozenset()  # what the court has just seen or found
    given_today: tuple[str, ...] = ()  # responses chosen today, which may change the review interval
    expected: Mapping[str, object] = field(default_factory=dict)  # by the keys of `models.situations.expecting`
