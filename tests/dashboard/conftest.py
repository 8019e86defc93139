"""What tests of screens may ask for: a court whose day is `builders.TODAY`, and its screens."""

import pytest
from sqlalchemy.engine import Engine

from dashboard import store
from models import clock
from tests import builders
from tests.dashboard.screens import Screens


@pytest.fixture
def screens(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Screens:
    """The screens of one court on a fresh database; nobody is signed in yet."""
    monkeypatch.setattr(store, "_engine", sqlite_engine)
    monkeypatch.setattr(clock, "now", lambda: builders.NOW)
    return Screens(sqlite_engine, monkeypatch)
