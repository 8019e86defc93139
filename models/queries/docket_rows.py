"""One appearance on a docket as a frozen row: who, for what, and what is known or missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from models.queries.safety import flags_of
from models.rules.called import names_of
from models.rules.compliance import StandingAnswer
from models.rules.court_days import CourtDays
from models.rules.policy import Policy
from models.rules.reports import standing_of_report
from models.rules.vocabulary import (
    AppearanceState,
    FlagKind,
    InterpreterState,
    Outcome,
    Purpose,
    ReferralState,
    ReportStanding,
    ServiceKind,
    Stage,
    Standing,
)

#: Reports with which the court can work, or for which nobody waits.
_IN = frozenset({ReportStanding.RECEIVED, ReportStanding.RECEIVED_LATE, ReportStanding.WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class DocketReport:
    """The report expected for an appearance; late or missing is the provider's, never the participant's."""

    report_id: UUID
    provider: str
    standing: ReportStanding
    due_on: date
    received_on: date | None
    court_days_late: int
    reasons: tuple[str, ...]

    @property
    def is_in(self) -> bool:
        """Tell whether nobody waits for it any more."""
        return self.standing in _IN


@dataclass(frozen=True, kw_only=True)
class DocketService:
    """One service of the participant: its state, and since when."""

    kind: ServiceKind
    state: ReferralState
    since: date
    mandated: bool
    provider: str | None
    part_2: bool = False  # a substance use program: 42 CFR Part 2


@dataclass(frozen=True, kw_only=True)
class DocketRow:
    """One appearance in call order. `starts_at` is the expected wall time in the court's zone."""

    appearance_id: UUID
    case_id: UUID
    participant_id: UUID
    number: int
    starts_at: time
    minutes: int
    state: AppearanceState
    outcome: Outcome | None
    purpose: Purpose
    promised: str | None
    docket_number: str
    version: int
    stage: Stage
    name: str  # as a list inside the court calls her; initials where her safety asks for it
    initials: str
    restricted: bool  # kept to named staff: on no wall, whoever prints the list
    called: str  # how the bench calls her: in full; initials where her safety asks for it
    public_name: str
    script: str | None
    pronunciation: str | None
    interpreter: InterpreterState
    interpreter_language: str | None
    flags: tuple[FlagKind, ...]
    standing: StandingAnswer
    report: DocketReport | None  # the one that is not in, if several are expected
    services: tuple[DocketService, ...]

    @property
    def next_on(self) -> date | None:
        """The next court day the case is on the calendar for."""
        return self.standing.inputs.next_appearance_on

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not ready for court yet, in short words; nothing once the outcome is recorded."""
        if self.state is AppearanceState.HELD:
            return ()
        found = []
        if self.report and not self.report.is_in and self.report.standing is not ReportStanding.RELEASE_EXPIRED:
            found.append("report")
        if self.interpreter is InterpreterState.NEEDED:
            found.append("interpreter")
        if self.state is AppearanceState.PROPOSED:
            found.append("approval of the date")
        return tuple(found)

    @property
    def nothing_done(self) -> bool:
        """Tell whether several absences wait for the court's answer."""
        return self.standing.standing is Standing.NOTHING_DONE


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What all rows of one docket share when they are judged."""

    held_on: date
    starts_at: time
    today: date
    policy: Policy
    court_days: CourtDays


def row_of(
    number: int,
    before: int,
    lines: Sequence[Mapping[Any, Any]],
    services: Sequence[DocketService],
    standing: StandingAnswer,
    setting: Setting,
) -> DocketRow:
    """Make one row from its database lines (one for each report); `before` is the minutes booked ahead of it."""
    first, flags = lines[0], flags_of(lines[0]["flags"])
    hidden = FlagKind.INITIALS_ONLY in flags
    names = names_of(first["preferred_name"], first["legal_name"], first["public_alias"], initials_only=hidden)
    return DocketRow(
        appearance_id=first["appearance_id"],
        case_id=first["case_id"],
        participant_id=first["participant_id"],
        number=number,
        starts_at=_time(setting.starts_at, before),
        minutes=first["minutes"],
        state=first["state"],
        outcome=first["outcome"],
        purpose=first["purpose"],
        promised=first["promised"],
        docket_number=first["docket_number"],
        version=first["version"],
        stage=first["stage"],
        name=names.short,
        initials=names.initials,
        restricted=bool(first["restricted"]),
        called=names.full,
        public_name=names.public,
        script=None if hidden else first["preferred_script"],
        pronunciation=None if hidden else first["pronunciation"],
        interpreter=first["interpreter"],
        interpreter_language=first["interpreter_language"],
        flags=flags,
        standing=standing,
        report=_report(lines, standing, setting),
        services=tuple(services),
    )


def _report(lines: Sequence[Mapping[Any, Any]], standing: StandingAnswer, setting: Setting) -> DocketReport | None:
    reports = [_judged(line, standing, setting) for line in lines if line["report_id"]]
    return min(reports, key=lambda report: report.is_in, default=None)


def _judged(line: Mapping[Any, Any], standing: StandingAnswer, setting: Setting) -> DocketReport:
    answer = standing_of_report(
        line["report_state"],
        line["due_on"],
        line["received_on"],
        setting.held_on,
        standing.inputs.release_active,
        setting.policy.reports.grace_court_days,
        setting.court_days,
        setting.today,
        setting.policy.version,
    )
    return DocketReport(
        report_id=line["report_id"],
        provider=line["provider"],
        standing=answer.standing,
        due_on=line["due_on"],
        received_on=line["received_on"],
        court_days_late=answer.court_days_late,
        reasons=answer.reasons,
    )


def _time(starts_at: time, minutes: int) -> time:
    """Return the wall time `minutes` after `starts_at`; a session does not run over midnight."""
    return (datetime.combine(date.min, starts_at) + timedelta(minutes=minutes)).time()
