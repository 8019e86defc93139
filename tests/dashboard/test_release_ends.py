"""A release that ends while somebody has the case open: the next thing they do shows nothing of what was told under it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from models import clock, database
from models.commands.releases import revoke_release
from models.rules.releases import ends_at
from models.rules.vocabulary import Role
from models.tables import Release
from tests.builders import NOW, TODAY
from tests.commands.bench_stories import Bench, a_bench, absent
from tests.dashboard.screens import Screens, shown

TOLD = "unacceptable absence"
TOKYO = ZoneInfo("Asia/Tokyo")
#: In Tokyo the day ends at NOW, to the second.
_MIDNIGHT = ends_at(TODAY, TOKYO)


@pytest.fixture
def story(screens: Screens) -> Bench:
    """A case on today's session in Tokyo, with an absence told under a release whose last day is today; the judge looks."""
    with database.transaction(screens.engine) as session:
        told = a_bench(session, name="The bench's court")
        absent(session, told, 10)
        release = session.exec(select(Release)).one()
        release.ends_on = TODAY
        told.court.zone = TOKYO.key
        session.add_all([release, told.court])
    screens.sign_in(Role.JUDGE, court=told.court, username="alvarez")
    return told


def _at(instant: datetime) -> Callable[[Screens, Bench, pytest.MonkeyPatch], None]:
    def passes(screens: Screens, story: Bench, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - as `_revoke`
        monkeypatch.setattr(clock, "now", lambda: instant)

    return passes


def _revoke(screens: Screens, story: Bench, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - as `_at`
    with database.transaction(screens.engine) as session:
        release = session.exec(select(Release).where(col(Release.case_id) == story.case.id)).one()
        revoke_release(session, story.clerk, release.id, on=TODAY, now=NOW)


@pytest.mark.parametrize("ends", [_at(_MIDNIGHT), _revoke], ids=["midnight in court", "revoked"])
@pytest.mark.parametrize("screen", ["bench", "case_file"])
def test_once_a_release_has_ended_the_next_interaction_shows_nothing_told_under_it(
    screens: Screens,
    story: Bench,
    monkeypatch: pytest.MonkeyPatch,
    screen: str,
    ends: Callable[[Screens, Bench, pytest.MonkeyPatch], None],
) -> None:
    address = {"session": str(story.appearance.court_session_id), "case": str(story.case.id)}
    _at(_MIDNIGHT - timedelta(seconds=1))(screens, story, monkeypatch)
    app = screens.open(screen, **address)
    assert TOLD in shown(app)
    ends(screens, story, monkeypatch)
    app.run()
    assert not app.exception
    assert TOLD not in shown(app)
    assert "no release is active" in shown(app)


def test_a_fragment_alone_shows_nothing_more_either_and_proposes_nothing(
    screens: Screens, story: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the bench an answer is chosen: that runs the fragment and not the page around it."""
    _at(_MIDNIGHT - timedelta(seconds=1))(screens, story, monkeypatch)
    app = screens.open("bench", session=str(story.appearance.court_session_id))
    assert TOLD in shown(app)
    _revoke(screens, story, monkeypatch)
    app.pills[0].set_value(["None…"]).run()
    assert not app.exception
    assert TOLD not in shown(app)
