"""Where somebody signs in from, for them to know it again: the browser, the system, and the first part of the address."""

from ipaddress import IPv4Address, ip_address

from starlette.requests import Request

#: What a browser says of itself -> what people call it; the first that fits, for each also names those after it.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    *(("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


def address_of(request: Request) -> str:
    """Return the address a request comes from; empty where it is not known."""
    return request.client.host if request.client else ""


def place_of(request: Request) -> str:
    """Return where a request comes from in a few words: no version, and no whole address."""
    said = request.headers.get("user-agent", "")
    browser = next((name for sign, name in _BROWSERS if sign in said), "a browser")
    system = next((f" on {name}" for sign, name in _SYSTEMS if sign in said), "")
    return f"{browser}{system}{_network(address_of(request))}"


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:
        return ", this machine"
    if isinstance(found, IPv4Address):
        return f", {address.rpartition('.')[0]}.x"
    return f", {':'.join(found.exploded.split(':')[:3])}:x"
