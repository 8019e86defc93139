"""Put a backup back: filled into an empty place, proved there from the first row to the last event, then put in place.

What was ended, sealed or destroyed since the backup was made does not come back with it: `_before_it_is_used` sees to
that, by the ledger that is kept outside the database.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from pyrage.x25519 import Identity
from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select, update

from models import audit, database, migrations, scope
from models.backups import sqlite_files
from models.backups.contents import Manifest, fill, hold_together, manifest_of, prove
from models.backups.files import DAMAGED, PAGES, first_bytes, reading
from models.backups.places import Begun, Place, nowhere, place
from models.commands.expunging import clean_files, do_again
from models.errors import DatabaseTooNew, Invalid
from models.ledger import Ledger, What
from models.settings import Settings
from models.tables import Court, FeedToken, UserSession

Key = Callable[[], Identity]
"""Asks for the private half of the recovery key; called only where a backup is encrypted."""

Opened = Callable[[Begun | None], AbstractContextManager[Place]]


@dataclass(frozen=True, slots=True)
class Did:
    """What was done before the restored database may be used: sign-ins ended, cases sealed and destroyed once more."""

    sign_ins_ended: int
    sealed_again: int
    expunged_again: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: all of it proved, now at version `migration`; `kept` is where the database before it stands."""

    manifest: Manifest
    migration: str
    kept: str | None
    did: Did


def restore(settings: Settings, file: Path, key: Key, *, replace: bool, now: datetime) -> Restored:
    """Put a backup in the database's place at an instant (UTC); one that stands there is kept aside.

    Raises NotFound, Invalid or DatabaseTooNew for a file that cannot be it, Conflict where a database stands and
    `replace` is not given or where it is in use, SettingsError for a ledger that cannot be read. Nothing has changed
    then.
    """
    done = _restored(settings, file, key, lambda begun: place(settings, replace=replace, now=now, begun=begun), now)
    if done.did.expunged_again:
        bind = database.engine(settings.database_url)
        clean_files(bind)
        bind.dispose()
    return done


def drill(settings: Settings, file: Path, key: Key, *, now: datetime) -> Restored:
    """Do all that a restore does, in a database of which nothing is left afterwards. The court's own is not touched."""
    home = settings.sqlite_file or settings.keys_folder
    return _restored(settings, file, key, partial(nowhere, home.parent), now)


def _restored(settings: Settings, file: Path, key: Key, opened: Opened, now: datetime) -> Restored:
    ledger = Ledger(settings.ledger_file)
    ledger.entries()  # whether it can be read is known before anything is begun
    if first_bytes(file) == PAGES:
        return _page_copy(file, opened, ledger, now)
    with reading(file, key) as backup, opened(None) as made:
        fill(made.connection, backup.manifest, backup.lines)
        migrations.within(made.connection)
        did = _finish(made.connection, backup.manifest, ledger, now)
    return Restored(backup.manifest, str(migrations.newest()), made.kept, did)


def _page_copy(file: Path, opened: Opened, ledger: Ledger, now: datetime) -> Restored:
    """Restore a backup of the first releases: SQLite's own file, copied."""
    if not sqlite_files.is_whole(file):
        raise Invalid(DAMAGED.format(file=file))
    with opened(partial(sqlite_files.copy, file)) as made:
        if migrations.at(made.connection) not in migrations.known():
            raise DatabaseTooNew
        migrations.within(made.connection)
        manifest = manifest_of(made.connection, now=now)
        did = _finish(made.connection, manifest, ledger, now)
    return Restored(manifest, str(migrations.newest()), made.kept, did)


def _finish(connection: Connection, manifest: Manifest, ledger: Ledger, now: datetime) -> Did:
    prove(connection, manifest.courts)
    with Session(connection) as session:
        did = _before_it_is_used(session, manifest, ledger, now)
        session.commit()  # of what it holds; the transaction is the place's
    hold_together(connection)
    return did


def _before_it_is_used(session: Session, manifest: Manifest, ledger: Ledger, now: datetime) -> Did:
    """End what must not live on, seal and destroy again what was since, and record the restore in each court's audit."""
    live = update(UserSession).where(col(UserSession.ended_at).is_(None)).values(ended_at=now, ended_reason="restored")
    ended: int = session.connection().execute(live).rowcount
    session.connection().execute(update(FeedToken).where(col(FeedToken.revoked_at).is_(None)).values(revoked_at=now))
    for court in session.exec(select(Court).order_by(col(Court.id))):
        detail = {"backup_made_at": manifest.made_at, "backup_version": manifest.migration, "sign_ins_ended": ended}
        audit.record(session, scope.keeper(session, court), "restore", "court", court.id, now=now, detail=detail)
    again = do_again(session, ledger, now=now)
    return Did(ended, again[What.SEALED], again[What.EXPUNGED])
