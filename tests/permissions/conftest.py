"""The world of these tests, told once a module: nothing that is done in it stays."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from models import database
from models.rules.vocabulary import Role
from models.scope import Actor
from tests.databases import SqliteFiles
from tests.permissions.calling import undone
from tests.permissions.world import World, told


@pytest.fixture(scope="module")
def engine(sqlite_files: SqliteFiles) -> Iterator[Engine]:
    with sqlite_files.fresh() as url:
        made = database.engine(url)
        yield made
        made.dispose()


@pytest.fixture(scope="module")
def world(engine: Engine) -> World:
    return told(engine)


@pytest.fixture(scope="module")
def actors(engine: Engine, world: World) -> dict[Role, Actor]:
    with undone(engine) as session:
        return {role: world.actor(session, role) for role in Role}
