"""What the court did in a case: appearances with every decision, stages, mandates, phases, ACD, gates, standings, responses.

Ten statements, whatever the length of the case. For `case_file`, which authorises.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.facts.statements import Statement
from models.queries.case_entries import Entry, Line, Source, Topic, What, sentences
from models.rules import words
from models.rules.gates import ORDER
from models.rules.releases import answered
from models.rules.vocabulary import AppearanceState, Gate
from models.tables import (
    Acd,
    Appearance,
    CourtSession,
    Decision,
    GatedMeasure,
    Judge,
    LeftUnanswered,
    Mandate,
    Part,
    PhasePeriod,
    Response,
    StageChange,
    StandingChange,
)

_APPEARANCES: Statement = (
    sa.select(
        col(Appearance.id),
        col(Appearance.purpose),
        col(Appearance.state),
        col(Appearance.outcome),
        col(Appearance.promised),
        col(Appearance.reason),
        col(Appearance.state_reason),
        col(Appearance.added_by),
        col(Appearance.changed_at),
        col(CourtSession.held_on),
        col(Part.name).label("part"),
        col(Judge.name).label("judge"),
    )
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .join(Part, col(Part.id) == col(CourtSession.part_id))
    .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
)


def court_entries(source: Source, programs: Mapping[str, str], *, withheld: bool) -> Iterator[Entry]:
    """Yield what the court did in a case; `programs` are the names of the policy's program templates by key.

    How the case stood is left out where what was attended is `withheld`: the one tells the other.
    """
    yield from _appearances(source)
    yield from _stages(source)
    yield from _mandates(source, programs)
    yield from _phases(source)
    yield from _acds(source)
    yield from _gates(source)
    if not withheld:
        yield from _standings(source)
    yield from _responses(source, withheld=withheld)


def _appearances(source: Source) -> Iterator[Entry]:
    decided: dict[UUID, list[Line]] = {}
    for decision in source.rows(Decision):
        decided.setdefault(decision["appearance_id"], []).append(decision)
    for line in source.rows(Appearance, _APPEARANCES):
        versions = decided.get(line["id"], [])
        if not versions:
            yield _undecided(source, line)
        newest = max((decision["version"] for decision in versions), default=0)
        following = {decision["version"] - 1: decision["recorded_at"] for decision in versions}
        for decision in versions:
            yield _decided(source, line, decision, newest, following.get(decision["version"]))


def _undecided(source: Source, line: Line) -> Entry:
    over = line["state"] in (AppearanceState.MOVED, AppearanceState.REMOVED)
    return Entry(
        on=line["held_on"],
        topic=Topic.COURT,
        what=What.APPEARANCE,
        subject=line["purpose"],
        state=line["outcome"] or line["state"],
        about=f"{line['part']}, {line['judge']}",
        words=sentences(line["state_reason"] if over else line["reason"], _said("Promised", line["promised"])),
        by=None if over else source.people.get(line["added_by"]),
        at=line["changed_at"],
        over=over,
    )


def _decided(source: Source, line: Line, decision: Line, newest: int, over_since: datetime | None) -> Entry:
    return Entry(
        on=line["held_on"],
        topic=Topic.COURT,
        what=What.APPEARANCE,
        subject=line["purpose"],
        state=decision["missed"] or decision["outcome"],
        about=f"{line['part']}, {line['judge']}",
        words=sentences(
            _said("Corrected", decision["correction_reason"]),
            _said("Promised", decision["promised"]),
            _said("No next date", decision["no_next_date_reason"]),
        ),
        over=decision["version"] < newest,
        over_since=over_since,
        **source.recorded(decision),
    )


def _said(label: str, text: str | None) -> str | None:
    return f"{label}: {text}" if text else None


def _fact(source: Source, what: What, on: date, row: Line, **said: Any) -> Entry:
    return Entry(on=on, topic=Topic.COURT, what=what, **said, **source.recorded(row))


def _stages(source: Source) -> Iterator[Entry]:
    for row in source.rows(StageChange):
        reason = sentences(row["reason"])
        yield _fact(source, What.STAGE, row["changed_on"], row, state=row["to_stage"], words=reason)


def _mandates(source: Source, programs: Mapping[str, str]) -> Iterator[Entry]:
    for row in source.rows(Mandate):
        name = programs.get(row["program"], row["program"])
        agreed = sentences(f"{words.count(row['sessions'], 'session')} agreed", f"Policy {row['policy_version']}")
        yield _fact(source, What.MANDATE, row["accepted_on"], row, about=name, words=agreed)
        if row["ended_on"]:
            ended = sentences("The mandate ended", row["ended_reason"])
            yield _fact(source, What.MANDATE, row["ended_on"], row, about=name, words=ended, over=True)


def _phases(source: Source) -> Iterator[Entry]:
    for row in source.rows(PhasePeriod):
        about = f"{row['position'] + 1}, {row['name']}"
        yield _fact(source, What.PHASE, row["entered_on"], row, about=about, words=sentences(row["reason"]))


def _acds(source: Source) -> Iterator[Entry]:
    for row in source.rows(Acd):
        granted_on = row["granted_on"]
        until = f"Can be restored until {words.day(row['expires_on'], granted_on)}"
        restored = f"Restored on {words.day(row['restored_on'], granted_on)}" if row["restored_on"] else None
        yield _fact(source, What.ACD, granted_on, row, words=sentences(until, restored))


def _gates(source: Source) -> Iterator[Entry]:
    """Yield each gate that was passed on its day, and the day on which a measure was dropped."""
    for row in source.rows(GatedMeasure):
        passed = (row["notice_on"], row["counsel_on"], row["heard_on"], row["found_on"])
        for gate, on in zip(ORDER, passed, strict=True):
            if on:
                said = sentences(row["what"], row["finding"] if gate is Gate.FINDING else None)
                yield _fact(source, What.GATE, on, row, subject=row["measure"], state=gate, words=said)
        if row["dropped_on"]:
            why = sentences(_said("No longer asked for", row["dropped_reason"]))
            yield _fact(source, What.GATE, row["dropped_on"], row, subject=row["measure"], words=why)


def _standings(source: Source) -> Iterator[Entry]:
    for row in source.rows(StandingChange):
        yield Entry(
            on=row["changed_on"],
            topic=Topic.COURT,
            what=What.STANDING,
            state=row["to_standing"],
            words=sentences(row["reason"]),
            at=row["recorded_at"],
        )


def _responses(source: Source, *, withheld: bool) -> Iterator[Entry]:
    for row in source.rows(Response):
        yield Entry(
            on=row["decided_on"],
            topic=Topic.RESPONSES,
            what=What.RESPONSE,
            subject=row["kind"],
            state=row["state"],
            about=row["what"],
            words=sentences(
                _because(row, withheld), _said("Outside the range", row["outside_reason"]), _withdrawn(row)
            ),
            **source.recorded(row),
        )
    for row in source.rows(LeftUnanswered):
        yield Entry(
            on=row["decided_on"],
            topic=Topic.RESPONSES,
            what=What.RESPONSE,
            subject=row["kind"],
            about="none",
            words=sentences(_because(row, withheld), _said("No response", row["reason"])),
            **source.recorded(row),
        )


def _because(row: Line, withheld: bool) -> str:
    return answered(row["behaviour"], row["because"], withheld=withheld)


def _withdrawn(row: Line) -> str | None:
    return _said("Withdrawn", row["withdrawn_reason"])
