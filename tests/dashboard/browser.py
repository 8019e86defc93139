"""A very small browser for the plain routes: it keeps cookies and asks the application directly, without a socket."""

import asyncio
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from re import search
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message


@dataclass
class Answer:
    """What came back. A websocket that was let in has status 101."""

    status: int
    headers: dict[str, str]
    body: str
    set_cookies: list[str]


@dataclass
class Browser:
    """One person's browser on one application."""

    app: ASGIApp
    host: str = "localhost:8501"
    cookies: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)  # recovery codes, for the second step

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers={"accept": "text/html", **headers})

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        return self.ask("POST", path, urlencode(fields).encode(), headers)

    def sign_in(self, username: str, password: str, **fields: str) -> Answer:
        """Open the form and send it, as a person does; a code is asked for next, whatever fitted."""
        answer = self.send("/sign-in", username=username, password=password, **fields)
        asked = answer.headers.get("location", "")
        if not asked.startswith("/sign-in/code"):
            return answer
        return self.send(asked, code=self.codes.pop(), next=fields.get("next", "/"))

    def send(self, path: str, **fields: str) -> Answer:
        """Open a page with a form of ours and send the form."""
        found = search(r'name="form_token" value="([^"]+)"', self.get(path).body)
        assert found
        return self.post(path.partition("?")[0], {"form_token": found[1], **fields})

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """Send one request; underscores in the names of headers stand for hyphens."""
        answer = asyncio.run(self._ask(method, path, body, headers or {}))
        for cookie in answer.set_cookies:
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        return answer

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        sent: list[Message] = []
        socket = method == "WEBSOCKET"
        waiting: list[Message] = [{"type": "websocket.connect"} if socket else {"type": "http.request", "body": body}]

        async def receive() -> Message:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(self._scope(method, path, headers), receive, send)
        if socket:
            return Answer(101 if sent[0]["type"] == "websocket.accept" else 403, {}, "", [])
        pairs = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
        text = b"".join(message.get("body", b"") for message in sent[1:]).decode("utf-8", "replace")
        return Answer(sent[0]["status"], dict(pairs), text, [value for name, value in pairs if name == "set-cookie"])

    def _scope(self, method: str, path: str, headers: dict[str, str]) -> dict[str, object]:
        bare, _, query = path.partition("?")
        given = {"host": self.host, "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        socket = method == "WEBSOCKET"
        return {
            "type": "websocket" if socket else "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "ws" if socket else "http",
            "path": bare,
            "raw_path": bare.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("192.0.2.7", 4711),
            "server": ("localhost", 8501),
            "subprotocols": [],
        }
