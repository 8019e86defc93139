"""The moves of many cases on the screen: the list of them, and who of one is to be told. It writes nothing."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from dashboard.components import html
from dashboard.components.room import carried
from dashboard.exports.notices import now_words, ways_words
from dashboard.wording import Tone, Word, count, day_words, instant_words, word
from models.queries.bulk_moves import Affected, MoveMade
from models.rules.vocabulary import AppearanceState

_LIST = ("Why", "About", html.Column("Cases", right=True), "Approved", "State")
_NOTICE = (html.Column("Case", narrow=True), "Was on", "Now on", "Safe ways to tell", "Interpreter")


def about(made: MoveMade) -> str:
    """Return what a move is about: the days, and the part or the judge where it is one."""
    first, last = day_words(made.first_on), day_words(made.last_on)
    span = first if first == last else f"{first} to {last}"
    return ", ".join(part for part in (span, made.part, made.judge) if part)


def state_of(made: MoveMade) -> Word:
    """Return how a move stands, in words."""
    if made.undone_at is None:
        return Word("made", "●", Tone.GOOD) if made.whole else Word("some cases moved", "◐", Tone.WARN)
    stay = made.cases - made.back
    return Word(f"undone, {stay} stay" if stay else "undone", "↩", Tone.QUIET)


def list_table(moves: Sequence[MoveMade], zone: ZoneInfo, in_front: object) -> html.Html:
    """Return the moves, newest first, each with a link to its list."""
    rows = []
    for made in moves:
        why = html.join([html.state(word(made.cause)), html.tag("span", f": {made.reason}")], "")
        link = html.link(about(made), "/moves", move=made.id, **carried())
        approved = f"{instant_words(made.recorded_at, zone)}, {made.recorded_by}"
        cells = (why, link, made.cases, approved, state_of(made))
        rows.append(html.Row(cells, current=made.id == in_front, past=made.undone_at is not None))
    return html.table("Moves of many cases", _LIST, rows, heading_column=1)


def notice_table(cases: Sequence[Affected]) -> html.Html:
    """Return everybody affected: where they were, where they are now, and how they can be told safely."""
    rows = [
        (_case(number, one), day_words(one.was_on), _now(one), _ways(one), one.language)
        for number, one in enumerate(cases, start=1)
    ]
    return html.table("Who is to be told", _NOTICE, rows)


def counted(cases: Sequence[Affected]) -> str:
    """Say how many are to be told, and how many of them have no safe way."""
    silent = sum(not one.channels for one in cases if one.docket_number)
    said = f"{count(len(cases), 'case')} to tell"
    return f"{said}, {silent} without a safe way" if silent else said


def _case(number: int, one: Affected) -> html.Cell:
    if one.docket_number is None:
        return f"Case {number}"
    return html.link(f"{one.docket_number} {one.name or ''}".strip(), "/case_file", case=one.case_id, **carried())


def _now(one: Affected) -> html.Cell:
    shown: html.Cell = now_words(one)
    if one.back:
        return Word(f"{shown}, put back", "↩", Tone.QUIET)
    if one.state in (AppearanceState.MOVED, AppearanceState.REMOVED):
        shown = Word(str(shown), "▲", Tone.WARN)
    return html.join([shown, html.tag("span", one.kept_reason, css="of-note")]) if one.kept_reason else shown


def _ways(one: Affected) -> html.Cell:
    if one.docket_number is None:
        return None
    return ways_words(one) if one.channels else Word(ways_words(one), "▲", Tone.WARN)
