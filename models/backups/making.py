"""Make a backup while the court works: one moment of the database, encrypted, with the day on which it ages out.

In a folder that holds backups only by their own names, those that have aged out are removed when a new one is there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pyrage.x25519 import Recipient
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import audit, database, scope
from models.backups.contents import Manifest, lines_of, manifest_of
from models.backups.files import write
from models.tables import Court

_NAME = re.compile(r"offramp-\d{8}-\d{6}-until-(\d{4}-\d{2}-\d{2})\.(?:age|json\.gz)")


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: its file with its SHA-256, what it holds, and the aged-out ones that were removed."""

    file: Path
    sha256: str
    manifest: Manifest
    removed: Sequence[Path]


def back_up(bind: Engine, to: Path, recipients: Sequence[Recipient], *, now: datetime) -> Made:
    """Write a backup at an instant (UTC): to a new file, or under a name of its own into a folder that exists.

    Not encrypted when there are no recipients. Conflict where the file exists. It is recorded in each court's audit.
    """
    with database.reading(bind) as session:
        until = ages_out_on(session, now)
    file = to / _name(now, until, encrypted=bool(recipients)) if to.is_dir() else to
    with database.at_one_moment(bind) as connection:
        manifest = manifest_of(connection, now=now, ages_out_on=until)
        sha256 = write(file, manifest, lines_of(connection, manifest.tables), recipients)
    with database.transaction(bind) as session:
        _record(session, sha256, manifest, encrypted=bool(recipients), now=now)
    return Made(file, sha256, manifest, remove_aged_out(to, now) if to.is_dir() else ())


def ages_out_on(session: Session, now: datetime) -> date:
    """Return the day (UTC) after which a backup made now is not kept: the court's that keeps them the shortest time."""
    return now.astimezone(UTC).date() + timedelta(days=kept_days(session, now))


def kept_days(session: Session, now: datetime) -> int:
    """Return for how many days the courts' policies let a copy of everything be kept."""
    keepers = [scope.keeper(session, court) for court in session.exec(select(Court))]
    return min((one.policy_on(one.today(now)).retention.backups_days for one in keepers), default=0)


def aged_copies(database_file: Path | None, days: int, now: datetime) -> Sequence[Path]:
    """Return the copies that migrations and restores set aside beside a SQLite database and that are older than that."""
    if database_file is None:
        return ()
    oldest = (now - timedelta(days=days)).timestamp()
    found = sorted(database_file.parent.glob(f"{database_file.name}.before-*"))
    return [copy for copy in found if copy.stat().st_mtime < oldest]


def _name(now: datetime, until: date, *, encrypted: bool) -> str:
    return f"offramp-{now.astimezone(UTC):%Y%m%d-%H%M%S}-until-{until}.{'age' if encrypted else 'json.gz'}"


def remove_aged_out(folder: Path, now: datetime) -> Sequence[Path]:
    """Remove the backups of a folder whose day, which stands in their name, has passed; return them."""
    today = now.astimezone(UTC).date()
    found = {file: _NAME.fullmatch(file.name) for file in sorted(folder.iterdir())}
    old = [file for file, named in found.items() if named and date.fromisoformat(named[1]) < today]
    for file in old:
        file.unlink()
    return old


def _record(session: Session, sha256: str, manifest: Manifest, *, encrypted: bool, now: datetime) -> None:
    """Write into the audit of each court that everything of it was copied, up to which event, into which file."""
    ends = {held.id: held.audit_seq for held in manifest.courts}
    for court in session.exec(select(Court).order_by(col(Court.id))):
        detail = {
            "file_sha256": sha256,
            "encrypted": encrypted,
            "through": ends.get(court.id.hex, 0),
            "ages_out_on": manifest.ages_out_on,
        }
        audit.record(session, scope.keeper(session, court), "backup", "court", court.id, now=now, detail=detail)
