"""What leaves the court after a sealing: a letter for each person, and the list for each agency that holds copies.

A letter names the court by its public name, the docket number and the person it is handed to; no charge, and not the
kind of court.
"""

from dashboard import wording
from dashboard.exports.sheet import Column, Emphasis, Group, Sheet
from dashboard.exports.typesetting import Json, typeset
from models.queries.sealing_notices import Notices, Told

_COLUMNS = (
    Column("Docket number", 1.2, emphasis=Emphasis.QUIET),
    Column("Legal name", 1.8, emphasis=Emphasis.STRONG),
    Column("Date of birth", 1.0),
    Column("Sealed on", 1.0),
    Column("What to do", 2.2),
    Column("Told on, by", 1.2),
)
_SEAL = "Seal every copy and answer any inquiry as if there were none."
_FOOT = "For the agency named alone. Destroy this list when the agency has confirmed."


def agency_sheet(notices: Notices) -> Sheet:
    """Return the records each agency must seal, an agency after the other, each provider with its own alone."""
    rows: list[tuple[str, ...]] = []
    groups = []
    for holder in notices.holders:
        if holder.records:
            groups.append(Group(holder.name + (f", {holder.how}" if holder.how else ""), len(rows)))
            rows.extend(_cells(one) for one in holder.records)
    order = f", order {notices.act.order_number}" if notices.act.order_number else ""
    return Sheet(
        title="Records sealed: whom the court tells",
        columns=_COLUMNS,
        rows=tuple(rows),
        lines=(f"On the authority of {notices.act.authority}{order}.",),
        footer=_FOOT,
        groups=tuple(groups),
        grouped_by="Agency",
        empty="The court keeps no agency on its list, and no provider holds copies.",
    )


def letters_pdf(notices: Notices, *, place: str, printed_at: str) -> bytes:
    """Return a letter for each person, a page each; `place` is the court's public name."""
    letters: list[Json] = [_letter(one, notices, place) for one in notices.people]
    foot = "Handed to the person named, or to counsel, and to nobody else."
    data: dict[str, Json] = {"title": "Letters", "language": "en", "footer": foot, "printed_at": printed_at}
    return typeset("letters.typ", {**data, "letters": letters})


def way_words(one: Told) -> str:
    """Return how a letter reaches somebody: by a way that is marked safe, or in court."""
    ways = "; ".join(f"{wording.text(kind)}: {value}" for kind, value in one.ways)
    return ways or "no safe way is recorded: it is kept at the clerk's window"


def _letter(one: Told, notices: Notices, place: str) -> Json:
    day = wording.day_year(one.sealed_on)
    said = (
        f"Your record in case {one.docket_number} was sealed on {day}.",
        f"It was sealed on the authority of {notices.act.authority}.",
        "From that day the court answers every question about this case as if it did not exist.",
        "Keep this letter where only you can find it. You do not have to do anything else.",
    )
    interpreter = f"Read it together with an interpreter: {one.interpreter}." if one.interpreter else ""
    return {
        "to": one.name,
        "place": place,
        "day": day,
        "said": said,
        "by": f"By: {way_words(one)}. {interpreter}".strip(),
    }


def _cells(one: Told) -> tuple[str, ...]:
    born = wording.day_year(one.date_of_birth) if one.date_of_birth else ""
    return (one.docket_number, one.legal_name, born, wording.day_year(one.sealed_on), _SEAL, "")
