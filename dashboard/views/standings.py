"""Standings: how the court's caseload stood, week by week. Counts only; nobody is named."""

from dashboard import access, store
from dashboard.charts import standings as chart
from dashboard.components.card import card
from dashboard.components.chart import palette, show_chart
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from models.queries.standings import WEEKS, standings_over_time
from models.rules.permissions import Action


def render() -> None:
    """Draw the heading, the chart with its table, and what the count rests on."""
    who = access.require(Action.SEE_STANDINGS)
    with store.reading() as session:
        weeks = standings_over_time(session, who, today=access.today(who))
    show_heading("Standings", f"the caseload over {WEEKS} weeks")
    if not any(week.cases for week in weeks):
        show_empty("No case has been judged yet", "The scheduler judges every night; the first sweep fills this page.")
        return
    with card("Standing of the caseload over time", "open cases at the end of each week", key="standings"):
        show_chart(chart.spec(weeks, palette()), chart.words(weeks), chart.reading(weeks), key="standings-chart")
        show_note(
            "Counted from the changes of standing, each on its true day. A case that is over leaves the count; what is "
            "not assessable says nothing against anybody."
        )


if __name__ == "__main__":
    render()
