"""What a word on the screen is made of: text, a shape that prints in black and white, and a tone.

The tone names a colour of the theme; it never carries a meaning that the text and the shape do not.
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """Five tones; their colours, light and dark, are in `dashboard/theme.py`."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    QUIET = "quiet"
    ACCENT = "accent"


@dataclass(frozen=True, slots=True)
class Word:
    """One state in words; `str()` gives shape and text together, as a plain line needs them."""

    text: str
    shape: str
    tone: Tone

    def __str__(self) -> str:
        """Return "● on track"."""
        return f"{self.shape} {self.text}"


def good(text: str, shape: str = "●") -> Word:
    """As expected, or better."""
    return Word(text, shape, Tone.GOOD)


def warn(text: str, shape: str = "▲") -> Word:
    """Somebody should look; nobody is at fault."""
    return Word(text, shape, Tone.WARN)


def bad(text: str, shape: str = "■") -> Word:
    """Needs the court's answer."""
    return Word(text, shape, Tone.BAD)


def quiet(text: str, shape: str = "○") -> Word:
    """Neutral: nothing is expected, or it does not count."""
    return Word(text, shape, Tone.QUIET)


def accent(text: str, shape: str = "◆") -> Word:
    """Worth seeing, neither good nor bad."""
    return Word(text, shape, Tone.ACCENT)
