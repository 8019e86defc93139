"""What tests of screens may ask for: a court whose day is `builders.TODAY`, and its screens."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

from dashboard import store
from dashboard.routes import sign_in
from dashboard.routes.limits import LIMITS, Limits
from models import clock, database
from models.commands import accounts
from models.rules.vocabulary import Role
from models.scope import Actor
from tests import builders
from tests.builders import NOW, a_court, an_actor
from tests.dashboard.around import PASSWORD, made, with_second_factor
from tests.dashboard.browser import Browser
from tests.dashboard.screens import Screens


@pytest.fixture(autouse=True)
def own_keys(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the installation's keys, new for each test."""
    folder = tmp_path_factory.mktemp("keys")
    monkeypatch.setenv("OFFRAMP_KEYS", str(folder))
    return folder


@pytest.fixture
def screens(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Screens:
    """The screens of one court on a fresh database; nobody is signed in yet."""
    monkeypatch.setattr(store, "_engine", sqlite_engine)
    monkeypatch.setattr(clock, "now", lambda: builders.NOW)
    return Screens(sqlite_engine, monkeypatch)


@pytest.fixture
def admin(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """An administrator of a court in which "dana" is a clerk; the day is TODAY."""
    monkeypatch.setattr(store, "_engine", sqlite_engine)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(accounts, "HASHER", PasswordHasher(time_cost=1, memory_cost=64))
    monkeypatch.setattr(sign_in, "_hashing", [])
    monkeypatch.setattr(sign_in, "LEAST", 0)
    vars(LIMITS).update(vars(Limits()))
    with database.transaction(sqlite_engine) as session:
        who = an_actor(session, a_court(session), Role.ADMINISTRATOR, username="admin")
        given = {"username": "dana", "display_name": "Dana", "password": PASSWORD, "roles": {Role.CLERK}}
        accounts.add_user(session, who, **given, now=NOW)  # type: ignore[arg-type]
    return who


@pytest.fixture
def browser(admin: Actor, sqlite_engine: Engine) -> Browser:
    """A browser of the court in which "dana" has a second factor."""
    return Browser(made(), codes=with_second_factor(sqlite_engine, admin, "dana"))
