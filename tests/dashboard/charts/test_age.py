"""Open follow-ups by age: buckets, stacking, contrast and the same told in words."""

import altair as alt
import pytest

from dashboard.charts.age import Age, AgeRow, age_of, counted, reading, spec, words
from dashboard.theme import DARK, LIGHT, Palette
from models.rules.vocabulary import Move
from tests.dashboard.charts.contrast import ratio

ROWS = (
    AgeRow(Age.DUE, Move.PARTICIPANT, 1),
    AgeRow(Age.DUE, Move.COURT, 12),
    AgeRow(Age.DAYS_15_ON, Move.PROVIDER, 2),
)
EVERY_MOVE = tuple(AgeRow(Age.DUE, move, 2) for move in Move)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("rows", [ROWS, ()])
def test_the_specification_is_valid(rows: tuple[AgeRow, ...], palette: Palette) -> None:
    alt.LayerChart.from_dict(spec(rows, palette))


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (-2, "due"),
        (0, "due"),
        (1, "1-3 days"),
        (3, "1-3 days"),
        (4, "4-7"),
        (7, "4-7"),
        (8, "8-14"),
        (14, "8-14"),
        (15, "15+"),
    ],
)
def test_a_follow_up_due_today_is_in_no_bucket_of_lateness(days: int, age: str) -> None:
    assert age_of(days).value == age


def test_open_follow_ups_are_counted_by_age_and_move() -> None:
    assert counted([(0, Move.COURT), (2, Move.PROVIDER), (0, Move.COURT), (30, Move.CLERK)]) == (
        AgeRow(Age.DUE, Move.COURT, 2),
        AgeRow(Age.DAYS_1_TO_3, Move.PROVIDER, 1),
        AgeRow(Age.DAYS_15_ON, Move.CLERK, 1),
    )


def test_parts_stand_on_each_other_in_one_order() -> None:
    values = [value for value in spec(ROWS, LIGHT)["data"]["values"] if value["age"] == "due"]
    assert [(value["move"], value["low"], value["high"]) for value in values] == [
        ("court", 0, 12),
        ("participant", 12, 13),
    ]


def test_a_part_too_low_for_words_has_none_and_a_high_one_has_shape_and_number() -> None:
    labels = {value["told"]: value["label"] for value in spec(ROWS, LIGHT)["data"]["values"]}
    assert labels["due, court: 12"] == "● 12"
    assert labels["due, participant: 1"] == ""


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_number_on_every_part_can_be_read(palette: Palette) -> None:
    made = spec(EVERY_MOVE, palette)
    fills = made["layer"][0]["encoding"]["fill"]["scale"]["range"]
    label = made["layer"][1]["mark"]["color"]
    assert len(set(fills)) == len(Move)
    assert all(ratio(label, fill) >= 4.5 for fill in fills)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_axes_and_legend_can_be_read(palette: Palette) -> None:
    config = spec(ROWS, palette)["config"]
    for part in (config["axis"], config["legend"]):
        assert part["labelFontSize"] >= 12
        assert ratio(part["labelColor"], config["background"]) >= 4.5


def test_the_legend_carries_a_shape_of_its_own_for_every_side() -> None:
    domain = spec(EVERY_MOVE, LIGHT)["layer"][0]["encoding"]["fill"]["scale"]["domain"]
    assert len({word[0] for word in domain}) == len(Move)


def test_the_words_and_the_table_tell_the_same_numbers() -> None:
    assert words(ROWS).startswith(
        "Open follow-ups by age and whose move, 15 follow-ups. due: court 12, participant 1; "
    )
    assert words(()) == "Open follow-ups by age: nothing is open."
    table = reading(ROWS)
    assert table.heads == ("Open for", "court", "provider", "participant", "together")
    assert table.rows[0] == ("due", "12", "0", "1", "13")
    assert [row[0] for row in table.rows] == [age.value for age in Age]
