"""Talking to the other house at which the court's people sign in: OpenID Connect, authorization code with PKCE.

What is asked and how it is checked follows OpenID Connect Core 1.0 and RFC 9700: state and nonce used once, S256, the
issuer named in the answer (RFC 9207), and a token that only the house's published keys can have signed, for us, now.
Whatever goes wrong is `OtherHouse`, in the same few words: nothing of an answer reaches a page, and a log names the
kind of the error alone.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from threading import Lock
from typing import Any

import httpx
from authlib.oauth2.auth import ClientAuth  # type: ignore[import-untyped]  # the package says nothing of its types
from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped]  # as above
    prepare_grant_uri,
    prepare_token_request,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # as above
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # as above
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from models.errors import Refused
from models.openid import OpenId, own_or_encrypted

ALGORITHMS = ("RS256", "PS256", "ES256")  # signatures by a key pair: neither `none` nor a shared secret
LEEWAY = 60  # seconds that two clocks may differ
PATIENCE = 5.0  # seconds for each answer of the other house
_LARGEST = 1_000_000  # bytes of an answer
_KEPT = timedelta(hours=1)  # what the house published
_AGAIN = timedelta(minutes=1)  # at the earliest its keys are asked for anew

_log = logging.getLogger("offramp.openid")


class OtherHouse(Refused):
    """The other sign-in did not answer as it should, so nobody was signed in. Begin again; if it goes on, tell whoever looks after Offramp."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one way to the other house and back hangs together by."""

    state: str
    nonce: str
    verifier: str
    wanted: str


@dataclass
class Provider:
    """The other house, as one process knows it: what it published is kept for an hour."""

    agreed: OpenId
    _lock: Lock = field(default_factory=Lock)
    _published: dict[str, tuple[datetime, dict[str, Any]]] = field(default_factory=dict)

    def way_there(self, attempt: Attempt, now: datetime) -> str:
        """Return the address at which a person signs in there. Raises OtherHouse."""
        asked = {"nonce": attempt.nonce, "acr_values": " ".join(sorted(self.agreed.rules.acr)) or None}
        address: str = prepare_grant_uri(
            self._endpoint("authorization_endpoint", now),
            client_id=self.agreed.client_id,
            response_type="code",
            redirect_uri=self.agreed.redirect_uri,
            scope=list(self.agreed.scopes),
            state=attempt.state,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
            **asked,
        )
        return address

    def claims(self, attempt: Attempt, answer: Mapping[str, str], now: datetime) -> dict[str, Any]:
        """Exchange the answer's code and return the verified claims at an instant (UTC). Raises OtherHouse."""
        self._check_issuer(answer, now)
        if "error" in answer or not answer.get("code"):
            raise _gone("no code")
        with self._client() as client:
            told = self._token(client, attempt, answer["code"], now)
        token, access = told.get("id_token"), told.get("access_token")
        if not isinstance(token, str):
            raise _gone("no token")
        return self._verified(token, access if isinstance(access, str) else None, attempt, now)

    def _check_issuer(self, answer: Mapping[str, str], now: datetime) -> None:
        """Refuse another house's answer (RFC 9207); a house that says it names itself must do so."""
        names = self._metadata(now).get("authorization_response_iss_parameter_supported") is True
        if (names or "iss" in answer) and not compare_digest(
            answer.get("iss", "").encode(), self.agreed.issuer.encode()
        ):
            raise _gone("another issuer answered")

    def _token(self, client: httpx.Client, attempt: Attempt, code: str, now: datetime) -> dict[str, Any]:
        address = self._endpoint("token_endpoint", now)
        body = prepare_token_request(
            "authorization_code", code=code, redirect_uri=self.agreed.redirect_uri, code_verifier=attempt.verifier
        )
        said = self._metadata(now).get("token_endpoint_auth_methods_supported")
        by_form = isinstance(said, list) and "client_secret_basic" not in said
        auth = ClientAuth(
            self.agreed.client_id, self.agreed.secret, "client_secret_post" if by_form else "client_secret_basic"
        )
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        address, headers, body = auth.prepare("POST", address, headers, body)
        return _answered(client, "POST", address, headers=headers, content=body)

    def _verified(self, token: str, access: str | None, attempt: Attempt, now: datetime) -> dict[str, Any]:
        try:
            try:
                found = jwt.decode(token, self._keys(now), algorithms=ALGORITHMS)
            except InvalidKeyIdError:  # the house may have changed its keys since
                found = jwt.decode(token, self._keys(now, anew=True), algorithms=ALGORITHMS)
            options = {
                "iss": {"essential": True, "value": self.agreed.issuer},
                "aud": {"essential": True, "value": self.agreed.client_id},
                "nonce": {"essential": True, "value": attempt.nonce},
            }
            known = {"nonce": attempt.nonce, "client_id": self.agreed.client_id, "access_token": access}
            CodeIDToken(found.claims, found.header, options, known).validate(int(now.timestamp()), LEEWAY)
        except (JoseError, KeyError, ValueError, TypeError) as error:
            raise _gone(type(error).__name__) from None
        return dict(found.claims)

    def _endpoint(self, name: str, now: datetime) -> str:
        try:
            return own_or_encrypted(self._metadata(now)[name])
        except (KeyError, ValueError, TypeError, AttributeError):
            raise _gone(f"no {name}") from None

    def _metadata(self, now: datetime) -> dict[str, Any]:
        found = self._kept(f"{self.agreed.issuer.rstrip('/')}/.well-known/openid-configuration", now, _KEPT)
        if found.get("issuer") != self.agreed.issuer:
            raise _gone("another issuer published")
        return found

    def _keys(self, now: datetime, *, anew: bool = False) -> KeySet:
        return KeySet.import_key_set(self._kept(self._endpoint("jwks_uri", now), now, _AGAIN if anew else _KEPT))  # type: ignore[arg-type]  # checked by what reads it

    def _kept(self, address: str, now: datetime, fresh: timedelta) -> dict[str, Any]:
        """Return what the house published at an address, asked for anew when it is older than `fresh`."""
        with self._lock:
            at, said = self._published.get(address, (None, {}))
            if at is None or now - at >= fresh:
                with self._client() as client:
                    said = _answered(client, "GET", address)
                self._published[address] = (now, said)
            return said

    def _client(self) -> httpx.Client:
        return httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False)


def _answered(client: httpx.Client, method: str, address: str, **sent: Any) -> dict[str, Any]:
    """Return the JSON object that the house answers with. Raises OtherHouse for anything else."""
    try:
        with client.stream(method, address, **sent) as answer:
            body = b""
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    raise _gone("too long an answer")
        said = json.loads(body) if answer.status_code == httpx.codes.OK else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        raise _gone(type(error).__name__) from None
    if not isinstance(said, dict):
        raise _gone(f"status {answer.status_code}")
    return said


def _gone(why: str) -> OtherHouse:
    _log.warning("Nobody was signed in by the other house: %s", why)
    return OtherHouse()


_used: Provider | None = None


def use(agreed: OpenId | None) -> None:
    """Let the court's people sign in at this house too, or at none, for the whole process."""
    global _used  # noqa: PLW0603 - a process has one; routes are functions
    _used = Provider(agreed) if agreed else None


def used() -> Provider | None:
    """Return the other house, where the court has agreed with one."""
    return _used
