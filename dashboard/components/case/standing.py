"""The explanation behind the standing: the sentences, what was counted, by which policy, with information of which day."""

from datetime import date, timedelta

from dashboard import wording
from dashboard.charts import standing_line as line
from dashboard.charts.standing_line import Stood
from dashboard.components.chart import palette, show_chart
from dashboard.components.heading import show_note
from dashboard.components.html import Cell, details, join, show, state, table, tag
from dashboard.wording import Word
from models.queries.case_entries import What
from models.queries.case_file import CaseFile
from models.rules.compliance import StandingAnswer
from models.rules.facts import Sessions
from models.rules.standing_changes import ComingDays, next_change
from models.rules.vocabulary import ReleaseAnswer, ReportStanding, Stage, Standing

_COMING = (ReportStanding.EXPECTED, ReportStanding.DUE, ReportStanding.IN_GRACE)


def show_standing(file: CaseFile) -> None:
    """Show how the case stands and every reason, with the inputs unfolded on demand."""
    show_answer(file.standing, _next_change(file))
    if stood := _stood(file):
        show_chart(line.spec(stood, palette()), line.words(stood), line.reading(stood), key="case-standing-line")


def _next_change(file: CaseFile) -> date | None:
    """Return the next day on which the standing can change though nothing is recorded, reports and releases included."""
    given = [one for one in file.releases if one.answer is ReleaseAnswer.GIVEN]
    coming = ComingDays(
        reports_due=[one.due_on for one in file.reports if one.answer.standing in _COMING],
        releases_end=[one.ends_on for one in given if one.ends_on >= file.today],
        releases_begin=[one.starts_on for one in given if one.starts_on > file.today],
        releases_revoked=[one.revoked_on for one in given if one.revoked_on and one.revoked_on > file.today],
    )
    return next_change(file.standing, coming if file.heading.stage is Stage.ACTIVE else ComingDays(), file.today)


def _stood(file: CaseFile) -> list[Stood]:
    """Return the case's standings, the oldest first; each lasts until the next one began, the last until today."""
    changes = [entry for entry in reversed(file.entries) if entry.what is What.STANDING]
    ends = [*(entry.on for entry in changes[1:]), file.today + timedelta(days=1)]
    return [
        Stood(entry.state, entry.on, max(end, entry.on), entry.words or "")
        for entry, end in zip(changes, ends, strict=False)
        if isinstance(entry.state, Standing)
    ]


def show_answer(answer: StandingAnswer, again_on: date | None = None) -> None:
    """Show one answer: the standing, its reasons, and what was counted."""
    look = wording.word(answer.standing)
    show(tag("p", state(Word(answer.headline, look.shape, look.tone)), css="of-lead"))
    said = dict.fromkeys((*answer.reasons, *answer.information, *answer.course.reasons))
    show(tag("ul", join([tag("li", sentence) for sentence in said], ""), css="of-list"))
    known = answer.information_on
    as_of = f"Information as of {wording.day_words(known)}" if known else "No information has come in yet"
    if again_on:
        show_note(f"The next day on which time alone can change this: {wording.day_words(again_on)}.")
    show_note(f"{as_of}. Policy {answer.policy_version}. What the system counts, the judge decides on.")
    inputs = table("What was counted", ["What", "Since the mandate", "Since court"], _counted(answer))
    show(details("What was counted", inputs))


def _counted(answer: StandingAnswer) -> list[list[Cell]]:
    facts = answer.inputs
    both = () if facts.withheld else (facts.sessions, facts.sessions_since_court)
    rows: list[list[Cell]] = [
        ["Sessions attended", *_each(both, "attended")],
        ["Acceptable absences", *_each(both, "excused")],
        ["Unacceptable absences", *_each(both, "missed")],
        ["Cancelled by the provider (not counted)", *_each(both, "cancelled")],
        ["Not verified or disputed (not counted)", *_each(both, "unverified")],
    ]
    unanswered: Cell = "not available" if facts.withheld else facts.absences.unanswered
    rows.append(["Absences the court has not answered", unanswered, None])
    rows.append(["Missed appearances not answered", facts.missed_appearances.unanswered, None])
    rows.append(["Responses still open", facts.open_responses, None])
    rows.append(["Goals out of reach (not counted)", facts.distal_goals, None])
    rows.append(["New arrests told (not counted)", facts.arrests, None])
    rows.append(["Reports late (not counted)", facts.reports_outstanding, None])
    rows.append(["Active release", "yes" if facts.release_active else "no (neutral)", None])
    return rows


def _each(both: tuple[Sessions, ...], name: str) -> list[Cell]:
    return [int(getattr(sessions, name)) for sessions in both] or ["not available", "not available"]
