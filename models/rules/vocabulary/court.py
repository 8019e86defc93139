"""In court: sessions, appearances and their outcomes, and the lists one docket gives."""

from enum import StrEnum


class SessionState(StrEnum):
    """Whether a court session takes place."""

    OPEN = "open"
    CLOSED = "closed"


class CapacityBy(StrEnum):
    """What fills a court session."""

    CASES = "cases"
    MINUTES = "minutes"
    EITHER = "either"  # whichever is reached first


class Rhythm(StrEnum):
    """How a part's sitting days repeat."""

    WEEKLY = "weekly"  # every so many weeks on a weekday, counted from the pattern's first day
    MONTHLY = "monthly"  # on the n-th weekday of the month, or the last
    DATED = "dated"  # on listed days


class Purpose(StrEnum):
    """Why a case is on a court session."""

    INTAKE = "intake"
    REVIEW = "review"
    COMPLETION = "completion"
    ACD_RESTORED = "acd_restored"
    OTHER = "other"


class AppearanceState(StrEnum):
    """What became of an appearance as an entry on the calendar."""

    PROPOSED = "proposed"  # by the scheduler, waiting for the clerk
    SCHEDULED = "scheduled"
    HELD = "held"  # an outcome is recorded
    MOVED = "moved"  # to another session; `moved_to_id` says which
    REMOVED = "removed"


ON_CALENDAR = frozenset({AppearanceState.SCHEDULED, AppearanceState.HELD})


class InterpreterState(StrEnum):
    """Whether the interpreter an appearance needs is there."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    BOOKED = "booked"


class Outcome(StrEnum):
    """What happened at an appearance."""

    APPEARED = "appeared"
    EXCUSED = "excused"
    DID_NOT_APPEAR = "did_not_appear"
    ADJOURNED = "adjourned"  # by the court: never counts against the participant


class MissedAppearance(StrEnum):
    """The judge's choices when a participant did not appear. None of them is ever automatic."""

    EXCUSE = "excuse"
    ADVANCE_WITH_COUNSEL = "advance_with_counsel"
    WARRANT_STAYED = "warrant_stayed"
    WARRANT_ISSUED = "warrant_issued"


class MoveCause(StrEnum):
    """Why cases are moved together: what changed about the calendar."""

    DAY_CLOSED = "day_closed"
    SESSION_CLOSED = "session_closed"
    JUDGE_AWAY = "judge_away"
    FEWER_PLACES = "fewer_places"


class WarrantState(StrEnum):
    """What the judge has ordered about a warrant. None of these is ever automatic."""

    STAYED = "stayed"  # ordered and stayed
    ISSUED = "issued"
    VACATED = "vacated"


class ArrestSource(StrEnum):
    """Who told the court of a new arrest: a fact with its source, never a verdict."""

    POLICE = "police"
    PROSECUTION = "prosecution"
    DEFENCE = "defence"
    PARTICIPANT = "participant"
    PROVIDER = "provider"
    COURT_RECORDS = "court_records"
    OTHER = "other"


class ListKind(StrEnum):
    """The three lists one docket gives."""

    PUBLIC = "public"
    BENCH = "bench"
    STAFFING = "staffing"
