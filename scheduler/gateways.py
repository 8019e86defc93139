"""The ways a message leaves the court: a mail or text gateway through Apprise, or a file that holds one line for each.

Which gateway serves which way of contact is a setting of the installation; a demonstration court only ever writes to
the file. Addresses and texts pass through here and are neither kept nor logged.
"""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from models.commands.sending import Outgoing
from models.errors import SettingsError
from models.rules.reminders import BY_MACHINE
from models.rules.vocabulary import ChannelKind
from models.settings import FILE, TO, Settings


class NotSent(Exception):
    """The gateway did not take the message. It says nothing of the message or its address."""


class Gateway(Protocol):
    """Something that can send."""

    def send(self, message: Outgoing, *, now: datetime) -> None:
        """Send one message, once; raises NotSent when the gateway refused it."""


Gateways = Mapping[ChannelKind, Gateway]


@dataclass(frozen=True, slots=True)
class FileGateway:
    """Appends each message to a file that only its owner can read: one line of JSON."""

    file: Path

    def send(self, message: Outgoing, *, now: datetime) -> None:
        """Write one line and see it onto the disk; raises NotSent when that fails."""
        told = {"at": now.isoformat(), "by": message.kind, "to": message.address, "text": message.text}
        line = (json.dumps(told, ensure_ascii=False) + "\n").encode()
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                if os.write(handle, line) != len(line):
                    raise NotSent
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as problem:
            raise NotSent from problem


@dataclass(frozen=True, slots=True)
class AppriseGateway:
    """One of Apprise's services; `template` is its address with `{to}` where the recipient stands, and holds secrets."""

    template: str = field(repr=False)

    def send(self, message: Outgoing, *, now: datetime) -> None:  # noqa: ARG002 - the gateway has a clock of its own
        """Hand one message over; raises NotSent when the service refuses it or the address is none."""
        from apprise import Apprise, NotifyFormat

        _quiet()
        service = Apprise()
        if not service.add(self.template.replace(TO, quote(message.address, safe=""))):
            raise NotSent
        title = message.subject if message.kind is ChannelKind.EMAIL else ""
        if not service.notify(body=message.text, title=title, body_format=NotifyFormat.TEXT):
            raise NotSent


def gateways_of(settings: Settings, *, demonstration: bool) -> Gateways:
    """Return the gateway for each way of contact that the installation can send by; for a demonstration the file alone."""
    if demonstration:
        return dict.fromkeys(BY_MACHINE, FileGateway(settings.reminders_file))
    given = {ChannelKind.TEXT: settings.text_gateway, ChannelKind.EMAIL: settings.mail_gateway}
    return {kind: _gateway(told, settings) for kind, told in given.items() if told}


def check(settings: Settings) -> None:
    """Raise SettingsError, which names no secret, when Apprise does not know the address of a gateway."""
    from apprise import Apprise

    _quiet()
    for name, told in (
        ("OFFRAMP_TEXT_GATEWAY", settings.text_gateway),
        ("OFFRAMP_MAIL_GATEWAY", settings.mail_gateway),
    ):
        somebody = "+15550102203" if name == "OFFRAMP_TEXT_GATEWAY" else "somebody@court.example"
        known = told in ("", FILE) or Apprise.instantiate(told.replace(TO, quote(somebody, safe="")))
        if not known:
            raise SettingsError(
                f"{name} is not an address that Apprise knows. Its documentation lists them by service."
            )


def use(gateways: Gateways) -> None:
    """Take these gateways for the whole process, instead of those of the settings."""
    global _used  # noqa: PLW0603 - a process has one set of gateways
    _used = gateways


def gateways(*, demonstration: bool) -> Gateways:
    """Return the process's gateways, of the settings when nobody has set others."""
    if _used is not None:
        return _used
    return gateways_of(Settings.from_env(os.environ), demonstration=demonstration)


def _quiet() -> None:
    """Keep the libraries that send from logging: they would write down addresses."""
    for library in ("apprise", "urllib3"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)


def _gateway(told: str, settings: Settings) -> Gateway:
    return FileGateway(settings.reminders_file) if told == FILE else AppriseGateway(told)


_used: Gateways | None = None
