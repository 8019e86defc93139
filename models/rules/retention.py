"""What only served the work and has had its time by the court's policy. Never a case, and never the audit."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from models.rules.policy import Retention


class Working(StrEnum):
    """A kind of rows that no case rests on; the value is what an audit event keeps."""

    SIGN_INS = "ended_sign_ins"
    FEED_ADDRESSES = "closed_feed_addresses"
    REMINDERS = "past_reminders"
    RUNS = "scheduler_runs"


def first_kept(retention: Retention, today: date) -> Mapping[Working, date]:
    """Return for each kind the first civil date whose rows are kept; a kind that is kept for good is not named."""
    days = {
        Working.SIGN_INS: retention.ended_sign_ins_days,
        Working.FEED_ADDRESSES: retention.closed_feed_addresses_days,
        Working.REMINDERS: retention.past_reminders_days,
        Working.RUNS: retention.scheduler_runs_days,
    }
    return {what: today - timedelta(days=kept) for what, kept in days.items() if kept is not None}
