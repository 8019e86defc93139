"""The whole demonstration court, told once for all promises about what can be met in it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from models import database
from seed_data.telling import tell
from tests.databases import SqliteFiles

FRIDAY = date(2026, 12, 4)


@dataclass(frozen=True)
class Whole:
    """The court as of FRIDAY, and how many seconds it took to tell."""

    engine: Engine
    today: date
    seconds: float


@pytest.fixture(scope="session")
def whole(sqlite_files: SqliteFiles) -> Iterator[Whole]:
    with sqlite_files.fresh() as url:
        engine = database.engine(url)
        began = time.process_time()
        tell(engine, FRIDAY)
        yield Whole(engine=engine, today=FRIDAY, seconds=time.process_time() - began)
        engine.dispose()
