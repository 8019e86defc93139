"""Promises of the gate, the hosts and the headers: what every request and every websocket passes."""

from pathlib import Path

import pytest
import streamlit

from dashboard.middleware import content_policy
from tests.dashboard.around import PASSWORD, made
from tests.dashboard.browser import Browser


def test_without_a_session_every_page_leads_to_the_sign_in_and_back(browser: Browser) -> None:
    answer = browser.get("/docket?on=2026-12-04")
    assert (answer.status, answer.headers["location"]) == (303, "/sign-in?next=%2Fdocket%3Fon%3D2026-12-04")
    assert (
        browser.sign_in("dana", PASSWORD, next="/docket?on=2026-12-04").headers["location"] == "/docket?on=2026-12-04"
    )
    assert browser.get("/bench").body == "inside http"


@pytest.mark.parametrize(
    "path", ["/_stcore/health", "/_stcore/upload_file/x", "/media/abc.pdf", "/component/x", "/main.py"]
)
def test_nothing_of_streamlit_but_its_assets_answers_without_a_session(browser: Browser, path: str) -> None:
    assert browser.ask("GET", path).status == 403
    assert browser.get("/static/js/index.js").body == "inside http"


def test_a_page_that_ones_roles_lack_leads_to_ones_first_screen(browser: Browser) -> None:
    browser.sign_in("dana", PASSWORD)
    for path in ("/accounts", "/no_such_page", "/docket/deeper"):
        assert (browser.get(path).status, browser.get(path).headers.get("location")) == (303, "/")
    assert browser.get("/").status == 200


def test_the_websocket_opens_only_with_a_session(browser: Browser) -> None:
    assert browser.ask("WEBSOCKET", "/_stcore/stream").status == 403
    browser.sign_in("dana", PASSWORD)
    assert browser.ask("WEBSOCKET", "/_stcore/stream").status == 101


def test_the_websocket_refuses_another_sites_page_even_with_a_session(browser: Browser) -> None:
    browser.sign_in("dana", PASSWORD)
    assert browser.ask("WEBSOCKET", "/_stcore/stream", headers={"origin": "http://evil.example"}).status == 403
    assert browser.ask("WEBSOCKET", "/_stcore/stream", headers={"origin": "http://localhost:9999"}).status == 403
    assert browser.ask("WEBSOCKET", "/_stcore/stream", headers={"origin": "http://localhost:8501"}).status == 101


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/oauth2callback", "/auth/login"])
def test_closed_addresses_are_closed_to_everybody(browser: Browser, path: str) -> None:
    browser.sign_in("dana", PASSWORD)
    assert browser.get(path).status == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "court.example"])
def test_a_foreign_name_for_this_server_is_refused(browser: Browser, host: str) -> None:
    assert browser.get("/healthz", host=host).status == 400


@pytest.mark.parametrize("host", ["[", "localhost]", "[::1", "//localhost", "localhost/static/"])
def test_a_host_that_is_none_is_refused_and_never_taken_for_a_path(browser: Browser, host: str) -> None:
    assert browser.get("/docket", host=host).status in (303, 400)
    assert browser.ask("GET", "/media/abc.pdf", headers={"host": host}).status in (400, 403)


@pytest.mark.parametrize("origin", ["http://[", "null", "", "localhost:8501", "https://localhost:8501@evil.example"])
def test_an_origin_that_is_none_of_ours_is_refused_in_words(browser: Browser, origin: str) -> None:
    assert browser.post("/sign-in", {"username": "dana"}, origin=origin).status == 403


def test_an_allowed_name_below_a_domain_is_known(browser: Browser) -> None:
    assert browser.get("/healthz", host="part12.court.example:8501").status in (200, 503)


def test_every_answer_carries_the_protecting_headers(browser: Browser) -> None:
    for path in ("/sign-in", "/docket", "/healthz", "/calendar/x.ics", "/download/x"):
        headers = browser.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "strict-transport-security" not in headers


def test_scripts_run_only_from_here_and_nothing_evaluates_text() -> None:
    scripts = next(part for part in content_policy().split("; ") if part.startswith("script-src"))
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    assert "unsafe" not in scripts
    assert scripts.count("'sha256-") == page.count("<script>") > 0


def test_behind_tls_cookies_are_secure_and_browsers_insist(browser: Browser) -> None:
    browser.app = made(behind_tls=True)
    answer = browser.sign_in("dana", PASSWORD)
    assert all("Secure" in cookie for cookie in answer.set_cookies)
    assert "strict-transport-security" in answer.headers
    assert browser.get("/bench").body == "inside https"
