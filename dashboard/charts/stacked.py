"""Bars stacked from the bottom, with a number in each part: what every such chart draws alike.

A row says `low`, `high` and `middle` of its part, `whose` it is in the legend, what is `told` of it and its `label`.
"""

from collections.abc import Iterable, Mapping

from dashboard.charts.frame import Spec
from dashboard.theme import Palette


def across(field: str, names: Iterable[str]) -> Spec:
    """The axis of the bars, in the order of `names`, each there even where nothing stands on it."""
    scale = {"domain": list(names), "paddingInner": 0.25, "paddingOuter": 0.1}
    return {"field": field, "type": "nominal", "scale": scale, "axis": {"labelAngle": 0}}


def bars(palette: Palette, x: Spec, fills: Mapping[str, str], *, columns: int) -> Spec:
    """The parts, coloured as `fills` says of each word of the legend, which stands in `columns`."""
    scale = {"domain": list(fills), "range": list(fills.values())}
    legend = {"columns": columns, "symbolType": "square", "symbolSize": 110, "columnPadding": 14}
    return {
        "mark": {"type": "bar", "stroke": palette.paper, "strokeWidth": 1.5},
        "encoding": {
            "x": x,
            "y": {"field": "low", "type": "quantitative", "axis": {"tickMinStep": 1, "tickCount": 4}},
            "y2": {"field": "high"},
            "fill": {"field": "whose", "type": "nominal", "scale": scale, "legend": legend},
            "tooltip": {"field": "told", "type": "nominal"},
        },
    }


def labels(palette: Palette, x: Spec) -> Spec:
    """The number in the middle of each part."""
    return {
        "mark": {"type": "text", "color": palette.paper, "baseline": "middle", "fontWeight": 600},
        "encoding": {
            "x": x,
            "y": {"field": "middle", "type": "quantitative"},
            "text": {"field": "label", "type": "nominal"},
        },
    }
