"""The case file grows by its forms, as far as a role may write."""

from datetime import timedelta

from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from models import database
from models.rules.vocabulary import (
    AttendanceKind,
    ReferralState,
    Role,
    ServiceKind,
)
from models.tables import Attendance, Case, Contact, Note, Referral, Release, Report
from tests.builders import TODAY
from tests.dashboard.case_files import a_file, the_clerk
from tests.dashboard.screens import Screens, shown


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def opened(screens: Screens, case: Case) -> set[str]:
    """Return the keys of the buttons that open a form in the case file."""
    app = screens.open("case_file", case=case.id)
    return {button.key for button in app.button if button.key and button.key.startswith("open-")}


def count_of(screens: Screens, table: type) -> int:
    with database.reading(screens.engine) as session:
        return len(session.exec(select(table)).all())


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


ORDERED = {"open-course", "open-program", "open-gates", "open-warrant"}


def test_a_judge_reads_everything_and_writes_only_notes_and_what_she_orders(screens: Screens) -> None:
    case = a_file(screens, the_clerk(screens))
    screens.sign_in(Role.JUDGE)
    assert "Mei Chen" in shown(screens.open("case_file", case=case.id))
    assert opened(screens, case) == {"open-note", "open-restrict", "open-withdraw"} | ORDERED


def test_a_coordinator_may_enter_everything_but_what_the_court_orders_and_a_clerk_that_too(screens: Screens) -> None:
    case = a_file(screens, screens.sign_in(Role.COORDINATOR))
    coordinator = opened(screens, case)
    screens.sign_in(Role.CLERK)
    assert len(coordinator) == 18
    assert opened(screens, case) - coordinator == ORDERED | {"open-restrict", "open-withdraw"}
