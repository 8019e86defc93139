"""The bench as the judge uses it: list, case, Decide, and what happens when two people meet in one case."""

import json
from datetime import timedelta

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from dashboard.components.decide_responses import Choice
from models import database
from models.commands.attendance import record_attendance
from models.commands.cases import NewFlag
from models.commands.participants import add_flag
from models.commands.referrals import refer
from models.rules.vocabulary import AttendanceKind, Behaviour, FlagKind, Outcome, ResponseKind, Role, ServiceKind
from models.tables import CourtSession, Decision, LeftUnanswered, Response
from tests.builders import NOW, TODAY, a_case, an_appearance
from tests.commands.bench_stories import Bench, a_bench, absent
from tests.dashboard.screens import Screens, shown


@pytest.fixture
def story(screens: Screens) -> Bench:
    """Two cases on today's session; the judge is signed in."""
    with database.transaction(screens.engine) as session:
        bench = a_bench(session, name="The bench's court")
        absent(session, bench, 10)
        other = a_case(session, bench.part, number="2026-QN-00002", name="Rosa Vargas")
        an_appearance(session, other, session.get_one(CourtSession, bench.appearance.court_session_id), position=2)
    screens.sign_in(Role.JUDGE, court=bench.court, username="alvarez")
    return bench


def _outcomes(screens: Screens) -> list[Outcome]:
    with database.reading(screens.engine) as session:
        return list(session.exec(select(col(Decision.outcome))).all())


def _leave(app: AppTest, *also: str) -> None:
    """Answer nothing today, and say why."""
    app.pills[0].set_value([*also, "None…"]).run()
    field = next(field for field in app.text_input if field.label == "Why nothing more is answered today")
    field.set_value("Counsel is heard first.").run()


def _record(app: AppTest) -> None:
    next(button for button in app.button if button.label == "Record and call next").click().run()


@pytest.mark.usefixtures("story")
def test_the_judge_sees_who_why_and_what_may_be_done(screens: Screens) -> None:
    app = screens.open("bench")
    assert not app.exception
    text = shown(app)
    assert "Mei Chen" in text
    assert "unacceptable absence" in text
    assert "Conversation with the judge" in " ".join(str(pill.options) for pill in app.pills)


@pytest.mark.usefixtures("story")
def test_record_and_call_next_records_once_and_brings_the_next_case(screens: Screens) -> None:
    app = screens.open("bench")
    _leave(app)
    _record(app)
    assert not app.exception
    assert _outcomes(screens) == [Outcome.APPEARED]
    assert "Rosa Vargas" in shown(app)


def test_a_case_that_changed_meanwhile_is_shown_before_it_is_decided(screens: Screens, story: Bench) -> None:
    app = screens.open("bench")
    _leave(app)
    with database.transaction(screens.engine) as session:
        record_attendance(session, story.clerk, story.referral.id, TODAY, AttendanceKind.ATTENDED, now=NOW)
    _record(app)
    assert "Somebody else changed this" in app.warning[0].value
    assert _outcomes(screens) == []
    _record(app)
    assert len(_outcomes(screens)) == 1


@pytest.mark.usefixtures("story")
def test_names_are_hidden_at_once_when_the_screen_faces_the_room(screens: Screens) -> None:
    app = screens.open("bench")
    app.toggle(key="room-switch").set_value(True).run()
    text = shown(app) + _listed(app)
    assert "M. C." in _listed(app)
    assert "Mei" not in text
    assert "Rosa" not in text


def test_facing_the_room_no_safety_flag_and_no_illness_is_on_the_bench(screens: Screens, story: Bench) -> None:
    with database.transaction(screens.engine) as session:
        for flag in (FlagKind.COMPANION_NOT_SAFE, FlagKind.NO_VOICEMAIL):
            add_flag(session, story.clerk, story.case.id, NewFlag(kind=flag), now=NOW)
        held_on, excused = TODAY - timedelta(days=3), AttendanceKind.EXCUSED
        record_attendance(session, story.clerk, story.referral.id, held_on, excused, now=NOW, reason="at the clinic")
    app = screens.open("bench")
    assert all(said in shown(app).lower() for said in ("companion", "voicemail", "at the clinic", "minor"))
    app.toggle(key="room-switch").set_value(True).run()
    everything = f"{shown(app)} {[chart.proto.spec for chart in app.get('vega_lite_chart')]}".lower()
    assert "safety flag: see the bench list" in everything
    assert all(hidden not in everything for hidden in ("companion", "voicemail", "clinic", "minor"))


def test_facing_the_room_no_service_and_no_reason_is_on_the_bench(screens: Screens, story: Bench) -> None:
    kind = ServiceKind.EMERGENCY_HOUSING
    with database.transaction(screens.engine) as session:
        refer(session, story.clerk, story.case.id, kind, None, mandated=False, on=TODAY, now=NOW)
    app = screens.open("bench")
    next_date = next(box for box in app.selectbox if box.label == "Next appearance")
    next_date.select_index(len(next_date.options) - 1).run()
    next(field for field in app.text_input if field.label == "Why there is no next date").set_value(
        "At the clinic"
    ).run()
    _leave(app, "Other…")
    one = story.appearance.id
    app.text_input(key=f"other-what-{one}").set_value("a letter")
    app.text_input(key=f"other-why-{one}").set_value("Her clinic asked for it").run()
    _record(app)
    assert _outcomes(screens) == [Outcome.APPEARED]
    _go_to(app, story)
    for said in ("emergency housing", "counselling", "garden street", "clinic", "record the correction"):
        assert said in _everything(app), said
    app.toggle(key="room-switch").set_value(True).run()
    for hidden in ("housing", "counselling", "garden street", "clinic", "record the correction"):
        assert hidden not in _everything(app), hidden
    assert "to correct this, turn off" in _everything(app)


def _listed(app: AppTest) -> str:
    """Return what the judge's list is drawn from, as the browser receives it."""
    (part,) = app.get("bidi_component")
    return str(json.loads(part.proto.json))


def _go_to(app: AppTest, story: Bench) -> None:
    """Choose the story's case in the list, as a click in the browser does."""
    app.session_state[f"bench-list-{story.appearance.court_session_id}"] = story.appearance.id
    app.run()


def _everything(app: AppTest) -> str:
    """Return all that is on the screen, fields that are filled in and the timeline's own words included."""
    charts = [chart.proto.spec for chart in app.get("vega_lite_chart")]
    return f"{shown(app)} {charts} {[button.label for button in app.button]}".lower()


def test_a_recorded_case_shows_its_outcome_and_can_be_corrected(screens: Screens, story: Bench) -> None:
    app = screens.open("bench")
    _leave(app)
    _record(app)
    _go_to(app, story)
    assert "Recorded by" in shown(app)
    assert any(button.label == "Record the correction" for button in app.button)


@pytest.mark.usefixtures("story")
def test_no_next_date_needs_a_reason_and_the_choice_is_kept(screens: Screens) -> None:
    app = screens.open("bench")
    _leave(app)
    next_date = next(box for box in app.selectbox if box.label == "Next appearance")
    next_date.select_index(len(next_date.options) - 1).run()
    _record(app)
    assert "write why there is none" in app.error[0].value
    assert _outcomes(screens) == []


@pytest.mark.usefixtures("story")
def test_a_response_chosen_is_recorded_with_its_reason(screens: Screens) -> None:
    app = screens.open("bench")
    app.pills[0].set_value([Choice(ResponseKind.SANCTION, Behaviour.ABSENCE, "conversation with the judge")]).run()
    _record(app)
    with database.reading(screens.engine) as session:
        assert session.exec(select(Response.what)).one() == "conversation with the judge"


def test_a_coordinator_has_no_bench(screens: Screens, story: Bench) -> None:
    screens.sign_in(Role.COORDINATOR, court=story.court, username="coordinator")
    assert "role" in screens.open("bench").exception[0].message


def test_without_a_session_the_bench_says_what_to_do(screens: Screens) -> None:
    screens.sign_in(Role.JUDGE)
    assert "Open one in the calendar" in shown(screens.open("bench"))


@pytest.mark.usefixtures("story")
def test_a_service_adjustment_left_empty_is_asked_for_and_nothing_is_recorded(screens: Screens) -> None:
    app = screens.open("bench")
    app.pills[0].set_value(["◆ Service adjustment…"]).run()
    _record(app)
    assert "A response has no words" in app.error[0].value
    assert _outcomes(screens) == []


@pytest.mark.usefixtures("story")
def test_what_the_policy_has_a_range_for_is_answered_or_left_with_a_reason(screens: Screens) -> None:
    app = screens.open("bench")
    _record(app)
    assert "The policy has a range for unacceptable absence" in app.error[0].value
    assert _outcomes(screens) == []
    _leave(app)
    _record(app)
    with database.reading(screens.engine) as session:
        assert session.exec(select(col(LeftUnanswered.reason))).one() == "Counsel is heard first."
