"""Words, shapes and tones for the screen: every stored state said as the court says it.

A state is never colour alone: `word(member)` gives words, a shape and a tone together. No streamlit, no markup and no
personal value here, so charts and exports use the same words.
"""

from collections.abc import Mapping
from enum import StrEnum

from dashboard.wording.dates import clock_time, day_long, day_short, day_words, day_year, instant_words, span_words
from dashboard.wording.kinds import KINDS
from dashboard.wording.shapes import Tone, Word
from dashboard.wording.states import STATES

__all__ = [
    "Tone",
    "Word",
    "attended_of",
    "clock_time",
    "count",
    "day_long",
    "day_short",
    "day_words",
    "day_year",
    "instant_words",
    "span_words",
    "text",
    "word",
]

_WORDS: dict[type[StrEnum], Mapping[StrEnum, Word]] = {**STATES, **KINDS}


def word(member: StrEnum) -> Word:
    """Return the words, shape and tone of any member of `models.rules.vocabulary`; KeyError for anything else."""
    return _WORDS[type(member)][member]


def text(member: StrEnum) -> str:
    """Return only the words of a member, without its shape."""
    return word(member).text


def count(number: int, one: str, many: str | None = None) -> str:
    """Return "1 case" or "3 cases"; `many` only where English is irregular."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def attended_of(attended: int | None, sessions: str) -> str:
    """Return "4 of 6 sessions"; without a number what the screen says where no release lets it be read."""
    return "sessions not available" if attended is None else f"{attended} of {sessions}"
