"""One case's timeline, from what is recorded to marks on the chart; what never counts against her looks like it."""

from collections.abc import Iterator, Sequence
from datetime import date

from dashboard import wording
from dashboard.charts import timeline as chart
from dashboard.charts.timeline import Happening, Lane, Mark
from dashboard.components.chart import palette, show_chart
from dashboard.components.heading import show_note
from dashboard.components.html import NOTHING, Html
from models.queries.timeline import Timeline, TimelineReport, TimelineSession
from models.rules.releases import NOT_AVAILABLE
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    Outcome,
    ReportState,
    ResponseKind,
    ResponseState,
)
from models.rules.words import joined

SESSIONS = {
    AttendanceKind.ATTENDED: Mark.AS_EXPECTED,
    AttendanceKind.EXCUSED: Mark.ACCEPTABLE,
    AttendanceKind.MISSED: Mark.UNACCEPTABLE,
    AttendanceKind.CANCELLED: Mark.SERVICE,
    AttendanceKind.UNVERIFIED: Mark.UNSETTLED,
}
COURT = {
    Outcome.APPEARED: Mark.AS_EXPECTED,
    Outcome.EXCUSED: Mark.ACCEPTABLE,
    Outcome.DID_NOT_APPEAR: Mark.UNACCEPTABLE,
    Outcome.ADJOURNED: Mark.SERVICE,
}
RESPONSES = {
    ResponseKind.INCENTIVE: Mark.AS_EXPECTED,
    ResponseKind.ADJUSTMENT: Mark.ACCEPTABLE,
    ResponseKind.SANCTION: Mark.UNACCEPTABLE,
}


def show_timeline(
    happened: Timeline, today: date, *, key: str, since: date | None = None, beside: Html = NOTHING
) -> None:
    """Draw the timeline, from `since` on where it is given; `beside` stands with the table under it."""
    rows = [row for row in happenings(happened, today) if since is None or row.day >= since]
    drawn = chart.spec(rows, palette(), today=today)
    show_chart(drawn, chart.words(rows, today=today), chart.reading(rows), key=key, beside=beside)
    if happened.withheld:
        show_note(withheld_words(happened.withheld))


def withheld_words(providers: Sequence[str]) -> str:
    """Return what stands in place of sessions that no release lets be read; a provider without a name is not named."""
    whose = joined([one for one in providers if one]) or "a provider"
    return f"Sessions told by {whose} are {NOT_AVAILABLE}"


def happenings(happened: Timeline, today: date) -> list[Happening]:
    """Return the marks of a case's timeline up to `today` (civil date)."""
    rows = [*_court(happened), *_services(happened), *_reports(happened, today), *_responses(happened)]
    return [row for row in rows if row.day <= today]


def _court(happened: Timeline) -> Iterator[Happening]:
    for one in happened.appearances:
        if one.state is AppearanceState.HELD and one.outcome is not None:
            yield Happening(one.on, Lane.COURT, COURT[one.outcome], wording.text(one.outcome))


def _services(happened: Timeline) -> Iterator[Happening]:
    for one in happened.sessions:
        mark = Mark.UNSETTLED if one.disputed else SESSIONS[one.kind]
        yield Happening(one.on, Lane.SESSIONS, mark, _session_words(one))


def _session_words(one: TimelineSession) -> str:
    said = [wording.text(one.kind), *([one.reason] if one.reason else []), *(["disputed"] if one.disputed else [])]
    return ", ".join(said)


def _reports(happened: Timeline, today: date) -> Iterator[Happening]:
    for one in happened.reports:
        day = one.received_on or one.due_on
        if one.state is not ReportState.WITHDRAWN and (one.received_on or one.due_on < today):
            yield Happening(day, Lane.REPORTS, _report_mark(one), _report_words(one))


def _report_mark(one: TimelineReport) -> Mark:
    if one.state is ReportState.DISPUTED:
        return Mark.UNSETTLED
    return Mark.AS_EXPECTED if one.received_on and one.received_on <= one.due_on else Mark.UNSETTLED


def _report_words(one: TimelineReport) -> str:
    if one.state is ReportState.DISPUTED:
        return "report disputed"
    if one.received_on is None:
        return f"report of {one.provider or 'the provider'} not in"
    return "report received" if one.received_on <= one.due_on else "report received late"


def _responses(happened: Timeline) -> Iterator[Happening]:
    for one in happened.responses:
        if one.state is not ResponseState.WITHDRAWN:
            yield Happening(
                one.decided_on, Lane.RESPONSES, RESPONSES[one.kind], f"{wording.text(one.kind)}: {one.what}"
            )
