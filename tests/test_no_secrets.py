"""Promise: no secret is in what is published: no key, no token, no password of a real place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PARTS = ("dashboard", "models", "scheduler", "seed_data", "tests", ".ci")
TEXT = {".py", ".toml", ".md", ".txt", ".css", ".js", ".typ", ".sql", ".sh", ".mako", ".lock", ".csv", ".json", ""}

#: What keys and tokens look like, by who makes them. Written so that this file does not find itself.
LOOKS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY" + r"-----",
    "an age key": r"AGE-SECRET-KEY-" + r"1[0-9A-Z]{20}",
    "a cloud's key": r"\b(?:AKIA|ASIA)" + r"[0-9A-Z]{16}\b",
    "a forge's token": r"\b(?:gh[pousr]_[0-9A-Za-z]{30}|glpat-[0-9A-Za-z_-]{20}|pypi-[0-9A-Za-z_-]{50})",
    "a messenger's token": r"\bxox[abprs]-[0-9A-Za-z-]{10}",
    "a signed token": r"\beyJ[0-9A-Za-z_-]{15,}\.eyJ[0-9A-Za-z_-]{15,}\.[0-9A-Za-z_-]{15,}",
    "a password's hash": r"\$argon2id?\$v=\d+\$m=\d+,t=\d+,p=\d+\$[0-9A-Za-z+/]{10}",
    "a long random value given a secret's name": (
        r"(?i)\b\w*(?:secret|token|password|api_?key)\w*['\"]?\s*[:=]\s*['\"](?=[^'\"]*\d)(?=[^'\"]*[a-z])(?=[^'\"]*[A-Z])"
        r"[0-9A-Za-z+/_=-]{28,}['\"]"
    ),
    "an address with a password": r"\b[a-z][a-z+]*://[^\s:/@'\"{}]+:[^\s/@'\"{}]+@(?!(?:\S*\.)?(?:example|invalid|localhost)\b|127\.0\.0\.1)\S+\.\S+",
}
EXAMPLES = ("JBSWY3DPEHPK3PXP",)  # stands in every guide to second factors: "Hello!" and 0xdeadbeef
FILES_OF_SECRETS = re.compile(r"(?i)(^\.env$|^\.netrc$|^id_(rsa|ed25519)$|\.(key|pem|p12|pfx|age|kdbx|db|sqlite)$)")


def published() -> Iterator[Path]:
    """Yield every file that is ours."""
    for part in PARTS:
        yield from (
            path for path in sorted((PROJECT / part).rglob("*")) if path.is_file() and "__pycache__" not in path.parts
        )
    yield from (path for path in sorted(PROJECT.iterdir()) if path.is_file() and path.name != ".git")


def found_in(text: str) -> list[str]:
    """Return what kinds of secret a text seems to hold."""
    for example in EXAMPLES:
        text = text.replace(example, "")
    return [kind for kind, look in LOOKS.items() if re.search(look, text)]


def test_nothing_that_looks_like_a_secret_is_in_the_tree() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in published() if path.suffix in TEXT}
    assert len(texts) > 500
    assert {str(path.relative_to(PROJECT)): kinds for path, text in texts.items() if (kinds := found_in(text))} == {}


def test_no_file_is_one_that_secrets_are_kept_in() -> None:
    assert [str(path) for path in published() if FILES_OF_SECRETS.search(path.name)] == []


@pytest.mark.parametrize(
    ("kind", "planted"),
    [
        ("a private key", "-----BEGIN EC PRIVATE " + "KEY-----"),
        ("an age key", "AGE-SECRET-" + "KEY-1" + "Q" * 58),
        ("a cloud's key", "AKIA" + "ABCDEFGHIJKLMNOP"),
        ("a forge's token", "ghp_" + "a1" * 18),
        ("a messenger's token", "xoxb-" + "1234567890-abc"),
        ("a signed token", "eyJ" + "a" * 20 + ".eyJ" + "b" * 20 + "." + "c" * 20),
        ("a password's hash", "$argon2id$v=19$m=65536,t=3,p=4$" + "c29tZXNhbHQ" * 2),
        ("a long random value given a secret's name", 'client_secret = "' + "aB3" * 12 + '"'),
        ("an address with a password", "postgresql://court:" + "hunter2@db.county.gov/offramp"),
    ],
)
def test_a_planted_secret_would_be_found(kind: str, planted: str) -> None:
    assert kind in found_in(f"first line\n{planted}\n")


def test_a_harmless_text_is_left_alone() -> None:
    assert found_in('token = "{token}"\nmailtos://user:password@mail.example?to={to}\nsha256:' + "0a" * 32) == []
