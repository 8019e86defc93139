"""Start a court: its database made ready, then dashboard and scheduler as two processes under this one.

The parent serves no page and runs no job: it starts, watches, and ends the two together. It knows them by name only.
The database's libraries take a second to load, so nothing here loads them for a court that plainly is ready.
"""

import errno
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from models import demonstration, exposure
from models.errors import Refused
from models.settings import PROJECT, Settings

# -P: what lies in the folder of the person who starts must not be taken for a module of ours
PARTS = {name: (sys.executable, "-P", "-m", name) for name in ("dashboard", "scheduler")}
PATIENCE = 10.0
"""Seconds a part has to end what it is doing before it is ended."""


def start(settings: Settings) -> int:
    """Make everything ready, run both parts until one is asked to end or dies, and return the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended meanwhile, it takes what it started with it
    _refuse_taken_port(settings)
    is_demonstration = _at_a_glance(settings)
    if is_demonstration is None or (settings.today and not is_demonstration):
        from models import readiness

        is_demonstration = readiness.ready(settings)
    if not is_demonstration:
        exposure.refuse_open_doors(settings)
    return Parts(settings, is_demonstration).run()


def newest_version() -> str:
    """Return the version of the newest migration, from the names of their files."""
    return max(file.name.split("_")[0] for file in (PROJECT / "models/migrations/versions").glob("[0-9]*_*.py"))


def _at_a_glance(settings: Settings) -> bool | None:
    """Tell whether a SQLite file of this version with a court in it is a demonstration; None: it needs a proper look."""
    file = settings.sqlite_file
    if file is None or not file.exists():
        return None
    try:
        with closing(sqlite3.connect(file, timeout=1)) as connection:
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            courts = connection.execute("SELECT 1 FROM courts LIMIT 1").fetchone()
            installation = connection.execute("SELECT demonstration FROM installation").fetchone()
    except (sqlite3.Error, TypeError):
        return None
    if version != newest_version() or courts is None:
        return None
    return installation is not None and bool(installation[0])


def _refuse_taken_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.address, settings.port))
        except OSError as error:
            raise Refused(_port_words(settings, error.errno)) from None


def _port_words(settings: Settings, number: int | None) -> str:
    if number == errno.EADDRNOTAVAIL:
        return f"This machine has no address {settings.address}. Name one of its own in OFFRAMP_ADDRESS."
    if number == errno.EACCES:
        return f"This account may not use port {settings.port}. Choose one above 1023, for example: ./run --port 8501"
    return (
        f"Port {settings.port} on {settings.address} is taken: Offramp may be running already, or another "
        f"program uses it. End that one, or choose another port: ./run --port {settings.port + 1}"
    )


@dataclass
class Parts:
    """The running processes, from start to end."""

    settings: Settings
    is_demonstration: bool
    commands: Mapping[str, Sequence[str]] = field(default_factory=lambda: PARTS)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    asked_to_end: bool = False

    def run(self) -> int:
        """Start both, watch them, end both; 0 when a person or the machine asked for the end, else 1."""
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, self._ask_to_end)
        try:
            for name, command in self.commands.items():
                # a session of its own: Ctrl-C reaches the parent alone, which then ends both in order
                self.running[name] = subprocess.Popen(command, cwd=PROJECT, start_new_session=True)
            return self._watch()
        finally:
            self._end()

    def _ask_to_end(self, *_signal: object) -> None:
        self.asked_to_end = True

    def _watch(self) -> int:
        announced = False
        while not self.asked_to_end:
            for name, process in self.running.items():
                if process.poll() is not None:
                    print(_death(name, process.returncode), file=sys.stderr, flush=True)
                    return 1
            if not announced and _answers(self.settings):
                announced = True
                print(announcement(self.settings, is_demonstration=self.is_demonstration), flush=True)
            time.sleep(0.2 if announced else 0.05)
        return 0

    def _end(self) -> None:
        """Ask each part to end, wait, and end what has not."""
        live = [process for process in self.running.values() if process.poll() is None]
        for process in live:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in live:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _death(name: str, code: int) -> str:
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    return f"The {name} ended on its own ({how}), so everything is stopped. What was recorded is safe; start again."


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.address, settings.address)  # noqa: S104 - any of ours
    try:
        with urllib.request.urlopen(
            f"http://{host}:{settings.port}/healthz", timeout=2
        ) as answer:  # our own part, by http  # nosec B310
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return True  # it speaks; what it refuses is for its own log
    except OSError:
        return False


def announcement(settings: Settings, *, is_demonstration: bool) -> str:
    """Return what a person reads when the court is open: the address, and a demonstration's sign-ins."""
    lines = [f"Offramp is running at {settings.home}   (Ctrl-C ends it)"]
    if is_demonstration:
        lines.append("This court and everybody in it are invented. Sign in as one of")
        lines.append(f"  {', '.join(demonstration.NAMES)}   with the password: {demonstration.PASSWORD}")
    return "\n".join(lines)
