"""Files that are the same for everybody: fonts for names in any script, the mark in the tab, two mends of Streamlit's widgets, and our scripts."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from dashboard import exports, theme
from dashboard.scripts import RANGES

#: Streamlit calls the uploader's drop zone presentational and names it at once, which a screen reader cannot reconcile
#: (axe: presentation-role-conflict): a group may have a name. And its message after an act is a dialog named by an
#: element that is not there (axe: aria-dialog-name).
_MENDS = """
if (!window.offrampMends) {
  window.offrampMends = true;
  const mend = () => {
    document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role="presentation"]')
      .forEach((zone) => zone.setAttribute("role", "group"));
    document.querySelectorAll('[data-testid="stToast"]:not([aria-label])').forEach((said) => {
      said.removeAttribute("aria-labelledby");
      said.setAttribute("aria-label", "Message");
    });
  };
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  mend();
}
"""
#: Streamlit's buttons keep Ctrl+Enter to themselves, so that a response just chosen was taken back instead of the case
#: being recorded. A text field is left alone (it hands over its text first), and so is an open list.
_BENCH = """
if (!window.offrampBench) {
  window.offrampBench = true;
  window.addEventListener("keydown", (event) => {
    const record = document.querySelector(".st-key-record button");
    if (!record || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const at = event.target;
    const text = at.matches('input[type="text"]:not([role="combobox"]), textarea');
    if (text || at.matches('[aria-expanded="true"]') || at.closest("[role=dialog]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) record.click();
  }, true);
}
"""
_SCRIPTS = Path(__file__).parent
_FONTS = Path(exports.__file__).with_name("fonts")


def font(request: Request) -> Response:
    """Answer GET /fonts/<file> for the files listed in `scripts`, and no other."""
    name = str(request.path_params["name"])
    if name not in RANGES:
        return PlainTextResponse("Not found.", status_code=404)
    kind = "font/otf" if name.endswith(".otf") else "font/ttf"
    return FileResponse(_FONTS / name, media_type=kind, headers={"Cache-Control": "public, max-age=604800"})


def icon(_request: Request) -> Response:
    """Answer GET /favicon.png with the mark; neutral, so that a tab tells nothing about the court."""
    return Response(theme.ICON, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def mends(_request: Request) -> Response:
    """Answer GET /mends.js; every screen asks for it."""
    return Response(_MENDS, media_type="text/javascript")


def bench(_request: Request) -> Response:
    """Answer GET /bench.js; the bench asks for it."""
    return Response(_BENCH, media_type="text/javascript")


def show_password(_request: Request) -> Response:
    """Answer GET /show-password.js; forms that ask for a password use it."""
    return _script("show_password")


def tab(_request: Request) -> Response:
    """Answer GET /tab.js; every screen asks for it: it keeps the tab in step with its sign-in."""
    return _script("tab")


def _script(name: str) -> Response:
    return Response((_SCRIPTS / f"{name}.js").read_text(encoding="utf-8"), media_type="text/javascript")
