"""What people look at, fetch and are refused is in the audit before the answer is shown; a redrawing is no second look."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from dashboard import store, written_down
from dashboard.routes import case_summary, feed, policy
from dashboard.routes.downloads import DOWNLOADS
from models import audit, clock
from models.commands.feeds import make_feed
from models.commands.summaries import print_summary
from models.database import reading, transaction
from models.errors import NotFound, NotPermitted
from models.queries.case_file import case_file
from models.rules.audited import CHANGES_NOTHING, Look
from models.rules.vocabulary import Role
from models.tables import AuditEvent, AuditList, Case
from tests.builders import NOW, TODAY, a_case, a_court, a_part, an_appearance
from tests.dashboard.around import PASSWORD
from tests.dashboard.browser import Browser
from tests.dashboard.docket_day import Day
from tests.dashboard.screens import Screens, shown


@pytest.fixture
def day(screens: Screens) -> Day:
    return Day(screens)


def events(engine: Engine, *actions: str) -> list[AuditEvent]:
    """Return the events of these actions in order; without any, those of looking and being refused."""
    wanted = select(AuditEvent).where(col(AuditEvent.action).in_(actions or CHANGES_NOTHING))
    with reading(engine) as session:
        found = list(session.exec(wanted.order_by(col(AuditEvent.seq))))
        session.expunge_all()
        return found


def cases_of(engine: Engine, event: AuditEvent) -> set[Any]:
    with reading(engine) as session:
        listed = session.exec(select(col(AuditList.case_id)).where(col(AuditList.list_id) == event.list_id)).all()
    return {event.case_id} - {None} | set(listed)


@pytest.mark.parametrize(
    ("screen", "look"),
    [
        ("docket", Look.DOCKET),
        ("bench", Look.BENCH),
        ("case_file", Look.CASE_FILE),
        ("follow_up", Look.FOLLOW_UP),
        ("reminders", Look.REMINDERS),
    ],
)
def test_a_screen_that_shows_a_case_leaves_an_event_that_names_it(day: Day, screen: str, look: Look) -> None:
    case_id = day.rows[0].case_id
    engine = day.screens.engine
    app = day.screens.open(screen, **({"case": case_id} if screen == "case_file" else {}))
    told = {one.action: one for one in events(engine)}
    seen = "2026-QN" in shown(app) or "Mei" in shown(app)
    assert (look in told) == seen
    if seen:
        assert case_id in cases_of(engine, told[look])
        assert told[look].session_id is not None
        assert told[look].actor_id == day.clerk.user_id


def test_drawing_again_is_no_second_look_but_another_case_or_fifteen_minutes_are(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = day.rows[0].case_id, day.rows[1].case_id

    def looked() -> list[Any]:
        return [one.case_id for one in events(day.screens.engine, Look.CASE_FILE)]

    app = day.screens.open("case_file", case=first)
    app.run()
    assert looked() == [first]
    for case_id in (second, first):
        app.query_params["case"] = str(case_id)
        app.run()
    assert looked() == [first, second, first]
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=15))
    app.run()
    assert looked() == [first, second, first, first]


def test_a_list_is_looked_at_anew_when_a_case_comes_onto_it(day: Day) -> None:
    app = day.screens.open("docket", session=day.sitting.id)
    app.run()
    with transaction(day.screens.engine) as session:
        more = an_appearance(session, a_case(session, day.part, number="2026-QN-00044"), day.sitting, position=9)
        audit.record(session, day.clerk, "calendar_case", "appearance", more.id, now=NOW)
    app.run()
    assert [one.detail["cases"] for one in events(day.screens.engine, Look.DOCKET)] == [3, 4]
    with reading(day.screens.engine) as session:
        assert audit.reached(session, day.clerk.court_id) == 2, "what was looked at is not what was written"


def test_what_cannot_be_written_down_is_not_shown(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_bind: Engine) -> Any:
        raise sa.exc.OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(written_down, "transaction", full)
    app = day.screens.start()
    said = shown(app)
    assert "could not be done. Nothing is shown" in said
    assert "Mei" not in said


def test_a_search_keeps_what_was_found_and_not_what_was_typed(day: Day) -> None:
    app = day.screens.open("case_file")
    app.text_input(key="case-search").set_value("Petrova").run()
    (event,) = events(day.screens.engine, Look.SEARCH)
    assert cases_of(day.screens.engine, event) == {day.rows[1].case_id}
    app.text_input(key="case-search").set_value("Nobody of that name").run()
    assert [one.detail for one in events(day.screens.engine, Look.SEARCH)] == [{"cases": 1}, {"cases": 0}]


@pytest.fixture
def elsewhere(day: Day) -> Case:
    """A case of another court."""
    with transaction(day.screens.engine) as session:
        return a_case(session, a_part(session, a_court(session, name="Elsewhere")), name="Somebody Else")


def ask_screen(screens: Screens, case: Case) -> AppTest:
    return screens.open("case_file", case=case.id)


def ask_docket(screens: Screens, case: Case) -> AppTest:
    return screens.open("docket", session=case.id)


@pytest.mark.parametrize("ask", [ask_screen, ask_docket])
def test_a_link_to_what_is_not_there_is_a_refusal_with_the_id_that_was_asked_for(
    day: Day, elsewhere: Case, ask: Callable[[Screens, Case], AppTest]
) -> None:
    for _ in range(2):
        ask(day.screens, elsewhere)
    told = events(day.screens.engine, "refused")
    assert [(one.subject_id, one.detail["answer"], one.actor_id) for one in told] == [
        (elsewhere.id, "NotFound", day.clerk.user_id)
    ] * 2


def test_an_act_that_is_refused_is_written_down_and_nothing_else_of_it(day: Day, elsewhere: Case) -> None:
    with pytest.raises(NotFound), store.writing() as session:
        print_summary(session, day.clerk, elsewhere.id, now=NOW)
    admin = day.screens.sign_in(Role.ADMINISTRATOR)
    with pytest.raises(NotPermitted), store.writing() as session:
        print_summary(session, admin, day.rows[0].case_id, now=NOW)
    assert [(one.actor_id, one.case_id, one.detail) for one in events(day.screens.engine)] == [
        (day.clerk.user_id, elsewhere.id, {"asked": "load", "answer": "NotFound"}),
        (admin.user_id, None, {"asked": "print_lists", "answer": "NotPermitted"}),
    ]


def test_a_screen_that_ones_roles_do_not_have_is_a_refusal(browser: Browser, sqlite_engine: Engine) -> None:
    browser.sign_in("dana", PASSWORD)
    browser.get("/accounts")
    browser.get("/nothing-of-ours")
    assert [one.detail["asked"] for one in events(sqlite_engine)] == ["manage_accounts"]


def test_every_file_that_leaves_has_its_event() -> None:
    """A new kind of file comes here with the act that its maker records."""
    recorded = {
        "audit_csv": "export_audit",
        "audit_jsonl": "export_audit",
        "case_summary": "print_case_summary",
        "docket": "print_docket",
        "docket_csv": "export_docket",
        "docket_xlsx": "export_docket",
        "evaluation_csv": "export_evaluation",
        "follow_up_csv": "export_follow_up",
        "follow_up_xlsx": "export_follow_up",
        "notices": "export_notices",
        "notices_csv": "export_notices",
        "notices_xlsx": "export_notices",
        "policy": "export_policy",
        "sealing_agencies": "fetch_sealing_notices",
        "sealing_agencies_csv": "fetch_sealing_notices",
        "sealing_letters": "fetch_sealing_notices",
    }
    assert set(recorded) == set(DOWNLOADS)


def test_a_summary_a_policy_and_a_feed_that_are_fetched_are_written_down(
    day: Day,
) -> None:
    engine = day.screens.engine
    case_id = day.rows[0].case_id
    case_summary.case_summary(day.clerk, {"case": str(case_id)}, NOW)
    policy.policy_toml(day.clerk, {"version": "demonstration-1"}, NOW)
    with transaction(engine) as session:
        token = make_feed(session, day.clerk, now=NOW)
    answer = feed.feed(
        Request({"type": "http", "path_params": {"token": token}, "client": ("127.0.0.1", 1), "headers": []})
    )
    assert answer.status_code == 200
    told = events(engine, "print_case_summary", Look.CASE_FILE, "export_policy", "fetch_feed")
    assert [(one.action, one.case_id) for one in told] == [
        ("print_case_summary", case_id),
        (Look.CASE_FILE, case_id),
        ("export_policy", None),
        ("fetch_feed", None),
    ]


def test_many_who_look_at_once_all_leave_their_event(day: Day) -> None:
    def look(_: int) -> None:
        with store.reading() as session:
            case_file(session, day.clerk, day.rows[0].case_id, today=TODAY)

    with ThreadPoolExecutor(8) as people:
        list(people.map(look, range(24)))
    assert [one.seq for one in events(day.screens.engine, Look.CASE_FILE)] == list(range(1, 25))
