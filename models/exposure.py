"""What would lay a court's records open, refused at the start in words that say what to do.

A demonstration court has nothing to hide: whoever starts asks only for a court of its own. Nothing here loads the database's libraries before the
passwords are looked at: the parent process asks first.
"""

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from models import demonstration
from models.errors import SettingsError
from models.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

_OTHERS, _ENTER = 0o077, 0o011
#: What the installers and guides of PostgreSQL put where a password belongs.
_PUBLISHED = frozenset({"postgres", "password", "offramp", "secret", "changeme", "change-me", "admin"})


def refuse_open_doors(settings: Settings) -> None:
    """Raise SettingsError where the settings of a court's own installation lay its records open to others."""
    for found in (*_network(settings), *_database(settings), *_files(settings)):
        raise SettingsError(found)


def refuse_published_passwords(bind: "Engine") -> None:
    """Raise SettingsError where an account of the court has the password that the demonstration publishes."""
    from sqlmodel import col, select

    from models.commands.sign_ins import compare
    from models.database import reading
    from models.tables import User

    with reading(bind) as session:
        names = session.exec(select(User.username).where(col(User.username).in_(demonstration.NAMES)))
        found = [name for name in names.all() if compare(session, name, demonstration.PASSWORD).fits]
    if found:
        raise SettingsError(
            f"The password of {' and '.join(found)} is published with the demonstration. Give each a new one "
            "(./run set-password NAME), then start again."
        )


def _network(settings: Settings) -> Iterator[str]:
    if not settings.behind_tls and not ip_address(settings.address).is_loopback:
        yield (
            f"Offramp would listen on {settings.address} without TLS, and passwords and names would cross the network "
            "readable. Put a proxy with TLS in front and set OFFRAMP_BEHIND_TLS=1, or leave OFFRAMP_ADDRESS at 127.0.0.1."
        )


def _database(settings: Settings) -> Iterator[str]:
    if settings.sqlite_file is None and urlsplit(settings.database_url).password in _PUBLISHED:
        yield (
            "The database's password is one that everybody knows. Give its account another one, and name it in "
            "OFFRAMP_DATABASE_URL."
        )


def _files(settings: Settings) -> Iterator[str]:
    """Yield the first file of the court's that others on this machine can read: database, copies beside it, keys."""
    file, keys = settings.sqlite_file, settings.keys_folder
    beside = sorted(file.parent.glob(f"{file.name}*")) if file else []
    held = sorted(keys.iterdir()) if keys.is_dir() else []
    for path in (*beside, *held):
        if path.is_file() and _lies_open(path):
            yield (
                f"{path} can be read by others on this machine. Make it its owner's alone "
                f"(chmod 600 {path}), then start again."
            )


def _lies_open(path: Path) -> bool:
    """Tell whether others may read or change the file; not where they cannot enter its folder."""
    return bool(path.stat().st_mode & _OTHERS) and bool(path.parent.stat().st_mode & _ENTER)
