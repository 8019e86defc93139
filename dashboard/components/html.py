"""Safe markup: everything is escaped unless it was built here.

Tables are real HTML tables, with a caption and scoped headers, so that they can be read aloud, zoomed and printed.
Streamlit removes scripts, forms' targets and inline SVG from what is shown; nothing here depends on them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.components.room import carried
from dashboard.wording import Word


class Html(str):
    """Markup that is already safe. Only this module and the components beside it make one."""

    __slots__ = ()


NOTHING = Html("")

#: What may stand in a cell: text (escaped), safe markup, a state of the vocabulary in words, or nothing.
Cell = Html | str | int | Word | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title; `narrow` keeps it as small as its content, `right` aligns numbers."""

    title: str
    narrow: bool = False
    right: bool = False

    def css(self) -> str:
        """Return the class attribute of its cells, or nothing."""
        names = [name for name, on in (("of-narrow", self.narrow), ("of-right", self.right)) if on]
        return f' class="{" ".join(names)}"' if names else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `current` marks the one in front, `past` dims one that is over."""

    cells: Sequence[Cell]
    current: bool = False
    past: bool = False


def markup(value: Cell) -> Html:
    """Return safe markup of any cell: text is escaped, a Word becomes shape, word and tone, None a dash."""
    if isinstance(value, Html):
        return value
    if isinstance(value, Word):
        return state(value)
    return Html("—" if value is None else escape(str(value)))


def state(word: Word, *, wraps: bool = True) -> Html:
    """Return a state as a coloured shape with its words; the shape is hidden from a screen reader."""
    css = f"of-state of-{word.tone.value}{' of-wraps' if wraps else ''}"
    return Html(
        f'<span class="{css}"><span class="of-shape" aria-hidden="true">{word.shape}</span>{escape(word.text)}</span>'
    )


def join(parts: Iterable[Cell], between: str = " ") -> Html:
    """Return the parts, each made safe, with plain text between them."""
    return Html(escape(between).join(markup(part) for part in parts))


def tag(name: str, content: Cell = "", **attributes: str) -> Html:
    """Return one element around a cell; `css` is its class, an underscore in a name stands for a hyphen."""
    marks = "".join(f' {_attribute(key)}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{marks}>{markup(content)}</{name}>")


def _attribute(key: str) -> str:
    return "class" if key == "css" else key.replace("_", "-")


def link(content: Cell, path: str, **query: object) -> Html:
    """Return a link within this site; `path` starts with one slash and never holds a personal value."""
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("a link stays on this site")
    pairs = {key: str(value) for key, value in query.items() if value is not None}
    if not path.startswith("/download/"):
        pairs |= carried()
    return tag("a", content, href=path + (f"?{urlencode(pairs)}" if pairs else ""), target="_self")


def table(
    caption: str,
    columns: Sequence[Column | str],
    rows: Iterable[Row | Sequence[Cell]],
    *,
    caption_shown: bool = False,
    heading_column: int | None = 0,
) -> Html:
    """Return a table; `heading_column` is the cell of each row that names it (None for no such cell)."""
    cols = [column if isinstance(column, Column) else Column(column) for column in columns]
    head = "".join(_head(column) for column in cols)
    body = "".join(_row(row if isinstance(row, Row) else Row(row), cols, heading_column) for row in rows)
    hidden = "" if caption_shown else ' class="of-sr"'
    return Html(
        f'<div class="of-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="of-table">'
        f"<caption><span{hidden}>{escape(caption)}</span></caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(column: Column) -> str:
    """Return a column's header; a column without a title is a plain cell, not an empty header."""
    return f'<th scope="col"{column.css()}>{escape(column.title)}</th>' if column.title else f"<td{column.css()}></td>"


def _row(row: Row, columns: Sequence[Column], heading_column: int | None) -> str:
    """Return one body row; strict, so a row of the wrong length fails at once."""
    css = " ".join(name for name, on in (("of-current", row.current), ("of-past", row.past)) if on)
    cells = []
    for index, (column, value) in enumerate(zip(columns, row.cells, strict=True)):
        name = 'th scope="row"' if index == heading_column else "td"
        cells.append(f"<{name}{column.css()}>{markup(value)}</{name[:2]}>")
    marks = (f' class="{css}"' if css else "") + (' aria-current="true"' if row.current else "")
    return f"<tr{marks}>{''.join(cells)}</tr>"


def details(summary: str, content: Html) -> Html:
    """Return something to be unfolded: one line, and what it keeps behind it."""
    return Html(f'<details class="of-details"><summary>{escape(summary)}</summary>{content}</details>')


def strip(label: str, items: Iterable[tuple[str, Mapping[str, object], bool]], path: str) -> Html:
    """Return a strip of links as navigation: (text, query of the link, whether it is the one in front)."""
    entries = []
    for text, query, current in items:
        anchor: str = link(text, path, **query)
        if current:
            anchor = anchor.replace("<a ", '<a aria-current="page" ', 1)
        entries.append(f"<li>{anchor}</li>")
    return Html(f'<nav aria-label="{escape(label)}"><ul class="of-strip">{"".join(entries)}</ul></nav>')


def show(content: Html) -> None:
    """Put safe markup on the screen; plain text is refused, so that nothing unescaped slips through."""
    if not isinstance(content, Html):
        raise TypeError("show() takes markup built by dashboard.components.html")
    st.html(content)
