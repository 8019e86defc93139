"""The compliance timeline of one case: what happened in court, in sessions, with reports, and the court's responses.

Each state has its own shape and its own word in the legend; colour only helps. Shapes and colours are those of
`dashboard.wording`. What never counts against the participant has its own state (`SERVICE`, `UNSETTLED`) and never looks
like an unacceptable absence.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dashboard.charts.frame import Reading, Spec, frame
from dashboard.theme import Palette
from dashboard.wording import day_short, day_words

_LANE_HEIGHT = 24
_LEAST = timedelta(days=28)  # a case of yesterday still gets an axis of weeks
_LABELS = 7  # dates on the axis; more would touch in a narrow card
_MONDAY = 1  # of the count of days
_FAN = 0.36  # how far apart, in lanes, marks of one day and lane stand


class Lane(StrEnum):
    """The four lanes, from top to bottom."""

    COURT = "Court"
    SESSIONS = "Sessions"
    REPORTS = "Reports"
    RESPONSES = "Responses"


class Mark(StrEnum):
    """What a mark says; the value is its word in the legend."""

    AS_EXPECTED = "As expected, incentive"
    ACCEPTABLE = "Acceptable, adjustment"
    SERVICE = "By provider or court"  # cancelled or adjourned: never counts against the participant
    UNACCEPTABLE = "Unacceptable, sanction"
    UNSETTLED = "Late or unverified"  # nor does this
    TODAY = "Today"


#: A mark as it is read aloud: in the lane of responses it is one of the court's answers, elsewhere what happened.
_ALOUD = {
    Mark.AS_EXPECTED: ("as expected", "incentive"),
    Mark.ACCEPTABLE: ("acceptable absence", "service adjustment"),
    Mark.SERVICE: ("by provider or court", "by provider or court"),
    Mark.UNACCEPTABLE: ("unacceptable absence", "sanction"),
    Mark.UNSETTLED: ("late or unverified", "late or unverified"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One mark: the court's civil day, its lane, its state and the words said of it ("attended", "report late")."""

    day: date
    lane: Lane
    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class _Look:
    shape: str
    fill: str
    stroke: str


def spec(rows: Sequence[Happening], palette: Palette, *, today: date) -> Spec:
    """The timeline of `rows` with a marker for `today` (civil date), lanes always in the same order."""
    values = [*_values(rows), _value(Happening(today, Lane.COURT, Mark.TODAY, "today"), 0.0)]
    across = _across(min([today - _LEAST, *(row.day for row in rows)]), max([today, *(row.day for row in rows)]))
    line = _today_line(palette, today, across)
    layers = [line, _marks(palette, {row.mark for row in rows} | {Mark.TODAY}, across)]
    height = _LANE_HEIGHT * len(Lane)
    return frame(palette, height=height, words=words(rows, today=today), layers=layers, values=values)


def words(rows: Sequence[Happening], *, today: date) -> str:
    """The timeline in words: its span, and for each lane how many marks of each state."""
    if not rows:
        return f"Compliance timeline, {day_words(today)}: nothing recorded yet."
    lanes = (f"{lane}: {_counts(rows, lane)}." for lane in Lane)
    first = min(row.day for row in rows)
    return f"Compliance timeline from {day_words(first)}; today is {day_words(today)}. {' '.join(lanes)}"


def reading(rows: Iterable[Happening]) -> Reading:
    """The same marks as a table, the newest first."""
    ordered = sorted(rows, key=lambda row: (row.day, list(Lane).index(row.lane)), reverse=True)
    cells = tuple((day_short(row.day), row.lane.value, row.words, row.mark.value) for row in ordered)
    return Reading(("Date", "What", "In words", "Shown as"), cells)


def _counts(rows: Sequence[Happening], lane: Lane) -> str:
    counted = Counter(row.mark for row in rows if row.lane is lane)
    said = {mark: words[lane is Lane.RESPONSES] for mark, words in _ALOUD.items()}
    return ", ".join(f"{counted[mark]} {said[mark]}" for mark in _ALOUD if counted[mark]) or "nothing"


def _values(rows: Sequence[Happening]) -> list[Spec]:
    """The rows with marks of one day and lane fanned out, so that none hides another."""
    together = Counter((row.day, row.lane) for row in rows)
    seen: Counter[tuple[date, Lane]] = Counter()
    values = []
    for row in rows:
        place = (row.day, row.lane)
        values.append(_value(row, (seen[place] - (together[place] - 1) / 2) * _FAN))
        seen[place] += 1
    return values


def _value(row: Happening, nudge: float) -> Spec:
    return {
        "day": row.day.toordinal(),
        "y": list(Lane).index(row.lane) + nudge,
        "mark": row.mark.value,
        "words": f"{day_short(row.day)}: {row.words}",
    }


def _looks(palette: Palette) -> dict[Mark, _Look]:
    halo = palette.paper  # parts neighbours that touch
    return {
        Mark.AS_EXPECTED: _Look("circle", palette.good, halo),
        Mark.ACCEPTABLE: _Look("diamond", palette.accent_text, halo),
        Mark.SERVICE: _Look("circle", palette.paper, palette.quiet),
        Mark.UNACCEPTABLE: _Look("square", palette.bad, halo),
        Mark.UNSETTLED: _Look("triangle-up", palette.warn, halo),
        Mark.TODAY: _Look("cross", palette.accent_text, halo),
    }


def _marks(palette: Palette, shown: set[Mark], across: Spec) -> Spec:
    marks = [mark for mark in Mark if mark in shown]
    looks = _looks(palette)
    domain = [mark.value for mark in marks]
    return {
        "mark": {"type": "point", "size": 120, "strokeWidth": 1.5, "opacity": 1, "clip": False},
        "encoding": {
            "x": across,
            "y": _lanes(),
            "shape": _scale(domain, [looks[mark].shape for mark in marks]),
            "fill": _scale(domain, [looks[mark].fill for mark in marks]),
            "stroke": _scale(domain, [looks[mark].stroke for mark in marks]),
            "tooltip": {"field": "words", "type": "nominal"},
        },
    }


def _scale(domain: list[str], values: list[str]) -> Spec:
    legend = {"columns": 3, "symbolSize": 90, "rowPadding": 2, "columnPadding": 10, "offset": 6}
    return {"field": "mark", "type": "nominal", "scale": {"domain": domain, "range": values}, "legend": legend}


def _across(first: date, last: date) -> Spec:
    """The axis of days. Days are counted, not timed, and named here: no viewer's zone can move a mark by a day."""
    step = next((weeks * 7 for weeks in (1, 2, 4, 8, 13, 26) if (last - first).days <= weeks * 7 * _LABELS), 364)
    days = [day for day in range(first.toordinal(), last.toordinal() + 1) if day % step == _MONDAY]
    names = ", ".join(f"'{day}': '{day_short(date.fromordinal(day))}'" for day in days)
    axis = {"values": days, "labelExpr": f"{{{names}}}[datum.value]", "grid": False, "labelOverlap": True}
    scale = {"domain": [first.toordinal(), last.toordinal()], "padding": 14, "nice": False, "zero": False}
    return {"field": "day", "type": "quantitative", "scale": scale, "axis": axis}


def _lanes() -> Spec:
    names = ", ".join(f"'{lane.value}'" for lane in Lane)
    axis = {"values": list(range(len(Lane))), "labelExpr": f"[{names}][datum.value]", "grid": True}
    domain = [-0.5, len(Lane) - 0.5]
    scale = {"domain": domain, "reverse": True, "nice": False, "zero": False}
    return {"field": "y", "type": "quantitative", "scale": scale, "axis": axis}


def _today_line(palette: Palette, today: date, across: Spec) -> Spec:
    return {
        "data": {"values": [{"day": today.toordinal()}]},
        "mark": {"type": "rule", "color": palette.accent_text, "strokeDash": [3, 3], "opacity": 0.6},
        "encoding": {"x": across},
    }
