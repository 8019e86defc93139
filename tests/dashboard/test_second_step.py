"""Promises of the sign-in's pages: nobody learns what was wrong, codes are shown once, and every form is one of ours."""

from re import findall, search
from time import monotonic

import pyotp
import pytest
from sqlmodel import select
from starlette.routing import Route

from dashboard import store
from dashboard.app import routes
from dashboard.routes import sign_in
from dashboard.routes.limits import LIMITS
from models import database
from models.commands import accounts
from models.commands.feeds import make_feed
from models.commands.second_factors import reset_second_factor
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import AuditEvent, Installation, User, UserSession
from tests.builders import NOW
from tests.dashboard.around import PASSWORD, made, with_second_factor
from tests.dashboard.browser import Browser

WRONG = "wrong words entirely"
POSTS = sorted(
    one.path for one in routes() if isinstance(one, Route) and one.methods is not None and "POST" in one.methods
)


def secret_on(body: str) -> str:
    found = search(r"type this secret:<br><code>([A-Z2-7-]+)</code>", body)
    assert found
    return found[1].replace("-", "")


def lost_telephone(admin: Actor) -> None:
    with database.transaction(store.engine()) as session:
        dana = session.exec(select(User.id).where(User.username == "dana")).one()
        reset_second_factor(session, admin, dana, now=NOW)


def test_the_first_sign_in_leads_over_the_telephone_to_the_codes_and_on(browser: Browser, admin: Actor) -> None:
    lost_telephone(admin)
    answer = browser.sign_in("dana", PASSWORD, next="/docket")
    assert answer.headers["location"] == "/sign-in/set-up?next=%2Fdocket"
    shown = browser.get(answer.headers["location"])
    assert "<svg" in shown.body
    assert browser.get("/docket").status == 303
    wrong = browser.send("/sign-in/set-up", code="000000")
    assert wrong.status == 401
    assert secret_on(wrong.body) == secret_on(shown.body)
    done = browser.send("/sign-in/set-up", code=pyotp.TOTP(secret_on(shown.body)).at(NOW), next="/docket")
    assert len(findall(r"<li><code>[a-z0-9-]{14}</code>", done.body)) == 10
    assert 'href="/docket"' in done.body
    assert browser.get("/docket").body == "inside http"
    assert browser.get("/sign-in/set-up").status == 400


def test_who_is_refused_sees_the_same_page_whatever_did_not_fit(browser: Browser, admin: Actor) -> None:
    with_second_factor(store.engine(), admin, "admin")
    pages = set()
    for username, password, code in (
        ("nobody", PASSWORD, "123456"),
        ("dana", WRONG, browser.codes[-1]),
        ("dana", PASSWORD, "123456"),
        ("admin", WRONG, "123456"),
    ):
        first = browser.send("/sign-in", username=username, password=password)
        second = browser.send("/sign-in/code", code=code)
        pages.add((first.status, first.headers["location"], second.status, second.body))
    with database.transaction(store.engine()) as session:
        session.exec(select(User).where(User.username == "dana")).one().disabled_at = NOW
    first = browser.send("/sign-in", username="dana", password=PASSWORD)
    second = browser.send("/sign-in/code", code=browser.codes[-1])
    pages.add((first.status, first.headers["location"], second.status, second.body))
    assert len(pages) == 1
    assert "sid" not in browser.cookies


def test_a_refusal_takes_as_long_whatever_did_not_fit(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "LEAST", 0.25)
    for username in ("nobody", "dana"):
        for step, fields in (("/sign-in", {"username": username, "password": WRONG}), ("/sign-in/code", {"code": "1"})):
            browser.get(step)
            begun = monotonic()
            browser.post(step, {"form_token": browser.cookies["form"], **fields})
            assert monotonic() - begun >= 0.25


def test_without_a_password_nobody_comes_to_the_second_step(browser: Browser) -> None:
    assert browser.get("/sign-in/code").headers["location"] == "/sign-in"
    assert browser.get("/sign-in/set-up").status == 400
    browser.cookies["half"] = "guessed"
    assert "Begin again" in browser.send("/sign-in/code", code="123456").body
    assert browser.get("/second-step").headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({}, {}),
        ({"form_token": "guessed"}, {}),
        ({"form_token": ""}, {}),
        ({"form_token": "OWN"}, {"origin": "http://evil.example"}),
        ({"form_token": "OWN"}, {"origin": "null"}),
        ({"form_token": "OWN"}, {"sec_fetch_site": "cross-site"}),
        ({"form_token": "OWN"}, {"sec_fetch_site": "same-site"}),
    ],
)
def test_no_form_of_another_site_does_anything(
    browser: Browser, path: str, fields: dict[str, str], headers: dict[str, str]
) -> None:
    browser.sign_in("dana", PASSWORD)
    own, before = browser.cookies["form"], dict(browser.cookies)
    filled = {name: own if value == "OWN" else value for name, value in fields.items()}
    everything = {"username": "dana", "password": PASSWORD, "code": browser.codes[-1], "act": "codes"}
    with database.reading(store.engine()) as session:
        told = session.exec(select(AuditEvent.id)).all()
    answer = browser.post(path, filled | everything, **headers)
    assert answer.status in (303, 400, 403)
    with database.reading(store.engine()) as session:
        assert session.exec(select(AuditEvent.id)).all() == told
    assert browser.cookies["sid"] == before["sid"]
    assert browser.get("/docket").body == "inside http"


def test_another_telephone_and_new_codes_ask_for_the_password_again(browser: Browser) -> None:
    browser.sign_in("dana", PASSWORD)
    assert "7 recovery codes are left" not in browser.get("/second-step").body
    refused = browser.send("/second-step", password=WRONG, act="codes")
    assert (refused.status, "Nothing was changed" in refused.body) == (401, True)
    fresh = browser.send("/second-step", password=PASSWORD, act="codes")
    assert len(findall(r"<li><code>", fresh.body)) == 10
    assert browser.send("/second-step", password=PASSWORD, act="without").status == 400
    former = dict(browser.cookies)
    answer = browser.send("/second-step", password=PASSWORD, act="telephone")
    secret = secret_on(browser.get(answer.headers["location"]).body)
    browser.send("/sign-in/set-up", code=pyotp.TOTP(secret).at(NOW))
    assert browser.get("/docket").body == "inside http"
    browser.cookies = former
    assert browser.get("/docket").status == 303


def test_a_demonstration_asks_for_a_code_only_who_has_set_one_up(browser: Browser, admin: Actor) -> None:
    with database.transaction(store.engine()) as session:
        session.add(Installation(demonstration=True, created_at=NOW))
        given = {"username": "judge", "display_name": "Hon. A", "roles": {Role.JUDGE}, "now": NOW}
        accounts.add_user(session, admin, password=PASSWORD + " too", **given)  # type: ignore[arg-type]
    assert browser.send("/sign-in", username="judge", password=WRONG).status == 401
    assert browser.send("/sign-in", username="judge", password=PASSWORD + " too").headers["location"] == "/"
    browser.cookies.clear()
    assert browser.send("/sign-in", username="dana", password=PASSWORD).headers["location"].startswith("/sign-in/code")


def test_one_name_is_not_tried_more_often_than_a_person_would_whether_or_not_it_is_there(browser: Browser) -> None:
    for username in ("dana", "nobody"):
        answers = [browser.send("/sign-in", username=username, password=WRONG) for _ in range(LIMITS.names.times + 1)]
        assert [one.status for one in answers] == [303] * LIMITS.names.times + [429]
        assert answers[-1].headers["retry-after"] == "900"


def test_feeds_and_downloads_have_a_limit_and_say_when_to_come_again(browser: Browser, admin: Actor) -> None:
    with database.transaction(store.engine()) as session:
        token = make_feed(session, admin, now=NOW)
    for _ in range(LIMITS.feeds.times):
        assert browser.get(f"/calendar/{token}.ics").status == 200
    assert browser.get(f"/calendar/{token}.ics").status == 429
    for number in range(LIMITS.unknown_feeds.times):
        assert browser.get(f"/calendar/guess{number}.ics").status == 404
    assert browser.get("/calendar/guess.ics").headers["retry-after"] == "900"
    browser.sign_in("dana", PASSWORD)
    for _ in range(LIMITS.downloads.times):
        assert browser.get("/download/none").status == 404
    assert "Wait 10 minutes" in browser.get("/download/none").body


def test_where_somebody_signs_in_from_is_kept_in_a_few_words(browser: Browser) -> None:
    browser.app = made()
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36 Edg/120.0"
    browser.get("/sign-in")
    own = {"form_token": browser.cookies["form"]}
    browser.post("/sign-in", {**own, "username": "dana", "password": PASSWORD}, user_agent=agent)
    browser.post("/sign-in/code", {**own, "code": browser.codes.pop()}, user_agent=agent)
    with database.reading(store.engine()) as session:
        assert "Edge on Windows, 192.0.2.x" in session.exec(select(UserSession.place)).all()
