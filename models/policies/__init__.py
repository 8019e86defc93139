"""The courts' written policies: dated, cited TOML files beside this one, read into `models.rules.policy`.

One file is one version of one court's policy. A changed number is a new file with a later `in_force_from`; the old
one stays, so that a past day can still be explained.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from models.errors import PolicyError
from models.policies import building
from models.policies.reading import Table, in_file, parsed
from models.rules import words
from models.rules.policy import Policy


def load(text: str, file: str | None = None) -> Policy:
    """Return the policy written in the TOML `text`.

    PolicyError names the key and what it should be; with the name of the `file`, that and the line too.
    """
    try:
        return building.policy(Table(parsed(text)))
    except PolicyError as error:
        if file is None:
            raise
        raise PolicyError(in_file(file, text, error)) from error


def shipped() -> tuple[Traversable, ...]:
    """Return the policy files of this folder, by name."""
    return tuple(sorted((f for f in files(__name__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name))


def in_force(versions: Iterable[Policy], on: date) -> Policy:
    """Return the version in force on the civil date `on`, the first day included. PolicyError when none is yet."""
    ordered = sorted(versions, key=lambda policy: policy.in_force_from)
    begun = [policy for policy in ordered if policy.in_force_from <= on]
    if begun:
        return begun[-1]
    first = f"; the first begins on {words.day(ordered[0].in_force_from, on)}" if ordered else ""
    raise PolicyError(f"No version of the court's policy is in force on {words.day(on, on)} {on.year}{first}.")


@cache
def policy_in_force(key: str, on: date) -> Policy:
    """Return the policy of the court whose policy key is `key`, as in force on the civil date `on`.

    PolicyError when no file has that key, or its first version begins later.
    """
    return in_force((written.policy for written in written_in_files(key)), on)


@dataclass(frozen=True, slots=True)
class Written:
    """One version with the document it was read from."""

    policy: Policy
    text: str


def written_in_files(key: str) -> tuple[Written, ...]:
    """Return the versions of the policy `key` among the files, the first one first. PolicyError when there are none."""
    versions = _versions().get(key)
    if versions is None:
        raise PolicyError(f"There is no policy {key!r}; there is {words.joined(sorted(_versions()))}.")
    return versions


@cache
def _versions() -> dict[str, tuple[Written, ...]]:
    """Read every policy file of this folder once, by the court's key."""
    found: dict[str, list[Written]] = {}
    for file in shipped():
        text = file.read_text(encoding="utf-8")
        policy = load(text, file.name)
        found.setdefault(Table(parsed(text)).text("court"), []).append(Written(policy, text))
    return {key: _distinct(key, versions) for key, versions in found.items()}


def _distinct(key: str, versions: list[Written]) -> tuple[Written, ...]:
    """Refuse two versions that begin on one day or carry one name: nobody could say which one decides."""
    days = {written.policy.in_force_from for written in versions}
    if len(days) < len(versions) or len({written.policy.version for written in versions}) < len(versions):
        raise PolicyError(f"Two files of the policy {key!r} have the same version or in_force_from; give each its own.")
    return tuple(sorted(versions, key=lambda written: written.policy.in_force_from))
