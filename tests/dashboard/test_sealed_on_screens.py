"""Sentinels are hunted on every screen and in every download after the sealing of their case; old links lead nowhere."""

from pathlib import Path

import pytest

from dashboard import store
from dashboard.navigation import SCREENS
from dashboard.routes.downloads import DOWNLOADS, _maker
from models.database import transaction
from models.errors import Refused
from models.rules.permissions import MATRIX
from models.rules.vocabulary import Role
from models.scope import Actor
from tests.builders import NOW, TODAY
from tests.dashboard.screens import Screens, shown
from tests.sentinel_stories import Story


def test_a_sealed_case_is_on_no_screen_and_in_no_download(
    screens: Screens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(screens.engine) as session:
        story = Story(session, tmp_path, name="Another court")
        court = story.records.court
    monkeypatch.setattr(store, "ledger", lambda: story.records.ledger)
    asked_for = {"case": story.case_id, "session": story.session_id, "day": TODAY, "part": "mine"}
    clerk = screens.sign_in(Role.CLERK, court=court)
    assert story.hidden.found_in(shown(screens.open("case_file", **asked_for))) != []
    story.seal(screens.engine)
    for screen in SCREENS:
        role = next(role for role in (Role.CLERK, Role.JUDGE, *Role) if screen.action in MATRIX[role])
        screens.sign_in(role, court=court, username=f"{role} at {screen.name}")
        app = screens.open(screen.name, **asked_for)
        assert story.hidden.found_in(f"{shown(app)} {app.exception}") == [], screen.name
    for what in DOWNLOADS:
        if not what.startswith("sealing"):
            assert story.hidden.found_in(_downloaded(what, clerk, story)) == [], what


def _downloaded(what: str, who: Actor, story: Story) -> bytes:
    """Return the file that a link of before its sealing gives now, or the refusal it meets."""
    links = {
        "case": story.case_id,
        "session": story.session_id,
        "day": TODAY,
        "kind": "staffing",
        "move": story.case_id,
    }
    try:
        return _maker(what)(who, {name: str(value) for name, value in links.items()}, NOW).content
    except Refused as refusal:
        return str(refusal).encode()
