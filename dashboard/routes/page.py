"""The frame of the plain pages beside the screens: same look, and nothing that needs a script."""

from functools import cache
from html import escape
from pathlib import Path

import streamlit
from starlette.responses import HTMLResponse

from dashboard import theme

_FONTS = {"Source Sans": "SourceSansVF-Upright", "Source Serif": "SourceSerifVariable-Roman"}
_STYLE = """
:root { color-scheme: light dark; }
body { background: var(--paper); color: var(--ink); font: 1rem/1.5 "Source Sans", system-ui, sans-serif; margin: 0; }
main { max-width: 25rem; margin: 12vh auto 3rem; padding: 0 1.25rem; }
h1 { font: 700 1.9rem/1.2 "Source Serif", Georgia, serif; margin: 0; }
h2 { font: 700 1.05rem/1.3 "Source Serif", Georgia, serif; margin: 0 0 .3rem; }
.lead { color: var(--soft); margin: .2rem 0 1.6rem; }
label { display: block; font-weight: 600; font-size: .93rem; margin: 0 0 .25rem; }
input:not([type=hidden]) { box-sizing: border-box; width: 100%; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--quiet); border-radius: 6px; padding: .5rem .7rem; margin: 0 0 1rem; }
button { font: inherit; border-radius: 6px; padding: .5rem .9rem; cursor: pointer; border: 1px solid var(--line);
  background: var(--paper); color: var(--ink); }
button.main { width: 100%; background: var(--accent); border-color: var(--accent); color: #fff; font-weight: 600; }
a.button { display: block; text-align: center; border: 1px solid var(--line); border-radius: 6px; padding: .5rem .9rem;
  text-decoration: none; }
button:hover, a.button:hover { border-color: var(--accent-text); }
button.main:hover { filter: brightness(.92); }
:focus-visible { outline: 3px solid var(--accent-text); outline-offset: 2px; }
.said { border-left: 4px solid var(--warn); background: var(--warn-soft); color: var(--ink); border-radius: 0 6px 6px 0;
  padding: .6rem .9rem; margin: 0 0 1.2rem; }
.demo { border-top: 1px solid var(--line); margin-top: 1.8rem; padding-top: 1.1rem; font-size: .93rem; }
.demo p { color: var(--soft); margin: 0 0 .7rem; }
.demo form { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; margin: 0; }
.demo button { text-align: left; line-height: 1.3; }
.demo button span { display: block; color: var(--soft); font-size: .87rem; }
a { color: var(--accent-text); }
.secret { position: relative; }
.secret .show { position: absolute; right: .3rem; top: 2.05rem; padding: .22rem .5rem; font-size: .87rem; }
.secret .show[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent-text); }
.secret input { padding-right: 4.6rem !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
ol { padding-left: 1.2rem; margin: 0 0 1rem; }
li { margin: 0 0 .5rem; }
.picture { background: #fff; width: fit-content; padding: .5rem; border-radius: 6px; margin: .6rem 0; }
.picture svg { display: block; width: 11rem; height: 11rem; }
code { font: 600 1rem/1.6 ui-monospace, monospace; letter-spacing: .03em; overflow-wrap: anywhere; }
.codes { columns: 2; list-style-position: inside; padding: 0; }
.quiet { color: var(--soft); font-size: .93rem; }
.acts { display: grid; gap: .6rem; }
a.main { display: block; text-align: center; background: var(--accent); color: #fff; border-radius: 6px; padding: .5rem .9rem;
  font-weight: 600; text-decoration: none; }
"""


def page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    """Return a whole page; `body` is markup that is already safe."""
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} · Offramp</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/favicon.png">'
        f"<style>{_style()}</style></head><body><main>{body}</main></body></html>",
        status_code=status,
    )


def message(title: str, words: str, *, status: int) -> HTMLResponse:
    """Return a page that says one thing, with the way back."""
    return page(
        title, f'<h1>{escape(title)}</h1><p>{escape(words)}</p><p><a href="/">Back to the court</a></p>', status=status
    )


def password_field(autocomplete: str, label: str = "Password") -> str:
    """Return a field for a password: pasting and password managers work, and what is typed can be shown."""
    return (
        f'<div class="secret"><label for="password">{escape(label)}</label>'
        f'<input id="password" name="password" type="password" autocomplete="{autocomplete}" required>'
        '<button type="button" class="show" aria-pressed="false" hidden>Show<span class="unseen"> password</span></button></div>'
        '<script src="/show-password.js" defer></script>'
    )


@cache
def _style() -> str:
    return "".join(_face(family, start) for family, start in _FONTS.items()) + theme.style_sheet() + _STYLE


def _face(family: str, start: str) -> str:
    """Return the rule for a font that Streamlit ships; nothing when a release has named it anew."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    found = next((file.name for file in sorted(folder.glob(f"{start}.*.woff2"))), None)
    if found is None:
        return ""
    return f'@font-face {{ font-family: "{family}"; font-weight: 200 900; src: url(/static/media/{found}) format("woff2"); }}'
