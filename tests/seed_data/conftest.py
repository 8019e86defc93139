"""The whole demonstration court, told once for all promises about what can be met in it."""

import time
import timeit
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
    """The court as of FRIDAY, and how many seconds it took to tell, on a machine as quick as it usually is."""

    engine: Engine
    today: date
    seconds: float


@pytest.fixture(scope="session")
def whole(sqlite_files: SqliteFiles) -> Iterator[Whole]:
    with sqlite_files.fresh() as url:
        engine = database.engine(url)
        before, began = _slowness(), time.process_time()
        tell(engine, FRIDAY)
        spent = time.process_time() - began
        yield Whole(engine=engine, today=FRIDAY, seconds=spent / max(1.0, (before + _slowness()) / 2))
        engine.dispose()


def _slowness() -> float:
    """Return how many times slower than usual the machine is now, with everything else that runs on it."""
    return timeit.timeit("sum(range(100))", number=200_000) / 0.22
