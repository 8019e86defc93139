"""Places one part will need in each coming week, against the places its sessions have.

Three parts of a bar, each with its shape and word in the legend; a week with more cases than places says by how many.
"""

from collections.abc import Sequence

from dashboard.charts.frame import Reading, Spec, frame
from dashboard.theme import Palette
from dashboard.wording import count, day_short, day_words
from models.rules.weeks_ahead import WeekAhead

_HEIGHT = 220
_ROOM_FOR_WORDS = 1.2  # how far the axis goes above the highest bar or place
_KINDS = ("● calendared", "◆ expected reviews", "▲ new cases")


def spec(weeks: Sequence[WeekAhead], palette: Palette) -> Spec:
    """A bar for each week, made of what is calendared, expected and new, and a line at its places."""
    names = [day_short(week.week_on) for week in weeks]
    top = max((max(week.demand, week.places) for week in weeks), default=1) * _ROOM_FOR_WORDS or 1
    ground = [_whole(week, name) for week, name in zip(weeks, names, strict=True)]
    pieces = [piece for week, name in zip(weeks, names, strict=True) for piece in _pieces(week, name)]
    layers = [_bars(palette, names, top) | {"data": {"values": pieces}}, _places(palette, names, top)]
    made = frame(palette, height=_HEIGHT, words=words(weeks), layers=[*layers, _over(names, top)], values=ground)
    return made | {"title": _title(palette)}


def words(weeks: Sequence[WeekAhead]) -> str:
    """The chart in words: the weeks with more cases than places, and how many weeks there are."""
    if not weeks:
        return "Places needed in the coming weeks: no part sits and no case is in the program."
    over = [f"week of {day_words(week.week_on)}: {week.said}" for week in weeks if week.over]
    said = f"Places needed in {weeks[0].part} in the coming {count(len(weeks), 'week')}."
    return f"{said} {'; '.join(over)}." if over else f"{said} No week has more cases than places."


def reading(weeks: Sequence[WeekAhead]) -> Reading:
    """The same numbers as a table, one row a week."""
    heads = ("Week of", "Sessions", "Calendared", "Expected reviews", "New cases", "Together", "Places", "Standing")
    return Reading(heads, tuple(_line(week) for week in weeks))


def standing(week: WeekAhead) -> str:
    """What stands out in words: "6 over", "full", "no session"; empty while there is room."""
    if not week.sessions:
        return f"no session, {week.over} over" if week.over else "no session"
    if week.over:
        return f"{week.over} over"
    return "full" if week.demand == week.places else ""


def _line(week: WeekAhead) -> tuple[str, ...]:
    sessions = f"{week.sessions} ({week.not_opened} not opened yet)" if week.not_opened else str(week.sessions)
    calendared, reviews, new = _numbers(week)
    together = (calendared, reviews, new, week.demand, week.places)
    return (day_words(week.week_on), sessions, *map(str, together), standing(week))


def _numbers(week: WeekAhead) -> tuple[int, int, int]:
    """Return the three kinds in whole cases that add up to the demand."""
    return week.calendared, week.demand - week.calendared - round(week.new), round(week.new)


def _whole(week: WeekAhead, name: str) -> Spec:
    over = f"■ {week.over}" if week.over else ""
    return {"week": name, "places": week.places, "top": max(week.demand, week.places), "over": over}


def _pieces(week: WeekAhead, name: str) -> list[Spec]:
    """Stacked from the bottom, worked out here so that bar and words always agree."""
    pieces: list[Spec] = []
    low = 0
    for kind, number in zip(_KINDS, _numbers(week), strict=True):
        told = f"Week of {day_words(week.week_on)}: {week.said}"
        pieces.append({"week": name, "kind": kind, "low": low, "high": low + number, "told": told})
        low += number
    return pieces


def _across(names: list[str]) -> Spec:
    axis = {"labelAngle": 0, "labelOverlap": True}
    return {"field": "week", "type": "nominal", "scale": {"domain": names, "padding": 0.2}, "axis": axis}


def _up(field: str, top: float) -> Spec:
    axis = {"tickMinStep": 1, "tickCount": 5}
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, top], "nice": False}, "axis": axis}


def _bars(palette: Palette, names: list[str], top: float) -> Spec:
    scale = {"domain": list(_KINDS), "range": [palette.accent_text, palette.quiet, palette.warn]}
    legend = {"columns": 3, "symbolType": "square", "symbolSize": 110, "columnPadding": 14}
    return {
        "mark": {"type": "bar", "stroke": palette.paper, "strokeWidth": 1},
        "encoding": {
            "x": _across(names),
            "y": _up("low", top),
            "y2": {"field": "high"},
            "fill": {"field": "kind", "type": "nominal", "scale": scale, "legend": legend},
            "tooltip": {"field": "told", "type": "nominal"},
        },
    }


def _places(palette: Palette, names: list[str], top: float) -> Spec:
    mark = {"type": "tick", "color": palette.ink, "thickness": 2, "bandSize": 26, "opacity": 1}
    return {"mark": mark, "encoding": {"x": _across(names), "y": _up("places", top)}}


def _over(names: list[str], top: float) -> Spec:
    mark = {"type": "text", "baseline": "bottom", "dy": -4, "fontWeight": 600}
    return {
        "mark": mark,
        "encoding": {"x": _across(names), "y": _up("top", top), "text": {"field": "over", "type": "nominal"}},
    }


def _title(palette: Palette) -> Spec:
    said = "Bar: cases that need a place. Line: places. ■ and a number: so many over."
    return {"text": said, "anchor": "start", "fontSize": 12, "fontWeight": "normal", "color": palette.soft, "offset": 4}
