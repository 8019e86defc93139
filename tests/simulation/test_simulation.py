"""A court over time, driven by chance through commands and the scheduler: what must hold holds on every day.

The ordinary run is a smaller court, to be quick; OFFRAMP_SIMULATION=full lets it be 500 participants over two years. A
day that breaks an invariant fails with the day, the case's id and what was expected; the same seed breaks it again.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.simulation.run import head, simulate, without_waiting
from tests.simulation.world import World

PROJECT = Path(__file__).resolve().parents[2]
SEED = 20270104

#: Participants and days: of the ordinary run, of the one on PostgreSQL, of the pair that is compared, and in full.
USUAL, ON_POSTGRESQL, COMPARED, FULL = (45, 130), (14, 28), (10, 21), (500, 731)

#: What every court of the ordinary size meets, whatever chance brings; the rest comes with time.
_MET = (
    "case opened",
    "referral accepted",
    "referral enrolled",
    "release long",
    "release declined",
    "report in time",
    "report after its due day",
    "outcome appeared",
    "outcome excused",
    "outcome did_not_appear",
    "course accept_mandate",
    "course advance",
    "course complete",
    "course grant_acd",
    "response incentive",
    "response sanction",
    "warrant issued",
    "date put off",
    "date approved",
    "interpreter booked",
    "follow-up held",
    "appearance moved",
    "day closed",
    "new arrest",
    "move undone at once",
    "back after an undo",
    "reminder sent",
    "reminder refused by the gateway",
    "reminder approved",
    "policy put in force",
    "all judged once more",
    "read through",
)
#: What only time brings.
_MET_IN_FULL = (
    "outcome adjourned",
    "absence disputed",
    "response service_adjustment",
    "response outside the range",
    "response done",
    "judge away, another sits",
    "reinstated",
    "session closed",
    "course decline",
    "dismissal confirmed",
    "dismissed early",
    "follow-up waived",
    "gates dropped",
    "need without a place",
    "program changed",
    "release revoked",
    "report corrected",
    "report disputed",
    "restored from ACD",
    "response withdrawn",
    "returned after a warrant",
    "terminated with all gates",
    "transferred",
    "over its places, with a reason",
    "arrest struck",
    "arrest answered: advance_with_counsel",
    "arrest answered: warrant_stayed",
    "arrest answered: warrant_issued",
    "warrant vacated",
    "moved together: day_closed",
    "moved together: session_closed",
    "moved together: fewer_places",
    "move undone days later",
    "stayed after an undo, with a reason",
    "reminder nobody knows of",
    "reminder declined",
    "no reminders wished",
)
_NEVER = (
    "a sanction on nothing verified",
    "a sanction for a distal goal",
    "liberty without the gates",
    "a decision on an older picture",
    "a report without a release",
    "a move undone twice",
)


def _missing(counts: Counter[str], names: tuple[str, ...]) -> list[str]:
    return [name for name in names if not counts[name]]


def _told(world: World) -> None:
    print("\n" + json.dumps(dict(sorted(world.counts.items())), indent=1))


def test_what_must_hold_holds_on_every_day_of_a_simulated_court(sqlite_engine: Engine) -> None:
    full = os.environ.get("OFFRAMP_SIMULATION") == "full"
    participants, days = FULL if full else USUAL
    world = simulate(without_waiting(sqlite_engine), participants=participants, days=days, seed=SEED)
    _told(world)
    never = tuple(f"never: {name}" for name in _NEVER)
    assert _missing(world.counts, (*_MET, *never)) == []
    if full:
        assert _missing(world.counts, (*_MET_IN_FULL, "never: a program ended without the gates")) == []


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_it_holds_on_postgresql_as_well(engine: Engine) -> None:
    participants, days = ON_POSTGRESQL
    world = simulate(engine, participants=participants, days=days, seed=SEED)
    assert _missing(world.counts, ("case opened", "decision", "report in time")) == []


def test_the_same_seed_tells_the_same_court_in_every_process(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Whatever order the process gives its sets: the audit's last hash stands for everything that happened."""
    participants, days = COMPARED
    here = simulate(without_waiting(sqlite_engine), participants=participants, days=days, seed=SEED)
    command = [sys.executable, "-m", "tests.simulation.run", "--seed", str(SEED)]
    command += [
        "--participants",
        str(participants),
        "--days",
        str(days),
        "--database",
        f"sqlite:///{tmp_path}/again.db",
    ]
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    again = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert again.stdout.splitlines()[-1] == head(here)
    assert json.loads(again.stdout.rpartition("\n}")[0] + "}") == here.counts
