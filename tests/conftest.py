"""What every test may ask for: a database of its own, and the browser. The story tellers are in tests/builders.py.

`database_url` and `engine` run a test on SQLite and on PostgreSQL; `sqlite_engine` is for promises that do not depend
on which. Every database is fresh, migrated, and gone afterwards.
"""

import shutil
from collections.abc import Iterator
from functools import cache

import pytest
from sqlalchemy.engine import Engine
from streamlit.components.v2 import manifest_scanner

from models import database
from scheduler import gateways
from tests.databases import PostgresqlDatabases, SqliteFiles, postgresql
from tests.reminder_stories import Sent


@pytest.fixture(scope="session", autouse=True)
def installed_once() -> None:
    """Look through the installed packages for parts of screens once: Streamlit does it for each screen that is opened."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session", autouse=True)
def own_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys and checkpoints of the tests' own: nothing is written beside the product."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("installation")
        patch.setenv("OFFRAMP_KEYS", str(folder / "keys"))
        patch.setenv("OFFRAMP_CHECKPOINTS", str(folder / "audit-checkpoints"))
        yield


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresqlDatabases]:
    with postgresql() as databases:
        yield databases


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> SqliteFiles | PostgresqlDatabases:
    """The kinds of database the product keeps its data in, one after the other."""
    name = "sqlite_files" if request.param == "sqlite" else "postgresql_databases"
    made: SqliteFiles | PostgresqlDatabases = request.getfixturevalue(name)
    return made


@pytest.fixture
def database_url(databases: SqliteFiles | PostgresqlDatabases) -> Iterator[str]:
    """A migrated database without rows."""
    with databases.fresh() as url:
        yield url


@pytest.fixture
def empty_database_url(databases: SqliteFiles | PostgresqlDatabases) -> Iterator[str]:
    """A database without tables, for the migrations' own promises."""
    with databases.fresh(empty=True) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh database, once on SQLite and once on PostgreSQL."""
    made = database.engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    with sqlite_files.fresh() as url:
        yield url


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine on a fresh SQLite database, where one kind of database is enough."""
    made = database.engine(sqlite_url)
    yield made
    made.dispose()


@pytest.fixture
def sent() -> Iterator[Sent]:
    """A gateway for this test alone: what leaves the court is kept in memory."""
    yield Sent().use()
    gateways._used = None


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the machine's Chromium. A missing browser is a failure with its remedy, never a skip."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.fail("Chromium is missing. Remedy: apt-get install chromium (or put a chromium on PATH)", pytrace=False)
