"""Promises of the parent process: two parts, one life."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models import demonstration
from models.errors import Refused
from models.launch import announcement, start
from models.settings import PROJECT, Settings

PARENT = """
import sys
from models.launch import Parts
from models.settings import Settings
code = lambda body: (sys.executable, "-c", body)
sys.exit(Parts(Settings(port=1), False, {"dashboard": code(sys.argv[1]), "scheduler": code(sys.argv[2])}).run())
"""
# A part writes that it began, waits, and writes that it ended in order.
PART = """
import pathlib, signal, sys, time
here = pathlib.Path({folder!r})
def end(*_):
    (here / "{name}.ended").touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
(here / "{name}.began").touch()
while True:
    time.sleep(0.05)
"""


def part(folder: Path, name: str) -> str:
    return PART.format(folder=str(folder), name=name)


def parent(dashboard: str, scheduler: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PARENT, dashboard, scheduler]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(*paths: Path) -> None:
    until = time.monotonic() + 30
    while not all(path.exists() for path in paths):
        assert time.monotonic() < until, f"still waiting for {paths}"
        time.sleep(0.02)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_both_parts_end_in_order(asked: signal.Signals, tmp_path: Path) -> None:
    with parent(part(tmp_path, "dashboard"), part(tmp_path, "scheduler")) as process:
        wait_for(tmp_path / "dashboard.began", tmp_path / "scheduler.began")
        process.send_signal(asked)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, "")
    assert (tmp_path / "dashboard.ended").exists()
    assert (tmp_path / "scheduler.ended").exists()


@pytest.mark.parametrize("dying", ["dashboard", "scheduler"])
def test_when_one_part_dies_the_parent_says_so_and_ends_the_other(dying: str, tmp_path: Path) -> None:
    living = "scheduler" if dying == "dashboard" else "dashboard"
    wait = (
        f"import pathlib, time\nwhile not pathlib.Path({str(tmp_path)!r}, '{living}.began').exists(): time.sleep(0.02)"
    )
    bodies = {dying: f"{wait}\nraise SystemExit(3)", living: part(tmp_path, living)}
    with parent(bodies["dashboard"], bodies["scheduler"]) as process:
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.startswith(f"The {dying} ended on its own (exit code 3)")
    assert (tmp_path / f"{living}.ended").exists()


def test_a_taken_port_is_answered_with_what_to_do_before_anything_is_touched(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        settings = Settings(port=port, database_url=f"sqlite:///{tmp_path / 'offramp.db'}")
        with pytest.raises(Refused, match=rf"Port {port} .* is taken.*--port {port + 1}"):
            start(settings)
    assert list(tmp_path.iterdir()) == []


def test_sign_ins_are_announced_for_a_demonstration_only() -> None:
    settings = Settings(port=8600)
    assert demonstration.PASSWORD in announcement(settings, is_demonstration=True)
    assert demonstration.PASSWORD not in announcement(settings, is_demonstration=False)
    assert "http://127.0.0.1:8600" in announcement(settings, is_demonstration=False)
