"""Load ahead: a valid specification, bars that add up, and the same told in words."""

from dataclasses import replace
from datetime import date

import altair as alt
import pytest

from dashboard.charts.load_ahead import reading, spec, words
from dashboard.theme import DARK, LIGHT, Palette
from models.rules.weeks_ahead import WeekAhead
from tests.dashboard.charts.contrast import ratio

ROOM = WeekAhead(
    part="Part 12",
    week_on=date(2026, 12, 7),
    sessions=1,
    not_opened=0,
    places=25,
    calendared=14,
    reviews=3.4,
    new=2.2,
)
OVER = replace(ROOM, week_on=date(2026, 12, 14), reviews=12, new=3)
NOWHERE = replace(ROOM, week_on=date(2026, 12, 21), sessions=0, places=0, calendared=0, new=0)
WEEKS = (ROOM, OVER, NOWHERE)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("weeks", [WEEKS, ()])
def test_the_specification_is_valid(weeks: tuple[WeekAhead, ...], palette: Palette) -> None:
    alt.LayerChart.from_dict(spec(weeks, palette))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_part_of_a_bar_stands_out_from_the_ground(palette: Palette) -> None:
    fills = spec(WEEKS, palette)["layer"][0]["encoding"]["fill"]["scale"]["range"]
    assert len(set(fills)) == 3
    assert all(ratio(fill, palette.paper) >= 3 for fill in fills)


def test_the_parts_of_a_bar_add_up_to_what_is_said() -> None:
    pieces = spec(WEEKS, LIGHT)["layer"][0]["data"]["values"]
    tops = [piece["high"] for piece in pieces if piece["kind"] == "▲ new cases"]
    assert tops == [week.demand for week in WEEKS] == [20, 29, 3]


def test_an_overloaded_week_says_by_how_many_above_its_bar_in_words_and_in_the_table() -> None:
    assert [value["over"] for value in spec(WEEKS, LIGHT)["data"]["values"]] == ["", "■ 4", "■ 3"]
    assert "week of Mon 14 December: 29 expected for 25 places: 14 calendared, 12 expected reviews" in words(WEEKS)
    assert words((ROOM,)).endswith("No week has more cases than places.")
    assert reading(WEEKS).rows[1] == ("Mon 14 December", "1", "14", "12", "3", "29", "25", "4 over")
    assert reading(WEEKS).rows[2][-1] == "no session, 3 over"
