"""Where a browser is sent after signing in: somewhere on this site, whatever was asked for."""

from urllib.parse import urlsplit


def own_path(wanted: str) -> str:
    """Return a path of this site, or "/" for anything that could lead elsewhere."""
    try:
        parts = urlsplit(wanted)
    except ValueError:  # no address at all
        return "/"
    foreign = parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//")
    return "/" if foreign or "\\" in wanted or not wanted.isprintable() else wanted
