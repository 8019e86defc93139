"""What tests of signing in elsewhere may ask for: a house, and a court that has agreed with it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from dashboard import openid, store
from dashboard.routes import openid as routes
from dashboard.routes.limits import LIMITS, Limits
from models import clock, database
from models.openid import OpenId
from models.rules.claims import ClaimRules, Grant
from models.rules.vocabulary import Role
from tests.builders import NOW, a_court, a_user
from tests.dashboard.around import made
from tests.dashboard.browser import Browser
from tests.openid.house import BACK, CLIENT, SECRET, House, open_house

ANN = {"sub": "person-7", "preferred_username": "ann", "name": "Ann Example", "groups": ["clerks"]}
Agree = Callable[..., OpenId]


@pytest.fixture(scope="module")
def served_house() -> Iterator[House]:
    with open_house(NOW) as house:
        yield house


@pytest.fixture
def house(served_house: House) -> House:
    """The house with Ann signed in, behaving well."""
    kept = {"address": served_house.address, "key": served_house.key}
    for name, value in vars(House(NOW, **kept)).items():  # type: ignore[arg-type]
        setattr(served_house, name, value)
    served_house.person = dict(ANN)
    return served_house


@pytest.fixture
def agree(house: House, monkeypatch: pytest.MonkeyPatch) -> Agree:
    """Let the court agree with the house, in other words if wished."""
    groups = {
        "clerks": Grant("Harbor County Court", frozenset({Role.CLERK})),
        "judges": Grant("Harbor County Court", frozenset({Role.JUDGE})),
        "elsewhere": Grant("A court that is not here", frozenset({Role.CLERK})),
    }
    first = OpenId(
        issuer=house.address,
        client_id=CLIENT,
        secret=SECRET,
        redirect_uri=BACK,
        name="the county",
        scopes=("openid", "profile"),
        makes_accounts=False,
        rules=ClaimRules(groups=groups),
    )

    def agreed(**changed: object) -> OpenId:
        rules = replace(first.rules, **{name: changed.pop(name) for name in ("amr", "acr") if name in changed})  # type: ignore[arg-type]
        said = replace(first, rules=rules, **changed)  # type: ignore[arg-type]
        monkeypatch.setattr(openid, "_used", openid.Provider(said))
        return said

    return agreed


@pytest.fixture
def browser(sqlite_engine: Engine, agree: Agree, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser at a court with an account prepared for Ann, which has agreed with the house."""
    monkeypatch.setattr(store, "_engine", sqlite_engine)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(routes, "_begun", routes.Begun())
    vars(LIMITS).update(vars(Limits()))
    monkeypatch.setattr(routes, "_waiting", [])
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with database.transaction(sqlite_engine) as session:
        a_user(session, a_court(session), Role.CLERK, username="ann")
    agree()
    return Browser(made())
