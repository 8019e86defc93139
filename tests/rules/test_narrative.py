"""The sentence for the bench: its grammar, and that it never blames."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.facts import Sessions
from models.rules.narrative import SinceLastCourt, narrative
from models.rules.promises import sessions_promised, within_a_sentence
from models.rules.vocabulary import ReportStanding
from tests.rules.situations import ON, named, situations

TABLES = situations("narrative")


def since_last_court(since: dict[str, Any], without: list[str]) -> SinceLastCourt:
    given = {"name": "Mei Chen", "pronouns": "she/her", "last_on": date(2026, 11, 6), **since, **dict.fromkeys(without)}
    if "sessions" in given:
        given["sessions"] = Sessions(**since["sessions"])
    if "report" in given:
        given["report"] = ReportStanding(since["report"])
    tuples = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
    return SinceLastCourt(**{**given, **tuples})


@pytest.mark.parametrize("table", TABLES, ids=named(TABLES))
def test_each_situation_is_said_as_it_says(table: dict[str, Any]) -> None:
    said = narrative(since_last_court(table["since"], table.get("without", [])), table["on"])
    assert said.text == table["text"]
    bold = [part.text for part in said.parts if part.emphasised]
    assert table.get("bold") in (None, bold)


@pytest.mark.parametrize(
    ("promise", "number"),
    [
        ("a certificate at four sessions", 4),
        ("a certificate at the fourth session", 4),
        ("praise after 12 sessions", 12),
        ("A Certificate At Four Sessions", 4),
        ("praise after the tenth attended session", 10),
        ("a longer interval", None),
        ("a word at many sessions", None),
        ("", None),
    ],
)
def test_the_number_of_sessions_in_a_promise_is_read_or_left_alone(promise: str, number: int | None) -> None:
    assert sessions_promised(promise) == number


def test_a_promise_that_begins_with_a_name_keeps_its_capital() -> None:
    assert within_a_sentence("Harbor House will be asked again.") == "Harbor House will be asked again"


def test_a_promise_loses_its_full_stop_and_nothing_else() -> None:
    assert within_a_sentence("A word about line X.") == "a word about line X"
    assert within_a_sentence("Praise") == "praise"


def test_the_sentence_keeps_what_it_was_made_from_and_the_day_of_its_information() -> None:
    since = SinceLastCourt(name="Mei Chen", information_on=ON)
    said = narrative(since, ON)
    assert (said.inputs, said.information_on) == (since, ON)


counts = st.integers(0, 12)
known = st.builds(
    SinceLastCourt,
    name=st.sampled_from(["Mei Chen", "陈美", "M. C."]),
    pronouns=st.none() | st.sampled_from(["she/her", "he/him", "they/them", "ze/zir", "", "/"]),
    last_on=st.none() | st.dates(date(2025, 1, 1), ON),
    sessions=st.builds(Sessions, attended=counts, excused=counts, missed=counts, cancelled=counts, unverified=counts),
    excuse_reasons=st.lists(st.sampled_from(["medical", "work", " "]), max_size=3).map(tuple),
    report=st.none() | st.sampled_from(ReportStanding),
    report_due_on=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 20)),
    report_received_on=st.none() | st.dates(date(2026, 11, 1), ON),
    release_active=st.booleans(),
    promise=st.none() | st.sampled_from(["a certificate at four sessions", "a longer interval."]),
    attended_total=counts,
)


@given(known)
def test_every_sentence_ends_once_and_has_no_stray_space(since: SinceLastCourt) -> None:
    text = narrative(since, ON).text
    assert text.endswith(".")
    assert text == " ".join(text.split())
    assert not re.search(r"\.\.| [.,;]|\(\)|None|\b1 \w+s\b|\b0\b", text.replace("1 was", "one was"))


@given(known)
def test_no_sentence_blames(since: SinceLastCourt) -> None:
    text = narrative(since, ON).text.lower()
    assert not any(word in text for word in ("fail", "violat", "refus", "non-compl", "blame", "offend", "excuse"))


@given(known)
def test_the_other_pronouns_never_appear(since: SinceLastCourt) -> None:
    words = set(narrative(since, ON).text.lower().replace(".", " ").replace(";", " ").split())
    own = (since.pronouns or "").split("/")[0]
    assert not words & ({"she", "he"} - {own})
