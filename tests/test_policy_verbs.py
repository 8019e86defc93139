"""Promises of the policy's verbs at the terminal: a version becomes a file, and a file the draft."""

import io
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models.__main__ import main
from models.database import reading, transaction
from models.policies import policy_in_force
from models.rules.vocabulary import Role
from models.tables import AuditEvent, Court, PolicyVersion
from tests.builders import TODAY, a_court, a_policy_text, a_policy_version, a_user

ONE = policy_in_force("demonstration", TODAY).version


@pytest.fixture(autouse=True)
def court(sqlite_url: str, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A court with an administrator and a clerk."""
    monkeypatch.setenv("OFFRAMP_DATABASE_URL", sqlite_url)
    monkeypatch.delenv("OFFRAMP_TODAY", raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with transaction(sqlite_engine) as session:
        court = a_court(session)
        a_user(session, court, Role.ADMINISTRATOR, username="sam")
        a_user(session, court, Role.CLERK, username="dana")


def test_the_version_in_force_is_saved_as_the_document_it_is_and_never_over_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "policy.toml"
    assert main(["export-policy", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == a_policy_text(ONE, policy_in_force("demonstration", TODAY).in_force_from)
    assert main(["export-policy", str(file)]) == 1
    assert "is there already" in capsys.readouterr().err


def test_an_older_version_is_saved_by_its_name(tmp_path: Path, sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        court = session.exec(select(Court)).one()
        a_policy_version(session, court, "harbor-1", TODAY.replace(year=2020))
        a_policy_version(session, court, "harbor-2", TODAY.replace(year=2024))
    assert main(["export-policy", str(tmp_path / "old.toml"), "--version", "harbor-1"]) == 0
    assert 'version = "harbor-1"' in (tmp_path / "old.toml").read_text(encoding="utf-8")
    assert main(["export-policy", str(tmp_path / "none.toml"), "--version", "harbor-9"]) == 1
    assert not (tmp_path / "none.toml").exists()


def test_a_file_becomes_the_draft_of_whoever_imports_it(tmp_path: Path, sqlite_engine: Engine) -> None:
    file = tmp_path / "harbor.toml"
    file.write_text(a_policy_text("harbor-2", TODAY), encoding="utf-8")
    assert main(["import-policy", str(file), "--user", "sam"]) == 0
    assert main(["import-policy", str(file), "--user", "sam"]) == 1
    assert main(["import-policy", str(file), "--user", "sam", "--replace"]) == 0
    with reading(sqlite_engine) as session:
        draft = session.exec(select(PolicyVersion)).one()
        assert (draft.name, draft.text, draft.in_force_from) == ("harbor-2", file.read_text(encoding="utf-8"), None)
        actions = session.exec(select(AuditEvent.action)).all()
    assert actions == ["import_policy_draft", "discard_policy_draft", "import_policy_draft"]


def test_a_mistake_in_the_file_is_named_by_its_line_and_a_clerk_imports_nothing(
    tmp_path: Path, sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "harbor.toml"
    text = a_policy_text("harbor-2", TODAY, ("acd_warning_days = 14", "acd_warning_days = -1"))
    file.write_text(text, encoding="utf-8")
    line = text.split("\n").index("acd_warning_days = -1") + 1
    assert main(["import-policy", str(file), "--user", "sam"]) == 1
    assert f"harbor.toml, line {line}: follow_up.acd_warning_days should be" in capsys.readouterr().err
    file.write_text(a_policy_text("harbor-2", TODAY), encoding="utf-8")
    assert main(["import-policy", str(file), "--user", "dana"]) == 1
    assert main(["import-policy", str(tmp_path / "none.toml"), "--user", "sam"]) == 1
    assert "There is no file" in capsys.readouterr().err
    with reading(sqlite_engine) as session:
        assert session.exec(select(PolicyVersion)).all() == []
