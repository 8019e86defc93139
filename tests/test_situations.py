"""Situations told in a file: answered by the rules alone, read strictly, and compared with what is expected."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from models.__main__ import main
from models.errors import Invalid, PolicyError
from models.policies import policy_in_force
from models.settings import PROJECT
from models.situations import Answer, answer, differences, situations, tried
from tests.rules.scenario_tables import Row
from tests.rules.scenario_tables import situations as table

EXAMPLES = PROJECT / "models" / "situations" / "examples.toml"
DEMONSTRATION = files("models.policies").joinpath("demonstration.toml").read_text(encoding="utf-8")

Told = Callable[..., Path]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Write a file of situations, or a policy, and return it."""

    def write(text: str, name: str = "told.toml") -> Path:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def answers(text: str) -> list[Answer]:
    return [answer(one) for one in situations(text, lambda on: policy_in_force("demonstration", on))]


def a_case(more: str) -> Answer:
    (one,) = answers(f'[[situation]]\ntitle = "A case"\non = 2026-12-04\n{more}')
    return one


def test_every_example_is_answered_as_it_says() -> None:
    for one in answers(EXAMPLES.read_text(encoding="utf-8")):
        assert differences(one) == (), one.situation.title
        assert one.situation.expected, f"{one.situation.title}: an example says what is expected"


def test_the_examples_name_every_key_of_the_form() -> None:
    text = EXAMPLES.read_text(encoding="utf-8")
    with pytest.raises(PolicyError) as refused:
        answers('[[situation]]\ntitle = "A case"\non = 2026-12-04\nx = 1')
    known = str(refused.value).split("one of ")[1].rstrip(".").split(", ")
    assert [key for key in known if f"#   {key} " not in text] == []


@pytest.mark.parametrize("row", table("situations", "mistake"))
def test_a_mistake_is_refused_with_file_line_key_and_what_it_should_be(row: Row, told: Told) -> None:
    with pytest.raises(Invalid) as refused:
        tried(told(row["file"]))
    between = ", " if row["says"].startswith("line") else ": "
    assert str(refused.value) == f"told.toml{between}{row['says']}"


def test_a_mistake_in_the_policy_names_the_policys_file_and_line(told: Told) -> None:
    policy = told(DEMONSTRATION.replace("grace_court_days = 1", 'grace_court_days = "1"'), "court.toml")
    line = DEMONSTRATION.split("\n").index("grace_court_days = 1") + 1
    with pytest.raises(PolicyError) as refused:
        tried(EXAMPLES, policy)
    assert str(refused.value) == (
        f"court.toml, line {line}: reports.grace_court_days should be a whole number, 0 or more."
    )


def test_a_courts_own_policy_answers_in_place_of_the_demonstrations_even_before_it_comes_into_force(
    told: Told,
) -> None:
    changed = DEMONSTRATION.replace("several_unanswered_absences = 2", "several_unanswered_absences = 3")
    changed = changed.replace("in_force_from = 2015-01-01", "in_force_from = 2030-01-01")
    policy = told(changed.replace('"demonstration-1"', '"harbor-2"'), "court.toml")
    result = tried(EXAMPLES, policy)
    assert not result.holds
    assert "policy harbor-2" in result.text
    assert "standing: expected nothing_done; the answer is attention." in result.text


def test_the_settings_of_the_response_ladder_are_tried_by_a_policy_file_and_make_the_difference(told: Told) -> None:
    examples, policy = EXAMPLES.with_name("mixed-examples.toml"), EXAMPLES.with_name("mixed-policy.toml")
    assert tried(examples, policy).holds
    text = policy.read_text(encoding="utf-8")
    for setting, other in (
        ('model = "graduated"', 'model = "isolated"'),
        ('model = "isolated"', 'model = "graduated"'),
        ('repeat_scope = "any_behaviour"', 'repeat_scope = "same_behaviour"'),
        ('repeat_window = "phase"', 'repeat_window = "days"'),
        ('goal = "distal"', 'goal = "proximal"'),
        ('moderate = ["written plan", "certificate"]', 'moderate = ["certificate"]'),
    ):
        assert text.count(setting) == 1
        assert not tried(examples, told(text.replace(setting, other), "court.toml")).holds, setting


def test_what_is_not_as_expected_is_said_and_the_exit_code_is_1(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    file = told("""
        [[situation]]
        title = "Before a mandate"
        on = 2026-12-04
        [situation.expect]
        standing = "attention"
        headline = "first appearance"
        reasons = ["The court never said this."]
        responses = [{ kind = "sanction", step = 1 }]
        next_on = 2026-12-18
    """)
    assert main(["try", str(file)]) == 1
    said = capsys.readouterr().out
    assert "1 of 5 as expected" in said
    for line in (
        "standing: expected attention; the answer is not_assessable.",
        'reasons: nothing in the answer says "The court never said this.".',
        "responses: expected [{ kind = sanction, step = 1 }]; the answer is [].",
        "next_on: expected 2026-12-18; the answer is none.",
    ):
        assert line in said


def test_a_file_that_is_not_there_or_no_text_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    assert [main(["try", str(tmp_path / name)]) for name in ("none.toml", "bytes.toml", ".")] == [1, 1, 1]
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.rsplit(". ", 1)[1] for line in said.err.splitlines()] == [
        "Check the path, then try again.",
        "Give a TOML file in UTF-8 that this account may read.",
        "Give a TOML file in UTF-8 that this account may read.",
    ]


def test_no_database_and_no_setting_is_needed() -> None:
    """A fresh process without an environment answers, and never loads a database's library."""
    program = (
        "import sys; from models.__main__ import main; code = main(['try', sys.argv[1]]);"
        "sys.exit(code or any(name in sys.modules for name in ('sqlalchemy', 'sqlmodel', 'alembic', 'psycopg')))"
    )
    command = [sys.executable, "-c", program, str(EXAMPLES)]
    done = subprocess.run(command, cwd=PROJECT, env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_as_json_every_answer_carries_its_reasons_its_policy_and_the_date_of_the_information(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["try", str(EXAMPLES), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["title"] for one in told] == [one["title"] for one in tomllib.loads(EXAMPLES.read_text())["situation"]]
    for one in told:
        assert one["policy_version"] == "demonstration-1"
        assert {"information_on", "facts", "not_as_expected"} <= set(one)
        assert one["standing"]["reasons"]
        assert one["course"]["reasons"]
        assert all(part["reasons"] for part in (*one["reports"], *one["responses"]))
    first = told[0]
    assert (first["on"], first["information_on"]) == ("2026-12-04", "2026-12-02")
    assert [proposal["on"] for proposal in first["next"]["proposals"]] == ["2027-01-08", "2027-01-15"]


def test_a_report_without_a_due_day_is_due_when_the_policy_says_on_the_courts_own_days() -> None:
    calendar = 'calendar = { part = "P", judge = "J", closed = [{ on = 2026-12-01 }] }\n'
    (_, report), *_ = a_case(f"{calendar}reports = [{{ appearance_on = 2026-12-04 }}]").reports
    assert report.inputs.due_on.isoformat() == "2026-11-30"


def test_a_release_to_one_provider_lets_no_other_report() -> None:
    held = 'releases = [{ starts_on = 2026-10-01, ends_on = 2027-01-01, provider = "Garden Street" }]\n'
    reports = ", ".join(
        f'{{ appearance_on = 2026-12-11, provider = "{name}" }}' for name in ("Garden Street", "Harbor House")
    )
    found = a_case(f"{held}reports = [{reports}]").reports
    assert [(provider, report.standing.value) for provider, report in found] == [
        ("Garden Street", "expected"),
        ("Harbor House", "release_expired"),
    ]


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ("", "identified"),
        ('mandate = { program = "six-sessions", accepted_on = 2026-10-09 }', "active"),
        ('mandate = { program = "six-sessions", accepted_on = 2026-10-09, completed_on = 2026-12-01 }', "completed"),
        (
            'acd_granted_on = 2026-12-02\nmandate = { program = "six-sessions", accepted_on = 2026-10-09, completed_on = 2026-12-01 }',
            "acd",
        ),
        ('stage = "absconded"\nmandate = { program = "six-sessions", accepted_on = 2026-10-09 }', "absconded"),
    ],
)
def test_the_stage_follows_from_what_happened_unless_it_is_said(told: str, stage: str) -> None:
    assert a_case(told).situation.facts.stage == stage


def test_who_is_in_court_today_is_seen_again_counted_from_today() -> None:
    calendar = 'calendar = { part = "P", judge = "J", open_sessions = [{ on = 2026-12-18 }] }\n'
    review = a_case(f"{calendar}appearances = [{{ on = 2026-12-04 }}]").next_review
    assert review is not None
    assert review.target_on.isoformat() == "2026-12-18"
    assert review.inputs.purpose == "intake"


@pytest.mark.parametrize(("starts_at", "next_on"), [("9:30", None), ("09:30", "2026-12-18"), ("14:00", "2026-12-22")])
def test_where_the_court_closes_at_an_hour_a_session_that_began_before_still_sits(
    starts_at: str, next_on: str | None
) -> None:
    calendar = (
        'calendar = { part = "Part 12", judge = "Judge Reyes", '
        'closed = [{ on = 2026-12-18, from = "13:00", name = "Bar conference" }], '
        f'open_sessions = [{{ on = 2026-12-18, starts_at = "{starts_at}" }}, {{ on = 2026-12-22 }}] }}\n'
        'mandate = { program = "six-sessions", accepted_on = 2026-12-04 }\n'
    )
    if next_on is None:
        with pytest.raises(PolicyError, match='a time in quotes, such as "13:00"'):
            a_case(calendar)
        return
    review = a_case(calendar).next_review
    assert review is not None
    assert review.best is not None
    assert review.best.session.on.isoformat() == next_on


def test_without_a_calendar_and_outside_the_program_the_text_says_why_there_is_no_next_date(told: Told) -> None:
    text = '[[situation]]\ntitle = "{}"\non = 2026-12-04\nstage = "{}"\n'
    said = tried(told(text.format("A", "offered") + text.format("B", "dismissed"))).text
    assert "No calendar is given." in said
    assert "A case that is dismissed needs none." in said
