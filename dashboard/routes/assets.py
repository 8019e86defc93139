"""The two kinds of file that are everybody's: fonts for names in any script, and the mark in the browser's tab."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from dashboard import exports, theme
from dashboard.scripts import RANGES

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
