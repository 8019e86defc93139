"""Promises of models.settings."""

from datetime import date
from pathlib import Path

import pytest

from models.errors import SettingsError
from models.settings import PROJECT, Settings


def test_nothing_set_means_this_machine_alone_and_a_file_beside_the_project() -> None:
    settings = Settings.from_env({})
    assert settings == Settings(allowed_hosts=("127.0.0.1", "localhost"))
    assert settings.sqlite_file == PROJECT / "var" / "offramp.db"
    assert settings.home == "http://127.0.0.1:8501"


def test_an_empty_variable_means_its_default() -> None:
    names = ("OFFRAMP_DATABASE_URL", "OFFRAMP_PORT", "OFFRAMP_ADDRESS", "OFFRAMP_TODAY", "OFFRAMP_ALLOWED_HOSTS")
    assert Settings.from_env(dict.fromkeys(names, " ")) == Settings.from_env({})


def test_everything_can_be_set() -> None:
    settings = Settings.from_env(
        {
            "OFFRAMP_DATABASE_URL": "postgres://court@db/offramp",
            "OFFRAMP_PORT": "9000",
            "OFFRAMP_ADDRESS": "0.0.0.0",
            "OFFRAMP_TODAY": "2026-12-04",
            "OFFRAMP_BEHIND_TLS": "yes",
            "OFFRAMP_ALLOWED_HOSTS": "court.example, docket.example",
            "FORWARDED_ALLOW_IPS": "10.0.0.2",
            "OFFRAMP_OPENID_FILE": "/etc/offramp/openid.toml",
        }
    )
    assert settings == Settings(
        database_url="postgresql+psycopg://court@db/offramp",
        port=9000,
        address="0.0.0.0",
        today=date(2026, 12, 4),
        behind_tls=True,
        allowed_hosts=("court.example", "docket.example"),
        forwarded_allow_ips=("10.0.0.2",),
        openid_file=Path("/etc/offramp/openid.toml"),
    )
    assert settings.sqlite_file is None
    assert settings.home == "http://localhost:9000"


def test_a_relative_sqlite_file_is_beside_the_project() -> None:
    assert Settings.from_env({"OFFRAMP_DATABASE_URL": "sqlite:///court.db"}).sqlite_file == PROJECT / "court.db"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("OFFRAMP_DATABASE_URL", "mysql://court"),
        ("OFFRAMP_DATABASE_URL", "sqlite:///"),
        ("OFFRAMP_PORT", "0"),
        ("OFFRAMP_PORT", "65536"),
        ("OFFRAMP_PORT", "eighty"),
        ("OFFRAMP_ADDRESS", "localhost"),
        ("OFFRAMP_TODAY", "4 December"),
        ("OFFRAMP_BEHIND_TLS", "maybe"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: text})


def test_a_refused_database_address_does_not_repeat_its_password() -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.from_env({"OFFRAMP_DATABASE_URL": "mysql://court:secret@db/offramp"})
    assert "secret" not in str(refusal.value)
