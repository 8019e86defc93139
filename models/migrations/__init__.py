"""The database's versions: one chain, up and down, the same on SQLite and PostgreSQL.

A migration that has been released is never edited; data of an earlier release moves forward by a new one.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from models.errors import DatabaseTooNew

HERE = Path(__file__).parent


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str | None:
    """Return the version this release brings."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(bind: Engine) -> str | None:
    """Return the version the database is at; None when it is empty."""
    with bind.connect() as connection:
        return at(connection)


def at(connection: Connection) -> str | None:
    """Return the version a connection's database is at; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def known() -> frozenset[str]:
    """Return every version this release can bring forward."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def upgrade(bind: Engine, to: str = "head") -> None:
    """Bring the database to `to`, in one transaction; DatabaseTooNew when it was made by a newer release."""
    present = current(bind)
    if present is not None and present not in known():
        raise DatabaseTooNew
    with schema_change(bind) as connection:
        within(connection, to)


def within(connection: Connection, to: str = "head") -> None:
    """Bring the database to a later version inside of a transaction of the caller's, made by `schema_change`."""
    command.upgrade(_config(connection), to)


def undone(connection: Connection) -> None:
    """Take away every table inside of a transaction of the caller's, made by `schema_change`."""
    command.downgrade(_config(connection), "base")


def downgrade(bind: Engine, to: str = "base") -> None:
    """Take the database back to `to`, in one transaction."""
    with schema_change(bind) as connection:
        command.downgrade(_config(connection), to)


def revise(bind: Engine, message: str) -> None:
    """Write a new migration from the difference between the database and the tables."""
    with bind.connect() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


def differences(bind: Engine) -> list[object]:
    """Return what Alembic finds different between the database and the tables."""
    from alembic.autogenerate import compare_metadata
    from sqlmodel import SQLModel

    import models.tables  # noqa: F401 - fills the metadata that is compared

    with bind.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))


class schema_change:  # noqa: N801 - used as a with-statement's verb
    """A transaction for migrations; SQLite rebuilds tables, so its foreign keys rest meanwhile."""

    def __init__(self, bind: Engine) -> None:
        self._connection = bind.connect()

    def __enter__(self) -> Connection:
        if self._connection.dialect.name == "sqlite":
            # outside of a transaction, or SQLite ignores it; straight to the driver so that none begins
            self._connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        self._transaction = self._connection.begin()
        return self._connection

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is None:
            self._transaction.commit()
        else:
            self._transaction.rollback()
        if self._connection.dialect.name == "sqlite":
            self._connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
        self._connection.close()
