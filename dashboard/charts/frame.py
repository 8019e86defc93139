"""What every chart shares: type, text sizes, the colours of axes and legend, and the table read aloud.

Text is at least 12 px in colours that are 4.5:1 on the page's ground; the charts carry no colour of their own.
"""

from dataclasses import dataclass
from typing import Any

from dashboard.theme import Palette

#: A Vega-Lite specification, or a part of one: plain JSON values.
Spec = dict[str, Any]

TEXT_SIZE = 12
_FONT = '"Source Sans", "Source Sans Pro", "Noto Sans", sans-serif'


@dataclass(frozen=True, slots=True)
class Reading:
    """A chart's data as a table: heads and rows of words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def frame(palette: Palette, *, height: int, words: str, layers: list[Spec], values: list[Spec]) -> Spec:
    """A complete chart of `layers` over `values`, as wide as its place and `height` pixels high (axes beside it)."""
    return {
        "description": words,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "layer": layers,
        "config": _config(palette),
    }


def _config(palette: Palette) -> Spec:
    text = {"labelColor": palette.soft, "labelFontSize": TEXT_SIZE, "labelFont": _FONT}
    return {
        "font": _FONT,
        "background": palette.paper,
        "padding": 4,
        "view": {"stroke": None},
        "axis": {**text, "domain": False, "ticks": False, "gridColor": palette.line, "labelPadding": 6, "title": None},
        "legend": {**text, "labelColor": palette.ink, "title": None, "orient": "bottom", "labelLimit": 260},
        "text": {"font": _FONT, "fontSize": TEXT_SIZE, "color": palette.ink},
    }
