"""Promises of the policy's words: every setting of the shipped policy is called something a court would say."""

import tomllib
from importlib.resources import files

import pytest

from dashboard.wording import policy as words
from models.policies.differences import differences
from models.policies.shape import shape_of
from models.policies.writing import changed, without

TEXT = files("models.policies").joinpath("demonstration.toml").read_text(encoding="utf-8")
SETTINGS = [one for one in shape_of(tomllib.loads(TEXT)).settings if one.key not in ("court", "in_force_from")]


@pytest.mark.parametrize("key", [one.key for one in SETTINGS])
def test_a_setting_is_called_without_a_key_of_the_file(key: str) -> None:
    assert "_" not in words.setting_words(key)


@pytest.mark.parametrize("one", [one for one in SETTINGS if one.choices], ids=lambda one: one.key)
def test_no_choice_is_shown_as_it_is_stored(one: object) -> None:
    assert [choice for choice in one.choices if "_" in words.choice_words(choice)] == []  # type: ignore[attr-defined]


def test_a_new_setting_is_called_by_its_key_with_the_unit_that_is_in_it() -> None:
    assert words.setting_words("reminders.quiet_before_hearing_hours") == "Quiet before hearing (hours)"
    assert words.section_words("texts") == "Texts"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reports.grace_court_days": 2}, ("Reports", "Grace (court days)", "1", "2")),
        (
            {"reminders.approve_before_sending": True},
            ("Reminders", "Somebody approves each before it is sent", "no", "yes"),
        ),
        (
            {"programs[1].mandate.sessions": 7},
            ("Program six-sessions, Mandate", "Sessions of the mandate", "6", "7"),
        ),
        (
            {"programs[1].phases[1].min_days": 7},
            ("Program six-sessions, Phase Welcome", "At least (days)", "14", "7"),
        ),
        (
            {"responses.matrix[3].second": ["a letter"]},
            (
                "Responses, Range for unacceptable absence, sanction",
                "The second time",
                "written plan with the coordinator",
                "a letter",
            ),
        ),
        (
            {"responses.repeat_scope": "any_behaviour"},
            ("Responses", "What counts as a repeat", "the same behaviour", "any behaviour"),
        ),
        (
            {"programs[1].for_under_years": 21},
            ("Program six-sessions", "Only for participants younger than (years)", "left out", "21"),
        ),
    ],
)
def test_a_difference_is_told_by_where_what_before_and_after(changes: dict[str, object], said: tuple[str, ...]) -> None:
    (one,) = differences(TEXT, changed(TEXT, changes))
    assert words.difference_words(one) == said


def test_a_whole_entry_that_is_gone_is_told_in_one_line() -> None:
    (one,) = differences(TEXT, without(TEXT, "programs[3]"))
    assert words.difference_words(one) == ("Program one-year", "as a whole", "there", "not there")
