"""Headings in the serif of the house: one h1 a page, h2 for cards, h3 below."""

from dashboard.components.html import Cell, Html, show, tag


def heading(title: Cell, note: Cell = None, *, level: int = 1) -> Html:
    """Return a heading with a quiet note beside it; the note is not part of the heading's text."""
    beside = tag("p", note) if note is not None else Html("")
    return Html(f'<div class="of-head">{tag(f"h{level}", title)}{beside}</div>')


def show_heading(title: Cell, note: Cell = None, *, level: int = 1) -> None:
    """Put a heading on the screen."""
    show(heading(title, note, level=level))


def show_note(content: Cell) -> None:
    """Put one quiet line under what it explains."""
    show(tag("p", content, css="of-note"))


def sentence(content: Cell) -> Html:
    """Return the one sentence that sums a case up, set apart."""
    return tag("p", content, css="of-sentence")
