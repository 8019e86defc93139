"""Load of coming sessions: a valid specification, words for what stands out, and the same told in words."""

from datetime import date

import altair as alt
import pytest

from dashboard.charts.load import LoadRow, reading, spec, words
from dashboard.theme import DARK, LIGHT, Palette
from tests.dashboard.charts.contrast import ratio

ROOM = LoadRow(date(2026, 12, 4), "Part 2", 22, 25)
FULL = LoadRow(date(2026, 12, 18), "Part 2", 25, 25)
OVER = LoadRow(date(2026, 12, 11), "Part 2", 27, 25)
CLOSED = LoadRow(date(2026, 12, 15), "Part 2", 3, 25, closed=True)
ROWS = (ROOM, OVER, CLOSED, FULL)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("rows", [ROWS, ()])
def test_the_specification_is_valid(rows: tuple[LoadRow, ...], palette: Palette) -> None:
    alt.LayerChart.from_dict(spec(rows, palette))


def test_full_overbooked_and_closed_are_said_in_a_word() -> None:
    shown = [value["standing"] for value in spec(ROWS, LIGHT)["data"]["values"]]
    assert shown == ["", "2 over", "closed", "full"]
    assert CLOSED.standing == "closed, 3 to move"


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_bar_and_the_capacity_line_stand_out_from_the_ground(palette: Palette) -> None:
    made = spec(ROWS, palette)
    fills = {value["fill"] for value in made["data"]["values"]}
    assert len(fills) == 4
    assert all(ratio(fill, palette.paper) >= 3 for fill in fills)
    assert ratio(made["layer"][1]["mark"]["color"], palette.paper) >= 4.5
    assert ratio(made["title"]["color"], palette.paper) >= 4.5


def test_two_sessions_of_one_day_stay_two_bars() -> None:
    rows = (ROOM, LoadRow(ROOM.day, "Part 5", 4, 10), LoadRow(ROOM.day, "Part 5", 1, 10))
    names = [value["session"] for value in spec(rows, LIGHT)["data"]["values"]]
    assert names == ["4 Dec\nPart 2", "4 Dec\nPart 5", "4 Dec\nPart 5 (2)"]


def test_sessions_stay_in_the_order_given() -> None:
    assert spec(ROWS, LIGHT)["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["4 Dec", "11 Dec", "15 Dec", "18 Dec"]


def test_the_words_and_the_table_tell_the_same_numbers() -> None:
    said = words(ROWS)
    assert said.startswith("Places booked for the coming 4 sessions. Fri 4 December, Part 2: 22 of 25 booked; ")
    assert "27 of 25 booked, 2 over" in said
    assert words(()) == "Places booked for each coming session: no session is open."
    assert reading(ROWS).rows[2] == ("Tue 15 December", "Part 2", "3", "25", "closed, 3 to move")
