"""What an installation may set: read once from the environment by each process, then passed on.

Every name starts with OFFRAMP_, but for FORWARDED_ALLOW_IPS, which the web server knows by that name. Nothing else in
the product reads the environment. It must not open a file or a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from models.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent
"""The folder the product stands in; `var/` beside the packages holds what it writes."""

DEFAULT_DATABASE = f"sqlite:///{PROJECT / 'var' / 'offramp.db'}"
DEFAULT_PORT = 8501
DEFAULT_ADDRESS = "127.0.0.1"
DEFAULT_REMINDERS = PROJECT / "var" / "reminders.txt"
DEFAULT_KEYS = PROJECT / "var" / "keys"
DEFAULT_LEDGER = PROJECT / "var" / "sealed.ledger"
DEFAULT_CHECKPOINTS = PROJECT / "var" / "audit-checkpoints"

FILE, TO = "file", "{to}"
"""How a gateway is given: the word for the file, or an address with the place of the recipient in it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings. `today` is a civil date on which a demonstration court's clock starts."""

    database_url: str = DEFAULT_DATABASE
    port: int = DEFAULT_PORT
    address: str = DEFAULT_ADDRESS
    today: date | None = None
    behind_tls: bool = False
    allowed_hosts: tuple[str, ...] = ()
    forwarded_allow_ips: tuple[str, ...] = ()
    text_gateway: str = field(default="", repr=False)  # may hold a password, as the next one
    mail_gateway: str = field(default="", repr=False)
    reminders_file: Path = DEFAULT_REMINDERS
    keys_folder: Path = DEFAULT_KEYS
    ledger_file: Path = DEFAULT_LEDGER
    openid_file: Path | None = None
    checkpoints_file: Path = DEFAULT_CHECKPOINTS
    checkpoints_copy: Path | None = None  # a folder that gets every checkpoint a second time

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Return the settings in `environ`; an absent or empty variable means its default.

        Raises SettingsError naming the variable that cannot be right.
        """
        address = _address(environ.get("OFFRAMP_ADDRESS", ""))
        return cls(
            database_url=_database_url(environ.get("OFFRAMP_DATABASE_URL", "")),
            port=_port(environ.get("OFFRAMP_PORT", "")),
            address=address,
            today=_today(environ.get("OFFRAMP_TODAY", "")),
            behind_tls=_switch("OFFRAMP_BEHIND_TLS", environ.get("OFFRAMP_BEHIND_TLS", "")),
            allowed_hosts=_names(environ.get("OFFRAMP_ALLOWED_HOSTS", "")) or _own_names(address),
            forwarded_allow_ips=_names(environ.get("FORWARDED_ALLOW_IPS", "")),
            text_gateway=_gateway("OFFRAMP_TEXT_GATEWAY", environ.get("OFFRAMP_TEXT_GATEWAY", "")),
            mail_gateway=_gateway("OFFRAMP_MAIL_GATEWAY", environ.get("OFFRAMP_MAIL_GATEWAY", "")),
            reminders_file=PROJECT / (environ.get("OFFRAMP_REMINDERS_FILE", "").strip() or DEFAULT_REMINDERS),
            openid_file=PROJECT / named if (named := environ.get("OFFRAMP_OPENID_FILE", "").strip()) else None,
            keys_folder=PROJECT / (environ.get("OFFRAMP_KEYS", "").strip() or DEFAULT_KEYS),
            ledger_file=PROJECT / (environ.get("OFFRAMP_LEDGER", "").strip() or DEFAULT_LEDGER),
            checkpoints_file=PROJECT / (environ.get("OFFRAMP_CHECKPOINTS", "").strip() or DEFAULT_CHECKPOINTS),
            checkpoints_copy=_folder(environ.get("OFFRAMP_CHECKPOINTS_COPY", "")),
        )

    @property
    def sqlite_file(self) -> Path | None:
        """The SQLite file, or None where the court keeps its data in PostgreSQL."""
        if not self.database_url.startswith("sqlite:///"):
            return None
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def home(self) -> str:
        """The address a person on this machine types."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        if self.address in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
            host = "localhost"
        return f"http://{host}:{self.port}"


def _own_names(address: str) -> tuple[str, ...]:
    """A machine that listens only to itself is called by one of these names; any other name is a foreign page's."""
    return tuple(dict.fromkeys((address, "localhost", "127.0.0.1")))


def _database_url(text: str) -> str:
    """Take the two databases courts use, in the spellings people write; a relative file is beside the project."""
    url = text.strip()
    if not url:
        return DEFAULT_DATABASE
    if url.startswith("sqlite:///") and url != "sqlite:///":
        return f"sqlite:///{PROJECT / url.removeprefix('sqlite:///')}"
    for spelling in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if url.startswith(spelling) and url != spelling:
            return "postgresql+psycopg://" + url.removeprefix(spelling)
    raise SettingsError(
        "OFFRAMP_DATABASE_URL (--database) must start with sqlite:/// or postgresql://, "
        "for example sqlite:////srv/court/offramp.db."
    )


def _port(text: str) -> int:
    if not text.strip():
        return DEFAULT_PORT
    if not text.strip().isdecimal() or not 1 <= int(text) <= 65535:
        raise SettingsError(f"OFFRAMP_PORT (--port) must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _address(text: str) -> str:
    if not text.strip():
        return DEFAULT_ADDRESS
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        raise SettingsError(f"OFFRAMP_ADDRESS must be an IP address such as 127.0.0.1, not {text!r}.") from None


def _today(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise SettingsError(f"OFFRAMP_TODAY (--today) must be a day such as 2026-12-04, not {text!r}.") from None


def _folder(text: str) -> Path | None:
    return PROJECT / text.strip() if text.strip() else None


def _switch(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in ("", "0", "1", "no", "yes", "false", "true"):
        raise SettingsError(f"{name} must be yes or no, not {text!r}.")
    return word in ("1", "yes", "true")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _gateway(name: str, text: str) -> str:
    """Take the word `file` or an address with the recipient's place; a refusal never repeats it, for it may hold a secret."""
    told = text.strip()
    if told and told != FILE and ("://" not in told or TO not in told):
        raise SettingsError(
            f"{name} must be an address of Apprise with {TO} where the recipient stands, for example "
            f"mailtos://user:password@mail.example?to={TO}; or the word {FILE}."
        )
    return told
