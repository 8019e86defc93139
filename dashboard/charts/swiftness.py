"""How soon verified failures were answered, stacked by behaviour, and how many were not.

Every part carries a shape and its number where it is high enough to read; the legend says shape, colour and word.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.charts.frame import TEXT_SIZE, Reading, Spec, frame
from dashboard.charts.stacked import across, bars, labels
from dashboard.theme import Palette
from dashboard.wording import count, text
from models.rules.vocabulary import Behaviour

_HEIGHT = 150
_SHAPES = {Behaviour.ABSENCE: "●", Behaviour.MISSED_APPEARANCE: "■"}


class Wait(StrEnum):
    """Calendar days from a failure to the court's response."""

    WEEK = "to 7 days"
    TWO_WEEKS = "8-14"
    FOUR_WEEKS = "15-28"
    LONGER = "29+"
    NEVER = "not answered"


@dataclass(frozen=True, slots=True)
class WaitRow:
    """How many failures of one behaviour waited this long."""

    wait: Wait
    behaviour: Behaviour
    number: int


def wait_of(days: int | None) -> Wait:
    """The bucket of a failure answered after `days` calendar days; None: not answered."""
    if days is None:
        return Wait.NEVER
    for last, wait in ((7, Wait.WEEK), (14, Wait.TWO_WEEKS), (28, Wait.FOUR_WEEKS)):
        if days <= last:
            return wait
    return Wait.LONGER


def counted(items: Iterable[tuple[int | None, Behaviour]]) -> tuple[WaitRow, ...]:
    """Rows of the chart from (days, behaviour) of every failure the court could answer."""
    numbers = Counter((wait_of(days), behaviour) for days, behaviour in items)
    return tuple(
        WaitRow(wait, behaviour, numbers[wait, behaviour])
        for wait in Wait
        for behaviour in _SHAPES
        if numbers[wait, behaviour]
    )


def spec(rows: Sequence[WaitRow], palette: Palette) -> Spec:
    """Bars for every bucket, even where nothing is in it, so that the axis never changes its meaning."""
    values = _values(rows)
    highest = max((value["high"] for value in values), default=1)
    for value in values:
        tall_enough = (value["high"] - value["low"]) / highest * _HEIGHT >= TEXT_SIZE + 3
        shape = _SHAPES[Behaviour(value["behaviour"])]
        value["label"] = f"{shape} {value['high'] - value['low']}" if tall_enough else ""
    fills = {_whose(Behaviour.ABSENCE): palette.accent_text, _whose(Behaviour.MISSED_APPEARANCE): palette.ink}
    x = across("wait", [wait.value for wait in Wait])
    layers = [bars(palette, x, fills, columns=2), labels(palette, x)]
    return frame(palette, height=_HEIGHT, words=words(rows), layers=layers, values=values)


def words(rows: Sequence[WaitRow]) -> str:
    """The chart in words: for each bucket how many, of which behaviour."""
    if not rows:
        return "Days from behaviour to response: nothing to count in this span."
    total = sum(row.number for row in rows)
    return f"Days from behaviour to response, {count(total, 'verified failure')}. {'; '.join(map(_in_words, Wait, [rows] * len(Wait)))}."


def reading(rows: Sequence[WaitRow]) -> Reading:
    """The same numbers as a table: a row a bucket, a column for each behaviour."""
    numbers = {(row.wait, row.behaviour): row.number for row in rows}
    cells = tuple((wait.value, *(str(numbers.get((wait, one), 0)) for one in _SHAPES)) for wait in Wait)
    return Reading(("Answered", *(text(one) for one in _SHAPES)), cells)


def _in_words(wait: Wait, rows: Sequence[WaitRow]) -> str:
    said = ", ".join(f"{text(row.behaviour)} {row.number}" for row in rows if row.wait is wait)
    return f"{wait.value}: {said or 'none'}"


def _whose(behaviour: Behaviour) -> str:
    return f"{_SHAPES[behaviour]} {text(behaviour)}"


def _values(rows: Sequence[WaitRow]) -> list[Spec]:
    """Stacked from the bottom, worked out here so that parts and labels always agree."""
    values: list[Spec] = []
    tops: Counter[Wait] = Counter()
    for row in rows:
        low, high = tops[row.wait], tops[row.wait] + row.number
        tops[row.wait] = high
        values.append(
            {
                "wait": row.wait.value,
                "behaviour": row.behaviour.value,
                "whose": _whose(row.behaviour),
                "low": low,
                "high": high,
                "middle": (low + high) / 2,
                "told": f"{row.wait.value}, {text(row.behaviour)}: {row.number}",
            }
        )
    return values
