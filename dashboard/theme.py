"""The look: two palettes, the style sheet and Streamlit's theme options made from them.

One place for colour. Charts and printed lists take their colours from here too, so this module imports no streamlit.
Every pair of text and ground used is at least 4.5:1 (a test computes them).
"""

from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

from dashboard.scripts import FAMILY, faces
from dashboard.wording import Tone

_CSS = Path(__file__).with_name("style.css")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one scheme, as #rrggbb."""

    paper: str  # the ground of the page
    field: str  # the ground of inputs and of what is chosen
    ink: str
    soft: str  # secondary text
    line: str
    accent: str  # the one accent colour: fills, with white text on it
    accent_text: str  # the accent as text on paper
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    quiet: str
    quiet_soft: str

    def tone(self, tone: Tone) -> str:
        """Return the text colour of a tone on paper."""
        return self.accent_text if tone is Tone.ACCENT else str(getattr(self, tone.value))


LIGHT = Palette(
    paper="#fdfcf8",
    field="#f2efe8",
    ink="#1f2a30",
    soft="#55616a",
    line="#d9d5ca",
    accent="#1f5c63",
    accent_text="#1f5c63",
    accent_soft="#e4eeee",
    good="#1b6b46",
    good_soft="#e2f1e8",
    warn="#855000",
    warn_soft="#fbf0d4",
    bad="#a3252f",
    bad_soft="#fae7e5",
    quiet="#4d5961",
    quiet_soft="#edeae3",
)
DARK = Palette(
    paper="#14181a",
    field="#22282b",
    ink="#ece8df",
    soft="#adb5b8",
    line="#3b4347",
    accent="#2b7a83",
    accent_text="#7fc6cd",
    accent_soft="#1d3236",
    good="#78c79d",
    good_soft="#1a3327",
    warn="#e6b45c",
    warn_soft="#392c12",
    bad="#f09a97",
    bad_soft="#412123",
    quiet="#b4bcbf",
    quiet_soft="#292f32",
)


#: The mark in the browser's tab: a road that leaves the main one.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    f'<rect width="32" height="32" rx="7" fill="{LIGHT.accent}"/>'
    '<path d="M11 26V6M11 19C11 13 21 14 21 6" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round"/></svg>'
)


@cache
def style_sheet() -> str:
    """Return the whole style sheet: the palettes as variables that follow the scheme, then `style.css`."""
    pairs = (
        f"--{f.name.replace('_', '-')}: light-dark({getattr(LIGHT, f.name)}, {getattr(DARK, f.name)});"
        for f in fields(Palette)
    )
    return f":root {{ {' '.join(pairs)} }}\n" + faces() + _CSS.read_text(encoding="utf-8")


def streamlit_theme() -> dict[str, object]:
    """Return Streamlit's theme options, light and dark; its fonts come with it, so no page asks another host."""
    options: dict[str, object] = {
        "theme.font": f"Source Sans, {FAMILY}, sans-serif",  # shipped with Streamlit, and names in any script
        "theme.headingFont": f"Source Serif, {FAMILY}, serif",
        "theme.baseRadius": "6px",
        "theme.baseFontSize": 15,  # the bench fits 1440 x 900 at this size
        "theme.showWidgetBorder": True,  # an input is seen without colour
    }
    for scheme, palette in (("light", LIGHT), ("dark", DARK)):
        options |= {f"theme.{scheme}.{name}": value for name, value in _scheme(palette).items()}
    return options


def _scheme(palette: Palette) -> dict[str, object]:
    """Return one scheme's options: Streamlit's names for our colours."""
    tones = {"red": "bad", "orange": "warn", "yellow": "warn", "green": "good", "blue": "accent_text", "gray": "quiet"}
    colours = asdict(palette)
    texts: dict[str, object] = {f"{name}TextColor": colours[ours] for name, ours in tones.items()}
    return texts | {
        "primaryColor": palette.accent,
        "backgroundColor": palette.paper,
        "secondaryBackgroundColor": palette.field,
        "textColor": palette.ink,
        "linkColor": palette.accent_text,
        "borderColor": palette.line,
        "dataframeBorderColor": palette.line,
        "chartCategoricalColors": [palette.accent, palette.warn, palette.quiet, palette.bad, palette.good],
    }
