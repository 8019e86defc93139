"""How often one address may fail to sign in: a brake on guessing many names, beside the lock of each account."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

FAILURES = 30  # a whole courthouse may share one address
WINDOW = timedelta(minutes=15)
_REMEMBERED = 10_000  # addresses; the oldest is forgotten first, so that memory stays flat


class Failures:
    """Failures by address within a window, in this process's memory only."""

    def __init__(self) -> None:
        """Start without any."""
        self._lock = Lock()
        self._by_address: OrderedDict[str, deque[datetime]] = OrderedDict()

    def too_many(self, address: str, now: datetime) -> bool:
        """Tell whether the address has used up its failures at an instant (UTC)."""
        with self._lock:
            times = self._by_address.get(address)
            while times and now - times[0] >= WINDOW:
                times.popleft()
            return times is not None and len(times) >= FAILURES

    def count(self, address: str, now: datetime) -> None:
        """Count one failure at an instant (UTC)."""
        with self._lock:
            self._by_address.setdefault(address, deque(maxlen=FAILURES)).append(now)
            self._by_address.move_to_end(address)
            if len(self._by_address) > _REMEMBERED:
                self._by_address.popitem(last=False)
