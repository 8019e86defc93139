"""Which reminder is due, when it may go out, whether it still holds, and in which language: `models.rules.reminders`."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.policy import ReminderTiming
from models.rules.reminders import (
    AsItStands,
    coming_reminders,
    language_for,
    may_send_at,
    reminder_due,
    why_not_send,
)
from models.rules.vocabulary import AppearanceState, ChannelKind, SessionState, Stage
from models.texts import codes_by_name, texts_in_force
from tests.rules.scenario_tables import Row, situations

WEEK = ReminderTiming(days_before=(7, 3, 1))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
TIMINGS = st.builds(ReminderTiming, days_before=st.lists(st.integers(1, 30), unique=True, max_size=4).map(tuple))


@pytest.mark.parametrize("row", situations("reminders", "due"))
def test_the_newest_reminder_whose_day_has_come_is_due(row: Row) -> None:
    timing = ReminderTiming(days_before=tuple(row["days_before"]))
    answer = reminder_due(row["held_on"], row["told_on"], timing, row["on"])
    assert answer.reason == row["reason"]
    assert (answer.days_before, answer.due_on) == (row.get("expected"), row.get("due_on"))


@pytest.mark.parametrize("row", situations("reminders", "hour"))
def test_one_goes_out_only_in_the_courts_hours(row: Row) -> None:
    timing = ReminderTiming(from_hour=row["from_hour"], until_hour=row["until_hour"])
    assert may_send_at(row["at"], timing) is row["expected"]


@pytest.mark.parametrize("row", situations("reminders", "sending"))
def test_what_no_longer_holds_is_not_sent(row: Row) -> None:
    known = AsItStands(
        stage=Stage(row["stage"]),
        appearance=AppearanceState(row["appearance"]),
        session=SessionState(row["session"]),
        held_on=row["held_on"],
        written_for=row["written_for"],
        told_on=row["told_on"],
        due_on=row["due_on"],
        stopped=row["stopped"],
        ways=[ChannelKind(way) for way in row["ways"]],
    )
    assert why_not_send(known, WEEK, row["on"]) == row.get("expected")


@pytest.mark.parametrize("row", situations("reminders", "language"))
def test_a_message_is_in_her_language_where_there_is_a_text(row: Row) -> None:
    known = codes_by_name(texts_in_force(date(2026, 12, 4)))
    assert language_for(row.get("interpreter"), row["spoken"], known) == row.get("expected")


@given(held_on=DAYS, told=st.integers(0, 60), timing=TIMINGS, on=DAYS)
def test_never_on_the_day_itself_or_before_its_day_and_never_two(
    held_on: date, told: int, timing: ReminderTiming, on: date
) -> None:
    answer = reminder_due(held_on, held_on - timedelta(days=told), timing, on)
    if answer.due_on is not None:
        assert answer.due_on <= on < held_on
        assert answer.due_on > held_on - timedelta(days=told)
        newer = [days for days in timing.days_before if answer.due_on < held_on - timedelta(days=days) <= on]
        assert newer == []


@given(held_on=DAYS, told=st.integers(0, 60), timing=TIMINGS)
def test_whoever_looks_every_day_sends_just_what_was_announced(
    held_on: date, told: int, timing: ReminderTiming
) -> None:
    told_on, first = held_on - timedelta(days=told), held_on - timedelta(days=40)
    days = [first + timedelta(days=n) for n in range(41)]
    found = {(a.due_on, a.days_before) for day in days if (a := reminder_due(held_on, told_on, timing, day)).due_on}
    assert found == set(coming_reminders(held_on, told_on, timing, first, held_on))
