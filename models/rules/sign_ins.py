"""How long a sign-in lasts, and how many failures lock an account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)  # without any use, in any tab
LONGEST = timedelta(hours=12)  # however much it is used
WARNING = timedelta(minutes=2)  # before either end every tab says so
HALF = timedelta(minutes=5)  # between the password and the code

FAILURES = 5
WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Ending:
    """When a sign-in ends by itself (UTC), and whether use puts that off."""

    at: datetime
    idle: bool


def ending(created_at: datetime, last_seen_at: datetime) -> Ending:
    """Return the end of a sign-in that began and was last used at these instants (UTC)."""
    longest, idle = created_at + LONGEST, last_seen_at + IDLE
    return Ending(idle, idle=True) if idle < longest else Ending(longest, idle=False)


def failures_after(failed: int, first_failed_at: datetime | None, now: datetime) -> tuple[int, datetime]:
    """Return how many failures count with one more at an instant (UTC), and since when: those of the last 15 minutes."""
    if first_failed_at is None or now - first_failed_at >= WINDOW:
        return 1, now
    return failed + 1, first_failed_at
