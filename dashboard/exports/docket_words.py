"""What a cell of a docket says, on the screen and on paper alike: what for, the report, the services, the needs.

A late or missing report names the provider, so that it never reads as the participant's; where the screen faces the room
it is "the provider's report", because a name can say what kind of service it is. Which cells a list has, and who may read them,
is decided elsewhere.
"""

from dashboard import wording
from dashboard.wording import Word
from dashboard.wording.shapes import accent, good, quiet, warn
from models.queries.docket import Docket
from models.queries.docket_rows import DocketReport, DocketRow, DocketService
from models.rules.vocabulary import (
    AppearanceState,
    InterpreterState,
    Outcome,
    Purpose,
    ReferralState,
    ReportStanding,
    Standing,
)

#: Standings that the report does not explain, so that both are said.
_OF_ITS_OWN = frozenset(
    {
        Standing.NOTHING_DONE,
        Standing.ATTENTION,
        Standing.ABSCONDED,
        Standing.READY_TO_ADVANCE,
        Standing.READY_TO_COMPLETE,
    }
)


def kept_lines(docket: Docket) -> tuple[str, ...]:
    """Return the line that says how many more are on the session, kept from whoever reads it; none where nobody is."""
    kept = docket.heading.kept
    if not kept:
        return ()
    more = f"{wording.count(kept, 'more case')} {'is' if kept == 1 else 'are'} on this session and kept restricted"
    return (f"{more}: ask the judge or the clerk in charge.",)


def purpose_words(row: DocketRow) -> str:
    """Return what the case is on for: "Review, phase 2"."""
    words = wording.text(row.purpose)
    said = words[:1].upper() + words[1:]
    phase = row.standing.course.phase
    return f"{said}, phase {phase}" if phase and row.purpose is Purpose.REVIEW else said


def report_word(report: DocketReport | None, *, faces_room: bool = False) -> Word:
    """Return how the expected report stands, with the provider who is to send it where it is not in."""
    if report is None:
        return quiet("none expected")
    whose = "the provider's report" if faces_room else report.provider
    match report.standing:
        case ReportStanding.RECEIVED | ReportStanding.RECEIVED_LATE:
            return good(f"report {wording.day_short(report.received_on)}")
        case ReportStanding.EXPECTED:
            return quiet(f"report due {wording.day_short(report.due_on)}")
        case ReportStanding.DUE:
            return accent(f"due today: {whose}")
        case ReportStanding.IN_GRACE:
            return warn(f"in grace, due {wording.day_short(report.due_on)}: {whose}")
        case ReportStanding.LATE:
            return warn(f"late {wording.count(report.court_days_late, 'day')}: {whose}")
        case ReportStanding.MISSING:
            return warn(f"missing: {whose}")
        case ReportStanding.DISPUTED:
            return warn(f"report {wording.day_short(report.received_on)}, disputed")
    return wording.word(report.standing)


def standing_word(row: DocketRow) -> Word:
    """Return the standing in the short words of its own answer."""
    look = wording.word(row.standing.standing)
    return Word(row.standing.headline, look.shape, look.tone)


def compliance_words(row: DocketRow, *, faces_room: bool = False) -> tuple[Word, ...]:
    """Return the outcome if there is one, else what the court should see first: the standing, then the report."""
    if row.outcome is not None:
        return (outcome_word(row),)
    words = (standing_word(row),) if row.standing.standing in _OF_ITS_OWN else ()
    if row.report is not None:
        return (*words, report_word(row.report, faces_room=faces_room))
    if row.purpose is Purpose.INTAKE:
        return (*words, accent("first appearance"))
    return words or (report_word(None),)


def outcome_word(row: DocketRow) -> Word:
    """Return what was recorded of an appearance, and the next day if there is one."""
    outcome = row.outcome or Outcome.ADJOURNED
    look = wording.word(outcome)
    after = f", next {wording.day_short(row.next_on)}" if row.next_on else ""
    return Word(f"{look.text}{after}", "✓" if outcome is Outcome.APPEARED else look.shape, look.tone)


def services_words(row: DocketRow, *, faces_room: bool = False) -> str | None:
    """Return the mandated service with its sessions, then the others: "enrolled, 4 of 6 · housing waitlisted".

    What kind of service the others are is nothing for the room: they are only counted, "enrolled, 4 of 6 · 2 more".
    """
    mandated = next((one for one in row.services if one.mandated), None)
    others = [one for one in row.services if one is not mandated and one.state is not ReferralState.DECLINED]
    said = [f"{_state(mandated)}{_sessions(row, mandated)}"] if mandated else []
    if faces_room:
        said += [f"{len(others)} more" if mandated else wording.count(len(others), "service")] if others else []
    else:
        said += [f"{wording.text(one.kind)} {_state(one)}" for one in others]
    return " · ".join(said) or None


def _state(service: DocketService) -> str:
    match service.state:
        case ReferralState.REFERRED:
            return f"referred {wording.day_short(service.since)}, no answer"
        case ReferralState.DISCHARGED | ReferralState.DECLINED:
            return f"{wording.text(service.state)} {wording.day_short(service.since)}"
    return wording.text(service.state)


def _sessions(row: DocketRow, service: DocketService) -> str:
    course = row.standing.course
    if service.state not in (ReferralState.ENROLLED, ReferralState.COMPLETED) or not course.sessions:
        return ""
    return f", {wording.attended_of(course.attended, str(course.sessions))}"


def needs_words(row: DocketRow) -> tuple[Word, ...]:
    """Return the interpreter, then the safety flags, then a date that waits for approval."""
    words = [interpreter_word(row)] if row.interpreter is not InterpreterState.NOT_NEEDED else []
    words += [wording.word(flag) for flag in row.flags]
    if row.state is AppearanceState.PROPOSED:
        words.append(accent("date to approve"))
    return tuple(words)


def interpreter_word(row: DocketRow) -> Word:
    """Return the language and whether an interpreter for it is booked: "Mandarin, booked"."""
    language = row.interpreter_language or "interpreter"
    if row.interpreter is InterpreterState.BOOKED:
        return good(f"{language}, booked")
    return warn(f"{language}, not booked")
