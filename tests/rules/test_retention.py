"""Promises of models.rules.retention: the last day that is kept is the day the policy says."""

from datetime import date

from models.rules.policy import Retention
from models.rules.retention import Working, first_kept

TODAY = date(2026, 12, 4)


def test_what_the_policy_does_not_name_is_kept_for_good() -> None:
    assert first_kept(Retention(), TODAY) == {}


def test_a_number_of_days_keeps_the_day_that_lies_so_far_back() -> None:
    said = Retention(
        ended_sign_ins_days=1, past_reminders_days=365, scheduler_runs_days=90, closed_feed_addresses_days=30
    )
    assert first_kept(said, TODAY) == {
        Working.SIGN_INS: date(2026, 12, 3),
        Working.FEED_ADDRESSES: date(2026, 11, 4),
        Working.REMINDERS: date(2025, 12, 4),
        Working.RUNS: date(2026, 9, 5),
    }
