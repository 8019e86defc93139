"""Promises of signing in at another house, against one that answers over HTTP: who gets in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from dashboard.access import session_of
from models.rules.vocabulary import Role
from models.tables import AuditEvent, Identity, User
from tests.builders import NOW
from tests.dashboard.browser import Browser
from tests.openid.conftest import Agree
from tests.openid.house import Claims, House
from tests.openid.ways import begin, nobody_is_in, sign_in


def test_whoever_the_house_vouches_for_is_signed_in_here_like_anybody_else(
    browser: Browser, house: House, sqlite_engine: Engine
) -> None:
    answer = sign_in(browser, house)
    assert (answer.status, answer.headers["location"]) == (303, "/docket?on=2026-12-04")
    who = session_of(browser.cookies["sid"]).actor
    assert (who.name, who.court, set(who.roles)) == ("Ann Example", "Harbor County Court", {Role.CLERK})
    assert any("sid=" in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in answer.set_cookies)
    with Session(sqlite_engine) as session:
        assert session.exec(select(Identity.subject)).all() == ["person-7"]
        assert [event.action for event in session.exec(select(AuditEvent))] == ["link_identity", "sign_in"]
        assert "ann" not in " ".join(str(event.detail) for event in session.exec(select(AuditEvent)))


def test_the_sign_in_page_offers_the_house_and_hands_on_where_to_go(browser: Browser) -> None:
    assert 'href="/openid/begin?next=%2Fdocket"' in browser.get("/sign-in?next=/docket").body
    assert "Sign in with the county" in browser.get("/sign-in").body


def test_the_roles_are_those_of_the_groups_at_each_sign_in(browser: Browser, house: House) -> None:
    sign_in(browser, house)
    sign_in(browser, house, groups=["judges"], name="Hon. Example")
    who = session_of(browser.cookies["sid"]).actor
    assert (who.name, set(who.roles)) == ("Hon. Example", {Role.JUDGE})


def test_a_person_stays_the_same_when_their_username_there_changes(browser: Browser, house: House) -> None:
    sign_in(browser, house)
    first = session_of(browser.cookies["sid"]).actor.user_id
    sign_in(browser, house, preferred_username="ann.married")
    assert session_of(browser.cookies["sid"]).actor.user_id == first


def test_somebody_else_with_her_username_is_not_her(browser: Browser, house: House) -> None:
    sign_in(browser, house)
    browser.cookies.clear()
    answer = sign_in(browser, house, sub="person-8")
    assert answer.status == 403
    assert "no account in this court" in answer.body


@pytest.mark.parametrize("makes", [False, True])
def test_an_account_is_made_only_where_the_court_says_so(
    browser: Browser, house: House, agree: Agree, sqlite_engine: Engine, makes: bool
) -> None:
    agree(makes_accounts=makes)
    answer = sign_in(browser, house, sub="person-9", preferred_username="new", groups=["judges"])
    with Session(sqlite_engine) as session:
        found = session.exec(select(User.username, User.password_hash).where(User.username == "new")).all()
    assert (answer.status, found) == ((303, [("new", "-")]) if makes else (403, []))


def test_where_accounts_are_made_nobody_is_given_one_that_is_there(
    browser: Browser, house: House, agree: Agree
) -> None:
    agree(makes_accounts=True)
    assert sign_in(browser, house).status == 403


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"groups": ["staff"]}, "none of your groups"),
        ({"groups": None}, "none of your groups"),
        ({"groups": ["elsewhere"]}, "a court that is not here"),
        ({"preferred_username": None}, "did not say your username"),
        ({"preferred_username": "<b>nobody</b>"}, "no account in this court"),
    ],
)
def test_nobody_gets_in_whom_the_court_has_not_named(
    browser: Browser, house: House, sqlite_engine: Engine, changed: Claims, words: str
) -> None:
    answer = sign_in(browser, house, **changed)
    assert (answer.status, words in answer.body) == (403, True)
    assert "<b>" not in answer.body
    assert nobody_is_in(browser, sqlite_engine)


def test_a_disabled_account_reads_like_none(browser: Browser, house: House, sqlite_engine: Engine) -> None:
    with Session(sqlite_engine) as session:
        session.exec(select(User)).one().disabled_at = NOW
        session.commit()
    assert "no account in this court" in sign_in(browser, house).body
    assert nobody_is_in(browser, sqlite_engine)


@pytest.mark.parametrize(
    ("asked", "said", "status"),
    [
        ({"amr": frozenset({"otp", "hwk"})}, {"amr": ["pwd", "otp"]}, 303),
        ({"amr": frozenset({"otp", "hwk"})}, {"amr": ["pwd"]}, 403),
        ({"acr": frozenset({"two"})}, {"acr": "two"}, 303),
        ({"acr": frozenset({"two"})}, {}, 403),
    ],
)
def test_the_second_factor_that_the_court_asks_for_must_have_been_used(
    browser: Browser, house: House, agree: Agree, asked: dict[str, object], said: Claims, status: int
) -> None:
    agree(**asked)
    answer = sign_in(browser, house, **said)
    assert answer.status == status
    assert ("asks for a second factor" in answer.body) == (status == 403)


def test_the_class_of_sign_in_is_asked_for(browser: Browser, agree: Agree) -> None:
    agree(acr=frozenset({"two"}))
    assert parse_qs(urlsplit(begin(browser)).query)["acr_values"] == ["two"]
