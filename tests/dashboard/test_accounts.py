"""Promises of the accounts screen."""

from models import database
from models.commands.sign_ins import HASHER
from models.commands.user_sessions import open_session
from models.queries.accounts import accounts
from models.rules.sign_ins import FAILURES, LOCK
from models.rules.vocabulary import Role
from models.scope import load
from models.tables import User
from tests.builders import NOW
from tests.dashboard.around import with_second_factor
from tests.dashboard.screens import Screens, shown


def test_an_administrator_sees_every_account_and_whether_it_may_sign_in(screens: Screens) -> None:
    screens.sign_in(Role.CLERK, username="dana")
    screens.sign_in(Role.ADMINISTRATOR, username="sam")
    text = shown(screens.open("accounts"))
    assert "2 accounts, 2 may sign in" in text
    assert "dana court clerk" in text


def test_an_account_is_added_once_and_the_form_is_empty_again(screens: Screens) -> None:
    who = screens.sign_in(Role.ADMINISTRATOR)
    app = screens.open("accounts")
    app.text_input(key="new-name").input("Dana Whitfield")
    app.text_input(key="new-username").input("dana")
    app.multiselect(key="new-roles").select(Role.CLERK)
    app.text_input(key="new-password").input("seven grey herons wait")
    next(button for button in app.button if button.label == "Add account").click()
    app.run()
    assert not app.exception
    assert app.text_input(key="new-username").value == ""
    with database.reading(screens.engine) as session:
        assert "dana" in {row.username for row in accounts(session, who, now=NOW)}


def test_a_refused_account_says_why_and_keeps_what_was_typed(screens: Screens) -> None:
    screens.sign_in(Role.ADMINISTRATOR)
    app = screens.open("accounts")
    app.text_input(key="new-name").input("Dana")
    app.text_input(key="new-username").input("dana")
    app.multiselect(key="new-roles").select(Role.CLERK)
    app.text_input(key="new-password").input("short")
    next(button for button in app.button if button.label == "Add account").click()
    app.run()
    assert "at least 15 characters" in app.error[0].value
    assert app.text_input(key="new-username").value == "dana"


def test_disabling_an_account_ends_its_sessions(screens: Screens) -> None:
    dana = screens.sign_in(Role.CLERK, username="dana")
    screens.sign_in(Role.ADMINISTRATOR, username="sam")
    app = screens.open("accounts")
    app.selectbox(key="account-in-front").select(dana.person).run()
    app.button(key="disable").click().run()
    assert not app.exception
    assert "dana court clerk × disabled" in shown(app)
    app.button(key="enable").click().run()
    assert "disabled" not in shown(app)


def test_a_clerk_cannot_open_the_accounts(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    assert "does not include this" in screens.open("accounts").exception[0].message


def test_ones_own_password_changes_only_with_the_present_one(screens: Screens) -> None:
    who = screens.sign_in(Role.CLERK, username="dana")
    with database.transaction(screens.engine) as session:
        load(session, who, User, who.person).password_hash = HASHER.hash("seven grey herons wait")
    app = screens.open("my_account")
    app.text_input(key="new").input("four red lamps at noon")
    app.text_input(key="present").input("not the present one")
    next(button for button in app.button if button.label == "Change password").click()
    assert "does not fit" in app.run().error[0].value
    app.text_input(key="present").input("seven grey herons wait")
    next(button for button in app.button if button.label == "Change password").click()
    assert "Your sign-in has ended" in shown(app.run())


def test_guessing_ones_present_password_is_stopped_like_guessing_at_the_sign_in(screens: Screens) -> None:
    who = screens.sign_in(Role.CLERK, username="dana")
    with database.transaction(screens.engine) as session:
        load(session, who, User, who.person).password_hash = HASHER.hash("seven grey herons wait")
    app = screens.open("my_account")
    app.text_input(key="new").input("four red lamps at noon")
    for guess in [*(f"guess number {number}" for number in range(FAILURES)), "seven grey herons wait"]:
        app.text_input(key="present").input(guess)
        next(button for button in app.button if button.label == "Change password").click()
        assert "wait 15 minutes" in app.run().error[0].value
    with database.reading(screens.engine) as session:
        assert load(session, who, User, who.person).locked_until == NOW + LOCK


def test_signing_out_everywhere_ends_this_place_too(screens: Screens) -> None:
    screens.sign_in(Role.COORDINATOR)
    app = screens.open("my_account")
    assert "1 place" in shown(app)
    app.button(key="revoke-own").click().run()
    assert "Your sign-in has ended" in shown(app)
    assert app.run().exception


def test_where_one_is_signed_in_is_listed_and_another_place_is_ended(screens: Screens) -> None:
    who = screens.sign_in(Role.EVALUATOR, username="eve")
    with database.transaction(screens.engine) as session:
        open_session(session, who, how="code", place="Firefox on Windows, 192.0.2.x", now=NOW)
    app = screens.open("my_account")
    assert "2 places" in shown(app)
    assert "this one" in shown(app)
    next(button for button in app.button if button.label == "End Firefox on Windows, 192.0.2.x").click()
    assert "1 place" in shown(app.run())
    assert not app.exception


def test_an_administrator_ends_one_sign_in_of_somebody_and_resets_a_lost_telephone(screens: Screens) -> None:
    dana = screens.sign_in(Role.CLERK, username="dana")
    sam = screens.sign_in(Role.ADMINISTRATOR, username="sam")
    with database.transaction(screens.engine) as session:
        open_session(session, dana, how="code", place="Safari on iPhone, 192.0.2.x", now=NOW)
    with_second_factor(screens.engine, sam, "dana")
    app = screens.open("accounts")
    assert "dana court clerk ● may sign in set up" in shown(app)
    app.selectbox(key="account-in-front").select(dana.person).run()
    app.button(key="reset").click().run()
    assert not app.exception
    assert "dana court clerk ● may sign in not yet" in shown(app)
    assert "Signed in nowhere." in shown(app)
