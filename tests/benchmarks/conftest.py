"""What benchmarks may ask for: the large court, made once and kept where OFFRAMP_BENCHMARK_FOLDER says, and a stopwatch."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import clock
from tests.benchmarks.large_court import CASES, LargeCourt, large_court
from tests.builders import NEW_YORK, TODAY


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where large courts are written; a folder of one's own keeps them for the next run."""
    kept = os.environ.get("OFFRAMP_BENCHMARK_FOLDER")
    made = Path(kept) if kept else tmp_path_factory.mktemp("courts")
    made.mkdir(parents=True, exist_ok=True)
    return made


@pytest.fixture(scope="session")
def size() -> int:
    """How many cases: 100,000, or fewer where OFFRAMP_BENCHMARK_CASES says so."""
    return int(os.environ.get("OFFRAMP_BENCHMARK_CASES", CASES))


@pytest.fixture(scope="session")
def court(folder: Path, size: int) -> Iterator[LargeCourt]:
    """The large court whose day is the tests' TODAY."""
    made = large_court(folder, cases=size, today=TODAY)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def court_of_today(folder: Path, size: int) -> Iterator[LargeCourt]:
    """The large court on the machine's day, for a server that reads the real clock."""
    made = large_court(folder, cases=size, today=clock.court_day(clock.now(), NEW_YORK))
    yield made
    made.engine.dispose()
