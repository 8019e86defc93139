"""Load ahead: what each part will need in the coming 26 weeks against its places, with the overloaded weeks named."""

import streamlit as st

from dashboard import access, store, wording
from dashboard.charts import load_ahead as chart
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.chart import palette, show_chart
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.html import show
from dashboard.components.room import carried
from dashboard.wording import Tone, Word
from models.queries.load_ahead import load_ahead
from models.rules.permissions import Action
from models.rules.weeks_ahead import Forecast, WeekAhead

_COLUMNS = (html.Column("Week of", narrow=True), html.Column("Part", narrow=True), "How it is made up", "State")


def render() -> None:
    """Draw the overloaded weeks of all parts, then the weeks of the part in front."""
    who = access.require(Action.SEE_CALENDAR)
    with store.reading() as session:
        made = load_ahead(session, who, today=access.today(who))
    show_heading("Load ahead", _counted(made))
    show(html.tag("p", html.link("Back to the calendar", "/calendar", **carried()), css="of-links"))
    if not made.weeks:
        show_empty("There is nothing to look ahead to", "Open sessions in the calendar, or open a case.")
        return
    _show_overloaded(made)
    _show_part(made)
    with card("How the numbers are made", key="how-made"):
        for reason in made.reasons:
            show_note(reason)


def _counted(made: Forecast) -> str:
    """Say how many weeks are overloaded: "3 of 78 weeks have more cases than places"."""
    over = len(made.overloaded)
    weeks = wording.count(len(made.weeks), "week")
    return f"{over} of {weeks} {'has' if over == 1 else 'have'} more cases than places" if over else f"{weeks}, all fit"


def _show_overloaded(made: Forecast) -> None:
    """Name the weeks with more cases than places, the nearest first."""
    if not made.overloaded:
        show_note("No week has more cases than places.")
        return
    rows = [(_week(one), one.part, one.said, _state(one)) for one in made.overloaded]
    show(html.table("Weeks with more cases than places", _COLUMNS, rows))


def _show_part(made: Forecast) -> None:
    """Draw the weeks of one part, with the table of the same numbers beneath."""
    parts = list(dict.fromkeys(one.part for one in made.weeks))
    asked = st.query_params.get("part")
    part = asked if asked in parts else next((one.part for one in made.overloaded), parts[0])
    if len(parts) > 1:
        show(html.strip("Parts", [(one, {"part": one, **carried()}, one == part) for one in parts], "/load_ahead"))
    weeks = [one for one in made.weeks if one.part == part]
    show_chart(chart.spec(weeks, palette()), chart.words(weeks), chart.reading(weeks), key=f"load-ahead-{part}")


def _week(one: WeekAhead) -> str:
    return wording.day_words(one.week_on)


def _state(one: WeekAhead) -> Word:
    return Word(chart.standing(one), "■", Tone.BAD)


if __name__ == "__main__":
    render()
