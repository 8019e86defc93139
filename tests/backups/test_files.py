"""Promises of models.backups.files: what a backup's file says, and what nobody can make it say."""

import gzip
import json
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyrage
import pytest

from models import migrations
from models.backups.contents import CourtHeld, Manifest, TableHeld
from models.backups.files import reading, write
from models.errors import Conflict, DatabaseTooNew, Invalid, NotFound, Refused

KEY, OTHER = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
MANIFEST = Manifest(
    product="1.0",
    migration=str(migrations.newest()),
    made_at="2026-12-04T15:00:00+00:00",
    ages_out_on="2027-03-04",
    courts=[CourtHeld("0" * 32, "Harbor — 法院", 2, "abc")],
    tables={"persons": TableHeld(3, {"id": "id", "name": "text"})},
)
LINES: list[list[Any]] = [["a" * 32, "Ann “A” Example\n"], ["b" * 32, None], ["c" * 32, "法院"]]


def read(file: Path, key: pyrage.x25519.Identity = KEY) -> tuple[Manifest, list[object]]:
    with reading(file, lambda: key) as backup:
        return backup.manifest, list(backup.lines)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "b.age", MANIFEST, LINES, [KEY.to_public()])
    return tmp_path / "b.age"


def test_what_was_written_is_read(file: Path) -> None:
    assert read(file) == (MANIFEST, LINES)


def test_a_backup_can_be_opened_without_the_product(file: Path) -> None:
    lines = gzip.decompress(pyrage.decrypt(file.read_bytes(), [KEY])).decode().splitlines()
    assert json.loads(lines[0])["courts"][0]["name"] == "Harbor — 法院"
    assert json.loads(lines[1]) == LINES[0]


def test_only_its_owner_may_read_a_backup_and_nothing_of_it_is_legible(file: Path) -> None:
    assert file.stat().st_mode & 0o077 == 0
    assert b"Example" not in file.read_bytes()
    assert b"persons" not in file.read_bytes()


def test_its_checksum_is_that_of_the_file(tmp_path: Path) -> None:
    said = write(tmp_path / "b.age", MANIFEST, LINES, [KEY.to_public()])
    counted = subprocess.run(["sha256sum", tmp_path / "b.age"], capture_output=True, text=True, check=True)
    assert counted.stdout.split()[0] == said


def test_any_changed_byte_is_found(file: Path) -> None:
    whole = file.read_bytes()
    for place in range(0, len(whole), 5):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Refused, match=r"damaged|does not open|not a backup"):
            read(file)


def test_a_file_that_was_cut_short_or_made_longer_is_found(file: Path) -> None:
    whole = file.read_bytes()
    for end in (0, 1, 10, 60, len(whole) // 2, len(whole) - 16, len(whole) - 1):
        file.write_bytes(whole[:end])
        with pytest.raises(Invalid):
            read(file)
    file.write_bytes(whole + b"more")
    with pytest.raises(Invalid, match="damaged"):
        read(file)


def test_another_courts_key_opens_nothing_and_says_so(file: Path) -> None:
    with pytest.raises(Invalid, match="does not open"):
        read(file, OTHER)


def test_without_encryption_damage_is_found_all_the_same(tmp_path: Path) -> None:
    write(tmp_path / "b.json.gz", MANIFEST, LINES, [])
    assert read(tmp_path / "b.json.gz") == (MANIFEST, LINES)
    lines = gzip.decompress((tmp_path / "b.json.gz").read_bytes())
    for changed in (lines.replace(b"Ann", b"Bob"), lines.rsplit(b"\n", 2)[0], lines + b"[]\n"):
        (tmp_path / "b.json.gz").write_bytes(gzip.compress(changed))
        with pytest.raises(Invalid, match="damaged"):
            read(tmp_path / "b.json.gz")


def test_a_backup_of_a_newer_version_asks_for_that_version(tmp_path: Path) -> None:
    write(tmp_path / "b.age", replace(MANIFEST, migration="9999"), LINES, [KEY.to_public()])
    with pytest.raises(DatabaseTooNew, match="newer version"):
        read(tmp_path / "b.age")


def test_what_is_no_backup_is_told_apart_from_a_damaged_one(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a backup, but long enough to look at")
    with pytest.raises(Invalid, match="not a backup"):
        read(tmp_path / "notes.txt")
    with pytest.raises(NotFound):
        read(tmp_path / "missing.age")


def test_a_backup_is_never_written_over(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(Conflict):
        write(file, MANIFEST, [], [KEY.to_public()])
    assert file.read_bytes() == before


def test_a_backup_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def lines() -> Iterator[list[Any]]:
        yield LINES[0]
        raise Invalid("the database has gone")

    with pytest.raises(Invalid, match="has gone"):
        write(tmp_path / "b.age", MANIFEST, lines(), [KEY.to_public()])
    assert list(tmp_path.iterdir()) == []


@contextmanager
def a_full_disk(size: int) -> Iterator[None]:
    """Let no file of this process grow past `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_no_half_backup(tmp_path: Path) -> None:
    with a_full_disk(200), pytest.raises(OSError, match="large"):
        write(tmp_path / "b.age", MANIFEST, LINES, [KEY.to_public()])
    assert list(tmp_path.iterdir()) == []
