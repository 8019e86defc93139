"""The compliance timeline: a valid specification, shapes beside colours, and the same told in words."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

import altair as alt
import pytest

from dashboard import wording
from dashboard.charts.timeline import Happening, Lane, Mark, reading, spec, words
from dashboard.components.timeline import COURT, RESPONSES, SESSIONS
from dashboard.theme import DARK, LIGHT, Palette
from tests.dashboard.charts.contrast import ratio

TODAY = date(2026, 12, 4)
ROWS = (
    Happening(date(2026, 10, 16), Lane.COURT, Mark.AS_EXPECTED, "appeared"),
    Happening(date(2026, 10, 20), Lane.SESSIONS, Mark.SERVICE, "cancelled by the provider"),
    Happening(date(2026, 10, 27), Lane.SESSIONS, Mark.UNACCEPTABLE, "unacceptable absence"),
    Happening(date(2026, 11, 6), Lane.RESPONSES, Mark.UNACCEPTABLE, "sanction: conversation"),
    Happening(date(2026, 11, 6), Lane.RESPONSES, Mark.AS_EXPECTED, "incentive: certificate"),
)


def points(rows: tuple[Happening, ...] = ROWS, palette: Palette = LIGHT) -> dict[str, dict[str, list[str]]]:
    encoding = spec(rows, palette, today=TODAY)["layer"][1]["encoding"]
    return {channel: encoding[channel]["scale"] for channel in ("shape", "fill", "stroke")}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("rows", [ROWS, ()])
def test_the_specification_is_valid(rows: tuple[Happening, ...], palette: Palette) -> None:
    alt.LayerChart.from_dict(spec(rows, palette, today=TODAY))


def test_no_two_states_look_alike_without_colour() -> None:
    rows = tuple(Happening(TODAY, Lane.SESSIONS, mark, mark.value) for mark in Mark)
    looks = points(rows)
    hollow = [fill == LIGHT.paper for fill in looks["fill"]["range"]]
    assert len(set(zip(looks["shape"]["range"], hollow, strict=True))) == len(Mark)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_mark_stands_out_from_the_ground(palette: Palette) -> None:
    looks = points(tuple(Happening(TODAY, Lane.SESSIONS, mark, mark.value) for mark in Mark), palette)
    for fill, stroke in zip(looks["fill"]["range"], looks["stroke"]["range"], strict=True):
        assert max(ratio(fill, palette.paper), ratio(stroke, palette.paper)) >= 3


def test_the_legend_names_only_what_is_shown_and_today() -> None:
    assert points()["shape"]["domain"] == [
        "As expected, incentive",
        "By provider or court",
        "Unacceptable, sanction",
        "Today",
    ]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("table", [SESSIONS, COURT, RESPONSES], ids=["sessions", "court", "responses"])
def test_a_mark_has_the_shape_and_the_colour_of_its_word(table: Mapping[StrEnum, Mark], palette: Palette) -> None:
    solid = {"●": "circle", "◆": "diamond", "■": "square", "▲": "triangle-up"}
    looks = points(tuple(Happening(TODAY, Lane.SESSIONS, mark, mark.value) for mark in Mark), palette)
    marks = list(zip(looks["shape"]["range"], looks["fill"]["range"], looks["stroke"]["range"], strict=True))
    for member, mark in table.items():
        said = wording.word(member)
        shape, fill, stroke = marks[looks["shape"]["domain"].index(mark)]
        if said.shape == "○":
            assert (shape, fill, stroke) == ("circle", palette.paper, palette.tone(said.tone))
        else:
            assert (shape, fill) == (solid[said.shape], palette.tone(said.tone))


def test_what_the_provider_cancelled_never_looks_like_an_unacceptable_absence() -> None:
    looks = points()
    shapes = dict(zip(looks["shape"]["domain"], looks["shape"]["range"], strict=True))
    assert shapes[Mark.SERVICE] != shapes[Mark.UNACCEPTABLE]


def test_two_responses_of_one_day_do_not_hide_each_other() -> None:
    values = [v for v in spec(ROWS, LIGHT, today=TODAY)["data"]["values"] if v["words"].startswith("6 Nov")]
    assert len({v["y"] for v in values}) == 2
    assert {round(v["y"]) for v in values} == {list(Lane).index(Lane.RESPONSES)}


def test_a_day_is_the_same_day_in_every_viewers_zone() -> None:
    made = spec(ROWS, LIGHT, today=TODAY)
    assert date.fromordinal(made["data"]["values"][0]["day"]) == date(2026, 10, 16)
    assert {layer["encoding"]["x"]["type"] for layer in made["layer"]} == {"quantitative"}


@pytest.mark.parametrize("days", [0, 1, 27, 49, 50, 180, 400, 900])
def test_the_axis_names_a_handful_of_mondays_however_long_the_case(days: int) -> None:
    rows = (Happening(TODAY - timedelta(days=days), Lane.COURT, Mark.AS_EXPECTED, "appeared"),)
    axis = spec(rows, LIGHT, today=TODAY)["layer"][0]["encoding"]["x"]["axis"]
    named = [date.fromordinal(day) for day in axis["values"]]
    assert 2 <= len(named) <= 8
    assert all(day.weekday() == 0 and day <= TODAY for day in named)


def test_the_words_count_each_lane_and_keep_incentive_and_sanction_apart() -> None:
    said = words(ROWS, today=TODAY)
    assert said.startswith("Compliance timeline from Fri 16 October; today is Fri 4 December. Court: 1 as expected.")
    assert "Sessions: 1 by provider or court, 1 unacceptable absence." in said
    assert "Reports: nothing." in said
    assert "Responses: 1 incentive, 1 sanction." in said
    assert words((), today=TODAY) == "Compliance timeline, Fri 4 December: nothing recorded yet."


def test_the_table_tells_every_mark_newest_first() -> None:
    table = reading(ROWS)
    assert len(table.rows) == len(ROWS)
    assert all(len(row) == len(table.heads) for row in table.rows)
    assert table.rows[-1] == ("16 Oct", "Court", "appeared", "As expected, incentive")
