"""Empty states: what is not here, and what to do next."""

from dashboard.components.html import Cell, Html, markup, show, tag


def show_empty(what: str, next_step: Cell) -> None:
    """Say what is not here ("No cases on Fri 4 December") and what the reader can do about it."""
    show(Html(f'<div class="of-empty">{tag("strong", what)}{markup(next_step)}</div>'))
