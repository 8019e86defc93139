"""Promises of the packages that people get: the reviewed ones, under known licences, not behind a published weakness.

None needs the network. What only the network knows, a weakness published since, `./run audit-lock` asks for.
"""

import re
import tomllib
from datetime import date
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

PROJECT = Path(__file__).resolve().parent.parent
KNOWN = tomllib.loads(Path(__file__).with_name("known_advisories.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-test.lock")

LICENCES = re.compile(r"\b(MIT|BSD|0BSD|Apache|ISC|MPL|PSF|Python Software Foundation|LGPL|Mozilla Public License)\b")
COPYLEFT = re.compile(r"\bA?GPL\b|Affero")
"""Nothing that would oblige a court to publish what it adds."""


def locked(lock: str) -> list[Requirement]:
    """Return what the lock pins for this machine."""
    lines = re.findall(r"^([a-z0-9._-]+==[^\\\n]+)", (PROJECT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    pins = [Requirement(line) for line in lines]
    assert len(pins) > 40
    return [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]


def version_of(pin: Requirement) -> str:
    return next(iter(pin.specifier)).version


def behind(name: str, version: str) -> list[str]:
    """Return the ids of the published weaknesses that a version of a package has."""
    known = KNOWN["fixed_in"].get(name, {"version": "0", "ids": []})
    return list(known["ids"]) if Version(version) < Version(known["version"]) else []


def licence_of(package: Distribution) -> str:
    """Return what the package says of its licence; where its description is silent, how its licence begins."""
    about = package.metadata
    said = [*(about.get_all("License-Expression") or []), *(about.get_all("License") or [])]
    words = " ".join([*said, *(word for word in about.get_all("Classifier") or [] if "License" in word)])
    if LICENCES.search(words):
        return words
    files = [file for file in package.files or () if "LICEN" in file.name.upper()]
    return words + " ".join(file.read_text(encoding="utf-8")[:400] for file in files)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_installed_is_what_was_reviewed(lock: str) -> None:
    found = {pin.name: distribution(pin.name).version for pin in locked(lock)}
    assert found == {pin.name: version_of(pin) for pin in locked(lock)}


@pytest.mark.parametrize("lock", LOCKS)
def test_no_locked_version_is_behind_a_published_weakness(lock: str) -> None:
    assert {pin.name: ids for pin in locked(lock) if (ids := behind(pin.name, version_of(pin)))} == {}


def test_a_version_behind_a_published_weakness_would_be_named() -> None:
    assert behind("starlette", "0.40.0") == KNOWN["fixed_in"]["starlette"]["ids"]
    assert behind("starlette", "0.49.1") == behind("a-package-nobody-wrote-about", "0.1") == []
    assert isinstance(KNOWN["written_on"], date)


def test_every_advisory_is_about_a_package_that_is_locked() -> None:
    assert set(KNOWN["fixed_in"]) <= {pin.name for pin in locked(LOCKS[1])}


def test_every_package_that_people_get_has_a_licence_that_asks_nothing_of_the_court() -> None:
    said = {pin.name: licence_of(distribution(pin.name)) for pin in locked(LOCKS[0])}
    assert [name for name, words in said.items() if not LICENCES.search(words)] == []
    assert [name for name, words in said.items() if COPYLEFT.search(words)] == []
