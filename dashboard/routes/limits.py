"""How often something may be asked: brakes on guessing and on emptying the court's records, beside each account's lock.

They live in this process's memory and count from its start. Whoever must wait is told how long.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from starlette.responses import Response

from dashboard.routes.page import message

_REMEMBERED = 10_000  # keys of one limit; the oldest is forgotten first, so that memory stays flat


class Limit:
    """At most so many times for each key within a window: `wait` before, `count` for each."""

    def __init__(self, times: int, window: timedelta) -> None:
        """Start without any."""
        self.times, self.window = times, window
        self._lock = Lock()
        self._by_key: OrderedDict[str, deque[datetime]] = OrderedDict()

    def wait(self, key: str, now: datetime) -> timedelta | None:
        """Return how long the key must wait at an instant (UTC); None when it need not."""
        with self._lock:
            times = self._by_key.get(key)
            while times and now - times[0] >= self.window:
                times.popleft()
            return self.window - (now - times[0]) if times and len(times) >= self.times else None

    def count(self, key: str, now: datetime) -> None:
        """Count one time at an instant (UTC)."""
        with self._lock:
            self._by_key.setdefault(key, deque(maxlen=self.times)).append(now)
            self._by_key.move_to_end(key)
            if len(self._by_key) > _REMEMBERED:
                self._by_key.popitem(last=False)

    def forget(self, key: str) -> None:
        """Let the key begin anew."""
        with self._lock:
            self._by_key.pop(key, None)


_QUARTER = timedelta(minutes=15)


class Limits:
    """The limits of one process."""

    def __init__(self) -> None:
        """Start without any."""
        self.attempts = Limit(300, _QUARTER)  # passwords from one address; a whole courthouse may share it
        self.failures = Limit(30, _QUARTER)  # refused sign-ins from one address
        self.names = Limit(10, _QUARTER)  # passwords for one name, whether or not there is such an account
        self.unknown_feeds = Limit(30, _QUARTER)  # feed addresses that are none, from one address
        self.feeds = Limit(60, _QUARTER)  # of one feed
        self.downloads = Limit(120, timedelta(minutes=10))  # of one person


LIMITS = Limits()


def too_many(wait: timedelta) -> Response:
    """Return the page that says how long to wait, for people and for programs."""
    minutes = max(1, ceil(wait / timedelta(minutes=1)))
    counted = "a minute" if minutes == 1 else f"{minutes} minutes"
    answer = message(
        "Too often", f"This was asked too often in a short time. Wait {counted}, then try again.", status=429
    )
    answer.headers["Retry-After"] = str(max(1, ceil(wait.total_seconds())))
    return answer
