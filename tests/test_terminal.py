"""Promises of `python -m models`: what a person at the terminal asks for is done, or refused in a sentence."""

import io
import os
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import select

from models.__main__ import main
from models.database import reading, transaction
from models.rules.vocabulary import Role
from models.tables import AuditEvent, Case, Court, Installation, Judge, Part, User, UserRole
from tests.builders import NOW, a_court, a_part, a_user

PASSWORD = "four words in a row"
HARBOR = ["add-court", "Harbor", "--public-name", "Part 12", "--zone", "America/New_York", "--policy", "demonstration"]
ANN = ["add-user", "ann", "--name", "Ann Example", "--role", "clerk", "--role", "judge"]


@pytest.fixture(autouse=True)
def own_database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFRAMP_DATABASE_URL", sqlite_url)
    monkeypatch.delenv("OFFRAMP_TODAY", raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))


def test_a_court_and_its_first_account_are_added(sqlite_engine: Engine) -> None:
    assert main(HARBOR) == 0
    assert main(ANN) == 0
    with reading(sqlite_engine) as session:
        assert session.exec(select(Court.name, Court.zone)).all() == [("Harbor", "America/New_York")]
        assert session.exec(select(User.username)).all() == ["ann"]
        assert sorted(session.exec(select(UserRole.role))) == ["clerk", "judge"]
        assert session.exec(select(AuditEvent.action).order_by(AuditEvent.seq)).all() == ["add_court", "add_user"]  # type: ignore[arg-type]


def test_a_forgotten_password_is_given_anew_and_ends_what_the_old_one_opened(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(HARBOR) == main(ANN) == 0
    with reading(sqlite_engine) as session:
        before = session.exec(select(User.password_hash)).one()
    monkeypatch.setattr(sys, "stdin", io.StringIO("five other words this time\n"))
    assert main(["set-password", "ANN"]) == 0
    with reading(sqlite_engine) as session:
        assert session.exec(select(User.password_hash)).one() != before
        assert session.exec(select(AuditEvent.action)).all()[-1] == "set_password"
    assert main(["set-password", "nobody"]) == 1
    assert "There is no account 'nobody'." in capsys.readouterr().err


def test_a_part_is_added_with_its_judge_and_a_second_part_finds_her(sqlite_engine: Engine) -> None:
    assert main(HARBOR) == 0
    assert main(ANN) == 0
    judge = ["--judge", "Hon. A. Example", "--user", "ann"]
    assert main(["add-part", "Part 12", "--room", "3B", "--starts", "09:30", *judge]) == 0
    assert main(["add-part", "Part 14", "--room", "3C", "--starts", "14:00", *judge]) == 0
    with reading(sqlite_engine) as session:
        assert session.exec(select(Judge.name)).all() == ["Hon. A. Example"]
        assert sorted(session.exec(select(Part.name))) == ["Part 12", "Part 14"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"America/New_York": "Mars/Olympus"}, "There is no time zone 'Mars/Olympus'"),
        ({"demonstration": "unheard of"}, "There is no policy"),
        ({"Part 12": " "}, "a public name"),
    ],
)
def test_a_court_that_cannot_be_right_is_refused(
    changed: dict[str, str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([changed.get(word, word) for word in HARBOR]) == 1
    assert words in capsys.readouterr().err


def test_a_courts_own_data_does_not_go_beside_published_sign_ins(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction(sqlite_engine) as session:
        installation = session.get(Installation, 1) or Installation(created_at=NOW)
        installation.demonstration = True
        session.add(installation)
    assert main(HARBOR) == 1
    assert "--database" in capsys.readouterr().err


def test_with_several_courts_an_account_needs_to_say_which(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(ANN) == 1
    with transaction(sqlite_engine) as session:
        a_court(session, name="Harbor")
        a_court(session, name="Lakeside")
    assert main(ANN) == 1
    said = capsys.readouterr().err.splitlines()
    assert said == ["There is no court yet: ./run add-court", "Say which court with --court: Harbor, Lakeside."]
    assert main([*ANN, "--court", "Lakeside"]) == 0


def test_a_changed_audit_event_is_found(sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(HARBOR) == 0
    assert main(ANN) == 0
    assert main(["verify-audit"]) == 0
    with transaction(sqlite_engine) as session:
        session.execute(sa.text("DROP TRIGGER audit_events_not_changed"))
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "add_user")).one()
        event.detail = {"roles": ["administrator"]}
        session.add(event)
    assert main(["verify-audit"]) == 1
    assert "Harbor: broken at event 2: event 2 is not what was recorded" in capsys.readouterr().out


def test_a_backup_and_its_restore_say_what_they_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFRAMP_KEYS", str(tmp_path / "keys"))
    file = str(tmp_path / "backup.age")
    assert main(HARBOR) == 0
    assert main(["backup", file]) == 1
    assert "./run make-recovery-key" in capsys.readouterr().err
    assert main(["make-recovery-key"]) == 0
    private = capsys.readouterr().out.splitlines()[0]
    assert main(["backup", file]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{private}\n"))
    assert main(["restore", file, "--replace"]) == 0
    said = capsys.readouterr().out
    assert "holds the whole database" in said
    assert "Harbor: the audit is whole from its first event to its last; it ends at event 1" in said
    assert "The one before it is kept" in said


def test_a_backup_without_encryption_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(HARBOR) == 0
    assert main(["backup", str(tmp_path / "backup.json.gz"), "--unencrypted"]) == 0
    assert "NOT encrypted" in capsys.readouterr().out


def test_what_has_had_its_time_is_said_first_and_removed_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFRAMP_DATABASE_URL", f"sqlite:///{tmp_path / 'court.db'}")
    assert main(HARBOR) == 0
    old, young = tmp_path / "court.db.before-0009", tmp_path / "court.db.before-0010"
    for copy in (old, young):
        copy.touch()
    os.utime(old, (0, 0))
    capsys.readouterr()
    assert main(["retention"]) == 0
    assert old.exists()
    said = capsys.readouterr().out
    assert "0 ended sign ins from before" in said
    assert f"{old} is a copy" in said
    assert main(["retention", "--remove"]) == 0
    assert not old.exists()
    assert young.exists()


def test_a_recovery_key_under_a_passphrase_opens_a_backup_with_that_one_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFRAMP_KEYS", str(tmp_path / "keys"))
    key, file = str(tmp_path / "key.age"), str(tmp_path / "backup.age")
    assert main(HARBOR) == 0
    for passphrase, code in (("too short", 1), ("five words of no meaning", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{passphrase}\n"))
        assert main(["make-recovery-key", key]) == code
    assert "AGE-SECRET-KEY" not in capsys.readouterr().out
    assert main(["backup", file]) == 0
    for passphrase, code in (("another one", 1), ("five words of no meaning", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{passphrase}\n"))
        assert main(["restore-drill", file, "--key", key]) == code
    said = capsys.readouterr()
    assert "does not open the recovery key" in said.err
    assert "Nothing of the drill is left" in said.out


def test_every_policy_that_is_shipped_can_be_read() -> None:
    assert main(["check-policies"]) == 0


@pytest.fixture
def export(sqlite_engine: Engine, tmp_path: Path) -> Path:
    """An export of two cases, and somebody who may load it."""
    with transaction(sqlite_engine) as session:
        court = a_court(session)
        a_part(session, court, name="Part 12")
        a_user(session, court, Role.CLERK, username="clerk")
    file = tmp_path / "export.csv"
    file.write_text(
        'Docket No,Defendant,Charge,Part\nCR-1,"Example, Ann",Loitering,Part 12\nCR-2,"Example, Bo",Loitering,Part 12\n'
    )
    return file


def cases(sqlite_engine: Engine) -> int:
    with reading(sqlite_engine) as session:
        return len(session.exec(select(Case.id)).all())


def test_an_export_can_be_checked_before_it_is_loaded(
    export: Path, sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(export), "--user", "clerk", "--check"]) == 0
    assert "2 cases would be added" in capsys.readouterr().out
    assert cases(sqlite_engine) == 0
    assert main(["import", str(export), "--user", "clerk"]) == 0
    assert cases(sqlite_engine) == 2


def test_an_export_with_a_case_that_cannot_be_read_loads_nothing_and_names_the_row(
    export: Path, sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    export.write_text(export.read_text() + ',"Example, Cy",Loitering,Part 12\n')
    assert main(["import", str(export), "--user", "clerk"]) == 1
    assert "Row 4: " in capsys.readouterr().err
    assert cases(sqlite_engine) == 0


def test_the_only_administrator_who_lost_the_telephone_is_helped_at_the_terminal(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(HARBOR) == 0
    assert main(ANN) == 0
    assert main(["reset-second-step", "nobody"]) == 1
    assert main(["reset-second-step", "ann"]) == 0
    assert "another telephone at the next sign-in" in capsys.readouterr().out
    with reading(sqlite_engine) as session:
        assert "reset_second_factor" in session.exec(select(AuditEvent.action)).all()
