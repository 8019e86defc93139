"""Promises of the start: a court's own records never lie open by oversight, and whoever starts is told what to do."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

from models import demonstration, launch, readiness
from models.commands import accounts
from models.database import transaction
from models.errors import SettingsError
from models.exposure import refuse_open_doors
from models.keys import KeyName, key
from models.rules.vocabulary import Role
from models.settings import Settings
from models.tables import Installation
from tests.builders import NOW, a_court, a_user


def of_court(folder: Path, **changed: object) -> Settings:
    """Return the settings of a court of its own in a folder that everybody may enter."""
    folder.chmod(0o755)
    database = folder / "court.db"
    database.touch(mode=0o600)
    database.chmod(0o600)
    given = {"database_url": f"sqlite:///{database}", "keys_folder": folder / "keys"} | changed
    return Settings(**given)  # type: ignore[arg-type]


def test_a_court_of_its_owners_alone_starts(tmp_path: Path) -> None:
    settings = of_court(tmp_path)
    key(settings.keys_folder, KeyName.AUDIT)
    refuse_open_doors(settings)


@pytest.mark.parametrize("name", ["court.db", "court.db-wal", "court.db.before-0012", "keys/audit.key"])
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_database_a_copy_or_a_key_that_others_can_reach_is_refused(tmp_path: Path, name: str, mode: int) -> None:
    settings = of_court(tmp_path)
    (tmp_path / "keys").mkdir(mode=0o755)
    (tmp_path / name).touch()
    (tmp_path / name).chmod(mode)
    with pytest.raises(SettingsError, match=rf"{name} can be read by others.*chmod 600"):
        refuse_open_doors(settings)


def test_a_folder_that_others_cannot_enter_protects_what_is_in_it(tmp_path: Path) -> None:
    settings = of_court(tmp_path)
    (tmp_path / "court.db").chmod(0o644)
    tmp_path.chmod(0o700)
    refuse_open_doors(settings)


@pytest.mark.parametrize("address", ["0.0.0.0", "10.1.2.3", "::"])
def test_without_tls_a_court_is_not_offered_to_the_network(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="OFFRAMP_BEHIND_TLS=1"):
        refuse_open_doors(of_court(tmp_path, address=address))
    refuse_open_doors(of_court(tmp_path, address=address, behind_tls=True))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_machine_alone_needs_no_tls(tmp_path: Path, address: str) -> None:
    refuse_open_doors(of_court(tmp_path, address=address))


def test_a_database_password_that_everybody_knows_is_refused_and_not_repeated(tmp_path: Path) -> None:
    url = "postgresql+psycopg://court:postgres@127.0.0.1/offramp"
    with pytest.raises(SettingsError, match="everybody knows") as refusal:
        refuse_open_doors(of_court(tmp_path, database_url=url))
    assert "court:" not in str(refusal.value)
    refuse_open_doors(of_court(tmp_path, database_url=url.replace(":postgres@", ":seven-grey-herons@")))


def test_a_published_password_is_refused_in_a_court_of_its_own_and_welcome_in_a_demonstration(
    sqlite_engine: Engine, sqlite_url: str
) -> None:
    with transaction(sqlite_engine) as session:
        user = a_user(session, a_court(session), Role.CLERK, username="clerk")
        user.password_hash = PasswordHasher(time_cost=1, memory_cost=64).hash(demonstration.PASSWORD)
    settings = Settings(database_url=sqlite_url)
    with pytest.raises(SettingsError, match=r"password of clerk is published.*set-password"):
        readiness.guarded(settings)
    with transaction(sqlite_engine) as session:
        session.add(Installation(demonstration=True, created_at=NOW))
    readiness.guarded(Settings(database_url=sqlite_url, address="0.0.0.0")).dispose()


def test_the_start_says_so_before_any_part_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_refuse_taken_port", lambda _settings: None)
    monkeypatch.setattr(launch, "_at_a_glance", lambda _settings: False)
    monkeypatch.setattr(launch, "Parts", lambda *_: pytest.fail("a part was started"))
    with pytest.raises(SettingsError, match="without TLS"):
        launch.start(of_court(tmp_path, address="0.0.0.0"))


def test_the_words_of_a_published_password_are_the_accounts_rule_too() -> None:
    assert accounts.DEMONSTRATION_PASSWORD == demonstration.PASSWORD
