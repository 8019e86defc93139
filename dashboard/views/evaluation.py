"""Evaluation: how many cases, by quarter, age, program and how they ended; nobody can be made out in it."""

from dashboard import access, store
from dashboard.components.card import card
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.html import Column, link, show, table, tag
from dashboard.exports.evaluation import cell_words
from models.queries.evaluation import evaluation
from models.rules.evaluation import SMALLEST
from models.rules.permissions import Action


def render() -> None:
    """Draw the tables, and what is left out of them and why."""
    who = access.require(Action.SEE_EVALUATION)
    with store.reading() as session:
        counted = evaluation(session, who, today=access.today(who))
    show_heading("Evaluation", "counts of the caseload, without identity")
    if not any(one.cells for one in counted):
        show_empty(
            "No quarter has ended yet", "Cases are counted from the end of the quarter in which they were opened."
        )
        return
    show(tag("p", link("CSV", "/download/evaluation_csv"), css="of-links"))
    show_note(
        f"A count from 1 to {SMALLEST - 1} is not told, nor another one that would give it away. Only quarters of the "
        "year that have ended are counted. Sealed and restricted cases are in no count."
    )
    for one in counted:
        with card(one.by, key=f"evaluation-{one.by}"):
            rows = [[word, cell_words(number)] for word, number in one.cells.items()]
            show(table(one.by, [one.by, Column("Cases", right=True)], rows))


if __name__ == "__main__":
    render()
