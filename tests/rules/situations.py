"""Situations for the tests of rules: tables of facts from `scenarios/*.toml`, and a small policy to judge them by."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from tomllib import loads
from typing import Any

from models.policies.reading import Table
from models.rules.facts import CaseFacts, Failures, Sessions
from models.rules.policy import (
    FollowUpTiming,
    Ladder,
    Phase,
    Policy,
    Program,
    ReportTiming,
    Rung,
    SessionDefaults,
    Source,
)
from models.rules.vocabulary import Behaviour, Magnitude, ResponseKind, ResponseModel, Stage
from models.situations import Answer, answer, situation

ON = date(2026, 12, 4)
"""The Friday on which situations play unless they say another day."""

PROGRAM = Program(
    key="six",
    name="Intervention program, six sessions",
    service="counselling",
    sessions=6,
    phases=(
        Phase(name="Welcome", review_every_days=14, min_days=14, advance_attended=1, advance_without_absence_days=None),
        Phase(name="Progress", review_every_days=28, min_days=28, advance_attended=4, advance_without_absence_days=28),
        Phase(
            name="Transition", review_every_days=42, min_days=28, advance_attended=6, advance_without_absence_days=None
        ),
    ),
    completion_attended=6,
    completion_open_responses=0,
    restorable_months=6,
)

RUNGS = (
    Rung(
        behaviour=Behaviour.ATTENDED_ALL,
        kind=ResponseKind.INCENTIVE,
        steps=(("praise from the bench", "certificate"),),
    ),
    Rung(
        behaviour=Behaviour.ABSENCE,
        kind=ResponseKind.SANCTION,
        steps=(("conversation with the judge",), ("written plan",), ("earlier review date",), ("team conference",)),
    ),
    Rung(
        behaviour=Behaviour.MISSED_APPEARANCE,
        kind=ResponseKind.SANCTION,
        steps=(
            ("excuse or conversation",),
            ("earlier review date",),
            ("team conference", "warrant ordered and stayed"),
        ),
    ),
    Rung(
        behaviour=Behaviour.DISTAL_GOAL,
        kind=ResponseKind.ADJUSTMENT,
        steps=(("review of the service plan", "transport help"),),
    ),
)


MAGNITUDES = {
    "praise from the bench": Magnitude.LOW,
    "certificate": Magnitude.MODERATE,
    "conversation with the judge": Magnitude.LOW,
    "written plan": Magnitude.MODERATE,
    "team conference": Magnitude.HIGH,
}


def a_policy(
    *,
    same_behaviour_only: bool = True,
    rungs: tuple[Rung, ...] = RUNGS,
    several_absences: int = 2,
    model: ResponseModel = ResponseModel.GRADUATED,
    since_phase: bool = False,
) -> Policy:
    """Return a policy of one program that counts repeats as told."""
    known = {field.name for field in fields(SessionDefaults)}
    minutes = dict.fromkeys(known, 10)
    return Policy(
        version="test-1",
        in_force_from=date(2020, 1, 1),
        source=Source(text="Invented for tests.", verified_on=None),
        programs=(PROGRAM,),
        reports=ReportTiming(due_court_days_before=3, grace_court_days=1, remind_court_days_before=(5, 1)),
        sessions=SessionDefaults(**minutes),
        ladder=Ladder(
            same_behaviour_only=same_behaviour_only,
            window_days=90,
            incentive_goal_per_sanction=4,
            rungs=rungs,
            model=model,
            since_phase=since_phase,
            magnitudes=MAGNITUDES,
        ),
        follow_up=FollowUpTiming(
            referral_answer_days=7,
            no_contact_days=30,
            release_warning_days=14,
            outcome_grace_days=1,
            several_absences=several_absences,
            acd_warning_days=14,
            book_next_date=False,
        ),
    )


POLICY = a_policy()


USUAL: dict[str, Any] = {
    "stage": Stage.ACTIVE,
    "program": "six",
    "phase": 1,
    "phase_since": date(2026, 11, 6),
    "mandate_since": date(2026, 10, 5),
    "last_appearance_on": date(2026, 11, 6),
    "next_appearance_on": ON,
    "information_on": date(2026, 12, 1),
}
"""A case in Progress since 6 November with nothing against it."""


def facts(**given: Any) -> CaseFacts:
    """Return the usual facts, changed as `given`."""
    made = {key: _made(key, value) for key, value in given.items()}
    return CaseFacts(**{**USUAL, **made})


def _made(key: str, value: Any) -> Any:
    if key == "stage":
        return Stage(value)
    if isinstance(value, dict):
        return Sessions(**value) if key.startswith("sessions") else Failures(**value)
    return value


def answered(table: dict[str, Any], expect: dict[str, Any]) -> Answer:
    """Answer a situation of a table as `./run try` answers one of a file; what is expected is in the file's words too."""
    known = {**USUAL, **table["facts"]}
    known["phase"] = PROGRAM.phases[known["phase"]].name
    for key in table.get("without", []):
        del known[key]
    if "program" not in known:
        del known["phase"]
    told = {"title": table["name"], "on": table["on"], "facts": known, "expect": expect}
    return answer(situation(Table(told, file="a table of situations"), lambda _: POLICY))


def situations(name: str) -> list[dict[str, Any]]:
    """Return the situations of `scenarios/<name>.toml`, each with its day, its facts and what is expected."""
    tables = loads((Path(__file__).parent / "scenarios" / f"{name}.toml").read_text("utf-8"))["situation"]
    return [{"on": ON, **table} for table in tables]


def named(tables: list[dict[str, Any]]) -> list[str]:
    """Return the situations' names in plain English, for pytest."""
    return [str(table["name"]) for table in tables]
