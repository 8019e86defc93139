"""Promise: whatever is sent to a route, it is answered in a few words or as the file that was asked for.

Every own route and every download, each of the words it reads in turn with everything `values.py` knows; cookies and
headers too. Nothing of it stands unescaped in a page or a header, and no answer is a defect's.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import quote, quote_from_bytes
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from dashboard.routes.downloads import DOWNLOADS
from dashboard.routes.limits import Limit
from models import database
from models.commands import sign_ins
from models.tables import AuditEvent, Case, CourtSession
from models.tables.base import table_of
from tests.builders import a_case, a_part, a_sitting, an_appearance
from tests.dashboard.around import PASSWORD
from tests.dashboard.browser import Answer, Browser
from tests.hostile.values import MARK, NIL, TEXTS

#: What a page or a header never holds: the hostile texts as they were typed.
UNESCAPED = ("<script>", f"\nSet-Cookie: sid={MARK}", "\x00", "Traceback", "sqlalchemy", "SELECT ")
ODD = (
    *TEXTS,
    str(NIL),
    str(uuid4()),
    "-1",
    "1e9",
    "[]",
    "{}",
    "null",
    "true",
    "2026-02-30",
    "9999-12-31",
    "%00",
    "%",
    "a" * 5_000,
)


def coded(text: str) -> str:
    """Return a text as it stands in an address, whatever signs it holds."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def wrong_with(answer: Answer) -> str | None:
    """Say what an answer must not be."""
    if answer.status >= 500 or answer.status < 200:
        return f"status {answer.status}"
    told = answer.body + "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    return next((f"holds {one!r}" for one in UNESCAPED if one in told), None)


def words_of(maker: str) -> set[str]:
    """Return the words of the query that the module of a download reads."""
    text = Path(import_module(maker.split(":", maxsplit=1)[0]).__file__ or "").read_text(encoding="utf-8")
    return set(re.findall(r"query(?:\.get\(|\[)\"(\w+)\"", text)) or {"anything"}


@pytest.fixture
def clerk(browser: Browser, sqlite_engine: Engine) -> Browser:
    """A clerk's browser at a court with one case, signed in."""
    with database.transaction(sqlite_engine) as session:
        from models.tables import Court

        part = a_part(session, session.exec(select(Court)).one())
        an_appearance(session, a_case(session, part), a_sitting(session, part))
    browser.sign_in("dana", PASSWORD)
    return browser


def counts(engine: Engine) -> dict[str, int]:
    """Return how many rows the tables have that a download may never change."""
    kept = (Case, CourtSession)
    with Session(engine) as session:
        return {table_of(one).name: len(session.exec(select(one.id)).all()) for one in kept}


def asked(engine: Engine) -> Iterator[str]:
    """Yield the address of every download with every word of its query hostile, and with what it asks for beside it."""
    with Session(engine) as session:
        good = {"session": session.exec(select(CourtSession.id)).one(), "case": session.exec(select(Case.id)).one()}
    for what, maker in DOWNLOADS.items():
        names = words_of(maker)
        honest = {name: str(value) for name, value in good.items() if name in names}
        for name in sorted(names):
            for text in ODD:
                said = {**{one: quote(value) for one, value in honest.items()}, name: coded(text)}
                yield f"/download/{what}?{'&'.join(f'{one}={value}' for one, value in said.items())}"


def test_every_download_answers_hostile_words_with_a_file_or_a_sentence(clerk: Browser, sqlite_engine: Engine) -> None:
    before, addresses = counts(sqlite_engine), list(asked(sqlite_engine))
    wrong = {address[:90]: problem for address in addresses if (problem := wrong_with(clerk.get(address)))}
    assert wrong == {}
    assert counts(sqlite_engine) == before
    assert len(addresses) >= 200


def test_no_name_in_a_path_is_more_than_a_name(clerk: Browser) -> None:
    paths = ("/download/{}", "/calendar/{}.ics", "/fonts/{}", "/{}", "/static/{}", "/openid/return?state={}&code={}")
    wrong = {}
    for path in paths:
        for text in ODD:
            address = path.format(*[coded(text)] * path.count("{}"))
            if problem := wrong_with(clerk.get(address)):
                wrong[address[:90]] = problem
    assert wrong == {}


def test_a_hostile_form_of_signing_in_is_answered_with_the_page(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=64)
    nobodys = quick.hash("nobody's password")
    monkeypatch.setattr(sign_ins, "HASHER", quick)
    monkeypatch.setattr(sign_ins, "_dummy", lambda: nobodys)
    monkeypatch.setattr(Limit, "wait", lambda *_: None)
    wrong = {}
    for text in ODD:
        for name in ("username", "password", "next", "demonstration", "form_token", "code", "recovery"):
            token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/sign-in").body)
            assert token
            said = {"form_token": token[1], "username": "dana", "password": "wrong words", "next": "/"} | {name: text}
            body = "&".join(f"{one}={coded(value)}" for one, value in said.items()).encode()
            answer = browser.ask("POST", "/sign-in", body, {"content-type": "application/x-www-form-urlencoded"})
            if answer.status not in (303, 400, 401) or wrong_with(answer):
                wrong[f"{name}={text[:40]!r}"] = answer.status
    assert wrong == {}
    assert "sid" not in browser.cookies


@pytest.mark.parametrize(
    "header", ["cookie", "origin", "referer", "accept", "x-forwarded-for", "sec-fetch-site", "range"]
)
def test_hostile_headers_change_nothing(browser: Browser, header: str) -> None:
    for text in (one.encode("ascii", "ignore").decode().replace("\r\n", " ").replace("\0", "") for one in TEXTS):
        for value in (text, f"sid={text}", f'sid={"=" * 4000}; form="', "bytes=0-18446744073709551615,-1"):
            answer = browser.ask("GET", "/docket", headers={header: value})
            assert (answer.status in (303, 403), wrong_with(answer)) == (True, None)


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 9_000, b"&" * 9_999, b"=" * 9_999, b"a=1" * 5_000, b"%", b"\xff\xfe=\xff", b"{" * 9_000]
)
def test_a_body_that_is_no_form_is_answered_with_the_page(browser: Browser, body: bytes) -> None:
    browser.get("/sign-in")
    for path in ("/sign-in", "/sign-out"):
        answer = browser.ask("POST", path, body)
        assert (answer.status in (303, 400), wrong_with(answer)) == (True, None)


def test_a_form_sent_again_does_nothing_twice(browser: Browser, sqlite_engine: Engine) -> None:
    browser.sign_in("dana", PASSWORD)
    held = dict(browser.cookies)
    fields = {"form_token": held["form"]}
    assert browser.post("/sign-out", fields).status == 303
    browser.cookies |= held
    assert browser.post("/sign-out", fields).status == 303
    with Session(sqlite_engine) as session:
        assert session.exec(select(AuditEvent.action)).all().count("sign_out") == 1
    assert browser.get("/docket").headers["location"].startswith("/sign-in")
