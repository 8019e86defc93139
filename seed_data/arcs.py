"""What a story is made of: an arc says how a case goes, in letters; a story gives it a person and a first day.

Letters stand for what comes next; after the last one it stays as it was. Sessions: a attended, e acceptable absence,
m unacceptable absence, c cancelled by the provider, u unverified. Reports: t on time, g in grace, l late, n none came.
Court, from the second appearance: + appeared, x excused, - did not appear, = adjourned by the court, o appeared without
a next date, ? no outcome recorded, w warrant issued.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from seed_data.cast import Character


class Ending(StrEnum):
    """How a story ends if nothing else happens."""

    COMPLETES = "completes"
    STAYS = "stays"  # never completes by itself
    DECLINES = "declines"  # at the first appearance
    TRANSFERS = "transfers"
    DISMISSED = "dismissed"  # by the judge, early
    RETURNS = "returns"  # some time after a warrant


class Release(StrEnum):
    """How the participant answered when asked to share information with the provider."""

    GIVEN = "given"
    DECLINED = "declined"
    ENDS = "ends"  # a few days before the anchor
    ENDS_SOON = "ends_soon"  # a few days after it
    REVOKED = "revoked"
    NOT_ASKED = "not_asked"


class Placement(StrEnum):
    """How far the mandated referral comes."""

    ENROLLED = "enrolled"
    ACCEPTED = "accepted"
    UNANSWERED = "unanswered"
    DECLINED_ONCE = "declined_once"  # then another provider takes her on
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Arc:
    """How a case goes. Days in `happenings` count from the opening, or back from the anchor when negative."""

    key: str
    program: str = "six-sessions"
    sessions: str = "a"
    every_days: int = 8
    reports: str = "t"
    courts: str = "+"
    answers: bool = True  # the court answers what it may answer
    advances: bool = True
    ending: Ending = Ending.COMPLETES
    after: int = 2  # appearances after which TRANSFERS and DISMISSED happen
    release: Release = Release.GIVEN
    placement: Placement = Placement.ENROLLED
    offered: bool = False  # the program is offered at intake already
    books_interpreter: bool = True
    acd_waits: bool = False  # the ACD is granted at a later appearance
    confirmed: bool = True  # the clerk confirms the dismissal when the ACD has run out
    minor: bool = False
    labour: bool | None = None
    happenings: tuple[tuple[int, str], ...] = ()
    sessions_on: tuple[tuple[int, str], ...] = ()  # days before the anchor (negative) and letters
    courts_on: tuple[int, ...] = ()  # the main part's sessions, 0 the anchor's; the first is the first appearance


@dataclass(frozen=True, kw_only=True)
class Story:
    """One case to be told."""

    arc: Arc
    character: Character
    opened_on: date
    part: str
    docket_number: str
