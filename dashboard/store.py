"""The dashboard's one engine, and the two ways to open it: reading (never waits) and writing (all or nothing).

The start sets the engine with `use`; without it the first reader makes one from the settings. Tests call `use` too.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy.engine import Engine
from sqlmodel import Session

from dashboard import written_down
from models import clock, database
from models.audit import looks
from models.errors import NotRecorded, Refused
from models.keys import KeyName, key
from models.ledger import Ledger
from models.settings import Settings

_lock = Lock()
_engine: Engine | None = None


def use(engine: Engine) -> None:
    """Take this engine for the whole process."""
    global _engine  # noqa: PLW0603 - a process has one store; screens run in threads of their own
    _engine = engine


def engine() -> Engine:
    """Return the process's engine, made from the settings when nobody has set one."""
    with _lock:
        if _engine is None:
            use(database.engine(Settings.from_env(os.environ).database_url))
        assert _engine is not None  # noqa: S101 - `use` has just set it
        return _engine


def own_key(name: KeyName) -> bytes:
    """Return one of the installation's own keys; SettingsError where others can read it."""
    return key(Settings.from_env(os.environ).keys_folder, name)


@contextmanager
def reading() -> Iterator[Session]:
    """Yield a session for queries; it never waits for a writer and keeps nothing.

    What they show is written down when it ends, before anything of it can be drawn: draw after the `with`, not in it.
    """
    noted = looks.Noted()
    try:
        with database.reading(engine()) as session, looks.noting(session) as noted:
            yield session
    except Refused as refusal:
        written_down.refusals(engine(), [*noted.refused, refusal])
        raise
    written_down.looked(engine(), noted)


@contextmanager
def writing() -> Iterator[Session]:
    """Yield a session for one act: committed at the end of the `with`, rolled back when anything is raised.

    What its queries show is written down in the same transaction, what was refused in one of its own.
    """
    try:
        with database.transaction(engine()) as session, looks.noting(session) as noted:
            yield session
            looks.record(session, noted.shown, now=clock.now())
    except Refused as refusal:
        written_down.refusals(engine(), [refusal])
        raise


def told(refusal: Refused) -> Refused:
    """Return what to tell somebody of a refusal: itself once it is written down, or that this could not be done.

    For refusals that came without `reading` or `writing` around them; each is written down once.
    """
    try:
        written_down.refusals(engine(), [refusal])
    except NotRecorded as problem:
        return problem
    return refusal


def ledger() -> Ledger:
    """Return the ledger of sealed and expunged records that a backup is held to when it is put back."""
    return Ledger(Settings.from_env(os.environ).ledger_file)
