"""The second look at words that may tell a place: refused with a box to tick, saved once it is ticked."""

import pytest
from sqlmodel import select

from models import database
from models.tables import Note
from tests.dashboard.case_files import a_file, the_clerk
from tests.dashboard.screens import Screens


def _notes(screens: Screens) -> list[str]:
    with database.reading(screens.engine) as session:
        return list(session.exec(select(Note.text)).all())


@pytest.mark.parametrize("looks", [True, False], ids=["ticked", "not ticked"])
def test_a_note_with_an_address_is_saved_only_once_somebody_has_looked_again(screens: Screens, looks: bool) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=str(case.id))
    app.button(key="open-note").click().run()
    assert not [box for box in app.checkbox if "I have looked" in box.label]
    app.text_area(key="note-text").set_value("She stays at 123 Main Street.")
    next(button for button in app.button if button.label == "Save").click().run()
    assert not app.exception
    assert "looks like a street address" in app.error[0].value
    assert "Main" not in app.error[0].value
    assert not _notes(screens)
    (box,) = [box for box in app.checkbox if "I have looked" in box.label]
    if looks:
        box.check().run()
    next(button for button in app.button if button.label == "Save").click().run()
    assert _notes(screens) == (["She stays at 123 Main Street."] if looks else [])
