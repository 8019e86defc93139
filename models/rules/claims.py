"""Who somebody is to the court, by what the sign-in of another house says of them.

Claims that were verified go in, with what the court wrote down about them; an account comes out, or a refusal in words.
Nobody gets in by default: only groups that the court has named mean anything here. Sources: OpenID Connect Core 1.0,
sections 2 (amr, acr) and 5.1 (claims); RFC 8176 (the values of amr).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from models.errors import NotPermitted
from models.rules.called import tidy
from models.rules.vocabulary import Role

LONGEST = 200  # characters of a username or a name

SECOND_FACTOR = (
    "This court asks for a second factor, and the other sign-in did not say that it asked for one. "
    "Sign in there with it, then come back."
)
NO_NAME = "The other sign-in did not say your username. Tell the court's administrator; nothing was recorded."
NO_GROUP = (
    "You signed in, but none of your groups there means anything in this court. Ask the court's administrator to have "
    "you put into the right one."
)
TWO_COURTS = (
    "Your groups there belong to more than one court, and an account belongs to one. Ask the court's administrator."
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What one of the other house's groups means here: roles in one court, which is called by its name."""

    court: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRules:
    """What the court wrote down: which claims to read, what groups mean, and which second factors count (any of them)."""

    groups: Mapping[str, Grant]
    username: str = "preferred_username"
    name: str = "name"
    groups_in: str = "groups"
    amr: frozenset[str] = frozenset()
    acr: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """Somebody as the other house knows them: `subject` never changes there, the rest may."""

    subject: str
    username: str
    name: str
    court: str
    roles: frozenset[Role]


def claimed(claims: Mapping[str, object], rules: ClaimRules) -> Claimed:
    """Return who the verified claims are about; NotPermitted in words where the court's rules let nobody in by them."""
    if not _second_factor(claims, rules):
        raise NotPermitted(SECOND_FACTOR)
    subject, username = _word(claims.get("sub")), _word(_found(claims, rules.username))
    if not subject or not username:
        raise NotPermitted(NO_NAME)
    grants = [rules.groups[group] for group in _words(_found(claims, rules.groups_in)) if group in rules.groups]
    courts = {grant.court for grant in grants}
    if not courts:
        raise NotPermitted(NO_GROUP)
    if len(courts) > 1:
        raise NotPermitted(TWO_COURTS)
    return Claimed(
        subject=subject,
        username=username.casefold(),
        name=_word(_found(claims, rules.name)) or username,
        court=courts.pop(),
        roles=frozenset().union(*(grant.roles for grant in grants)),
    )


def _second_factor(claims: Mapping[str, object], rules: ClaimRules) -> bool:
    """Tell whether the sign-in was as strong as the court asks: each of `amr` and `acr` that is given must be met."""
    by_method = not rules.amr or not rules.amr.isdisjoint(_words(claims.get("amr")))
    by_class = not rules.acr or _word(claims.get("acr")) in rules.acr
    return by_method and by_class


def _found(claims: Mapping[str, object], path: str) -> object:
    """Return the claim of that name; else what a path with dots leads to, such as `realm_access.roles`."""
    if path in claims:
        return claims[path]
    at: object = claims
    for part in path.split("."):
        at = at.get(part) if isinstance(at, Mapping) else None
    return at


def _word(value: object) -> str:
    """Return a short text; nothing for anything else, or for one with invisible characters: it is taken for another."""
    said = value.strip() if isinstance(value, str) else ""
    return said if len(said) <= LONGEST and tidy(said) == said else ""


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
