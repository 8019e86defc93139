"""The court's written policy: the promises of `models.policies`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PolicyError
from models.policies import in_force, load, policy_in_force
from models.policies.lines import line_of
from models.rules.policy import Policy
from models.rules.vocabulary import Behaviour, ResponseKind, ResponseModel
from tests.rules.scenario_tables import Row, situations

TEXT = files("models.policies").joinpath("demonstration.toml").read_text(encoding="utf-8")
POLICY = load(TEXT)


@pytest.mark.parametrize("row", situations("policies", "mistake"))
def test_a_mistake_is_refused_with_its_key_and_what_it_should_be(row: Row) -> None:
    assert row["find"] in TEXT
    with pytest.raises(PolicyError) as refused:
        load(TEXT.replace(row["find"], row["put"], 1))
    assert str(refused.value) == row["says"]


def test_a_policy_without_reminders_stays_valid_and_reminds_nobody() -> None:
    without = TEXT[: TEXT.index("[reminders]")]
    assert load(without).reminders.days_before == ()
    assert load(TEXT).reminders.days_before == (7, 3, 1)


def test_a_file_that_is_not_toml_is_refused_with_its_line() -> None:
    with pytest.raises(PolicyError, match=r"cannot be read as TOML: .*line 2"):
        load("version = 'x'\n=")


def _keys(values: object, path: str) -> Iterator[str]:
    """Yield the full name of every key of a file's tables."""
    if isinstance(values, dict):
        for key, value in values.items():
            name = f"{path}.{key}" if path else str(key)
            yield name
            yield from _keys(value, name)
    elif isinstance(values, list):
        for n, value in enumerate(values, start=1):
            yield from _keys(value, f"{path}[{n}]")


def test_every_key_of_the_shipped_policy_is_found_on_its_line() -> None:
    lines = TEXT.split("\n")
    keys = list(_keys(tomllib.loads(TEXT), ""))
    assert len(keys) > 100
    assert [key for key in keys if key.rpartition(".")[2] not in lines[line_of(TEXT, key) - 1]] == []


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("list", 2),
        ("list[1].a", 3),
        ("list[2].a", 5),
        ("list[2].none", 5),
        ("long[2]", 10),
        ("tables[2]", 16),
        ("tables[2].missing", 16),
        ("tables[2].x", 17),
        ("nowhere", 1),
    ],
)
def test_an_entry_of_a_list_over_several_lines_is_found_and_what_is_missing_is_where_it_belongs(
    key: str, line: int
) -> None:
    text = (
        "# a file\nlist = [\n    { a = 1 },\n    # why\n    { a = 2, b = [\n        1,\n    ] },\n]\n"
        'long = [1,\n  2]\ntext = """\nx = 1\n"""\n[[tables]]\n\n[[tables]]\nx = 1\n'
    )
    assert line_of(text, key) == line


def test_a_mistake_in_a_file_is_refused_with_the_file_and_the_line() -> None:
    with pytest.raises(PolicyError) as refused:
        load(TEXT.replace("min_days = 60\n", 'min_days = "60"\n'), "harbor.toml")
    line = TEXT.split("\n").index("min_days = 60") + 1
    said = f"harbor.toml, line {line}: programs[3].phases[1].min_days should be a whole number, 0 or more."
    assert str(refused.value) == said


def test_the_six_session_program_is_read_as_written() -> None:
    program = POLICY.program("six-sessions")
    assert (program.sessions, program.completion_attended, program.restorable_months) == (6, 6, 6)
    assert [phase.review_every_days for phase in program.phases] == [14, 28, 42]
    assert [phase.advance_attended for phase in program.phases] == [1, 4, 6]
    assert [phase.advance_without_absence_days for phase in program.phases] == [None, 28, None]
    assert program.for_under_years is None


def test_the_young_peoples_program_begins_with_services_and_asks_for_no_session_first() -> None:
    program = POLICY.program("young-people")
    assert program.for_under_years == 18
    assert program.phases[0].advance_attended == 0


def test_no_program_asks_for_more_than_it_mandates_and_reviews_grow_rarer() -> None:
    for program in POLICY.programs:
        asked = [phase.advance_attended for phase in program.phases]
        assert asked == sorted(asked)
        assert asked[-1] <= program.sessions
        rhythm = [phase.review_every_days for phase in program.phases]
        assert rhythm == sorted(rhythm)
        assert rhythm[0] <= 14, "at least every two weeks at first"


def test_a_phase_past_the_last_one_is_none() -> None:
    program = POLICY.program("six-sessions")
    assert program.phase(2) == program.phases[2]
    assert program.phase(3) is None
    assert program.phase(-1) is None


def test_an_unknown_program_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        POLICY.program("none-such")


def test_the_matrix_keeps_its_steps_in_order_and_a_need_apart_from_reward_and_punishment() -> None:
    rungs = {rung.behaviour: rung for rung in POLICY.ladder.rungs}
    assert [step[0] for step in rungs[Behaviour.ABSENCE].steps] == [
        "conversation with the judge",
        "written plan with the coordinator",
        "earlier review date",
        "team conference",
    ]
    assert len(rungs[Behaviour.ATTENDED_ALL].steps) == 1
    assert rungs[Behaviour.DISTAL_GOAL].kind is ResponseKind.ADJUSTMENT


def test_a_policy_written_before_there_were_models_and_magnitudes_is_read_as_graduated_by_days() -> None:
    text = re.sub(r"\[responses\.magnitudes\].*?(?=\n#)", "", TEXT, flags=re.DOTALL)
    text = "\n".join(line for line in text.split("\n") if not line.startswith(("model =", "repeat_window =")))
    ladder = load(text).ladder
    assert (ladder.model, ladder.since_phase, ladder.magnitudes) == (ResponseModel.GRADUATED, False, {})
    assert ladder.rungs == POLICY.ladder.rungs


def test_a_line_may_have_a_model_phases_and_a_goal_of_its_own() -> None:
    line = 'model = "isolated"\nphases = ["Welcome"]\ngoal = "distal"\nbehaviour = "distal_goal_not_met"'
    rung = load(TEXT.replace('behaviour = "distal_goal_not_met"', line)).ladder.rungs[-1]
    assert (rung.model, rung.phases, rung.distal) == (ResponseModel.ISOLATED, ("Welcome",), True)


def test_numbers_nobody_has_checked_do_not_claim_a_day_of_checking() -> None:
    assert POLICY.source.verified_on is None
    checked = load(TEXT.replace("# verified_on = 2026-01-31", "verified_on = 2026-01-31 #"))
    assert checked.source.verified_on == date(2026, 1, 31)


def _version(begins: date, name: str) -> Policy:
    return replace(POLICY, version=name, in_force_from=begins)


OLD, NEW = _version(date(2026, 1, 1), "old"), _version(date(2026, 7, 1), "new")


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2026, 1, 1), "old"),
        (date(2026, 6, 30), "old"),
        (date(2026, 7, 1), "new"),
        (date(2026, 7, 2), "new"),
    ],
    ids=["the first day", "the day before the change", "the day of the change", "the day after"],
)
def test_a_version_is_in_force_from_its_first_day_until_the_day_before_the_next(on: date, version: str) -> None:
    assert in_force([NEW, OLD], on).version == version


def test_before_the_first_version_the_refusal_says_when_it_begins() -> None:
    with pytest.raises(PolicyError) as refused:
        in_force([NEW, OLD], date(2025, 12, 31))
    assert str(refused.value) == (
        "No version of the court's policy is in force on 31 December 2025; the first begins on 1 January 2026."
    )


def test_the_demonstration_court_has_a_policy_for_every_day_of_its_history() -> None:
    assert policy_in_force("demonstration", date(2020, 2, 29)) == POLICY
    assert policy_in_force("demonstration", date(2026, 12, 4)) is policy_in_force("demonstration", date(2026, 12, 4))


def test_an_unknown_court_is_told_which_policies_there_are() -> None:
    with pytest.raises(PolicyError, match=r"There is no policy 'elsewhere'; there is .*demonstration"):
        policy_in_force("elsewhere", date(2026, 12, 4))


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_the_version_in_force_has_begun_and_no_later_one_has(on: date) -> None:
    chosen = in_force([OLD, NEW], on)
    assert chosen.in_force_from <= on
    assert all(other.in_force_from <= chosen.in_force_from or other.in_force_from > on for other in (OLD, NEW))
