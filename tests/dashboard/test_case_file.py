"""The case file on the screen: found, read and added to, by each role as far as it goes."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from dashboard.routes.case_summary import case_summary
from models import database
from models.commands.attendance import record_attendance
from models.commands.notes import write_note
from models.commands.referrals import refer, step_referral
from models.commands.releases import give_release
from models.errors import NotFound, NotPermitted
from models.rules.vocabulary import (
    AttendanceKind,
    NoteVisibility,
    Outcome,
    ReferralState,
    ReleaseKind,
    Role,
    ServiceKind,
)
from models.scope import Actor
from models.tables import Attendance, AuditEvent, Case, Contact, Note, Person, Referral, Release, Report
from tests import builders
from tests.builders import NOW, TODAY
from tests.dashboard.screens import Screens, shown

#: A report due on Friday 11 December.
COURT_ON = date(2026, 12, 16)


def a_file(screens: Screens, who: Actor, *, enrolled: bool = True) -> Case:
    """Return a case with an appearance to come, a mandated service, a release and one session."""
    with database.transaction(screens.engine) as session:
        part = builders.a_part(session, screens.court)
        case = builders.a_case(session, part)
        builders.an_appearance(session, case, builders.a_sitting(session, part, TODAY))
        held = builders.a_sitting(session, part, TODAY - timedelta(days=28))
        builders.an_appearance(session, case, held, outcome=Outcome.APPEARED)
        builders.an_appearance(session, case, builders.a_sitting(session, part, COURT_ON))
        service = builders.a_service(session, screens.court)
        if enrolled:
            on = TODAY - timedelta(days=30)
            one = refer(session, who, case.id, service.kind, service.id, mandated=True, on=on, now=NOW, sessions=6)
            step_referral(session, who, one.id, ReferralState.ENROLLED, on=on, now=NOW)
            give_release(
                session,
                who,
                case.id,
                service.provider_id,
                kind=ReleaseKind.CRIMINAL_JUSTICE,
                what="sessions",
                purpose="reports",
                starts_on=on,
                ends_on=TODAY + timedelta(days=90),
                now=NOW,
            )
            missed = AttendanceKind.MISSED
            record_attendance(session, who, one.id, TODAY - timedelta(days=9), missed, now=NOW)
    return case


def the_clerk(screens: Screens) -> Actor:
    return screens.sign_in(Role.CLERK)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def count_of(screens: Screens, table: type) -> int:
    with database.reading(screens.engine) as session:
        return len(session.exec(select(table)).all())


def test_the_search_comes_first_with_the_cases_of_the_day_as_suggestions(screens: Screens) -> None:
    who = the_clerk(screens)
    a_file(screens, who)
    app = screens.open("case_file")
    assert not app.exception
    assert "Find a case" in shown(app)
    assert "Mei C." in shown(app)
    app.text_input(key="case-search").set_value("chen").run()
    assert "2026-QN-00001" in shown(app)
    app.text_input(key="case-search").set_value("nobody").run()
    assert "No case found" in shown(app)


def test_an_empty_court_says_what_to_do_next(screens: Screens) -> None:
    the_clerk(screens)
    assert "Open a new case" in shown(screens.open("case_file"))


def test_a_link_opens_the_case_with_its_standing_explained_and_its_history(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    assert not app.exception
    text = shown(app)
    for said in (
        "Mei Chen",
        "2026-QN-00001",
        "unacceptable absence",
        "Policy demonstration-1",
        "Garden Street Program",
    ):
        assert said in text
    assert "Information as of Wed 25 November" in text
    assert "Somebody, 4 Dec 2026, 10:00" in text


def test_the_filter_leaves_only_what_was_chosen(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    assert "Court: review" in shown(app).capitalize() or "Court: review" in shown(app)
    next(one for one in app.button_group).set_value(["sessions"]).run()
    history = next(one.proto.body for one in app.get("html") if "History of the case" in one.proto.body)
    assert "Session: counselling" in history
    assert "Court: review" not in history


def test_facing_the_room_no_name_and_no_note_is_on_the_screen(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    with database.transaction(screens.engine) as session:
        person = session.exec(select(Person)).one()
        person.preferred_script, person.pronunciation = "陈美", "may chen"
        write_note(session, who, case.id, "Mei has moved", NoteVisibility.TEAM, now=NOW, token=uuid4())
        session.exec(select(Attendance)).one().reason = "Mei was at the clinic"
    app = screens.open("case_file", case=case.id, room="1")
    text = shown(app)
    assert "M. C." in text
    for hidden in ("Mei", "Chen", "陈美", "may chen"):
        assert hidden not in text


def test_a_session_is_entered_from_its_form(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-session").click().run()
    app.date_input(key="session-day").set_value(TODAY - timedelta(days=2))
    app = press(app, "Save")
    assert not app.exception
    assert count_of(screens, Attendance) == 2
    assert "attended" in shown(app)
    assert not [button for button in app.button if button.label == "Save"]


def test_a_refusal_is_shown_and_the_form_stays(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-session").click().run()
    app.date_input(key="session-day").set_value(TODAY - timedelta(days=9))
    app = press(app, "Save")
    assert "Correct that one instead" in app.warning[0].value
    assert count_of(screens, Attendance) == 1


def test_a_report_comes_in_with_its_sessions_in_one_form(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-report").click().run()
    days = [one for one in app.date_input if one.key and one.key.startswith("day-")]
    assert len(days) == 4
    days[0].set_value(TODAY - timedelta(days=3))
    days[1].set_value(TODAY - timedelta(days=9))
    app = press(app, "Save")
    assert not app.exception
    with database.reading(screens.engine) as session:
        report = session.exec(select(Report).where(col(Report.versions) == 1)).one()
        in_force = session.exec(select(Attendance).where(col(Attendance.replaced_by_id).is_(None))).all()
        assert len(in_force) == 2
        assert {row.report_id for row in in_force} == {report.id}


def test_a_report_that_came_is_corrected_and_disputed(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-report").click().run()
    next(one for one in app.date_input if (one.key or "").startswith("day-")).set_value(TODAY - timedelta(days=3))
    app = press(app, "Save")
    app.button(key="open-report-change").click().run()
    app.text_input(key="correction-reason").set_value("It was medical")
    next(one for one in app.selectbox if (one.key or "").startswith("kind-right")).set_value(AttendanceKind.EXCUSED)
    app = press(app, "Save")
    assert "It was medical" in shown(app)
    app.button(key="open-report-change").click().run()
    app.radio(key="change-report-way").set_value("It is disputed").run()
    app.text_input(key="report-dispute-words").set_value("She was there")
    app = press(app, "Save")
    assert not app.exception
    assert "disputed" in shown(app)


def test_a_participant_is_referred_and_the_referral_steps_on(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who, enrolled=False)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-referral").click().run()
    app = press(app, "Save")
    app.button(key="open-step").click().run()
    app = press(app, "Save")
    assert not app.exception
    with database.reading(screens.engine) as session:
        assert session.exec(select(Referral.state)).one() == ReferralState.ACCEPTED


def test_a_need_without_a_place_is_recorded(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who, enrolled=False)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-referral").click().run()
    app.selectbox(key="refer-kind").set_value(ServiceKind.LEGAL).run()
    app = press(app, "Save")
    assert not app.exception
    assert "no place found" in shown(app)


def test_a_release_is_declined_given_and_revoked(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-release").click().run()
    app.radio(key="release-given").set_value(False).run()
    app = press(app, "Save")
    assert count_of(screens, Release) == 2
    app.button(key="open-revoke").click().run()
    app = press(app, "Save")
    assert "revoked 4 Dec" in shown(app)


def test_a_note_and_a_contact_are_kept_once(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-note").click().run()
    app.text_area(key="note-text").set_value("Ask about the bus")
    app = press(app, "Save")
    assert "Ask about the bus" in shown(app)
    app.button(key="open-contact").click().run()
    app = press(app, "Save")
    assert not app.exception
    assert (count_of(screens, Note), count_of(screens, Contact)) == (1, 1)


def test_a_judge_reads_everything_and_writes_only_notes(screens: Screens) -> None:
    case = a_file(screens, the_clerk(screens))
    screens.sign_in(Role.JUDGE)
    app = screens.open("case_file", case=case.id)
    assert "Mei Chen" in shown(app)
    opened = {button.key for button in app.button if (button.key or "").startswith("open-")}
    assert opened == {"open-note"}


@pytest.mark.parametrize("role", [Role.CLERK, Role.COORDINATOR])
def test_clerk_and_coordinator_may_enter_everything(screens: Screens, role: Role) -> None:
    case = a_file(screens, screens.sign_in(role))
    app = screens.open("case_file", case=case.id)
    assert len([button for button in app.button if (button.key or "").startswith("open-")]) == 10


def test_an_administrator_has_no_case_file(screens: Screens) -> None:
    case = a_file(screens, the_clerk(screens))
    screens.sign_in(Role.ADMINISTRATOR)
    app = screens.open("case_file", case=case.id)
    assert "Your role does not include this" in app.exception[0].message
    assert "Mei" not in shown(app)


def test_a_case_that_is_not_there_is_answered_like_another_courts(screens: Screens) -> None:
    the_clerk(screens)
    for named in (uuid4(), "nonsense"):
        app = screens.open("case_file", case=named)
        assert "no such record" in app.exception[0].message


def printed(who: Actor, case_id: object) -> str:
    file = case_summary(who, {"case": str(case_id)}, NOW)
    assert (file.name, file.media_type) == ("summary-20261204.pdf", "application/pdf")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages).split())


def test_the_printed_summary_has_the_standing_and_the_history_but_no_note(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    with database.transaction(screens.engine) as session:
        write_note(session, who, case.id, "private words", NoteVisibility.TEAM, now=NOW, token=uuid4())
    text = printed(who, case.id)
    for said in ("Mei Chen", "2026-QN-00001", "1 unacceptable absence", "Garden Street Program"):
        assert said in text
    assert "private words" not in text


def test_printing_a_summary_is_audited_and_refused_to_an_administrator(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    printed(who, case.id)
    with database.reading(screens.engine) as session:
        assert "print_case_summary" in session.exec(select(AuditEvent.action)).all()
    administrator = screens.sign_in(Role.ADMINISTRATOR)
    with pytest.raises(NotPermitted):
        case_summary(administrator, {"case": str(case.id)}, NOW)
    for nothing in ("", "nonsense", str(uuid4())):
        with pytest.raises(NotFound):
            case_summary(who, {"case": nothing}, NOW)
