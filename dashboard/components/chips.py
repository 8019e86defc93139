"""Chips: short states side by side, each with a shape and a word."""

from collections.abc import Iterable
from html import escape

from dashboard import wording
from dashboard.components.html import Html, show
from dashboard.wording import Word
from dashboard.wording.shapes import warn
from models.rules.vocabulary import FlagKind


def chips(words: Iterable[Word]) -> Html:
    """Return a list of chips; empty markup when there are none."""
    items = "".join(
        f'<li class="of-chip of-{word.tone.value}"><span class="of-shape" aria-hidden="true">{word.shape}</span>{escape(word.text)}</li>'
        for word in words
    )
    return Html(f'<ul class="of-chips">{items}</ul>' if items else "")


def flag_words(flags: Iterable[FlagKind], *, faces_room: bool) -> tuple[Word, ...]:
    """Return the safety flags; while the room can see the screen only that there is one: a flag may be about a companion."""
    words = tuple(wording.word(flag) for flag in flags)
    return (warn("safety flag: see the bench list"),) if faces_room and words else words


def show_chips(words: Iterable[Word]) -> None:
    """Put chips on the screen, or nothing when there are none."""
    content = chips(words)
    if content:
        show(content)
