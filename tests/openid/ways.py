"""How a browser goes to the other house and comes back, for tests of both."""

from urllib.parse import parse_qs, urlencode, urlsplit

from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models.tables import UserSession
from tests.dashboard.browser import Answer, Browser
from tests.openid.house import House


def begin(browser: Browser, wanted: str = "/docket?on=2026-12-04") -> str:
    """Follow the link of the sign-in page; return the address at the other house."""
    answer = browser.get(f"/openid/begin?next={wanted}")
    assert answer.status == 303, answer.body
    return answer.headers["location"]


def back(browser: Browser, address: str) -> Answer:
    """Come back from the other house."""
    parts = urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}")


def sign_in(browser: Browser, house: House, **changed: object) -> Answer:
    house.changed = dict(changed)
    return back(browser, house.agree(begin(browser)))


def nobody_is_in(browser: Browser, engine: Engine) -> bool:
    with Session(engine) as session:
        return "sid" not in browser.cookies and session.exec(select(UserSession.id)).first() is None


def with_another(address: str, **changed: str) -> str:
    """Return the way back with other words in it; an empty one is left out."""
    parts = urlsplit(address)
    said = {name: values[0] for name, values in parse_qs(parts.query).items()} | changed
    return f"{parts.path}?{urlencode({name: value for name, value in said.items() if value})}"
