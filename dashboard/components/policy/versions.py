"""The versions of the policy: which there are, how each stands, from when, by whom and why."""

from collections.abc import Sequence

from dashboard import wording
from dashboard.components import html
from dashboard.wording import policy as words
from models.queries.policies import VersionRow
from models.scope import Actor

PATH = "/policy"
_COLUMNS = ("Version", html.Column("State", narrow=True), "From", "Put in force by", "Why")


def show_versions(rows: Sequence[VersionRow], in_front: VersionRow, who: Actor) -> None:
    """Show the versions as links, the newest first; the one in front is marked."""
    shown = [html.Row(_row(row, who), current=row is in_front) for row in rows]
    html.show(html.table("Versions of the policy", _COLUMNS, shown))


def _row(row: VersionRow, who: Actor) -> Sequence[html.Cell]:
    until = f" to {wording.day_year(row.term.until)}" if row.term.until else ""
    since = f"{wording.day_year(row.in_force_from)}{until}" if row.in_force_from else None
    return (
        html.link(row.name, PATH, version=row.name),
        words.state_word(row.term.state),
        since,
        _by(row, who),
        row.reason,
    )


def _by(row: VersionRow, who: Actor) -> str | None:
    if row.put_in_force_at is None:
        return (
            f"written by {row.written_by}, {wording.instant_words(row.written_at, who.zone)}"
            if row.written_by
            else None
        )
    return f"{row.put_in_force_by or 'Offramp'}, {wording.instant_words(row.put_in_force_at, who.zone)}"
