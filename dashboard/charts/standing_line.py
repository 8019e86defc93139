"""One case's standings over time: a band for each, from the day it came to it to the day it left it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.charts.frame import Reading, Spec, frame
from dashboard.charts.standings import fills
from dashboard.theme import Palette
from dashboard.wording import day_words, text, word
from models.rules.vocabulary import Standing

_HEIGHT = 26


@dataclass(frozen=True, slots=True)
class Stood:
    """How a case stood from one civil day until another, and why."""

    standing: Standing
    since: date
    until: date
    why: str


def spec(stood: Sequence[Stood], palette: Palette) -> Spec:
    """A band a standing, the oldest on the left."""
    return frame(palette, height=_HEIGHT, words=words(stood), layers=[_bands(palette, stood)], values=_values(stood))


def words(stood: Sequence[Stood]) -> str:
    """The line in words, the oldest first."""
    if not stood:
        return "The case's standings over time: it has not been judged yet."
    each = "; ".join(f"{text(one.standing)} from {day_words(one.since)}" for one in stood)
    return f"The case's standings over time: {each}."


def reading(stood: Sequence[Stood]) -> Reading:
    """The same as a table, the latest first, each with its reason."""
    rows = tuple((day_words(one.since), str(word(one.standing)), one.why) for one in reversed(stood))
    return Reading(("Since", "Standing", "Why"), rows)


def _values(stood: Sequence[Stood]) -> list[Spec]:
    return [
        {
            "standing": str(word(one.standing)),
            "since": one.since.isoformat(),
            "until": one.until.isoformat(),
            "told": f"{text(one.standing)} from {day_words(one.since)}: {one.why}",
        }
        for one in stood
    ]


def _bands(palette: Palette, stood: Sequence[Stood]) -> Spec:
    present = [one for one in Standing if any(band.standing is one for band in stood)]
    scale = {"domain": [str(word(one)) for one in present], "range": [fills(palette)[one] for one in present]}
    legend = {"columns": 2, "symbolType": "square", "symbolSize": 110, "columnPadding": 14}
    axis = {"tickCount": 4, "format": "%-d %b", "labelOverlap": True, "grid": False}
    return {
        "mark": {"type": "bar", "stroke": palette.paper, "strokeWidth": 1, "height": 18},
        "encoding": {
            "x": {"field": "since", "type": "temporal", "axis": axis},
            "x2": {"field": "until"},
            "fill": {"field": "standing", "type": "nominal", "scale": scale, "legend": legend},
            "tooltip": {"field": "told", "type": "nominal"},
        },
    }
