"""Open follow-ups by age, stacked by whose move it is.

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
from models.rules.vocabulary import Move

_HEIGHT = 150
_SHAPES = {Move.COURT: "●", Move.COORDINATOR: "◆", Move.CLERK: "✚", Move.PROVIDER: "■", Move.PARTICIPANT: "▲"}


class Age(StrEnum):
    """How long a follow-up has been open past its date; due today is not late."""

    DUE = "due"
    DAYS_1_TO_3 = "1-3 days"
    DAYS_4_TO_7 = "4-7"
    DAYS_8_TO_14 = "8-14"
    DAYS_15_ON = "15+"


@dataclass(frozen=True, slots=True)
class AgeRow:
    """How many follow-ups of one age wait for one side's move."""

    age: Age
    move: Move
    number: int


def age_of(days: int) -> Age:
    """The bucket of a follow-up whose date was `days` civil days ago (0: due today; negative: still to come)."""
    for last, age in ((0, Age.DUE), (3, Age.DAYS_1_TO_3), (7, Age.DAYS_4_TO_7), (14, Age.DAYS_8_TO_14)):
        if days <= last:
            return age
    return Age.DAYS_15_ON


def counted(items: Iterable[tuple[int, Move]]) -> tuple[AgeRow, ...]:
    """Rows of the chart from one (days past its date, whose move) for every open follow-up."""
    numbers = Counter((age_of(days), move) for days, move in items)
    return tuple(AgeRow(age, move, numbers[age, move]) for age in Age for move in Move if numbers[age, move])


def spec(rows: Sequence[AgeRow], palette: Palette) -> Spec:
    """Bars for every age, even where nothing is open, so that the axis never changes its meaning."""
    values = _values(rows)
    highest = max((value["high"] for value in values), default=1)
    for value in values:
        tall_enough = (value["high"] - value["low"]) / highest * _HEIGHT >= TEXT_SIZE + 3
        value["label"] = f"{_SHAPES[Move(value['move'])]} {value['high'] - value['low']}" if tall_enough else ""
    fills = _fills(palette)
    x = across("age", [age.value for age in Age])
    layers = [
        bars(palette, x, {_legend_word(move): fills[move] for move in _moves(rows)}, columns=3),
        labels(palette, x),
    ]
    return frame(palette, height=_HEIGHT, words=words(rows), layers=layers, values=values)


def words(rows: Sequence[AgeRow]) -> str:
    """The chart in words: for each age how many are open and whose move they wait for."""
    if not rows:
        return "Open follow-ups by age: nothing is open."
    total = sum(row.number for row in rows)
    ages = (f"{age.value}: {_moves_in_words(_numbers(rows), age)}" for age in Age)
    return f"Open follow-ups by age and whose move, {count(total, 'follow-up')}. {'; '.join(ages)}."


def reading(rows: Sequence[AgeRow]) -> Reading:
    """The same numbers as a table: a row an age, a column for every side that has a move, and the total."""
    moves = _moves(rows)
    numbers = _numbers(rows)
    cells = tuple(_line(age, [numbers[age, move] for move in moves]) for age in Age)
    return Reading(("Open for", *(text(move) for move in moves), "together"), cells)


def _line(age: Age, numbers: list[int]) -> tuple[str, ...]:
    return (age.value, *(str(number) for number in numbers), str(sum(numbers)))


def _moves(rows: Sequence[AgeRow]) -> list[Move]:
    present = {row.move for row in rows if row.number}
    return [move for move in Move if move in present]


def _numbers(rows: Sequence[AgeRow]) -> Counter[tuple[Age, Move]]:
    numbers: Counter[tuple[Age, Move]] = Counter()
    for row in rows:
        numbers[row.age, row.move] += row.number
    return numbers


def _moves_in_words(numbers: Counter[tuple[Age, Move]], age: Age) -> str:
    return ", ".join(f"{text(move)} {numbers[age, move]}" for move in Move if numbers[age, move]) or "none"


def _legend_word(move: Move) -> str:
    return f"{_SHAPES[move]} {text(move)}"


def _values(rows: Sequence[AgeRow]) -> list[Spec]:
    """Stacked from the bottom in the order of `Move`, worked out here so that parts and labels always agree."""
    values: list[Spec] = []
    tops: Counter[Age] = Counter()
    order = list(Move)
    for row in sorted(rows, key=lambda row: order.index(row.move)):
        low, high = tops[row.age], tops[row.age] + row.number
        tops[row.age] = high
        whose = _legend_word(row.move)
        told = f"{row.age.value}, {text(row.move)}: {row.number}"
        values.append({"age": row.age.value, "move": row.move.value, "whose": whose, "low": low, "high": high})
        values[-1] |= {"middle": (low + high) / 2, "told": told}
    return values


def _fills(palette: Palette) -> dict[Move, str]:
    return {
        Move.COURT: palette.accent_text,
        Move.COORDINATOR: palette.good,
        Move.CLERK: palette.ink,
        Move.PROVIDER: palette.quiet,
        Move.PARTICIPANT: palette.warn,
    }
