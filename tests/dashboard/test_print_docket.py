"""Promises of printing a court day's lists from a terminal."""

from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy.engine import Engine

from dashboard import store
from dashboard.print_docket import print_docket
from models.database import transaction
from models.rules.vocabulary import Role
from models.tables import CourtSession
from tests.builders import TODAY, a_court, a_part, a_user


@pytest.fixture(autouse=True)
def a_session_today(sqlite_engine: Engine, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFRAMP_DATABASE_URL", sqlite_url)
    monkeypatch.delenv("OFFRAMP_TODAY", raising=False)
    monkeypatch.setattr(store, "_engine", None)
    with transaction(sqlite_engine) as session:
        court = a_court(session)
        a_user(session, court, Role.CLERK, username="clerk")
        a_user(session, court, Role.ADMINISTRATOR, username="administrator")
        part = a_part(session, court)
        session.add(
            CourtSession(
                court_id=court.id,
                part_id=part.id,
                judge_id=part.judge_id,
                held_on=TODAY,
                starts_at=part.starts_at,
                capacity_cases=part.capacity_cases,
                capacity_minutes=part.capacity_minutes,
                purposes=["review"],
            )
        )


def test_each_session_of_the_day_becomes_a_file_that_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--user", "clerk", "--date", TODAY.isoformat(), "--out", str(tmp_path)]
    assert print_docket(asked) == 0
    made = tmp_path / "list-2026-12-04-1-public.pdf"
    assert made.read_bytes().startswith(b"%PDF")
    assert S_IMODE(made.stat().st_mode) == 0o600
    assert print_docket(asked) == 1
    assert "exists already" in capsys.readouterr().err


def test_somebody_who_may_not_print_gets_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--user", "administrator", "--date", TODAY.isoformat(), "--list", "bench", "--out", str(tmp_path)]
    assert print_docket(asked) == 1
    assert capsys.readouterr().err.startswith("Your role does not include this.")
    assert list(tmp_path.iterdir()) == []


def test_a_day_on_which_nothing_sits_is_answered_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert print_docket(["--user", "clerk", "--date", "2026-12-05", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("Nothing sits on 2026-12-05.")
