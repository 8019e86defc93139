"""Promises of the installation's own keys."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest

from models.errors import SettingsError
from models.keys import LENGTH, KeyName, decrypted, encrypted, key


def test_a_key_is_made_once_and_stays_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert key(folder, KeyName.AUDIT) == key(folder, KeyName.AUDIT)
    assert len(key(folder, KeyName.AUDIT)) == LENGTH


def test_each_purpose_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert len({key(tmp_path, name) for name in KeyName}) == len(KeyName)


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    key(folder, KeyName.AUDIT)
    assert folder.stat().st_mode & 0o077 == 0
    assert [file.stat().st_mode & 0o077 for file in folder.iterdir()] == [0]


def test_a_key_that_others_can_read_is_refused_in_words(tmp_path: Path) -> None:
    key(tmp_path, KeyName.AUDIT)
    (tmp_path / "audit.key").chmod(0o644)
    with pytest.raises(SettingsError, match="can be read by others"):
        key(tmp_path, KeyName.AUDIT)


def test_a_damaged_key_is_refused_and_not_made_anew(tmp_path: Path) -> None:
    key(tmp_path, KeyName.AUDIT)
    (tmp_path / "audit.key").write_bytes(b"half")
    with pytest.raises(SettingsError, match="damaged"):
        key(tmp_path, KeyName.AUDIT)
    assert (tmp_path / "audit.key").read_bytes() == b"half"


def test_many_who_need_it_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as people:
        found = set(people.map(lambda _: key(tmp_path, KeyName.AUDIT), range(8)))
    assert len(found) == 1


def test_what_is_encrypted_opens_with_its_key_for_its_owner_and_unaltered() -> None:
    secret, owner = bytes(32), UUID(int=7)
    sealed = encrypted(secret, "JBSWY3DP 陈", owner)
    assert decrypted(secret, sealed, owner) == "JBSWY3DP 陈"
    assert encrypted(secret, "JBSWY3DP 陈", owner) != sealed
    altered = sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:]
    for another, text, whose in (
        (bytes([1] * 32), sealed, owner),
        (secret, sealed, UUID(int=8)),
        (secret, altered, owner),
        (secret, "no base64 §", owner),
        (secret, "", owner),
    ):
        assert decrypted(another, text, whose) is None
