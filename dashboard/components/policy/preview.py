"""What a draft would change on the present caseload, in counts: standings, reviews a week, weeks that hold fewer."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.components import html
from dashboard.components.card import tile
from dashboard.components.heading import show_note
from dashboard.wording import Tone, Word, count, day_words
from models.queries.policy_preview import PolicyPreview
from models.rules.review_load import WeekLoad
from models.rules.vocabulary import Standing

_CHANGES = ("Now", "Then", html.Column("Cases", right=True))
_WEEKS = ("Week of", html.Column("Reviews", right=True), html.Column("Places", right=True), "State")
_SHOWN = 12


def show_preview(found: PolicyPreview) -> None:
    """Show the counts in a sentence, as tiles and as tables."""
    html.show(html.tag("p", sentence_of(found), css="of-sentence"))
    tiles = (
        tile("Standings that change", f"{found.changed:,}", f"of {count(found.cases, 'open case')}"),
        tile("Reviews a week", _number(found.weekly_after), f"now {_number(found.weekly_before)}"),
        tile("Weeks newly overloaded", str(len(found.newly_overloaded)), f"of {len(found.weeks)} with open sessions"),
    )
    for place, content in zip(st.columns(3), tiles, strict=True):
        with place:
            html.show(content)
    if found.changes:
        html.show(html.table("Standings that change", _CHANGES, _change_rows(found), caption_shown=True))
    overloaded = [*found.newly_overloaded, *found.no_longer_overloaded]
    if overloaded:
        html.show(
            html.table("Weeks whose load changes", _WEEKS, map(_week_row, overloaded[:_SHOWN]), caption_shown=True)
        )
    show_note(
        f"Standings as of {day_words(found.information_on, year=True)} under this version and under "
        f"{found.from_version}. Reviews are a forecast from each case's next date and its phase's interval, against "
        "the sessions that are open. No case is shown here, and nothing was written."
    )


def sentence_of(found: PolicyPreview) -> str:
    """Return the whole in one sentence, such as "14 standings change (8 on track → needs attention), ..."."""
    if not found.changed:
        standings = "No standing changes"
    else:
        verb = "changes" if found.changed == 1 else "change"
        ways = ", ".join(f"{n} {_named(a)} → {_named(b)}" for (a, b), n in _ordered(found))
        standings = f"{count(found.changed, 'standing')} {verb} ({ways})"
    return f"{standings}; {_weekly(found)}; {_overload(found.newly_overloaded)}."


def _weekly(found: PolicyPreview) -> str:
    more = found.weekly_after - found.weekly_before
    if round(more, 1) == 0:
        return "as many reviews a week as now"
    return f"{_number(abs(more))} reviews a week {'more' if more > 0 else 'fewer'}"


def _overload(weeks: Sequence[WeekLoad]) -> str:
    if not weeks:
        return "no week newly overloaded"
    named = ", ".join(f"{week.monday.day} {wording.day_words(week.monday).split()[-1]}" for week in weeks[:3])
    others = f" and {len(weeks) - 3} more" if len(weeks) > 3 else ""
    return f"{'week' if len(weeks) == 1 else 'weeks'} of {named}{others} overloaded"


def _ordered(found: PolicyPreview) -> list[tuple[tuple[Standing, Standing], int]]:
    return sorted(found.changes.items(), key=lambda each: (-each[1], each[0]))


def _named(standing: Standing) -> str:
    return wording.text(standing)


def _change_rows(found: PolicyPreview) -> list[Sequence[html.Cell]]:
    return [(wording.word(a), wording.word(b), f"{n:,}") for (a, b), n in _ordered(found)]


def _week_row(week: WeekLoad) -> Sequence[html.Cell]:
    state = Word("overloaded", "■", Tone.BAD) if week.overloaded else Word("no longer overloaded", "●", Tone.GOOD)
    return (day_words(week.monday, year=True), f"{week.reviews:,}", f"{week.places:,}", state)


def _number(reviews: float) -> str:
    """Return reviews a week with one decimal where they are few."""
    return f"{reviews:,.0f}" if reviews >= 20 or reviews == int(reviews) else f"{reviews:,.1f}"
