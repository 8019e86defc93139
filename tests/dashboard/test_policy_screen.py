"""Promises of the policy's screen: everybody reads it, administrators write it by forms, and no case is on it."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.routes.policy import policy_toml
from models import database
from models.commands import policies as commands
from models.errors import NotFound
from models.queries.policies import in_state, versions
from models.rules.permissions import Action, allowed
from models.rules.policy_versions import VersionState
from models.rules.vocabulary import AttendanceKind, Role
from models.scope import actor_of
from models.tables import User
from tests.builders import NOW, TODAY, a_court, a_part, a_policy_version, a_service
from tests.dashboard.screens import Screens, shown
from tests.follow_up_stories import Stories


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    next(button for button in app.button if button.label == label).click()
    return app.run()


def begun(screens: Screens) -> AppTest:
    """Open the screen as an administrator and begin a draft."""
    screens.sign_in(Role.ADMINISTRATOR, username="sam")
    app = press(screens.open("policy"), "Begin a draft")
    assert not app.exception
    return app


def choose(app: AppTest, part: str) -> AppTest:
    """Choose a part of the draft by its full name."""
    return app.selectbox(key="policy-section").select(part).run()


@pytest.mark.parametrize("role", [role for role in Role if allowed([role], Action.SEE_POLICY)])
def test_everybody_reads_every_setting_with_its_value(screens: Screens, role: Role) -> None:
    screens.sign_in(role)
    app = screens.open("policy")
    text = shown(app)
    assert not app.exception
    assert "demonstration-1 ● in force" in text
    assert "Grace (court days) 1" in text
    assert "Phase 2, Progress: To advance: days without unacceptable absence 28" in text
    assert ("Begin a draft" in text) is (role is Role.ADMINISTRATOR)


def test_a_part_is_saved_from_its_form_and_what_changes_is_said_in_words(screens: Screens) -> None:
    app = choose(begun(screens), "reports")
    app.number_input(key="draft-0-reports.grace_court_days").set_value(3)
    app = press(app, "Save this part")
    assert not app.error
    assert "Reports Grace (court days) 1 3" in shown(app)
    app = choose(app, "programs[1]")
    app.number_input(key="draft-1-programs[1].phases[2].review_every_days").set_value(21)
    app = press(app, "Save this part")
    assert "Program six-sessions, Phase Progress Review every (days) 28 21" in shown(app)


def test_a_setting_that_cannot_be_right_is_named_as_the_form_names_it_and_nothing_is_kept(screens: Screens) -> None:
    app = choose(begun(screens), "programs[1]")
    app.text_input(key="draft-0-programs[1].phases[2].name").input(" ")
    app = press(app, "Save this part")
    assert app.error[0].value == "Phase 2, Progress, Name: should be a text in quotes."
    app = choose(app, "reports")
    app.text_input(key="draft-0-reports.remind_court_days_before_due").input("5, soon")
    app = press(app, "Save this part")
    assert "Reminders before the due day (court days): should be a list of whole numbers" in app.error[0].value
    assert "It says the same as the version in force." in shown(app)


def test_entries_are_added_and_taken_out(screens: Screens) -> None:
    app = press(choose(begun(screens), "programs[1]"), "Add a phase")
    given = {"review_every_days": 56, "min_days": 0, "advance_when.attended_sessions": 6}
    app.text_input(key="draft-0-programs[1].phases[4].name").input("Farewell")
    for key, value in given.items():
        app.number_input(key=f"draft-0-programs[1].phases[4].{key}").set_value(value)
    app = press(app, "Save this part")
    assert not app.error
    assert "Program six-sessions, Phase Farewell as a whole not there there" in shown(app)
    app.button(key="policy-out-programs[1].phases[4]").click().run()
    assert "It says the same as the version in force." in shown(app)
    app = choose(app, "programs[4]")
    app.text_input(key="draft-2-programs[4].key").input("short")
    app.text_input(key="draft-2-programs[4].name").input("Short program")
    app = press(app, "Save this part")
    assert app.error[0].value == "Program, To complete: sessions attended: is missing."


def test_a_draft_is_put_in_force_after_its_preview_by_its_typed_name(screens: Screens) -> None:
    app = begun(screens)
    assert "then it can be put in force" in shown(app)
    app = press(app, "Preview")
    assert "No standing changes; as many reviews a week as now; no week newly overloaded." in shown(app)
    app.text_input(key="policy-reason").input("The team agreed.")
    app.text_input(key="policy-typed").input("demonstration")
    assert "type the version's name as it is written" in press(app, "Put in force").error[0].value
    app.text_input(key="policy-typed").input("demonstration-2")
    app = press(app, "Put in force")
    assert not app.error
    assert "demonstration-2 ● in force 4 Dec 2026" in shown(app)
    assert "demonstration-1 × replaced 1 Jan 2015 to 3 Dec 2026" in shown(app)


def test_a_preview_holds_only_for_the_draft_as_it_was(screens: Screens) -> None:
    app = choose(press(begun(screens), "Preview"), "reports")
    app.number_input(key="draft-0-reports.grace_court_days").set_value(3)
    assert "Preview the draft as it is now" in shown(press(app, "Save this part"))


def test_a_preview_counts_cases_and_names_none(screens: Screens) -> None:
    who = screens.sign_in(Role.ADMINISTRATOR, username="sam")
    with database.transaction(screens.engine) as session:
        court = session.merge(screens.court)
        user = session.get_one(User, who.person)
        told = Stories(session, court, a_part(session, court), user, a_service(session, court))
        told.release(told.case("absent"))
        told.attended(told.cases["absent"], AttendanceKind.MISSED, date(2026, 12, 1))
    app = choose(press(screens.open("policy"), "Begin a draft"), "follow_up")
    app.number_input(key="draft-0-follow_up.several_unanswered_absences").set_value(1)
    text = shown(press(press(app, "Save this part"), "Preview"))
    assert "1 standing changes (1 needs attention → several absences, nothing done)" in text
    assert "Absent Case" not in text
    assert "2026-QN" not in text


def test_an_older_version_stays_readable(screens: Screens) -> None:
    with database.transaction(screens.engine) as session:
        old = a_policy_version(
            session, screens.court, "harbor-1", date(2020, 1, 1), ("grace_court_days = 1", "grace_court_days = 5")
        )
        a_policy_version(session, screens.court, "harbor-2", date(2026, 1, 1))
    screens.sign_in(Role.JUDGE)
    app = screens.open("policy", version=old.name)
    assert "harbor-1 × replaced" in shown(app)
    assert "Grace (court days) 5" in shown(app)


def test_a_planned_version_says_what_changes_and_can_be_taken_back(screens: Screens) -> None:
    who = screens.sign_in(Role.ADMINISTRATOR, username="sam")
    with database.transaction(screens.engine) as session:
        draft = commands.begin_draft(session, who, "harbor-2", now=NOW)
        commands.put_in_force(
            session, who, draft, date(2027, 2, 1), reason="Agreed.", typed_name="harbor-2", seen=0, now=NOW
        )
    app = screens.open("policy", version="harbor-2")
    assert "harbor-2 ▶ planned 1 Feb 2027" in shown(app)
    app.button(key="policy-take-back").click().run()
    assert not app.exception
    with database.reading(screens.engine) as session:
        rows = versions(session, actor_of(session, who.person), today=TODAY)
    assert in_state(rows, VersionState.DRAFT) is not None


def test_a_version_is_saved_as_the_document_it_is_under_a_name_that_tells_its_day_alone(screens: Screens) -> None:
    with database.transaction(screens.engine) as session:
        kept = a_policy_version(session, screens.court, "harbor-1", date(2020, 1, 1))
        other = a_court(session, name="Elsewhere")
    who = screens.sign_in(Role.COORDINATOR)
    file = policy_toml(who, {"version": "harbor-1"}, NOW)
    assert (file.name, file.content.decode()) == ("policy-2020-01-01.toml", kept.text)
    stranger = screens.sign_in(Role.ADMINISTRATOR, court=other)
    for whose, query in ((who, {"version": "harbor-9"}), (who, {}), (stranger, {"version": "harbor-1"})):
        with pytest.raises(NotFound):
            policy_toml(whose, query, NOW)
