"""Promises of the file in which a court writes down what it agreed with another house."""

import os
from pathlib import Path

import pytest

from models.errors import SettingsError
from models.openid import read
from models.rules.vocabulary import Role

FILE = """
issuer = "https://sign-in.county.example"
client_id = "offramp"
secret_file = "openid.secret"
redirect_uri = "https://offramp.county.example/openid/return"
name = "the county"
accounts = "existing"

[claims]
groups = "realm_access.roles"

[second_factor]
amr = ["otp", "hwk"]

[[groups]]
name = "offramp-clerks"
court = "Harbor County Court"
roles = ["clerk", "coordinator"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    opened = os.open(tmp_path / "openid.secret", os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(opened, b"what only the two houses know\n")
    os.close(opened)
    return tmp_path


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = FILE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "openid.toml").write_text(text, encoding="utf-8")
    return folder / "openid.toml"


def test_what_is_written_is_what_counts(folder: Path) -> None:
    agreed = read(written(folder))
    assert (agreed.secret, agreed.makes_accounts) == ("what only the two houses know", False)
    assert agreed.scopes == ("openid", "profile")
    assert agreed.rules.groups["offramp-clerks"].roles == {Role.CLERK, Role.COORDINATOR}
    assert agreed.rules.amr == {"otp", "hwk"}
    assert "two houses" not in repr(agreed)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("https://sign-in", "http://sign-in", "issuer must begin with https://"),
        ("https://offramp.county.example/", "http://offramp.county.example/", "redirect_uri must begin with https://"),
        ('accounts = "existing"', 'accounts = "any"', "accounts"),
        ('accounts = "existing"\n', "", "accounts is missing"),
        ('client_id = "offramp"', 'client = "offramp"', "client_id is missing; client is not known here"),
        ('"clerk", ', '"king", ', "groups.1.roles.1"),
        ('["clerk", "coordinator"]', "[]", "groups.1.roles"),
        ("[[groups]]", "[[group]]", "groups is missing"),
        ('"openid.secret"', '"gone.secret"', "secret_file"),
        ("amr =", "arm =", "second_factor.arm is not known here"),
        ("issuer =", "issuer", "is no TOML file"),
    ],
)
def test_what_cannot_be_right_is_named_before_anybody_signs_in(folder: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(written(folder, (old, new)))
    assert words in str(refusal.value)
    assert "two houses" not in str(refusal.value)


def test_a_secret_that_others_can_read_or_that_is_none_is_refused(folder: Path) -> None:
    file = written(folder)
    (folder / "openid.secret").chmod(0o640)
    with pytest.raises(SettingsError, match="can be read by others"):
        read(file)
    (folder / "openid.secret").chmod(0o600)
    (folder / "openid.secret").write_text(" \n")
    with pytest.raises(SettingsError, match="is empty"):
        read(file)
    with pytest.raises(SettingsError, match="cannot be read"):
        read(folder / "gone.toml")
