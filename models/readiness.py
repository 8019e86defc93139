"""Make a court's database ready: at this version, with a court in it, and the clock where it was asked to start.

A court's own records are never changed without a copy beside them, and a demonstration appears complete or not at all.
"""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlmodel import select

from models import exposure, migrations
from models.backups import sqlite_files
from models.database import engine, reading
from models.errors import DatabaseTooNew, Invalid, Refused
from models.rehearsal import start_clock
from models.settings import PROJECT, Settings
from models.tables import Court, Installation


def opened(settings: Settings) -> Engine:
    """Return an engine on a database of this version, the clock set for `settings.today`: how each part begins.

    Raises DatabaseTooNew, Invalid for an older or missing database, SettingsError for a `today` that may not be.
    """
    made = engine(settings.database_url)
    try:
        present = migrations.current(made)
        if present not in (None, *migrations.known()):
            raise DatabaseTooNew
        if present != migrations.newest():
            raise Invalid("The database is not at this version yet. Run ./run migrate once, then start again.")
        start_clock(made, settings.today)
    except BaseException:
        made.dispose()
        raise
    return made


def guarded(settings: Settings) -> Engine:
    """Return `opened`'s engine for a part that goes on running; SettingsError where a court's records would lie open."""
    made = opened(settings)
    try:
        if not _is_demonstration(made):
            exposure.refuse_open_doors(settings)
            exposure.refuse_published_passwords(made)
    except BaseException:
        made.dispose()
        raise
    return made


def migrate(settings: Settings) -> str:
    """Bring the database to this version and return that version; an older SQLite file is copied aside first."""
    made = engine(settings.database_url)
    try:
        present, newest = migrations.current(made), migrations.newest()
        if present == newest:
            return str(newest)
        if settings.sqlite_file and present in migrations.known():
            sqlite_files.copy(settings.sqlite_file, Path(f"{settings.sqlite_file}.before-{newest}"))
        migrations.upgrade(made)
        return str(newest)
    finally:
        made.dispose()


def ready(settings: Settings) -> bool:
    """Migrate; give an empty database the demonstration court; tell whether the court is a demonstration."""
    migrate(settings)
    made = engine(settings.database_url)
    try:
        if _is_empty(made):
            made.dispose()
            _load_demonstration(settings)
        start_clock(made, settings.today)
        return _is_demonstration(made)
    finally:
        made.dispose()


def _is_demonstration(made: Engine) -> bool:
    with reading(made) as session:
        return bool(session.exec(select(Installation.demonstration)).first())


def _is_empty(made: Engine) -> bool:
    with reading(made) as session:
        return session.exec(select(Court.id).limit(1)).first() is None


def _load_demonstration(settings: Settings) -> None:
    """Load the demonstration court. On SQLite it is made beside the database and moved into place when complete."""
    print("The database is empty: loading the demonstration court ...", flush=True)
    file = settings.sqlite_file
    if file is None:
        _run_seed_data(settings.database_url)
        return
    part = file.with_name(file.name + ".part")
    sqlite_files.remove(part)  # left by a start that was cut short; holds no court's records
    fresh = engine(f"sqlite:///{part}")
    migrations.upgrade(fresh)
    fresh.dispose()
    _run_seed_data(f"sqlite:///{part}")
    sqlite_files.copy(part, file)
    sqlite_files.remove(part)


def _run_seed_data(url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "seed_data"],
        cwd=PROJECT,
        env={**os.environ, "OFFRAMP_DATABASE_URL": url},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it did not say why"])[-1]
        raise Refused(f"The demonstration court could not be loaded: {last}\nNothing else was changed. Start again.")
