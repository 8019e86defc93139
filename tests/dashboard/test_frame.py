"""Promises of the frame around the screens: who gets in, what each role sees, and how a refusal is answered."""

import pytest

from dashboard import access, navigation
from dashboard.components import html
from dashboard.components.refusals import attempt
from dashboard.wording import Tone, Word
from models import clock, database
from models.commands.user_sessions import revoke_sessions
from models.errors import Conflict, Refused, SignedOut
from models.rules.permissions import MATRIX
from models.rules.vocabulary import Role
from tests import builders
from tests.dashboard.screens import Screens, shown


def test_somebody_without_a_session_sees_only_the_way_to_sign_in(screens: Screens) -> None:
    screens.sign_out()
    app = screens.start()
    assert "Your sign-in has ended" in shown(app)
    assert not app.exception


def test_a_signed_in_person_sees_their_name_and_court(screens: Screens) -> None:
    screens.sign_in(Role.ADMINISTRATOR)
    app = screens.start()
    assert not app.exception
    assert "Harbor County Court" in shown(app)


def test_a_revoked_session_ends_at_the_next_click(screens: Screens) -> None:
    who = screens.sign_in(Role.ADMINISTRATOR)
    app = screens.start()
    with database.transaction(screens.engine) as session:
        revoke_sessions(session, who, who.person, now=clock.now())
    assert "Your sign-in has ended" in shown(app.run())


def test_a_changed_role_counts_from_the_next_click(screens: Screens) -> None:
    who = screens.sign_in(Role.CLERK)
    assert access.actor().roles == {Role.CLERK}
    with database.transaction(screens.engine) as session:
        admin = builders.an_actor(session, screens.court, Role.ADMINISTRATOR, username="admin")
        from models.commands.accounts import set_roles

        set_roles(session, admin, who.person, {Role.COORDINATOR}, now=clock.now())
    assert access.actor().roles == {Role.COORDINATOR}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_offered_exactly_the_screens_it_may_use(role: Role) -> None:
    offered = {screen.action for screen in navigation.screens_of({role})}
    assert offered <= MATRIX[role]
    assert {screen.name for screen in navigation.screens_of(())} == set()


def test_every_role_begins_somewhere_at_least_with_its_own_account() -> None:
    assert {role for role in Role if navigation.first_screen({role}) is None} == set()
    assert set(navigation.FIRST.values()) <= {screen.name for screen in navigation.SCREENS}


def test_text_in_a_table_is_never_markup() -> None:
    made = html.table("A <list>", ["Name", "State"], [["<b>Mei</b> & co", Word("on <track>", "●", Tone.GOOD)]])
    assert "<b>" not in made
    assert "&lt;b&gt;Mei&lt;/b&gt; &amp; co" in made
    assert "on &lt;track&gt;" in made
    assert "A &lt;list&gt;" in made


def test_a_table_names_its_columns_and_rows_for_a_screen_reader() -> None:
    made = html.table("Docket", ["#", "Participant"], [html.Row([1, "Mei C."], current=True)], heading_column=1)
    assert "<caption>" in made
    assert '<th scope="col">Participant</th>' in made
    assert '<th scope="row">Mei C.</th>' in made
    assert 'aria-current="true"' in made


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        html.table("Docket", ["#", "Participant"], [[1]])


def test_a_link_stays_on_this_site_and_its_values_are_quoted() -> None:
    assert html.link("open", "/case_file", case='x"&y') == (
        '<a href="/case_file?case=x%22%26y" target="_self">open</a>'
    )
    for elsewhere in ("https://example.org", "//example.org", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="stays"):
            html.link("open", elsewhere)


def test_only_built_markup_reaches_the_screen() -> None:
    with pytest.raises(TypeError):
        html.show("<b>plain</b>")  # type: ignore[arg-type]


def test_a_refused_command_leaves_the_attempt_undone_and_an_ended_sign_in_goes_through() -> None:
    def refuse(problem: Refused) -> None:
        raise problem

    with attempt() as refused:
        refuse(Conflict())
    with attempt() as accepted:
        pass
    assert (refused.done, accepted.done) == (False, True)
    with pytest.raises(SignedOut), attempt():
        refuse(SignedOut())
