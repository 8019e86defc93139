"""Who the participant is, her safety and her charges are put right on the case file, by those who may."""

from datetime import date

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from models import database
from models.commands.cases import NewFlag
from models.commands.intake_form import NewChannel
from models.commands.participants import add_channel, add_flag
from models.rules.permissions import Action, allowed
from models.rules.vocabulary import ChannelKind, FlagKind, Role
from models.scope import Actor
from models.tables import Case, Charge, ContactChannel, Participant, Person, SafetyFlag
from tests.builders import NOW
from tests.dashboard.case_files import a_file
from tests.dashboard.screens import Screens, shown

PRIVATE = {"open-person", "open-flags", "open-channels", "open-charge"}


def opened(screens: Screens, role: Role = Role.COORDINATOR, **query: object) -> tuple[Actor, Case, AppTest]:
    who = screens.sign_in(role)
    case = a_file(screens, who)
    return who, case, screens.open("case_file", case=case.id, **query)


def form(app: AppTest, name: str) -> AppTest:
    return app.button(key=f"open-{name}").click().run()


def saved(app: AppTest) -> AppTest:
    app = next(button for button in app.button if button.label == "Save").click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return str(app.session_state["said"])


@pytest.mark.parametrize("role", [role for role in Role if allowed([role], Action.SEE_CASE)])
def test_only_who_may_change_her_sees_the_forms(screens: Screens, role: Role) -> None:
    case = a_file(screens, screens.sign_in(Role.CLERK, username="other"))
    screens.sign_in(role)
    app = screens.open("case_file", case=case.id)
    keys = {button.key for button in app.button if button.key}
    assert PRIVATE & keys == (PRIVATE if role in (Role.CLERK, Role.COORDINATOR) else set())


def test_names_and_languages_are_filled_in_and_what_changed_is_said(screens: Screens) -> None:
    _, case, app = opened(screens)
    app = form(app, "person")
    assert app.text_input(key="person-legal_name").value == "Mei Chen"
    app.text_input(key="person-preferred_name").set_value("Lin Chen")
    app.text_input(key="person-languages").set_value("Mandarin, English")
    app.text_input(key="person-interpreter").set_value("Mandarin")
    app.date_input(key="person-born").set_value(date(1998, 3, 2))
    app = saved(app)
    assert said(app) == "Recorded: preferred name, date of birth, languages and interpreter."
    assert "Lin Chen" in shown(app)
    assert "Mandarin interpreter" in shown(app)
    with database.reading(screens.engine) as session:
        person = session.exec(select(Person)).one()
        assert (person.legal_name, person.preferred_name) == ("Mei Chen", "Lin Chen")
        assert session.exec(select(Participant)).one().languages == ["Mandarin", "English"]
        assert session.get_one(Case, case.id).version > case.version


def test_a_save_without_a_change_records_nothing(screens: Screens) -> None:
    _, case, app = opened(screens)
    for name in ("person", "flags", "channels"):
        app = saved(form(app, name))
        assert said(app) == "Nothing was changed."
    with database.reading(screens.engine) as session:
        assert session.get_one(Case, case.id).version == case.version


def test_a_missing_name_is_said_and_the_form_stays(screens: Screens) -> None:
    app = form(opened(screens)[2], "person")
    app.text_input(key="person-legal_name").set_value(" ")
    app = saved(app)
    assert "Legal name is missing" in app.error[0].value
    assert app.text_input(key="person-legal_name").value == " "


def test_what_somebody_else_changed_while_the_form_was_open_is_not_overwritten(screens: Screens) -> None:
    who, case, app = opened(screens)
    app = form(app, "person")
    with database.transaction(screens.engine) as session:
        add_flag(session, who, case.id, NewFlag(kind=FlagKind.NO_VOICEMAIL), now=NOW)
    app.text_input(key="person-pronouns").set_value("she/her")
    app = saved(app)
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    with database.reading(screens.engine) as session:
        assert session.exec(select(Person.pronouns)).one() is None


def test_initials_only_hides_the_name_at_once_and_ending_it_brings_it_back(screens: Screens) -> None:
    app = form(opened(screens)[2], "flags")
    app.checkbox(key="flag-initials_only").check()
    app.text_input(key="flag-note-initials_only").set_value("Asked on 4 December")
    app = saved(app)
    assert said(app) == "Recorded: initials only."
    assert "M. C." in shown(app)
    app = form(app, "flags")
    assert "Asked on 4 December" in shown(app)
    app.checkbox(key="flag-initials_only").uncheck()
    app = saved(app)
    assert said(app) == "Ended: initials only."
    assert "M. C." not in shown(app)


def test_a_flag_that_somebody_else_added_meanwhile_is_not_ended(screens: Screens) -> None:
    who, case, app = opened(screens)
    app = form(app, "flags")
    with database.transaction(screens.engine) as session:
        add_flag(session, who, case.id, NewFlag(kind=FlagKind.SEPARATE_WAITING), now=NOW)
    app.checkbox(key="flag-no_voicemail").check()
    saved(app)
    with database.reading(screens.engine) as session:
        held = session.exec(select(SafetyFlag.kind).where(col(SafetyFlag.ended_on).is_(None))).all()
        assert set(held) == {FlagKind.SEPARATE_WAITING, FlagKind.NO_VOICEMAIL}


def test_ways_of_contact_are_marked_ended_and_added(screens: Screens) -> None:
    who, case, app = opened(screens)
    with database.transaction(screens.engine) as session:
        for value, safe in (("555 0100", False), ("555 0101", True)):
            way = NewChannel(kind=ChannelKind.PHONE, value=value, safe=safe)
            add_channel(session, who, case.id, way, now=NOW)
    assert "555 0100" not in shown(app.run())
    app = form(app, "channels")
    first, second = (radio for radio in app.radio if (radio.key or "").startswith("way-"))
    assert (first.value, second.value) == ("Not safe", "Safe")
    first.set_value("Safe")
    second.set_value("No longer used")
    app.selectbox(key="way-kind").set_value(ChannelKind.EMAIL)
    app.text_input(key="way-value").set_value("mei@example.org")
    app = saved(app)
    assert said(app) == "Recorded: phone safe, phone no longer used, e-mail not safe."
    with database.reading(screens.engine) as session:
        ways = session.exec(select(ContactChannel).order_by(col(ContactChannel.id))).all()
        assert [(way.value, way.safe, way.ended_on is None) for way in ways] == [
            ("555 0100", True, True),
            ("555 0101", True, False),
            ("mei@example.org", False, True),
        ]


def test_a_charge_is_added_once_and_not_past_somebody_elses_change(screens: Screens) -> None:
    who, case, app = opened(screens)
    app = form(app, "charge")
    app.text_input(key="charge-statute").set_value("PL 240.20")
    app = saved(app)
    assert said(app) == "The charge is recorded as count 1."
    assert "PL 240.20" in shown(app)
    app = form(app, "charge")
    with database.transaction(screens.engine) as session:
        add_flag(session, who, case.id, NewFlag(kind=FlagKind.NO_VOICEMAIL), now=NOW)
    app.text_input(key="charge-statute").set_value("PL 240.35")
    app = saved(app)
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    with database.reading(screens.engine) as session:
        assert session.exec(select(Charge.statute)).all() == ["PL 240.20"]


def test_facing_the_room_no_form_about_her_can_be_open(screens: Screens) -> None:
    app = form(opened(screens)[2], "person")
    app.toggle(key="room-switch").set_value(True).run()
    assert not {button.key for button in app.button} & PRIVATE
    assert not [field for field in app.text_input if (field.key or "").startswith("person-")]
    assert "Mei" not in shown(app)
