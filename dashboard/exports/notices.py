"""Who is to be told that a date has changed, as a list on paper or a sheet: both dates, and the safe ways by their kind.

No address and no telephone number is on it: those stay in the case.
"""

from dashboard import wording
from dashboard.exports.sheet import Column, Emphasis, Sheet
from models.queries.bulk_moves import Affected, MoveDetail
from models.rules.vocabulary import AppearanceState

_COLUMNS = (
    Column("Docket number", 1.2, emphasis=Emphasis.QUIET),
    Column("Participant", 1.2, emphasis=Emphasis.STRONG),
    Column("Was on", 1.2),
    Column("Now on", 1.8),
    Column("Safe ways to tell", 2.2),
    Column("Interpreter", 0.9),
    Column("Told on, by", 1.3),
)
_FOOT = "For the court's own use. Tell nobody else why; no message names the person, the charge or the kind of court."


def notice_sheet(detail: MoveDetail) -> Sheet:
    """Return everybody affected by one move, in the order in which they were called."""
    return Sheet(
        title="Changed dates: who is to be told",
        columns=_COLUMNS,
        rows=tuple(_cells(one) for one in detail.cases),
        lines=(f"{len(detail.cases)} changed. No way that is not marked safe is on this list.",),
        footer=_FOOT,
        empty="Nobody's date changed.",
    )


def now_words(one: Affected) -> str:
    """Return where a case is now: day, time and part; or that it was changed again since."""
    if one.now_on and one.starts_at:
        return f"{wording.day_words(one.now_on)}, {wording.clock_time(one.starts_at)}, {one.part}"
    return "moved again since" if one.state is AppearanceState.MOVED else "off the calendar since"


def ways_words(one: Affected) -> str:
    """Return the safe ways by their kind, with what to mind; in court where there is none."""
    ways = [wording.text(kind) + (f" ({note.rstrip('.')})" if note else "") for kind, note in one.channels]
    return ", ".join(ways) or "no safe way recorded: tell the participant in court or through counsel"


def _cells(one: Affected) -> tuple[str, ...]:
    return (
        one.docket_number or "",
        one.name or "",
        wording.day_words(one.was_on),
        now_words(one),
        ways_words(one),
        one.language or "",
        "",
    )
