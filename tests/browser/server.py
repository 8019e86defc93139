"""The real dashboard as a process of its own, on a free port, for tests that drive a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def serving(database_url: str, **environment: str) -> Iterator[str]:
    """Yield the address of a dashboard on a migrated database; it is ended afterwards, and must have been quiet."""
    port = _free_port()
    given = {"OFFRAMP_DATABASE_URL": database_url, "OFFRAMP_PORT": str(port), "OFFRAMP_ADDRESS": "127.0.0.1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "dashboard"],
        env=os.environ | given | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        said, _ = server.communicate(timeout=20)
    assert "Traceback" not in said, said
    assert "Incident" not in said, said


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
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    server.kill()
    raise AssertionError(f"the dashboard did not start: {server.communicate()[0]}")
