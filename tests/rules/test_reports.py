"""When reports are due and how they stand: the promises of `models.rules.reports`."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import clock
from models.rules.court_days import CourtDays, is_court_day
from models.rules.policy import ReportTiming
from models.rules.reports import NEUTRAL, ReportDates, reminder_to_send, report_dates, standing_of_report
from models.rules.vocabulary import ReportStanding, ReportState
from tests.rules.scenario_tables import Row, calendar, situations

COURT = calendar("reports")
DUE, APPEARANCE = date(2026, 12, 1), date(2026, 12, 4)


def _dates(row: Row) -> ReportDates:
    timing = ReportTiming(
        due_court_days_before=row["due"], grace_court_days=row["grace"], remind_court_days_before=tuple(row["remind"])
    )
    court = replace(COURT, closed=COURT.closed | set(row.get("closed", [])))
    return report_dates(row["appearance_on"], timing, court, on=row["on"], policy_version="test-1")


@pytest.mark.parametrize("row", situations("reports", "dates"))
def test_the_due_day_is_counted_back_in_court_days(row: Row) -> None:
    answer = _dates(row)
    assert answer.due_on == row["due_on"]
    assert answer.grace_ends_on == row["grace_ends_on"]
    assert list(answer.remind_on) == row["remind_on"]
    assert answer.reasons == (row["reason"],)
    assert answer.policy_version == "test-1"
    assert (answer.appearance_on, answer.information_on) == (row["appearance_on"], row["on"])


@pytest.mark.parametrize("row", situations("reports", "standing"))
def test_a_report_stands_as_its_dates_say(row: Row) -> None:
    answer = standing_of_report(
        ReportState(row["state"]),
        row["due_on"],
        row.get("received_on"),
        row["appearance_on"],
        row["release_active"],
        row["grace"],
        COURT,
        row["on"],
        "test-1",
    )
    assert answer.standing == row["expected"]
    assert answer.reasons[0] == row["reason"]
    assert answer.court_days_late == row["late"]
    assert (answer.policy_version, answer.information_on) == ("test-1", row["on"])


@pytest.mark.parametrize("night", [date(2026, 10, 31), date(2026, 11, 1), date(2026, 3, 7), date(2026, 3, 8)])
def test_a_report_that_comes_half_an_hour_before_midnight_of_its_due_day_is_in_time(night: date) -> None:
    zone = ZoneInfo("America/New_York")
    received_on = clock.court_day(clock.at(night, 23, 30, zone), zone)
    every_day = CourtDays(weekend=())
    answer = standing_of_report(
        ReportState.RECEIVED, night, received_on, night + timedelta(days=5), True, 0, every_day, night
    )
    assert answer.standing is ReportStanding.RECEIVED


@pytest.mark.parametrize(
    ("last_reminded_on", "on", "expected"),
    [
        (None, date(2026, 11, 22), None),
        (None, date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 24), None),
        (date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 30)),
        (None, date(2026, 12, 1), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 12, 1), None),
        (None, date(2026, 12, 2), None),
    ],
    ids=["before the first", "the first", "sent already", "the second", "after a standstill one", "both sent", "over"],
)
def test_a_reminder_is_sent_once_and_never_after_the_due_day(
    last_reminded_on: date | None, on: date, expected: date | None
) -> None:
    timing = ReportTiming(due_court_days_before=3, grace_court_days=1, remind_court_days_before=(5, 1))
    dates = report_dates(APPEARANCE, timing, COURT, on=on, policy_version="test-1")
    assert reminder_to_send(dates, last_reminded_on, on) == expected


def test_a_received_report_without_its_day_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a report that was received needs the day it came$"):
        standing_of_report(ReportState.RECEIVED, DUE, None, APPEARANCE, True, 1, COURT, DUE)


@given(st.dates(date(2026, 10, 1), date(2027, 2, 28)), st.integers(0, 5), st.booleans())
def test_what_is_behind_is_always_said_not_to_count_against_the_participant(
    on: date, grace: int, release: bool
) -> None:
    answer = standing_of_report(ReportState.EXPECTED, DUE, None, APPEARANCE, release, grace, COURT, on)
    waiting = answer.standing in {ReportStanding.EXPECTED, ReportStanding.DUE}
    assert waiting or NEUTRAL in answer.reasons


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 10), st.integers(0, 5))
def test_reports_are_due_on_court_days_before_the_appearance(appearance_on: date, due: int, grace: int) -> None:
    timing = ReportTiming(due_court_days_before=due, grace_court_days=grace, remind_court_days_before=(5, 1))
    dates = report_dates(appearance_on, timing, COURT, on=date(2026, 1, 1), policy_version="test-1")
    assert is_court_day(dates.due_on, COURT)
    assert dates.due_on <= dates.grace_ends_on < appearance_on
    assert all(day < dates.due_on for day in dates.remind_on)
