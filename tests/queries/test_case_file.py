"""Everything about one case, for whoever may see it, in a fixed number of statements."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.attendance import correct_attendance, record_attendance
from models.commands.contacts import record_contact
from models.commands.notes import write_note
from models.commands.reports import ReportEntry, SessionEntry, correct_report, receive_report
from models.database import reading, transaction
from models.errors import NotFound, NotPermitted
from models.queries.case_entries import Topic, What
from models.queries.case_file import CaseFile, case_file
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    ChannelKind,
    FlagKind,
    NoteVisibility,
    Outcome,
    ReferralState,
    ReportStanding,
    Role,
    Stage,
    Standing,
)
from models.scope import Actor
from models.tables import Charge, ContactChannel, Participant, Person, Report, SafetyFlag
from tests.builders import NOW, TODAY, a_case, a_sitting, an_actor, an_appearance
from tests.commands.case_stories import Story, a_story, enrolled, released
from tests.statements import counted


def the_file(session: Session, viewer: Actor, case_id: UUID) -> CaseFile:
    session.flush()
    return case_file(session, viewer, case_id, today=TODAY)


def with_a_report(session: Session, story: Story, days: int = 3) -> Report:
    enrolled(session, story)
    released(session, story)
    report = session.exec(select(Report).where(col(Report.case_id) == story.case.id)).one()
    sessions = tuple(
        SessionEntry(held_on=TODAY - timedelta(days=n), kind=AttendanceKind.ATTENDED) for n in range(1, days + 1)
    )
    entry = ReportEntry(received_on=TODAY, sessions=sessions, summary="She comes gladly.")
    receive_report(session, story.actor, report.id, entry, now=NOW, token=uuid4())
    return report


def test_the_history_has_the_newest_day_first_and_says_who_recorded_it(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        with_a_report(session, story)
        file = the_file(session, story.actor, story.case.id)
    days = [entry.on for entry in file.entries]
    assert days == sorted(days, reverse=True)
    sessions = [entry for entry in file.entries if entry.topic is Topic.SESSIONS]
    assert {entry.by for entry in sessions} == {"Somebody"}
    assert {entry.at for entry in sessions} == {NOW}


def test_every_noun_of_a_case_is_in_its_history(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        an_appearance(session, story.case, a_sitting(session, story.part, date(2026, 11, 6)), outcome=Outcome.APPEARED)
        with_a_report(session, story)
        write_note(session, story.actor, story.case.id, "Bus pass", NoteVisibility.TEAM, now=NOW, token=uuid4())
        by = ChannelKind.THROUGH_COUNSEL
        record_contact(
            session, story.actor, story.case.id, by, reached=False, made_on=TODAY, now=NOW, token=uuid4(), note="busy"
        )
        file = the_file(session, story.actor, story.case.id)
    told = {(entry.what, entry.state) for entry in file.entries}
    assert {
        (What.APPEARANCE, Outcome.APPEARED),
        (What.APPEARANCE, AppearanceState.SCHEDULED),
        (What.SESSION, AttendanceKind.ATTENDED),
        (What.REPORT, ReportStanding.RECEIVED),
        (What.REFERRAL, ReferralState.ENROLLED),
    } <= told
    words = {entry.what: entry.words for entry in file.entries}
    assert words[What.NOTE] == "Bus pass"
    assert words[What.CONTACT] == "Tried, not reached. busy."


def test_the_heading_knows_names_languages_flags_safe_ways_and_charges(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        participant = session.get_one(Participant, story.case.participant_id)
        person = session.get_one(Person, participant.person_id)
        person.preferred_script, person.pronouns = "陈美", "she/her"
        participant.languages, participant.interpreter_language = ["Mandarin"], "Mandarin"
        court, who = story.court.id, participant.id
        flag = {"court_id": court, "participant_id": who, "since": TODAY, "recorded_by": story.actor.user_id}
        session.add(SafetyFlag(**flag, kind=FlagKind.INITIALS_ONLY, recorded_at=NOW))  # type: ignore[arg-type]
        session.add(ContactChannel(court_id=court, participant_id=who, kind=ChannelKind.TEXT, value="1", safe=True))
        session.add(ContactChannel(court_id=court, participant_id=who, kind=ChannelKind.PHONE, value="2", safe=False))
        session.add(
            Charge(court_id=court, case_id=story.case.id, count_number=1, statute="PL 230.00", description="Charge")
        )
        head = the_file(session, story.actor, story.case.id).heading
    assert (head.preferred_script, head.pronouns, head.languages) == ("陈美", "she/her", ("Mandarin",))
    assert head.initials_only
    assert [channel.value for channel in head.channels or ()] == ["1"]
    assert [charge.statute for charge in head.charges] == ["PL 230.00"]


def test_a_corrected_session_stays_visible_and_no_longer_counts(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        released(session, story)
        row = record_attendance(
            session, story.actor, enrolled(session, story).id, TODAY, AttendanceKind.MISSED, now=NOW
        )
        correct_attendance(session, story.actor, row.id, AttendanceKind.EXCUSED, now=NOW, reason="medical")
        file = the_file(session, story.actor, story.case.id)
    sessions = {entry.state: entry.over for entry in file.entries if entry.what is What.SESSION}
    assert sessions == {AttendanceKind.MISSED: True, AttendanceKind.EXCUSED: False}
    assert [row.kind for row in file.sessions] == [AttendanceKind.EXCUSED]
    assert file.standing.counts.missed == 0


def test_each_version_of_a_report_is_told(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        report = with_a_report(session, story)
        entry = ReportEntry(received_on=TODAY)
        correct_report(session, story.actor, report.id, entry, reason="One day was wrong", now=NOW, token=uuid4())
        file = the_file(session, story.actor, story.case.id)
    versions = [entry for entry in file.entries if entry.what is What.REPORT]
    assert sorted(entry.over for entry in versions) == [False, True]
    assert any("One day was wrong" in (entry.words or "") for entry in versions)


def test_an_expected_report_without_a_release_says_so_and_blames_nobody(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        enrolled(session, story)
        file = the_file(session, story.actor, story.case.id)
    assert [row.answer.standing for row in file.reports] == [ReportStanding.RELEASE_EXPIRED]
    assert "never counts against the participant" in " ".join(file.reports[0].answer.reasons)


def test_somebody_elses_own_note_does_not_exist_for_the_viewer(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        judge = an_actor(session, story.court, Role.JUDGE, username="judge")
        for visibility in NoteVisibility:
            write_note(session, story.actor, story.case.id, visibility, visibility, now=NOW, token=uuid4())
        mine, hers = (
            {entry.words for entry in the_file(session, who, story.case.id).entries if entry.what is What.NOTE}
            for who in (story.actor, judge)
        )
    assert (mine, hers) == ({"own", "team"}, {"team"})


def test_the_standing_comes_with_its_reasons_policy_and_date(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        released(session, story)
        record_attendance(session, story.actor, enrolled(session, story).id, TODAY, AttendanceKind.MISSED, now=NOW)
        standing = the_file(session, story.actor, story.case.id).standing
    assert standing.standing is Standing.ATTENTION
    assert standing.reasons
    assert (standing.policy_version, standing.information_on) == ("demonstration-1", TODAY)


def test_the_number_of_statements_does_not_grow_with_the_case(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        short = a_story(session)
        long = a_story(session, name="Other", username="other")
        with_a_report(session, long, days=20)
        for _ in range(5):
            write_note(session, long.actor, long.case.id, "again", NoteVisibility.TEAM, now=NOW, token=uuid4())
    numbers = []
    for story in (short, long):
        with reading(sqlite_engine) as session, counted(sqlite_engine) as statements:
            case_file(session, story.actor, story.case.id, today=TODAY)
            numbers.append(len([one for one in statements if not one.startswith("BEGIN")]))
    assert numbers[0] == numbers[1] <= 32


def test_another_courts_and_a_sealed_case_do_not_exist_and_an_administrator_sees_none(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        other = a_story(session, name="Other", username="other")
        sealed = a_case(session, story.part, number="2026-QN-00002", stage=Stage.SEALED)
        for case_id in (other.case.id, sealed.id, uuid4()):
            with pytest.raises(NotFound):
                the_file(session, story.actor, case_id)
        administrator = an_actor(session, story.court, Role.ADMINISTRATOR, username="administrator")
        with pytest.raises(NotPermitted):
            the_file(session, administrator, story.case.id)
