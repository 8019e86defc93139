"""Opening a screen in a test as somebody of the court: a real account, a real session, the real database.

Only the browser's cookie and the clock are stood in for.
"""

from collections.abc import Iterable
from html import unescape
from re import sub

import pytest
from sqlalchemy.engine import Engine
from streamlit.testing.v1 import AppTest

from dashboard import access
from dashboard.navigation import VIEWS
from models import database
from models.commands.user_sessions import hashed
from models.rules.vocabulary import Role
from models.scope import Actor, actor_of
from models.tables import Court, UserSession
from tests import builders

MAIN = VIEWS.parent / "main.py"


class Screens:
    """One court's screens. `sign_in` first, then `open` a view alone or `start` the whole frame."""

    def __init__(self, engine: Engine, patch: pytest.MonkeyPatch) -> None:
        self.engine, self._patch = engine, patch
        with database.transaction(engine) as session:
            self.court = builders.a_court(session)

    def sign_in(self, *roles: Role, username: str | None = None, court: Court | None = None) -> Actor:
        """Let an account with these roles look at the screens from now on, and return it."""
        with database.transaction(self.engine) as session:
            user = builders.a_user(session, court or self.court, *roles, username=username or "-".join(roles))
            token = f"token of {user.username}"
            opened = UserSession(
                court_id=user.court_id,
                user_id=user.id,
                token_hash=hashed(token),
                created_at=builders.NOW,
                last_seen_at=builders.NOW,
            )
            session.add(opened)
            who = actor_of(session, user.id)
        self._patch.setattr(access, "session_cookie", lambda: token)
        return who

    def sign_out(self) -> None:
        """Take the browser's cookie away."""
        self._patch.setattr(access, "session_cookie", lambda: None)

    def open(self, view: str, **query: object) -> AppTest:
        """Run one view alone, with its link's query."""
        return self._run(AppTest.from_file(VIEWS / f"{view}.py", default_timeout=20), query)

    def start(self, **query: object) -> AppTest:
        """Run the whole frame from its first page; `switch_page(view_file(...))` goes on from there."""
        return self._run(AppTest.from_file(MAIN, default_timeout=20), query)

    def _run(self, app: AppTest, query: dict[str, object]) -> AppTest:
        for name, value in query.items():
            app.query_params[name] = str(value)
        return app.run()


def shown(app: AppTest) -> str:
    """Return the text of everything on the screen that is read as text, tables included, without markup."""
    parts: Iterable[str] = (_text(element) for element in app)
    return " ".join(sub(r"<style>.*?</style>", "", " ".join(parts), flags=16).split())


def _text(element: object) -> str:
    body = getattr(getattr(element, "proto", None), "body", "") or getattr(element, "value", "") or ""
    label = getattr(element, "label", "") or ""
    return unescape(sub(r"<[^>]+>", " ", f"{label} {body}"))
