"""Compliance reports of a case: how each stands today, and every version that came.

Two statements. For `case_file`, which authorises. Late and missing are the provider's, never the participant's.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.facts.statements import Statement
from models.queries.case_entries import Entry, Line, Source, Topic, What, sentences
from models.rules import words
from models.rules.court_days import CourtDays
from models.rules.policy import Policy
from models.rules.reports import ReportAnswer, standing_of_report
from models.rules.vocabulary import ReportState
from models.tables import Appearance, CourtSession, Provider, Report, ReportVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One expected report for the appearance on `appearance_on`, and how it stands today, with its reasons."""

    report_id: UUID
    provider_id: UUID
    provider: str
    appearance_on: date
    period_from: date
    period_to: date
    due_on: date
    state: ReportState
    received_on: date | None
    versions: int
    answer: ReportAnswer


_REPORTS: Statement = (
    sa.select(
        col(Report.id).label("report_id"),
        col(Report.provider_id),
        col(Provider.name).label("provider"),
        col(CourtSession.held_on).label("appearance_on"),
        col(Report.period_from),
        col(Report.period_to),
        col(Report.due_on),
        col(Report.state),
        col(Report.received_on),
        col(Report.versions),
    )
    .join(Provider, col(Provider.id) == col(Report.provider_id))
    .join(Appearance, col(Appearance.id) == col(Report.appearance_id))
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .order_by(col(Report.due_on).desc(), col(Report.id).desc())
)


def report_rows(
    source: Source, released: Mapping[UUID, bool], policy: Policy, court_days: CourtDays, today: date
) -> tuple[ReportRow, ...]:
    """Return the reports, the newest first; `released` tells for which providers a release holds today."""
    return tuple(
        ReportRow(
            **row,
            answer=standing_of_report(
                row["state"],
                row["due_on"],
                row["received_on"],
                row["appearance_on"],
                released.get(row["provider_id"], False),
                policy.reports.grace_court_days,
                court_days,
                today,
                policy.version,
            ),
        )
        for row in source.rows(Report, _REPORTS)
    )


def report_entries(source: Source, reports: tuple[ReportRow, ...], words_of: Collection[UUID]) -> Iterator[Entry]:
    """Yield the history of reports: each version that came, and those still expected, late or withdrawn.

    What a version says is left out where no release of its provider lets it be read; `words_of` has those that do.
    """
    known = {report.report_id: report for report in reports}
    for row in source.rows(ReportVersion):
        report = known[row["report_id"]]
        yield _version(source, row, report, readable=report.provider_id in words_of)
    for report in reports:
        if not report.versions:
            yield Entry(
                on=report.due_on,
                topic=Topic.REPORTS,
                what=What.REPORT,
                state=report.answer.standing,
                about=report.provider,
                words=sentences(_for(report), *report.answer.reasons),
                over=report.state is ReportState.WITHDRAWN,
            )


def _version(source: Source, row: Line, report: ReportRow, *, readable: bool) -> Entry:
    said = f"Version {row['version']}: {row['correction_reason']}" if row["correction_reason"] else None
    newest = row["version"] == report.versions
    return Entry(
        on=row["received_on"],
        topic=Topic.REPORTS,
        what=What.REPORT,
        state=report.answer.standing,
        about=report.provider,
        words=sentences(
            _for(report),
            *((said, row["summary"]) if readable else ("What it says is not available: no release is active",)),
            None if newest else "Corrected since",
        ),
        over=not newest,
        **source.recorded(row),
    )


def _for(report: ReportRow) -> str:
    first, last = words.day(report.period_from, report.appearance_on), words.day(report.period_to, report.appearance_on)
    return f"{first} to {last}, for court on {words.day(report.appearance_on, report.appearance_on)}"
