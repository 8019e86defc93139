"""Promises of the switch that hides names while the room can see the screen."""

from streamlit.testing.v1 import AppTest

from tests.dashboard.screens import shown


def screen() -> None:
    import streamlit as st

    from dashboard.components import html, room

    st.write("initials" if room.show_room_switch() else "names")
    st.write(html.link("Next", "/case_file", case="1"))
    st.write(html.link("File", "/download/docket"))


def test_names_are_shown_until_the_switch_is_turned() -> None:
    app = AppTest.from_function(screen).run()
    assert "names" in shown(app)
    assert "initials" in shown(app.toggle[0].set_value(True).run())
    assert "names" in shown(app.toggle[0].set_value(False).run())


def test_a_link_within_the_site_carries_the_switch_and_a_file_does_not() -> None:
    app = AppTest.from_function(screen).run()
    app.toggle[0].set_value(True).run()
    assert app.markdown[1].value == '<a href="/case_file?case=1&amp;room=1" target="_self">Next</a>'
    assert "room" not in app.markdown[2].value


def test_a_page_reached_by_such_a_link_hides_names_from_its_first_run() -> None:
    app = AppTest.from_function(screen)
    app.query_params["room"] = "1"
    app.run()
    assert "initials" in shown(app)
    assert app.toggle[0].value is True


def test_turning_it_off_leaves_no_trace_in_the_address() -> None:
    app = AppTest.from_function(screen)
    app.query_params["room"] = "1"
    app.run()
    app.toggle[0].set_value(False).run()
    assert "room" not in app.query_params
