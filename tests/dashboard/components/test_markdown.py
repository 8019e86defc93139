"""A name, a language or a reason is never markdown, wherever Streamlit would read it as such."""

import pytest

from dashboard.components.markdown import in_words, plain
from models import database
from models.rules.vocabulary import Role
from models.tables import User
from tests.builders import a_case, a_part
from tests.dashboard.screens import Screens


@pytest.mark.parametrize("name", ["[Mei](http://evil.example)", "![x](/x.png)", ":red[Mei]", "**Mei**", "$x$", "#Mei"])
def test_every_mark_of_markdown_is_escaped(name: str) -> None:
    assert plain(name).replace("\\", "").replace("\u2060", "") == name
    assert plain(name) != name
    assert in_words(f"Closed: {name}.") != f"Closed: {name}."


@pytest.mark.parametrize(
    "address", ["mei@mail.example", "www.evil.example", "https://evil.example", "HTTP://evil.example"]
)
def test_an_address_in_plain_text_is_parted_so_that_it_becomes_no_link(address: str) -> None:
    for shown in (plain(address), in_words(address)):
        assert address not in shown.replace("\\", "")
        assert shown.replace("\\", "").replace("\u2060", "") == address


def test_the_name_of_who_is_signed_in_is_a_label_and_no_markup(screens: Screens) -> None:
    who = screens.sign_in(Role.CLERK)
    with database.transaction(screens.engine) as session:
        session.get_one(User, who.person).display_name = "[Dana](http://evil.example)"
    app = screens.start()
    labels = [block.proto.popover.label for block in app.get("popover")]
    assert "\\[Dana\\]\\(http\\:\u2060\\/\\/evil\\.example\\)" in labels


def test_a_name_in_a_radio_is_no_markup(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    with database.transaction(screens.engine) as session:
        a_case(session, a_part(session, screens.court), number="CR-1", name="[Mei](/x) Chen")
    app = screens.open("new_case")
    app.text_input(key="new-case-0-legal").set_value("[Mei](/x) Chen").run()
    same = next(radio for radio in app.radio if radio.label == "Which is it?")
    assert same.options[0].startswith(r"The same person: \[Mei\]\(")
