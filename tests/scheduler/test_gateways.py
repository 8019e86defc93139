"""Gateways: what the settings name is what sends, a refusal is one, and no secret or address is told to anybody."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from models.commands.sending import Outgoing
from models.errors import SettingsError
from models.rules.vocabulary import ChannelKind
from models.settings import Settings
from models.tables.base import new_id
from scheduler import gateways
from scheduler.gateways import AppriseGateway, FileGateway, NotSent, gateways_of
from tests.builders import NOW

#: Apprise loads all its services at once, and some still load what newer versions of Python leave out.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ADDRESS = "+1 555/010?2203"
MAIL = "mailtos://court:secret@mail.example?to={to}"


def message(kind: ChannelKind = ChannelKind.TEXT) -> Outgoing:
    return Outgoing(
        reminder_id=new_id(), kind=kind, address=ADDRESS, subject="Reminder", text="you have an appointment"
    )


@pytest.fixture
def service() -> Iterator[Any]:
    """A service of Apprise's JSON kind on this machine; `asked` holds what it was sent, `answer` what it says."""

    class Service(BaseHTTPRequestHandler):
        asked: list[tuple[str, Any]] = []  # noqa: RUF012 - one service a test
        answer = 200

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            type(self).asked.append((self.path, json.loads(body)))
            self.send_response(type(self).answer)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Service.template = f"json://127.0.0.1:{server.server_port}/{{to}}"  # type: ignore[attr-defined]
    yield Service
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_message_is_handed_over_once_with_the_recipient_where_it_belongs(service: Any) -> None:
    AppriseGateway(service.template).send(message(ChannelKind.EMAIL), now=NOW)
    ((path, told),) = service.asked
    assert "555" in path
    assert "?" not in path  # an address cannot change the rest of the gateway's own
    assert (told["title"], told["message"]) == ("Reminder", "you have an appointment")


def test_a_service_that_refuses_or_is_not_there_is_not_sent_and_tells_nobody_why(
    service: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    service.answer = 500
    for template in (service.template, "json://127.0.0.1:9/{to}", "nothing://{to}"):
        with pytest.raises(NotSent) as refused:
            AppriseGateway(template).send(message(), now=NOW)
        assert str(refused.value) == ""
    assert "555" not in caplog.text
    assert len(service.asked) == 1  # not tried a second time


def test_a_file_that_cannot_be_written_is_not_sent(tmp_path: Path) -> None:
    with pytest.raises(NotSent):
        FileGateway(tmp_path).send(message(), now=NOW)


def test_a_demonstration_only_ever_writes_to_the_file() -> None:
    chosen = gateways_of(Settings(mail_gateway=MAIL, text_gateway=MAIL), demonstration=True)
    assert {type(one) for one in chosen.values()} == {FileGateway}


def test_a_court_sends_by_what_is_set_and_by_nothing_else(tmp_path: Path) -> None:
    assert gateways_of(Settings(), demonstration=False) == {}
    settings = Settings(mail_gateway=MAIL, text_gateway="file", reminders_file=tmp_path / "x")
    chosen = gateways_of(settings, demonstration=False)
    assert {kind: type(one) for kind, one in chosen.items()} == {
        ChannelKind.TEXT: FileGateway,
        ChannelKind.EMAIL: AppriseGateway,
    }
    assert "secret" not in repr(settings) + repr(chosen)


@pytest.mark.parametrize("told", ["mailto://court:secret@mail.example", "by mail", "secret {to}"])
def test_a_gateway_that_cannot_be_right_is_refused_without_repeating_it(told: str) -> None:
    with pytest.raises(SettingsError, match="OFFRAMP_MAIL_GATEWAY must be an address of Apprise") as refused:
        Settings.from_env({"OFFRAMP_MAIL_GATEWAY": told})
    assert "secret" not in str(refused.value)


def test_a_service_that_apprise_does_not_know_is_refused_at_the_start() -> None:
    gateways.check(Settings(mail_gateway=MAIL, text_gateway="file"))
    with pytest.raises(SettingsError, match="OFFRAMP_TEXT_GATEWAY is not an address that Apprise knows") as refused:
        gateways.check(Settings(text_gateway="secretservice://secret/{to}"))
    assert "secret" not in str(refused.value)
