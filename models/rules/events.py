"""What has happened in one case, as it is told: appearances, service sessions, reports, responses, releases.

For whoever has no database: `models.rules.counting` makes of these the facts that the rules look at. Every day is a
civil date of the court. Only what stands is listed: no corrected session, no appearance that was moved or removed.
"""

from dataclasses import dataclass
from datetime import date

from models.rules.vocabulary import (
    AttendanceKind,
    Behaviour,
    Outcome,
    ReleaseAnswer,
    ReportState,
    ResponseKind,
    ResponseState,
    Stage,
)


@dataclass(frozen=True, kw_only=True)
class MandateAccepted:
    """The mandate and the phase it is in; once ended, the program no longer runs."""

    program: str  # key of the program template
    accepted_on: date
    phase: int  # position in the program, from 0
    phase_since: date
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class OnCalendar:
    """One appearance: its outcome, or none while it is only on the calendar."""

    on: date
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceSession:
    """One service session as last recorded."""

    on: date
    kind: AttendanceKind
    disputed: bool = False


@dataclass(frozen=True, kw_only=True)
class ExpectedReport:
    """One report expected from a provider for one appearance."""

    provider: str
    appearance_on: date
    due_on: date
    state: ReportState = ReportState.EXPECTED
    received_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class GivenResponse:
    """One response of the court, and the behaviour it answers."""

    on: date
    kind: ResponseKind
    behaviour: Behaviour
    state: ResponseState = ResponseState.ORDERED


@dataclass(frozen=True, kw_only=True)
class ReleaseAnswered:
    """What the participant answered when asked for a release, and its first and last day."""

    answer: ReleaseAnswer
    starts_on: date
    ends_on: date
    revoked_on: date | None = None
    provider: str | None = None  # None: whichever provider reports


@dataclass(frozen=True, kw_only=True)
class CaseEvents:
    """Everything known of one case, in any order."""

    stage: Stage
    mandate: MandateAccepted | None = None
    appearances: tuple[OnCalendar, ...] = ()
    sessions: tuple[ServiceSession, ...] = ()
    reports: tuple[ExpectedReport, ...] = ()
    responses: tuple[GivenResponse, ...] = ()
    releases: tuple[ReleaseAnswered, ...] = ()
