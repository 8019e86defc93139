"""Another house at which people sign in: a small OpenID provider over real HTTP on this machine, with a key of its own.

It checks what a good provider checks (the client's secret, the address to return to, PKCE, a code used once) and can be
told to misbehave: `changed` replaces claims (None takes one out), `signed` makes the token otherwise.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # says nothing of its types
from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "offramp", "what only the two houses know"
BACK = "http://localhost:8501/openid/return"

Claims = dict[str, Any]


@dataclass
class House:
    """One provider: who is signed in there, and how it misbehaves."""

    now: datetime
    address: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "first"}))
    person: Claims = field(default_factory=dict)
    changed: Claims = field(default_factory=dict)
    published: dict[str, Any] = field(default_factory=dict)
    signed: Callable[["House", Claims], str] = lambda house, claims: house.sign(claims)
    down: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def sign(self, claims: Claims, key: ECKey | None = None, **header: str) -> str:
        """Return a token as the house signs it."""
        return jwt.encode({"alg": "ES256", "kid": "first"} | header, claims, key or self.key, algorithms=["ES256"])

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "authorization_response_iss_parameter_supported": True,
        } | self.published

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def agree(self, address: str) -> str:
        """Answer a browser at the authorization endpoint with where it is sent: its person is signed in already."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, BACK)
        assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{BACK}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.address})}"

    def exchange(self, sent: dict[str, str], authorization: str | None) -> tuple[int, dict[str, Any]]:
        """Answer the token endpoint."""
        if authorization != f"Basic {b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}":
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or sent.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if create_s256_code_challenge(sent.get("code_verifier", "")) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        at = int(self.now.timestamp())
        claims = {"iss": self.address, "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": asked["nonce"]}
        claims |= self.person | self.changed
        told = {name: value for name, value in claims.items() if value is not None}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.signed(self, told)}


@contextmanager
def open_house(now: datetime) -> Iterator[House]:
    """Yield a house that answers on a free port of this machine."""
    house = House(now)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(house))
    house.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield house
    finally:
        server.shutdown()
        server.server_close()


def _handler(house: House) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            house.asked.append(self.path)
            pages = {"/.well-known/openid-configuration": house.metadata, "/keys": house.keys}
            self._answer(200, pages[self.path]()) if self.path in pages else self._answer(404, {})

        def do_POST(self) -> None:
            house.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*house.exchange(sent, self.headers.get("Authorization")))

        def _answer(self, status: int, said: dict[str, Any]) -> None:
            body = b"<html>away</html>" if house.down else json.dumps(said).encode()
            self.send_response(503 if house.down else status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Say nothing: a test's output is its failures."""

    return Handler
