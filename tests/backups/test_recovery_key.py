"""Promises of models.backups.recovery_key: the machine that makes backups can read none of them."""

import stat
from pathlib import Path

import pytest

from models.backups import recovery_key
from models.errors import Conflict, Invalid, NotFound
from models.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(keys_folder=tmp_path / "keys")


def never() -> str:
    raise AssertionError("no passphrase is needed")


def test_only_the_public_half_is_kept_and_only_its_owner_reads_it(settings: Settings) -> None:
    private = recovery_key.make(settings)
    (file,) = settings.keys_folder.iterdir()
    kept = file.read_text()
    assert kept.startswith("age1")
    assert private not in kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(recovery_key.private(private.encode(), never).to_public()) == kept.strip()


def test_a_key_in_place_is_only_replaced_when_asked(settings: Settings) -> None:
    recovery_key.make(settings)
    before = str(recovery_key.recipients(settings)[0])
    with pytest.raises(Conflict, match="--replace"):
        recovery_key.make(settings)
    assert str(recovery_key.recipients(settings)[0]) == before
    recovery_key.make(settings, replace=True)
    assert str(recovery_key.recipients(settings)[0]) != before


def test_without_a_key_or_with_a_damaged_one_it_is_said_what_to_do(settings: Settings) -> None:
    with pytest.raises(NotFound, match="make-recovery-key"):
        recovery_key.recipients(settings)
    settings.keys_folder.mkdir()
    (settings.keys_folder / recovery_key.PUBLIC).write_text("# nobody\n")
    with pytest.raises(Invalid, match="damaged"):
        recovery_key.recipients(settings)


def test_a_private_half_that_was_read_wrongly_is_told_without_repeating_it(settings: Settings) -> None:
    private = recovery_key.make(settings)
    wrong = private[:30] + ("Q" if private[30] != "Q" else "P") + private[31:]
    for told in (wrong, "", "AGE-SECRET-KEY-1", private[:-1], "\N{SNOWMAN}"):
        with pytest.raises(Invalid, match="not a recovery key") as refusal:
            recovery_key.private(told.encode(), never)
        assert not told or told not in str(refusal.value).replace("AGE-SECRET-KEY-;", "")
    as_file = f"# created by somebody\n{private.lower()}\n".upper()
    assert str(recovery_key.private(as_file.encode(), never)) == private
