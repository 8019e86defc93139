"""Promises of signing in at another house, against one that answers over HTTP: which answers sign nobody in."""

import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from sqlalchemy.engine import Engine

from models import clock
from tests.builders import NOW
from tests.dashboard.browser import Browser
from tests.openid.conftest import Agree
from tests.openid.house import SECRET, Claims, House
from tests.openid.ways import back, begin, nobody_is_in, sign_in, with_another

AT = int(NOW.timestamp())


def forged(house: House, claims: Claims) -> str:
    """Sign by a key that is not the house's, under its name."""
    return house.sign(claims, ECKey.generate_key("P-256"))


def unsigned(_house: House, claims: Claims) -> str:
    """Say that no signature is needed."""
    parts = ({"alg": "none", "kid": "first"}, claims)
    return ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


def by_the_secret(_house: House, claims: Claims) -> str:
    """Sign by what both houses know, as if it were a key."""
    return jwt.encode({"alg": "HS256", "kid": "first"}, claims, OctKey.import_key(SECRET), algorithms=["HS256"])


def cut(house: House, claims: Claims) -> str:
    return house.sign(claims)[:-8]


@pytest.mark.parametrize("signed", [forged, unsigned, by_the_secret, cut, lambda *_: "no token", lambda *_: ""])
def test_a_token_that_the_houses_keys_did_not_sign_is_refused(
    browser: Browser, house: House, sqlite_engine: Engine, signed: Callable[[House, Claims], str]
) -> None:
    house.signed = signed
    assert sign_in(browser, house).status == 502
    assert nobody_is_in(browser, sqlite_engine)


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": ["offramp", "another client"]},  # without saying that it was asked for by us
        {"azp": "another client"},
        {"aud": None},
        {"iss": "https://another.example"},
        {"iss": None},
        {"exp": AT - 61},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": AT + 3600},
        {"nbf": AT + 3600},
        {"sub": None},
        {"at_hash": "of another access token"},
        {"amr": "otp"},
    ],
    ids=str,
)
def test_a_token_for_another_time_place_or_question_is_refused(
    browser: Browser, house: House, sqlite_engine: Engine, changed: Claims
) -> None:
    assert sign_in(browser, house, **changed).status == 502
    assert nobody_is_in(browser, sqlite_engine)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"state": "another"}, 400),
        ({"state": ""}, 400),
        ({"code": "another"}, 502),
        ({"code": ""}, 502),
        ({"iss": "https://another.example"}, 502),
        ({"iss": ""}, 502),
        ({"error": "access_denied<script>"}, 502),
    ],
)
def test_an_answer_that_is_not_whole_signs_nobody_in(
    browser: Browser, house: House, sqlite_engine: Engine, changed: dict[str, str], status: int
) -> None:
    answer = back(browser, with_another(house.agree(begin(browser)), **changed))
    assert answer.status == status
    assert "script>" not in answer.body
    assert nobody_is_in(browser, sqlite_engine)


def test_an_answer_counts_once(browser: Browser, house: House) -> None:
    address = house.agree(begin(browser))
    assert back(browser, address).status == 303
    asked = len(house.asked)
    assert back(browser, address).status == 400
    assert len(house.asked) == asked


def test_an_answer_counts_in_the_browser_that_began_and_in_time(
    browser: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = house.agree(begin(browser))
    assert back(Browser(browser.app), address).status == 400
    address = house.agree(begin(browser))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=10))
    assert back(browser, address).status == 400


def test_without_what_was_kept_back_the_code_is_worth_nothing(
    browser: Browser, house: House, sqlite_engine: Engine
) -> None:
    address = house.agree(begin(browser))
    house.codes["code-0"]["code_challenge"] = "of another verifier"
    assert back(browser, address).status == 502
    assert nobody_is_in(browser, sqlite_engine)


def test_a_house_that_is_away_is_said_and_the_password_still_works(browser: Browser, house: House) -> None:
    house.down = True
    answer = browser.get("/openid/begin")
    assert (answer.status, "Nobody" in answer.body or "nobody was signed in" in answer.body) == (503, True)
    assert "away" not in answer.body
    assert browser.get("/sign-in").status == 200


def test_a_house_that_goes_away_on_the_way_back_signs_nobody_in(
    browser: Browser, house: House, sqlite_engine: Engine
) -> None:
    address = house.agree(begin(browser))
    house.down = True
    assert back(browser, address).status == 502
    assert nobody_is_in(browser, sqlite_engine)


def test_a_house_that_publishes_another_name_or_an_open_way_is_not_believed(
    browser: Browser, house: House, agree: Agree
) -> None:
    for published in ({"issuer": "https://another.example"}, {"authorization_endpoint": "http://another.example/a"}):
        agree()
        house.published = published
        assert browser.get("/openid/begin").status == 503


def test_new_keys_of_the_house_are_fetched_when_one_is_unknown(
    browser: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(browser, house)
    old = house.key
    house.key = ECKey.generate_key("P-256", {"kid": "second"})
    house.signed = lambda house, claims: house.sign(claims, kid="second")
    later = NOW + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert sign_in(browser, house).status == 303
    house.key = old


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/%09/evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(browser: Browser, house: House, wanted: str) -> None:
    assert back(browser, house.agree(begin(browser, wanted))).headers["location"] == "/"


def test_too_many_failures_from_one_address_are_answered_without_asking_the_house(
    browser: Browser, house: House
) -> None:
    for _ in range(30):
        browser.get("/openid/return?state=guessed&code=guessed")
    assert browser.get("/openid/return?state=guessed&code=guessed").status == 429
    assert browser.get("/openid/begin").status == 429
    assert house.asked == []


def test_the_log_tells_the_kind_of_the_trouble_and_nobodys_name(
    browser: Browser, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        sign_in(browser, house, nonce="another")
        sign_in(browser, house, groups=[])
    said = caplog.text
    assert "InvalidClaimError" in said
    assert [word for word in ("ann", "Example", "person-7", SECRET, "code-0") if word in said] == []


def test_a_court_that_agreed_with_no_house_has_no_way_there(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.openid._used", None)
    assert browser.get("/openid/begin").status == browser.get("/openid/return?code=x&state=y").status == 404
    assert "/openid/" not in browser.get("/sign-in").body
