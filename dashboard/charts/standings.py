"""How the caseload stood, week by week: a stack for each week, a part for each standing, with shape and word."""

from collections.abc import Sequence

from dashboard.charts.frame import Reading, Spec, frame
from dashboard.theme import Palette
from dashboard.wording import count, day_short, day_words, text, word
from models.queries.standings import WeekOfStandings
from models.rules.vocabulary import Standing

_HEIGHT = 300
_ROOM_FOR_SHAPE = 0.05  # of the highest week: a smaller part has no room for its shape


def spec(weeks: Sequence[WeekOfStandings], palette: Palette) -> Spec:
    """A stacked bar for every week, in the order of `Standing` from the bottom."""
    names = [day_short(week.on) for week in weeks]
    layers = [_bars(palette, _present(weeks), names), _shapes(palette, names)]
    return frame(palette, height=_HEIGHT, words=words(weeks), layers=layers, values=_values(weeks))


def words(weeks: Sequence[WeekOfStandings]) -> str:
    """The chart in words: how the caseload stands now, and how it stood at the beginning."""
    if not any(week.cases for week in weeks):
        return "Standing of the caseload over time: no case has been judged yet."
    first, last = weeks[0], weeks[-1]
    return (
        f"Standing of the caseload over {count(len(weeks), 'week')}. {day_words(last.on)}: {_said(last)}. "
        f"{day_words(first.on)}: {_said(first)}."
    )


def reading(weeks: Sequence[WeekOfStandings]) -> Reading:
    """The same numbers as a table, the latest week first."""
    present = _present(weeks)
    rows = tuple(
        (day_words(week.on), *(str(week.cases.get(one, 0)) for one in present), str(sum(week.cases.values())))
        for week in reversed(weeks)
    )
    return Reading(("At the end of", *(text(one) for one in present), "together"), rows)


def _said(week: WeekOfStandings) -> str:
    return ", ".join(f"{text(one)} {number}" for one, number in week.cases.items()) or "none judged yet"


def _present(weeks: Sequence[WeekOfStandings]) -> list[Standing]:
    return [one for one in Standing if any(week.cases.get(one) for week in weeks)]


def _values(weeks: Sequence[WeekOfStandings]) -> list[Spec]:
    values: list[Spec] = []
    least = max((sum(week.cases.values()) for week in weeks), default=0) * _ROOM_FOR_SHAPE
    for week in weeks:
        low = 0
        for one, number in week.cases.items():
            told = f"{day_words(week.on)}, {text(one)}: {number}"
            part = {"week": day_short(week.on), "standing": str(word(one)), "low": low, "high": low + number}
            shape = word(one).shape if number >= least else ""
            values.append(part | {"told": told, "middle": low + number / 2, "shape": shape})
            low += number
    return values


def fills(palette: Palette) -> dict[Standing, str]:
    """Return the colour of each standing; its shape and word stand beside it everywhere."""
    return {
        Standing.ON_TRACK: palette.good,
        Standing.ATTENTION: palette.warn,
        Standing.NOTHING_DONE: palette.bad,
        Standing.ABSCONDED: palette.ink,
        Standing.READY_TO_ADVANCE: palette.accent_text,
        Standing.READY_TO_COMPLETE: palette.accent_soft,
        Standing.NOT_ASSESSABLE: palette.quiet,
    }


def _bars(palette: Palette, present: list[Standing], weeks: list[str]) -> Spec:
    scale = {"domain": [str(word(one)) for one in present], "range": [fills(palette)[one] for one in present]}
    legend = {"columns": 4, "symbolType": "square", "symbolSize": 110, "columnPadding": 14}
    return {
        "mark": {"type": "bar", "stroke": palette.paper, "strokeWidth": 1},
        "encoding": {
            "x": _across(weeks),
            "y": {"field": "low", "type": "quantitative", "axis": {"tickMinStep": 1, "tickCount": 5}},
            "y2": {"field": "high"},
            "fill": {"field": "standing", "type": "nominal", "scale": scale, "legend": legend},
            "tooltip": {"field": "told", "type": "nominal"},
        },
    }


def _across(weeks: list[str]) -> Spec:
    axis = {"labelAngle": 0, "labelOverlap": True}
    return {"field": "week", "type": "nominal", "scale": {"domain": weeks, "padding": 0.15}, "axis": axis}


def _shapes(palette: Palette, weeks: list[str]) -> Spec:
    """The shape of each standing on its part, where there is room."""
    light = {"field": "standing", "equal": str(word(Standing.READY_TO_COMPLETE))}
    return {
        "mark": {"type": "text", "baseline": "middle"},
        "encoding": {
            "x": _across(weeks),
            "y": {"field": "middle", "type": "quantitative"},
            "text": {"field": "shape", "type": "nominal"},
            "color": {"condition": {"test": light, "value": palette.ink}, "value": palette.paper},
        },
    }
