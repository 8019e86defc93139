"""How long things take: medians of alternating runs, so that what else the machine does falls on both alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Compared:
    """Medians in milliseconds of the thing and of its floor, timed in turns."""

    name: str
    taken: float
    floor: float

    @property
    def ratio(self) -> float:
        return self.taken / self.floor

    def __str__(self) -> str:
        return f"{self.name}: {self.taken:.1f} ms, floor {self.floor:.1f} ms, ratio {self.ratio:.2f}"


def compared(name: str, thing: Callable[[], object], floor: Callable[[], object], rounds: int = 30) -> Compared:
    """Time both in turns after one warm run of each, print the medians, and return them."""
    taken, least = timed(thing, floor, rounds=rounds)
    found = Compared(name, taken, least)
    print(f"\n{found}")
    return found


def timed(*things: Callable[[], object], rounds: int) -> list[float]:
    """Return the median milliseconds of each, run in turns; the processor's time, which other processes cannot take."""
    for thing in things:
        thing()
    times: list[list[float]] = [[] for _ in things]
    for _ in range(rounds):
        for thing, found in zip(things, times, strict=True):
            begun = time.thread_time()
            thing()
            found.append((time.thread_time() - begun) * 1000)
    return [median(found) for found in times]
