"""What happens when: every deed of every story in the order of time, so that the court's past is told as it was lived.

It knows instants and deeds and nothing of the court.
"""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush

#: Something that happens at an instant (UTC).
Deed = Callable[[datetime], None]


class Agenda:
    """Deeds still to come, earliest first; of two at one instant the one that was planned first."""

    def __init__(self) -> None:
        """Begin empty."""
        self._coming: list[tuple[datetime, int, Deed]] = []
        self._planned = 0

    def at(self, instant: datetime, deed: Deed) -> None:
        """Plan a deed for an instant (UTC)."""
        heappush(self._coming, (instant, self._planned, deed))
        self._planned += 1

    def run(self, until: datetime) -> None:
        """Let everything planned before an instant (UTC) happen, with what it brings about."""
        while self._coming and self._coming[0][0] < until:
            instant, _, deed = heappop(self._coming)
            deed(instant)
