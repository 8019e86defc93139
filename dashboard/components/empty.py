"""Empty states: what is not here, and what to do next."""

from dashboard.components.html import Cell, Html, markup, show, tag


def show_empty(what: str, next_step: Cell, *, level: int | None = None) -> None:
    """Say what is not here ("No cases on Fri 4 December") and what the reader can do about it.

    Give `level=1` where nothing else on the page is its heading.
    """
    title = tag("strong" if level is None else f"h{level}", what)
    show(Html(f'<div class="of-empty">{title}{markup(next_step)}</div>'))
