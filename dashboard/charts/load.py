"""Places booked for each coming court session, against its capacity.

A full, an overbooked and a closed session say so in a word above the bar; colour only helps.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.charts.frame import Reading, Spec, frame
from dashboard.theme import Palette
from dashboard.wording import count, day_short, day_words

_HEIGHT = 150
_ROOM_FOR_WORDS = 1.35  # how far the axis goes above the highest bar or capacity


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One court session: its civil day, the part, places booked and places there are, and whether it is closed."""

    day: date
    part: str
    booked: int
    capacity: int
    closed: bool = False

    @property
    def standing(self) -> str:
        """What stands out, in words: "closed", "full", "2 over"; empty while there is room."""
        if self.closed:
            return f"closed, {self.booked} to move" if self.booked else "closed"
        if self.booked > self.capacity:
            return f"{self.booked - self.capacity} over"
        return "full" if self.booked == self.capacity else ""


def spec(rows: Sequence[LoadRow], palette: Palette) -> Spec:
    """A bar for every session in the order given, and a line at its capacity."""
    names = _names(rows)
    values = [_value(row, name, palette) for row, name in zip(rows, names, strict=True)]
    top = max((max(row.booked, row.capacity) for row in rows), default=1) * _ROOM_FOR_WORDS
    above = [_text_above("label", -4, names, top), _text_above("standing", -18, names, top)]
    layers = [_bars(names, top), _capacity(palette, names, top), *above]
    return frame(palette, height=_HEIGHT, words=words(rows), layers=layers, values=values) | {"title": _title(palette)}


def words(rows: Sequence[LoadRow]) -> str:
    """The chart in words: each session with places booked, capacity and what stands out."""
    if not rows:
        return "Places booked for each coming session: no session is open."
    each = "; ".join(f"{day_words(row.day)}, {row.part}: {_in_words(row)}" for row in rows)
    return f"Places booked for the coming {count(len(rows), 'session')}. {each}."


def reading(rows: Sequence[LoadRow]) -> Reading:
    """The same numbers as a table, one row a session."""
    cells = tuple((day_words(row.day), row.part, str(row.booked), str(row.capacity), row.standing) for row in rows)
    return Reading(("Session", "Part", "Booked", "Capacity", "Standing"), cells)


def _in_words(row: LoadRow) -> str:
    return f"{row.booked} of {row.capacity} booked" + (f", {row.standing}" if row.standing else "")


def _names(rows: Sequence[LoadRow]) -> list[str]:
    """A name on the axis for every session: the day, with the part (and a number) where one day has several."""
    days = Counter(row.day for row in rows)
    seen: Counter[str] = Counter()
    names = []
    for row in rows:
        name = day_short(row.day) if days[row.day] == 1 else f"{day_short(row.day)}\n{row.part}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _value(row: LoadRow, name: str, palette: Palette) -> Spec:
    return {
        "session": name,
        "booked": row.booked,
        "capacity": row.capacity,
        "top": max(row.booked, row.capacity),
        "label": str(row.booked),
        "standing": row.standing.partition(",")[0],
        "fill": _fill(row, palette),
        "told": f"{day_short(row.day)}, {row.part}: {_in_words(row)}",
    }


def _fill(row: LoadRow, palette: Palette) -> str:
    if row.closed:
        return palette.quiet
    if row.booked > row.capacity:
        return palette.bad
    return palette.warn if row.booked == row.capacity else palette.accent_text


def _title(palette: Palette) -> Spec:
    said = "Bar: places booked. Line: capacity."
    return {"text": said, "anchor": "start", "fontSize": 12, "fontWeight": "normal", "color": palette.soft, "offset": 4}


def _across(names: list[str]) -> Spec:
    axis = {"labelAngle": 0, "labelOverlap": True, "labelExpr": "split(datum.label, '\\n')"}
    return {"field": "session", "type": "nominal", "scale": {"domain": names, "padding": 0.25}, "axis": axis}


def _up(field: str, top: float) -> Spec:
    axis = {"tickMinStep": 1, "tickCount": 4}
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, top], "nice": False}, "axis": axis}


def _bars(names: list[str], top: float) -> Spec:
    return {
        "mark": {"type": "bar"},
        "encoding": {
            "x": _across(names),
            "y": _up("booked", top),
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "tooltip": {"field": "told", "type": "nominal"},
        },
    }


def _capacity(palette: Palette, names: list[str], top: float) -> Spec:
    mark = {"type": "tick", "color": palette.ink, "thickness": 2, "bandSize": 30, "opacity": 1}
    return {"mark": mark, "encoding": {"x": _across(names), "y": _up("capacity", top)}}


def _text_above(field: str, rise: int, names: list[str], top: float) -> Spec:
    mark = {"type": "text", "baseline": "bottom", "dy": rise}
    encoding = {"x": _across(names), "y": _up("top", top), "text": {"field": field, "type": "nominal"}}
    return {"mark": mark, "encoding": encoding}
