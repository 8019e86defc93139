"""The courts' written policies: dated, cited TOML files beside this one, read into `models.rules.policy`.

One file is one version of one court's policy. A changed number is a new file with a later `in_force_from`; the old
one stays, so that a past day can still be explained.
"""

from collections.abc import Iterable
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
    versions = _versions().get(key)
    if versions is None:
        raise PolicyError(f"There is no policy {key!r}; there is {words.joined(sorted(_versions()))}.")
    return in_force(versions, on)


@cache
def _versions() -> dict[str, tuple[Policy, ...]]:
    """Read every policy file of this folder once, by the court's key."""
    found: dict[str, list[Policy]] = {}
    for file in shipped():
        text = file.read_text(encoding="utf-8")
        policy = load(text, file.name)
        found.setdefault(Table(parsed(text)).text("court"), []).append(policy)
    return {key: _distinct(key, versions) for key, versions in found.items()}


def _distinct(key: str, versions: list[Policy]) -> tuple[Policy, ...]:
    """Refuse two versions that begin on one day or carry one name: nobody could say which one decides."""
    if len({p.in_force_from for p in versions}) < len(versions) or len({p.version for p in versions}) < len(versions):
        raise PolicyError(f"Two files of the policy {key!r} have the same version or in_force_from; give each its own.")
    return tuple(versions)
