"""What was signed of the audit outside of the database tells when the whole chain was written anew, or cut."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models import stand_alone_verifier as verifier
from models.__main__ import main
from models.audit import chained, checkpoints
from models.audit.checking import check
from models.settings import Settings
from models.tables import AuditEvent, AuditHead, Court
from models.tables.base import table_of
from tests.audit_stories import behind_its_back, broken_at, six_events, source_of
from tests.builders import NOW

EVENTS, HEADS = table_of(AuditEvent), table_of(AuditHead)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        keys_folder=tmp_path / "keys", checkpoints_file=tmp_path / "signed", checkpoints_copy=tmp_path / "second"
    )


@pytest.fixture
def signed(engine: Engine, settings: Settings) -> Engine:
    """A court whose six events were signed when there were six, and which was signed before when there were none."""
    six_events(engine)
    sign(engine, settings)
    return engine


def sign(engine: Engine, settings: Settings, *, restored: bool = False) -> int:
    later = NOW + timedelta(minutes=20 if restored else 10)
    with database.reading(engine) as session:
        return checkpoints.write(session, settings, now=later, restored=restored)


def wrong_of(engine: Engine, settings: Settings) -> tuple[int | None, str | None]:
    """Return what the program says of the chain; the other verifier must find it too, with the public key alone."""
    found = checkpoints.found(settings)
    assert found.wrong == ()
    with database.reading(engine) as session:
        checked = check(session, session.exec(select(Court)).one().id, found.points)
    points, _ = verifier.checkpoints(settings.checkpoints_file, checkpoints.public_key(settings))
    source = source_of(engine)
    _, wrong = verifier.check(source, points)
    source.close()
    assert (checked.wrong is None) == (not wrong), wrong
    return checked.first_wrong, checked.wrong


def rewrite_from(engine: Engine, seq: int, *, upto: int = 6) -> None:
    """Write the chain anew from an event on so that it fits itself, as somebody who has the program could."""
    with behind_its_back(engine) as connection:
        connection.execute(sa.delete(EVENTS).where(EVENTS.c.seq > upto))
        previous = connection.scalar(sa.select(EVENTS.c.hash).where(EVENTS.c.seq == seq - 1)) or ""
        for event in connection.execute(sa.select(EVENTS).where(EVENTS.c.seq >= seq).order_by(EVENTS.c.seq)).all():
            forged = {**event._mapping, "action": "something else", "previous_hash": previous}
            forged["hash"] = previous = chained(type("Forged", (), forged))
            connection.execute(sa.update(EVENTS).where(EVENTS.c.seq == event.seq).values(forged))
        connection.execute(sa.update(HEADS).values(seq=upto, hash=previous))


def test_a_tail_written_anew_fits_itself_and_is_found_by_what_was_signed(signed: Engine, settings: Settings) -> None:
    assert wrong_of(signed, settings) == (None, None)
    rewrite_from(signed, 4)
    assert broken_at(signed) is None
    first, said = wrong_of(signed, settings)
    assert first == 1
    assert said is not None
    assert "events 1 to 6 are not those that were signed on 2026-12-04 15:10 UTC: they were rewritten" in said


def test_a_chain_that_was_cut_fits_itself_and_is_found_by_what_was_signed(signed: Engine, settings: Settings) -> None:
    rewrite_from(signed, 7, upto=4)
    with behind_its_back(signed) as connection:
        end = connection.scalar(sa.select(EVENTS.c.hash).where(EVENTS.c.seq == 4))
        connection.execute(sa.update(HEADS).values(hash=end))
    assert broken_at(signed) is None
    assert wrong_of(signed, settings) == (
        5,
        "on 2026-12-04 15:10 UTC there were 6 events, now there are 4: the last ones were removed",
    )


def test_a_backup_that_was_put_back_knowingly_is_no_cut(sqlite_engine: Engine, settings: Settings) -> None:
    six_events(sqlite_engine)
    sign(sqlite_engine, settings)
    rewrite_from(sqlite_engine, 7, upto=5)
    with behind_its_back(sqlite_engine) as connection:
        end = connection.scalar(sa.select(EVENTS.c.hash).where(EVENTS.c.seq == 5))
        connection.execute(sa.update(HEADS).values(hash=end))
    assert sign(sqlite_engine, settings, restored=True) == 1
    assert wrong_of(sqlite_engine, settings) == (None, None)


def cut(file: Path) -> None:
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))


def changed(file: Path) -> None:
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0].replace('"seq":6', '"seq":5'), *lines[1:]]) + "\n")


def without_the_first(file: Path) -> None:
    file.write_text("".join(file.read_text().splitlines(keepends=True)[1:]))


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (cut, "lacks 1 checkpoints that the second place has"),
        (changed, "checkpoint 1 was not signed with this installation's key"),
        (without_the_first, "checkpoint 1 does not follow the one before"),
        (Path.unlink, "lacks 2 checkpoints that the second place has"),
    ],
)
def test_a_checkpoint_taken_away_or_changed_is_found(
    sqlite_engine: Engine, settings: Settings, tamper: Callable[[Path], None], said: str
) -> None:
    six_events(sqlite_engine)
    sign(sqlite_engine, settings)
    with database.reading(sqlite_engine) as session:
        later = NOW + timedelta(hours=1)
        assert checkpoints.write(session, settings, now=later) == 0, "nothing has grown"
        assert checkpoints.write(session, settings, now=later, restored=True) == 1
    tamper(settings.checkpoints_file)
    assert any(said in one for one in checkpoints.found(settings).wrong)


def test_a_checkpoint_signed_with_another_key_is_not_believed(
    sqlite_engine: Engine, settings: Settings, tmp_path: Path
) -> None:
    six_events(sqlite_engine)
    sign(sqlite_engine, replace(settings, keys_folder=tmp_path / "other", checkpoints_copy=None))
    found = checkpoints.found(settings)
    assert (found.points, len(found.wrong)) == ((), 1)
    assert verifier.checkpoints(settings.checkpoints_file, checkpoints.public_key(settings))[0] == []


def test_only_its_owner_can_read_the_checkpoints(sqlite_engine: Engine, settings: Settings, tmp_path: Path) -> None:
    six_events(sqlite_engine)
    sign(sqlite_engine, settings)
    files = [settings.checkpoints_file, *(tmp_path / "second").iterdir()]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]


def alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier as an inspector does: copied elsewhere, with nothing of the product in reach."""
    copied = shutil.copy(Path(verifier.__file__), folder)
    command = [sys.executable, "-I", copied, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_an_inspector_checks_an_export_and_a_database_with_one_file_and_nothing_else(
    sqlite_url: str,
    sqlite_engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    six_events(sqlite_engine)
    signed = tmp_path / "signed"
    for name, value in {"DATABASE_URL": sqlite_url, "CHECKPOINTS": str(signed), "KEYS": str(tmp_path / "keys")}.items():
        monkeypatch.setenv(f"OFFRAMP_{name}", value)
    export = tmp_path / "export.jsonl"
    assert main(["checkpoint"]) == main(["verify-audit"]) == main(["export-audit", str(export)]) == 0
    assert "all 6 events are in place" in capsys.readouterr().out
    assert main(["audit-key"]) == 0
    proof = ("--checkpoints", str(signed), "--public-key", capsys.readouterr().out.strip())
    for source in (str(export), str(sqlite_engine.url.database)):
        done = alone(tmp_path, source, *proof)
        assert (done.returncode, "in place up to event 6" in done.stdout) == (0, True), done.stdout + done.stderr
    cut(export)
    assert "event 6" in alone(tmp_path, str(export), *proof).stdout
    lines = [json.loads(line) for line in export.read_text().splitlines()]
    lines[0]["last"] = 5
    export.write_text("\n".join(map(json.dumps, lines)))
    done = alone(tmp_path, str(export), *proof)
    assert (done.returncode, "6 events were signed, 5 are there" in done.stdout) == (1, True), done.stdout + done.stderr
    rewrite_from(sqlite_engine, 3)
    assert main(["verify-audit"]) == 1
    assert "broken at event 1: events 1 to 6 are not those that were signed" in capsys.readouterr().out


def test_the_end_of_the_chain_is_signed_by_the_scheduler(sqlite_engine: Engine) -> None:
    from scheduler.runner import Runner, job_named

    six_events(sqlite_engine)
    job = job_named("checkpoints")
    assert job is not None
    with database.reading(sqlite_engine) as session:
        before = session.exec(select(col(AuditHead.seq))).one()
    assert Runner(sqlite_engine, lambda: NOW).run(job) == 0
    settings = Settings.from_env(os.environ)
    with database.reading(sqlite_engine) as session:
        after, end = session.execute(sa.select(HEADS.c.seq, HEADS.c.hash)).one()
    assert after == before, "signing leaves no event to be signed"
    assert end in {point.hash for point in checkpoints.found(settings).points}
