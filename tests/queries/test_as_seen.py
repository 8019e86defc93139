"""A case as the court saw it on a past day, and what was entered since the last appearance."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands.attendance import correct_attendance, record_attendance
from models.commands.decisions import decide
from models.database import transaction
from models.errors import Invalid
from models.queries.as_seen import SeenCase, case_as_seen, entered_since_court
from models.queries.case_entries import What
from models.queries.case_file import CaseFile, case_file
from models.rules.vocabulary import AttendanceKind, Standing
from tests.builders import NOW, TODAY
from tests.commands.bench_stories import Bench, a_bench, a_form

LATER = NOW + timedelta(days=6)
LATER_ON = TODAY + timedelta(days=6)


def _file(session: Session, story: Bench) -> CaseFile:
    session.flush()
    return case_file(session, story.judge, story.case.id, today=LATER_ON)


def _seen(session: Session, story: Bench) -> SeenCase:
    return case_as_seen(session, story.judge, _file(session, story), on=TODAY)


def _missed(session: Session, story: Bench, days: int, now: datetime) -> None:
    held_on = TODAY - timedelta(days=days)
    record_attendance(session, story.clerk, story.referral.id, held_on, AttendanceKind.MISSED, now=now)


def test_what_was_entered_later_is_neither_counted_nor_told_on_the_past_day(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        _missed(session, story, 3, NOW)
        _missed(session, story, 4, LATER)
        seen, now = _seen(session, story), _file(session, story)
    assert (seen.standing.standing, now.standing.standing) == (Standing.ATTENTION, Standing.NOTHING_DONE)
    assert sum(entry.what is What.SESSION for entry in seen.entries) == 1
    assert seen.standing.policy_version == story.judge.policy_on(TODAY).version


def test_an_entry_corrected_later_counts_on_the_past_day_as_it_stood(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        held_on = TODAY - timedelta(days=3)
        row = record_attendance(session, story.clerk, story.referral.id, held_on, AttendanceKind.MISSED, now=NOW)
        correct_attendance(session, story.clerk, row.id, AttendanceKind.EXCUSED, now=LATER, reason="medical")
        seen = _seen(session, story)
    assert [(e.state, e.over) for e in seen.entries if e.what is What.SESSION] == [(AttendanceKind.MISSED, False)]


def test_a_day_to_come_or_before_the_case_is_refused_in_words(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        file = _file(session, story)
        for day in (LATER_ON + timedelta(days=1), story.case.opened_on - timedelta(days=1)):
            with pytest.raises(Invalid, match="from the opening of the case"):
                case_as_seen(session, story.judge, file, on=day)


def test_what_was_entered_since_court_is_told_the_latest_first_whatever_day_it_is_about(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        _missed(session, story, 9, NOW)
        decide(session, story.judge, a_form(story, left_reason="She explained it."), now=NOW)
        assert entered_since_court(_file(session, story)) == ()
        _missed(session, story, 4, LATER)
        news = entered_since_court(_file(session, story))
    assert [(entry.what, entry.on) for entry in news] == [(What.SESSION, TODAY - timedelta(days=4))]
