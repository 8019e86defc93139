"""The form "How this part sits": a rhythm, its days and what its sessions take. It draws itself and writes nothing.

What is entered is read at once, so that the coming days stand beside it in words before anything is opened.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import streamlit as st

from dashboard.components.heading import show_note
from dashboard.components.markdown import plain
from dashboard.wording import text
from models.commands.opening import Usual
from models.queries.calendar import Choices, PartChoice
from models.queries.sitting_patterns import PatternRow
from models.rules.importing.dates import NotADate, read_date
from models.rules.importing.people import listed
from models.rules.sitting_patterns import LAST, Pattern, Term
from models.rules.vocabulary import CapacityBy, Purpose, Rhythm

_RHYTHMS = list(Rhythm)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_DATES = "MM/DD/YYYY"
_AHEAD = timedelta(days=2 * 366)  # a year of two figures is not read as a later one


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What the form holds now: a part, its pattern, what its sessions take, and the pattern it takes the place of."""

    part_id: UUID
    pattern: Pattern
    as_usual: Usual
    replaces: UUID | None
    unread: tuple[str, ...] = ()  # listed days that are no dates


def show_pattern_form(offered: Choices, rows: tuple[PatternRow, ...], terms: tuple[Term, ...], today: date) -> Entered:
    """Ask how a part sits; return what is entered now."""
    parts = {part.id: part for part in offered.parts}
    part_id = st.selectbox("Part", parts, format_func=lambda one: parts[one].name, key="sits-part")
    rhythm: Rhythm = st.selectbox("It sits", _RHYTHMS, format_func=text, key="sits-rhythm")
    left, right = st.columns(2)
    weekday, every, nth, typed = 4, 1, 1, ""
    if rhythm is Rhythm.DATED:
        typed = st.text_area("Days", key="sits-dates", placeholder="12/11/2026, 01/15/2027")
    else:
        weekday = left.selectbox("On", range(7), index=4, format_func=_WEEKDAYS.__getitem__, key="sits-weekday")
    if rhythm is Rhythm.WEEKLY:
        every = int(right.number_input("Every so many weeks", 1, 52, 1, key="sits-every"))
    elif rhythm is Rhythm.MONTHLY:
        nth = right.selectbox("Which of the month", _NTH, format_func=_NTH.__getitem__, key="sits-nth")
    start = left.time_input("Start", parts[part_id].starts_at, step=900, key=f"sits-start-{part_id}")
    from_on = right.date_input("From", today, min_value=today, format=_DATES, key="sits-from")
    until_on = left.date_input("Until (empty: open)", None, min_value=today, format=_DATES, key="sits-until")
    names = sorted({term.name for term in terms})
    within = right.multiselect("Only within", names, key="sits-terms", placeholder="all year") if names else []
    days, unread = _days(typed, today)
    return Entered(
        part_id=part_id,
        pattern=Pattern(
            rhythm=rhythm,
            from_on=from_on,
            until_on=until_on,
            starts_at=start,
            weekday=weekday,
            every_weeks=every,
            nth=nth,
            dates=days,
            terms=frozenset(within),
        ),
        as_usual=_takes(parts[part_id], offered),
        replaces=_replaces([row for row in rows if row.part_id == part_id]),
        unread=unread,
    )


def _takes(part: PartChoice, offered: Choices) -> Usual:
    """Ask what the sessions take, filled with the part's usual session."""
    with st.expander("What its sessions take"):
        judges = {None: "the part's usual judge"} | {judge_id: plain(name) for judge_id, name in offered.judges}
        judge_id = st.selectbox("Judge", judges, format_func=judges.__getitem__, key="sits-judge")
        one, two, three = st.columns(3)
        cases = one.number_input("Cases", 1, value=part.capacity_cases, key=f"sits-cases-{part.id}")
        minutes = two.number_input("Minutes", 1, value=part.capacity_minutes, step=5, key=f"sits-minutes-{part.id}")
        kept = three.number_input("Kept for new", 0, value=0, key="sits-kept", help="Places no review may take.")
        by = st.selectbox("Full by", list(CapacityBy), index=2, format_func=text, key="sits-by")
        spoken = st.text_input("Interpreters booked for", key="sits-languages", placeholder="Spanish, Korean")
        purposes = st.multiselect("Takes only", list(Purpose), format_func=text, key="sits-for", placeholder="any")
    return Usual(
        judge_id=judge_id,
        capacity_cases=int(cases),
        capacity_minutes=int(minutes),
        capacity_by=by,
        kept_for_new=int(kept),
        interpreter_languages=listed(spoken),
        purposes=frozenset(purposes),
    )


def _replaces(of_part: list[PatternRow]) -> UUID | None:
    """Ask which pattern of the part it takes the place of; none: it sits beside."""
    if not of_part:
        return None
    said = {None: "no other pattern"} | {row.id: row.said.rstrip(".") for row in of_part}
    replaces: UUID | None = st.selectbox(
        "It takes the place of", said, format_func=said.__getitem__, key=f"sits-replaces-{of_part[0].part_id}"
    )
    if replaces:
        show_note("That one ends the day before. Its empty sessions after that day go; those with cases stay.")
    return replaces


def _days(typed: str, today: date) -> tuple[frozenset[date], tuple[str, ...]]:
    """Return the days listed, and what could not be read as one."""
    found: set[date] = set()
    unread = []
    for word in filter(None, (word.strip() for word in re.split(r"[,;\n]", typed))):
        try:
            day = read_date(word, today + _AHEAD)
        except NotADate:
            day = None
        if day is None:
            unread.append(word)
        else:
            found.add(day)
    return frozenset(found), tuple(unread)
