"""What has happened in one case, as it is told: appearances, service sessions, reports, responses, releases, warrants.

For whoever has no database: `models.rules.counting` makes of these the facts that the rules look at. Every day is a
civil date of the court, every instant UTC. No appearance that was moved or removed is listed. What was corrected stays
in the list, replaced: then the case can be counted as the court saw it before.
"""

from dataclasses import dataclass
from datetime import date, datetime

from models.rules.vocabulary import (
    AttendanceKind,
    Behaviour,
    Outcome,
    ReleaseAnswer,
    ReportState,
    ResponseKind,
    ResponseState,
    Stage,
    WarrantState,
)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """One version of a fact: when the court entered it, and when another version took its place."""

    entered_at: datetime | None = None  # None: as early as anybody asks
    replaced_at: datetime | None = None  # None: it stands

    def stands(self, by: datetime | None) -> bool:
        """Tell whether this version stood just before an instant; None: whether it stands now."""
        if by is None:
            return self.replaced_at is None
        entered = self.entered_at is None or self.entered_at < by
        return entered and (self.replaced_at is None or self.replaced_at >= by)


@dataclass(frozen=True, kw_only=True)
class InStage(Entered):
    """A stage of the case's life."""

    stage: Stage


@dataclass(frozen=True, kw_only=True)
class MandateAccepted(Entered):
    """The mandate and the phase it is in; once ended, the program no longer runs."""

    program: str  # key of the program template
    accepted_on: date
    phase: int  # position in the program, from 0
    phase_since: date
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class OnCalendar(Entered):
    """One appearance: its outcome, or none while it is only on the calendar."""

    on: date
    outcome: Outcome | None = None
    known_at: datetime | None = None  # since when the court has this outcome, where a version before said the same


@dataclass(frozen=True, kw_only=True)
class ServiceSession(Entered):
    """One service session as it was recorded."""

    on: date
    kind: AttendanceKind
    provider: str | None = None  # None: any release lets it be read
    disputed: bool = False
    known_at: datetime | None = None  # since when the court has known it so, where a version before said the same


@dataclass(frozen=True, kw_only=True)
class ExpectedReport(Entered):
    """One report expected from a provider for one appearance."""

    provider: str
    appearance_on: date
    due_on: date
    state: ReportState = ReportState.EXPECTED
    received_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class GivenResponse(Entered):
    """One response of the court, and the behaviour it answers."""

    on: date
    kind: ResponseKind
    behaviour: Behaviour
    state: ResponseState = ResponseState.ORDERED
    settled_on: date | None = None  # done, not done or withdrawn; None: not settled, or nobody knows when


@dataclass(frozen=True, kw_only=True)
class ReleaseAnswered(Entered):
    """What the participant answered when asked for a release, and its first and last day."""

    answer: ReleaseAnswer
    starts_on: date
    ends_on: date
    revoked_on: date | None = None
    provider: str | None = None  # None: whichever provider reports


@dataclass(frozen=True, kw_only=True)
class WarrantOrdered(Entered):
    """What the judge ordered about a warrant."""

    on: date
    state: WarrantState


@dataclass(frozen=True, kw_only=True)
class NewArrest(Entered):
    """A new arrest somebody told the court of: a fact, not a verdict."""

    on: date
    told_on: date


@dataclass(frozen=True, kw_only=True)
class CaseEvents:
    """Everything known of one case, in any order; only the stages are in the order in which they were entered."""

    stage: Stage
    earlier_stages: tuple[InStage, ...] = ()  # each replaced by the next; the last of them by `stage`
    mandate: MandateAccepted | None = None
    earlier_mandates: tuple[MandateAccepted, ...] = ()  # the phases before, each replaced
    appearances: tuple[OnCalendar, ...] = ()
    sessions: tuple[ServiceSession, ...] = ()
    reports: tuple[ExpectedReport, ...] = ()
    responses: tuple[GivenResponse, ...] = ()
    releases: tuple[ReleaseAnswered, ...] = ()
    warrants: tuple[WarrantOrdered, ...] = ()
    arrests: tuple[NewArrest, ...] = ()
