"""When a job is due: the last slot, the next one, and how many passed without a run."""

from datetime import UTC, datetime

import pytest

from scheduler.slots import last_slot, minutes_of_day, next_slot, slots_between
from scheduler.timetable import JOBS

HOURLY, NIGHTLY = "1 * * * *", "5 11 * * *"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def test_a_slot_counts_from_its_own_minute() -> None:
    assert last_slot(NIGHTLY, at(4, 11, 5)) == at(4, 11, 5)
    assert last_slot(NIGHTLY, at(4, 11, 4)) == at(3, 11, 5)
    assert last_slot(HOURLY, at(4, 0, 0)) == at(3, 23, 1)


def test_the_next_slot_is_after_the_last_one() -> None:
    assert next_slot(NIGHTLY, at(4, 11, 5)) == at(5, 11, 5)
    assert next_slot(HOURLY, at(4, 23, 1)) == at(5, 0, 1)


def test_ten_days_of_standstill_are_counted() -> None:
    assert slots_between(NIGHTLY, at(4, 11, 5), at(15, 11, 5)) == 10
    assert slots_between(NIGHTLY, at(4, 11, 5), at(5, 11, 5)) == 0
    assert slots_between(HOURLY, at(4, 10, 1), at(6, 10, 1)) == 47


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        last_slot(NIGHTLY, at(4, 0).replace(tzinfo=None))


@pytest.mark.parametrize("line", ["5 11 * *", "5 11 1 * *", "60 * * * *", "* 24 * * *"])
def test_a_line_that_is_not_understood_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"cron|below"):
        minutes_of_day(line)


def test_every_job_of_the_timetable_is_due_on_every_day_and_has_its_own_minute() -> None:
    assert all(minutes_of_day(job.cron) for job in JOBS)
    assert len({job.cron.split()[0] for job in JOBS}) == len(JOBS)
    assert len({job.name for job in JOBS}) == len(JOBS)
