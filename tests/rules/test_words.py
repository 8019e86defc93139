"""The words of reasons: the promises of `models.rules.words`."""

from datetime import date

import pytest

from models.rules.words import count, day, joined, ordinal_word, sentence, small, weekday


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 12, 31), "8 January 2027"),
        (date(2027, 1, 1), "8 January"),
        (date(2027, 12, 31), "8 January"),
        (date(2028, 1, 1), "8 January 2027"),
    ],
)
def test_the_year_is_said_when_it_is_not_the_year_of_the_day_asked_about(on: date, said: str) -> None:
    assert day(date(2027, 1, 8), on) == said


@pytest.mark.parametrize(("n", "said"), [(0, "0 sessions"), (1, "1 session"), (2, "2 sessions")])
def test_one_is_singular(n: int, said: str) -> None:
    assert count(n, "session") == said


def test_an_irregular_plural_is_given() -> None:
    assert count(2, "absence in a row", "absences in a row") == "2 absences in a row"


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "first"), (3, "third"), (10, "tenth"), (11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"), (111, "111th")],
)
def test_ordinals_are_words_up_to_ten(n: int, said: str) -> None:
    assert ordinal_word(n) == said


def test_there_is_no_ordinal_for_nothing() -> None:
    with pytest.raises(ValueError, match="no ordinal"):
        ordinal_word(0)


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_joined_as_it_is_spoken(parts: list[str], said: str) -> None:
    assert joined(parts) == said


def test_a_sentence_begins_large_and_ends_once() -> None:
    assert sentence("due today") == "Due today."
    assert sentence("Due today.") == "Due today."
    assert sentence(" ") == ""


def test_small_counts_are_words() -> None:
    assert [small(0), small(10), small(11)] == ["no", "ten", "11"]


def test_weekdays_are_named() -> None:
    assert weekday(date(2026, 12, 4)) == "Friday"
