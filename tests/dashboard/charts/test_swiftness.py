"""Days from behaviour to response: buckets, stacking, contrast and the same told in words."""

import altair as alt
import pytest

from dashboard.charts.swiftness import Wait, WaitRow, counted, reading, spec, wait_of, words
from dashboard.theme import DARK, LIGHT, Palette
from models.rules.vocabulary import Behaviour
from tests.dashboard.charts.contrast import ratio

ROWS = (
    WaitRow(Wait.WEEK, Behaviour.ABSENCE, 12),
    WaitRow(Wait.WEEK, Behaviour.MISSED_APPEARANCE, 1),
    WaitRow(Wait.NEVER, Behaviour.ABSENCE, 2),
)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("rows", [ROWS, ()])
def test_the_specification_is_valid(rows: tuple[WaitRow, ...], palette: Palette) -> None:
    alt.LayerChart.from_dict(spec(rows, palette))


@pytest.mark.parametrize(
    ("days", "wait"),
    [
        (0, "to 7 days"),
        (7, "to 7 days"),
        (8, "8-14"),
        (14, "8-14"),
        (15, "15-28"),
        (28, "15-28"),
        (29, "29+"),
        (None, "not answered"),
    ],
)
def test_a_wait_falls_into_its_bucket(days: int | None, wait: str) -> None:
    assert wait_of(days).value == wait


def test_parts_stand_on_each_other_and_the_high_ones_carry_shape_and_number() -> None:
    values = spec(counted([(1, Behaviour.ABSENCE)] * 12 + [(2, Behaviour.MISSED_APPEARANCE)]), LIGHT)["data"]["values"]
    assert [(value["low"], value["high"], value["label"]) for value in values] == [(0, 12, "● 12"), (12, 13, "")]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_number_on_every_part_can_be_read(palette: Palette) -> None:
    made = spec(ROWS, palette)
    fills = made["layer"][0]["encoding"]["fill"]["scale"]["range"]
    assert len(set(fills)) == 2
    assert all(ratio(made["layer"][1]["mark"]["color"], fill) >= 4.5 for fill in fills)


def test_the_words_and_the_table_tell_the_same_numbers() -> None:
    assert words(ROWS).startswith(
        "Days from behaviour to response, 15 verified failures. to 7 days: unacceptable absence 12, missed appearance 1"
    )
    assert words(()).endswith("nothing to count in this span.")
    table = reading(ROWS)
    assert table.rows[0] == ("to 7 days", "12", "1")
    assert [row[0] for row in table.rows] == [wait.value for wait in Wait]
