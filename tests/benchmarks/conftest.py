"""What benchmarks may ask for: the large court, made once; OFFRAMP_BENCHMARK_FOLDER names a folder that keeps it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.large_court import CASES, LargeCourt, large_court


@pytest.fixture(scope="session")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LargeCourt]:
    """A court of 100,000 cases, or of as many as OFFRAMP_BENCHMARK_CASES says; its day is the tests' TODAY."""
    kept = os.environ.get("OFFRAMP_BENCHMARK_FOLDER")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("courts")
    folder.mkdir(parents=True, exist_ok=True)
    made = large_court(folder, cases=int(os.environ.get("OFFRAMP_BENCHMARK_CASES", CASES)))
    yield made
    made.engine.dispose()
