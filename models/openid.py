"""The other house at which the court's people sign in: one TOML file, read strictly, and the secret beside it.

`OFFRAMP_OPENID_FILE` names the file; README shows one. Nothing of it is a default that lets anybody in.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from models.errors import SettingsError
from models.rules.claims import ClaimRules, Grant
from models.rules.vocabulary import Role

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_OTHERS = 0o077


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenId:
    """What the court agreed with the other house; `makes_accounts`: somebody new is given an account."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    redirect_uri: str
    name: str
    scopes: tuple[str, ...]
    makes_accounts: bool
    rules: ClaimRules


def read(file: Path) -> OpenId:
    """Return what the file says; SettingsError names what is missing, misspelt or cannot be right, and no secret."""
    try:
        said = _File(**tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} (OFFRAMP_OPENID_FILE) cannot be read: {type(error).__name__}.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is no TOML file: {error}") from None
    except ValidationError as error:
        wrong = "; ".join(_words(one) for one in error.errors(include_url=False, include_input=False))
        raise SettingsError(f"{file}: {wrong}. Correct it and start again.") from None
    return OpenId(
        issuer=said.issuer,
        client_id=said.client_id,
        secret=_secret(file.parent / said.secret_file),
        redirect_uri=said.redirect_uri,
        name=said.name,
        scopes=tuple(dict.fromkeys(("openid", *said.scopes))),
        makes_accounts=said.accounts == "made",
        rules=_rules(said),
    )


def own_or_encrypted(address: str) -> str:
    """Return an address that is https, or this machine's own; ValueError for any other."""
    parts = urlsplit(address)
    if not parts.hostname or parts.fragment or parts.username:
        raise ValueError("is no address")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        raise ValueError("must begin with https://")
    return address


_Address = Annotated[str, AfterValidator(own_or_encrypted)]
_Text = Annotated[str, Field(min_length=1, max_length=500)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class _Claims(_Strict):
    username: _Text = "preferred_username"
    name: _Text = "name"
    groups: _Text = "groups"


class _SecondFactor(_Strict):
    amr: tuple[_Text, ...] = ()
    acr: tuple[_Text, ...] = ()


class _Group(_Strict):
    name: _Text
    court: _Text
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]


class _File(_Strict):
    issuer: _Address
    client_id: _Text
    secret_file: _Text
    redirect_uri: _Address
    name: _Text
    accounts: Literal["existing", "made"]
    groups: Annotated[tuple[_Group, ...], Field(min_length=1)]
    scopes: tuple[_Text, ...] = ("profile",)
    claims: _Claims = _Claims()
    second_factor: _SecondFactor = _SecondFactor()


def _rules(said: _File) -> ClaimRules:
    return ClaimRules(
        groups={group.name: Grant(group.court, frozenset(group.roles)) for group in said.groups},
        username=said.claims.username,
        name=said.claims.name,
        groups_in=said.claims.groups,
        amr=frozenset(said.second_factor.amr),
        acr=frozenset(said.second_factor.acr),
    )


def _secret(file: Path) -> str:
    try:
        if file.stat().st_mode & _OTHERS:
            raise SettingsError(
                f"{file} can be read by others. Make it its owner's alone (chmod 600), then start again."
            )
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} (secret_file) cannot be read: {type(error).__name__}.") from None
    if not secret:
        raise SettingsError(f"{file} (secret_file) is empty.")
    return secret


def _words(problem: Any) -> str:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in problem["loc"])
    known = {"missing": "is missing", "extra_forbidden": "is not known here"}
    return f"{where} {known.get(problem['type'], problem['msg'].removeprefix('Value error, '))}"
