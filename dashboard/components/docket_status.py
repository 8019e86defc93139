"""The one state that a list shows of an appearance: what the court should see first of this case."""

from dashboard import wording
from dashboard.wording import Tone, Word
from dashboard.wording.shapes import good, quiet, warn
from models.queries.docket_rows import DocketReport, DocketRow
from models.rules.vocabulary import (
    AppearanceState,
    FlagKind,
    InterpreterState,
    Outcome,
    ReportStanding,
    Standing,
)

#: Standings that come before what is merely not ready.
_FIRST = frozenset(
    {
        Standing.NOTHING_DONE,
        Standing.ATTENTION,
        Standing.ABSCONDED,
        Standing.READY_TO_COMPLETE,
        Standing.READY_TO_ADVANCE,
    }
)


def bench_status(row: DocketRow) -> Word:
    """Return what the judge's list says of an appearance."""
    if row.state is AppearanceState.HELD:
        return called_word(row)
    standing = standing_word(row)
    if row.standing.standing in _FIRST:
        return standing
    if row.report and not row.report.is_in:
        return report_word(row.report)
    if row.interpreter is InterpreterState.NEEDED:
        return warn("no interpreter booked")
    if FlagKind.INITIALS_ONLY in row.flags:
        return quiet("safe: initials only")
    return standing


def called_word(row: DocketRow) -> Word:
    """Return what is recorded of an appearance that was called."""
    if row.outcome is Outcome.DID_NOT_APPEAR:
        return wording.word(Outcome.DID_NOT_APPEAR)
    after = f" · next {wording.day_short(row.next_on)}" if row.next_on else ""
    said = "called" if row.outcome is Outcome.APPEARED else wording.text(row.outcome or Outcome.ADJOURNED)
    return Word(f"{said}{after}", "✓", Tone.QUIET)


def standing_word(row: DocketRow) -> Word:
    """Return the standing in the short words of its own answer, with the standing's shape and tone."""
    look = wording.word(row.standing.standing)
    return Word(row.standing.headline, look.shape, look.tone)


def report_word(report: DocketReport) -> Word:
    """Return how a report stands: late or missing is the provider's, and says so."""
    look = wording.word(report.standing)
    match report.standing:
        case ReportStanding.RECEIVED | ReportStanding.RECEIVED_LATE if report.received_on:
            return good(f"report {wording.day_short(report.received_on)}")
        case ReportStanding.LATE:
            return warn(f"report late {wording.count(report.court_days_late, 'day')}")
        case ReportStanding.DUE | ReportStanding.IN_GRACE | ReportStanding.MISSING:
            return Word(f"report {look.text}", look.shape, look.tone)
        case ReportStanding.EXPECTED:
            return quiet(f"report due {wording.day_short(report.due_on)}")
    return Word(look.text if "release" in look.text else f"report {look.text}", look.shape, look.tone)
