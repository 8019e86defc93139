"""Promises of models.trouble: whoever sits at the terminal reads a sentence, never a traceback."""

import errno
import logging
import sqlite3
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy.exc import OperationalError

from models import trouble
from models.errors import CourtClosed
from models.settings import PROJECT, Settings


def failing(error: BaseException) -> int:
    def work() -> int:
        raise error

    return trouble.told(work)


def database_error(said: str) -> OperationalError:
    return OperationalError("UPDATE cases", {}, sqlite3.OperationalError(said))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CourtClosed(), "The court is closed on that day. Choose another day."),
        (OSError(errno.ENOSPC, "No space left on device"), trouble.DISK_FULL),
        (database_error("database or disk is full"), trouble.DISK_FULL),
        (database_error("database is locked"), trouble.BUSY),
        (database_error("file is not a database"), trouble.DAMAGED),
        (database_error("unable to open database file"), trouble.NO_FILE),
        (
            PermissionError(errno.EACCES, "Permission denied", "/srv/offramp.db"),
            "may not read or write /srv/offramp.db",
        ),
        (FileNotFoundError(errno.ENOENT, "No such file", "/srv/none"), "There is no place for /srv/none."),
    ],
)
def test_a_failure_of_the_machine_is_said_in_words(
    error: Exception, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(error) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_server_that_does_not_answer_is_not_told_with_its_password(capsys: pytest.CaptureFixture[str]) -> None:
    from models import readiness

    settings = Settings(database_url="postgresql+psycopg://court:secret@127.0.0.1:1/offramp")
    assert trouble.told(lambda: len(readiness.migrate(settings))) == 1
    said = capsys.readouterr().err
    assert said.strip() == trouble.NO_SERVER
    assert "secret" not in said


def test_what_nobody_foresaw_is_kept_for_whoever_looks_after_the_product(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trouble, "LOG", tmp_path / "var" / "trouble.log")
    assert failing(ZeroDivisionError("division by zero")) == 1
    said = capsys.readouterr().err
    assert "did not expect (ZeroDivisionError)" in said
    assert "Traceback" not in said
    assert "Traceback" in (tmp_path / "var" / "trouble.log").read_text()


def test_what_is_kept_is_its_owners_alone_and_tells_the_place_but_no_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "LOG", tmp_path / "var" / "trouble.log")
    name = "".join(("Mei ", "Chen"))

    def work() -> int:
        try:
            raise KeyError(name)
        except KeyError as first:
            raise ValueError(f"no such person: {name}") from first

    assert trouble.told(work) == 1
    said = trouble.LOG.read_text()
    assert "test_trouble.py" in said
    assert "ValueError" in said
    assert "KeyError" in said
    assert name not in said
    assert [S_IMODE(one.stat().st_mode) for one in (trouble.LOG, trouble.LOG.parent)] == [0o600, 0o700]


def test_no_log_of_the_process_holds_the_message_of_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        log = logging.getLogger("somebody's library")
        log.addHandler(logging.StreamHandler())
        log.addFilter(lambda said: bool(said.exc_info))  # a filter still knows what kind of error it was
        try:
            raise LookupError("".join(("Mei ", "Chen")))
        except LookupError:
            log.exception("It failed")
        return 0

    before = logging.getLogRecordFactory()
    try:
        assert trouble.told(work) == 0
    finally:
        logging.setLogRecordFactory(before)
    said = capsys.readouterr().err
    assert "It failed" in said
    assert "builtins.LookupError" in said
    assert "Mei Chen" not in said


def test_ctrl_c_is_not_a_failure_to_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert failing(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == ""


def test_whoever_has_read_enough_of_the_output_is_told_nothing_more() -> None:
    telling = "from models.trouble import told; import sys; sys.exit(told(lambda: print('said ' * 100_000) or 0))"
    command = [sys.executable, "-c", telling]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
