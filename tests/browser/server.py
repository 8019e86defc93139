"""The real dashboard as a process of its own, on a free port, for tests that drive a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class Server:
    """A dashboard on a migrated database. It can be killed and started again at the same address."""

    def __init__(self, database_url: str, environment: Mapping[str, str]) -> None:
        self.database_url = database_url
        port = _free_port()
        self.address = f"http://127.0.0.1:{port}"
        given = {"OFFRAMP_DATABASE_URL": database_url, "OFFRAMP_PORT": str(port), "OFFRAMP_ADDRESS": "127.0.0.1"}
        self._environment = {**os.environ, **given, **environment}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dashboard"],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        _wait_for(f"{self.address}/healthz", self._process)

    def kill(self) -> None:
        """End it as a power cut would: at once, with nothing put away."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate(timeout=20)

    def stop(self) -> str:
        """End it politely and return everything it said."""
        assert self._process is not None
        self._process.terminate()
        said, _ = self._process.communicate(timeout=20)
        return said


@contextmanager
def running(database_url: str, **environment: str) -> Iterator[Server]:
    """Yield a dashboard that answers; it is ended afterwards, and must have been quiet."""
    server = Server(database_url, environment)
    server.start()
    said = ""
    try:
        yield server
    finally:
        said = server.stop()
    assert "Traceback" not in said, said
    assert "Incident" not in said, said


@contextmanager
def serving(database_url: str, **environment: str) -> Iterator[str]:
    """Yield the address of such a dashboard."""
    with running(database_url, **environment) as server:
        yield server.address


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    """Wait until the address answers; fail with what the process said when it ends first or takes three minutes."""
    for _ in range(720):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except urllib.error.HTTPError:
            return  # it speaks: without a scheduler beside it, it says that no dates are kept
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    server.kill()
    raise AssertionError(f"the dashboard did not start: {server.communicate()[0]}")
