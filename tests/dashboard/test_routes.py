"""Promises of the plain routes beside the screens: sign-in, health, fonts, feed and downloads."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from dashboard import store
from dashboard.routes import downloads
from dashboard.routes.limits import LIMITS
from dashboard.routes.way_on import own_path
from models import clock, database
from models.commands import accounts
from models.commands.feeds import make_feed, revoke_feed
from models.errors import NotFound, NotPermitted
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import CourtSession, Heartbeat, Installation, Judge, Part
from tests.builders import NOW, TODAY
from tests.dashboard.around import PASSWORD
from tests.dashboard.browser import Browser


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookie = next(one for one in browser.sign_in("dana", PASSWORD).set_cookies if one.startswith("sid="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age" not in cookie


def test_wrong_name_and_wrong_password_get_the_same_page(browser: Browser) -> None:
    wrong = browser.sign_in("dana", "wrong words entirely")
    unknown = browser.sign_in("nobody", "wrong words entirely")
    assert wrong.status == unknown.status == 401
    assert wrong.body == unknown.body
    assert "sid" not in browser.cookies


def test_a_form_of_another_site_opens_no_session(browser: Browser) -> None:
    fields = {"username": "dana", "password": PASSWORD}
    assert browser.post("/sign-in", fields).status == 400
    assert browser.post("/sign-in", {**fields, "form_token": "guessed"}).status == 400
    assert browser.post("/sign-in", fields, origin="http://evil.example").status == 403
    assert browser.post("/sign-in", fields, sec_fetch_site="cross-site").status == 403
    assert "sid" not in browser.cookies


def test_too_many_failures_from_one_address_are_refused_before_comparing(browser: Browser) -> None:
    for _ in range(LIMITS.failures.times):
        LIMITS.failures.count("192.0.2.7", NOW)
    answer = browser.sign_in("dana", PASSWORD)
    assert (answer.status, answer.headers["retry-after"]) == (429, "900")
    assert "Wait 15 minutes" in answer.body


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\nb", "//[", ""]
)
def test_signing_in_never_leads_to_another_site(wanted: str) -> None:
    assert own_path(wanted) == "/"


def test_signing_out_ends_the_session_in_the_database(browser: Browser) -> None:
    browser.sign_in("dana", PASSWORD)
    kept = dict(browser.cookies)
    answer = browser.post("/sign-out", {"form_token": browser.cookies["form"]})
    assert answer.headers["location"] == "/sign-in?out=1"
    assert "sid" not in browser.cookies
    browser.cookies = kept
    assert browser.get("/docket").status == 303


def test_signing_in_again_ends_the_browsers_former_session(browser: Browser) -> None:
    browser.sign_in("dana", PASSWORD)
    former = dict(browser.cookies)
    fields = {"form_token": browser.cookies["form"], "username": "dana", "password": PASSWORD}
    assert browser.post("/sign-in", fields).headers["location"] == "/sign-in/code?next=%2F"
    assert browser.send("/sign-in/code", code=browser.codes.pop()).status == 303
    assert browser.cookies["sid"] != former["sid"]
    browser.cookies = former
    assert browser.get("/docket").status == 303


def test_demonstration_sign_ins_are_offered_only_where_the_database_is_marked(browser: Browser, admin: Actor) -> None:
    with database.transaction(store.engine()) as session:
        demonstrator = Actor(**{**vars(admin), "demonstration": True})
        given = {"username": "judge", "display_name": "Hon. A", "roles": {Role.JUDGE}}
        accounts.add_user(session, demonstrator, **given, password=accounts.DEMONSTRATION_PASSWORD, now=NOW)  # type: ignore[arg-type]
    assert "Demonstration" not in browser.get("/sign-in").body
    with database.transaction(store.engine()) as session:
        session.add(Installation(demonstration=True, created_at=NOW))
    assert "Hon. A" in browser.get("/sign-in").body
    fields = {"form_token": browser.cookies["form"], "demonstration": "judge"}
    assert browser.post("/sign-in", fields).status == 303


def test_health_answers_without_a_session_and_says_when_the_database_does_not(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert browser.get("/healthz").status == 503
    assert browser.get("/healthz").body.startswith("the scheduler has never run")
    with database.transaction(store.engine()) as session:
        session.add(Heartbeat(name="scheduler", beat_at=clock.now()))
    assert browser.get("/healthz").status == 200
    assert browser.get("/healthz").body.startswith("ok\nlast sign of life: 20")
    monkeypatch.setattr(store, "_engine", database.engine(f"sqlite:///{tmp_path / 'empty.db'}"))
    assert (browser.get("/healthz").status, browser.get("/healthz").body) == (503, "unavailable")


def test_fonts_are_only_those_listed(browser: Browser) -> None:
    assert browser.get("/fonts/NotoSansThai-Regular.ttf").status == 200
    assert browser.get("/fonts/README.md").status == 404


def test_a_feed_tells_part_and_time_and_ends_when_it_is_revoked(browser: Browser, admin: Actor) -> None:
    with database.transaction(store.engine()) as session:
        a_sitting(admin, session)
        token = make_feed(session, admin, now=NOW)
    answer = browser.get(f"/calendar/{token}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "Court session" in answer.body
    assert "Alvarez" not in answer.body
    with database.transaction(store.engine()) as session:
        revoke_feed(session, admin, now=NOW)
    assert browser.get(f"/calendar/{token}.ics").status == 404


def a_sitting(who: Actor, session: Session) -> None:
    """Put one session of one part on the calendar."""
    times = {"starts_at": datetime(2026, 12, 4, 9, 30).time(), "capacity_cases": 25, "capacity_minutes": 150}  # noqa: DTZ001
    judge = Judge(court_id=who.court_id, name="Hon. Alvarez")
    part = Part(court_id=who.court_id, name="DIV-2", room="Room 4", judge_id=judge.id, **times)  # type: ignore[arg-type]
    places = {"part_id": part.id, "judge_id": judge.id, "held_on": TODAY, "purposes": ["review"]}
    session.add_all([judge, part, CourtSession(court_id=who.court_id, **places, **times)])  # type: ignore[arg-type]


def test_a_download_is_made_for_who_asks_and_refused_in_words(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(downloads.DOWNLOADS, "list", f"{__name__}:a_list")
    monkeypatch.setattr(downloads, "import_module", lambda _name: __import__("types").SimpleNamespace(a_list=a_list))
    assert browser.get("/download/list").headers["location"].startswith("/sign-in")
    browser.sign_in("dana", PASSWORD)
    answer = browser.get("/download/list?kind=bench")
    assert (answer.status, answer.body) == (200, "Dana bench")
    assert answer.headers["content-disposition"] == 'attachment; filename="list.csv"'
    assert browser.get("/download/list?kind=other").status == 403
    assert browser.get("/download/list?kind=gone").status == 404
    assert browser.get("/download/unknown").status == 404


def a_list(who: Actor, query: Mapping[str, str], _now: datetime) -> downloads.File:
    """Make a file, or refuse."""
    if query["kind"] == "other":
        raise NotPermitted
    if query["kind"] == "gone":
        raise NotFound
    return downloads.File("list.csv", "text/csv", f"{who.name} {query['kind']}".encode())


@pytest.mark.parametrize("name", ["Mei Chen.pdf", '"x".pdf', "a/b.pdf", "陈.pdf", ""])
def test_a_files_name_is_made_of_plain_letters(name: str) -> None:
    with pytest.raises(ValueError, match="plain"):
        downloads.File(name, "text/csv", b"")
