"""Standings over time, of the caseload and of a case: valid, and the same told in words and as a table."""

from datetime import timedelta

import altair as alt
import pytest

from dashboard.charts import standing_line, standings
from dashboard.charts.standing_line import Stood
from dashboard.theme import DARK, LIGHT, Palette
from models.queries.standings import WeekOfStandings
from models.rules.vocabulary import Standing
from tests.builders import TODAY

WEEKS = (
    WeekOfStandings(on=TODAY - timedelta(weeks=1), cases={Standing.ON_TRACK: 3}),
    WeekOfStandings(on=TODAY, cases=dict.fromkeys(Standing, 2)),
)
LINE = (
    Stood(Standing.ON_TRACK, TODAY - timedelta(days=30), TODAY - timedelta(days=9), "Nothing waits."),
    Stood(Standing.ATTENTION, TODAY - timedelta(days=9), TODAY, "1 unacceptable absence."),
)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_specifications_are_valid(palette: Palette) -> None:
    alt.LayerChart.from_dict(standings.spec(WEEKS, palette))
    alt.LayerChart.from_dict(standing_line.spec(LINE, palette))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_no_two_standings_have_one_colour(palette: Palette) -> None:
    colours = standings.fills(palette)
    assert set(colours) == set(Standing)
    assert len(set(colours.values())) == len(Standing)


def test_the_caseload_is_told_in_words_and_as_a_table_the_latest_first() -> None:
    assert "needs attention 2" in standings.words(WEEKS)
    assert [row[-1] for row in standings.reading(WEEKS).rows] == [str(2 * len(Standing)), "3"]


def test_a_cases_line_is_told_in_words_and_as_a_table_with_its_reasons() -> None:
    assert "on track from Wed 4 November; needs attention from Wed 25 November" in standing_line.words(LINE)
    assert standing_line.reading(LINE).rows[0][1:] == ("▲ needs attention", "1 unacceptable absence.")
