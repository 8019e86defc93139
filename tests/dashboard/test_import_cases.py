"""Promises of the import screen: map, look, load; nothing before everything was shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from dashboard.components.import_steps import ranges
from models import database
from models.rules.vocabulary import Role
from models.tables import Case
from tests.builders import a_part
from tests.dashboard.around import PASSWORD
from tests.dashboard.browser import Browser
from tests.dashboard.screens import Screens, shown

FILE = b'Case No.,Defendant,DOB,Charge\nCR-1,"Chen, Mei",3/4/98,Prostitution\nCR-2,"Kim, Ana",2/3/99,Loitering\n'
WRONG = FILE + b'CR-3,"Okafor, Grace",13/3/99,Loitering\n'


@pytest.fixture
def court(screens: Screens) -> Screens:
    screens.sign_in(Role.CLERK)
    with database.transaction(screens.engine) as session:
        a_part(session, screens.court)
    return screens


def uploaded(screens: Screens, content: bytes, name: str = "docket.csv") -> AppTest:
    app = screens.open("import_cases")
    return app.file_uploader[0].set_value((name, content, "text/csv")).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label.startswith(label)).click().run()


def cases(screens: Screens) -> list[str]:
    with database.reading(screens.engine) as session:
        return sorted(session.exec(select(Case.docket_number)))


def test_a_docket_is_mapped_shown_and_loaded(court: Screens) -> None:
    app = uploaded(court, FILE)
    assert "guessed from the headings: please look" in shown(app)
    assert "What would be loaded" not in shown(app)
    app = press(app, "Read the file")
    assert "3. What would be loaded" in shown(app)
    assert cases(court) == []
    app = press(app, "Load 2 cases")
    assert not app.exception
    assert "2 cases loaded, 0 added to, 0 unchanged, 0 left out." in shown(app)
    assert cases(court) == ["CR-1", "CR-2"]


def test_the_same_file_again_has_nothing_to_load(court: Screens) -> None:
    press(press(uploaded(court, FILE), "Read the file"), "Load")
    app = uploaded(court, FILE)
    assert "as this court has read such files before" in shown(app)
    assert "This very file was loaded on 4 Dec 2026" in shown(app)
    assert "Nothing to load" in shown(app)


def test_with_a_problem_nothing_is_loaded_until_those_cases_are_left_out(court: Screens) -> None:
    app = press(uploaded(court, WRONG), "Read the file")
    assert "there is no month 13" in shown(app)
    load = next(button for button in app.button if button.label.startswith("Load"))
    assert load.disabled
    app = press(app.checkbox[0].check().run(), "Load")
    assert "1 left out" in shown(app)
    assert cases(court) == ["CR-1", "CR-2"]


def test_a_mapping_without_a_name_is_refused_in_words(court: Screens) -> None:
    app = uploaded(court, b"Case No.,Who,Charge\nCR-1,Mei,x\n")
    assert "Choose the column that holds the whole name" in shown(press(app, "Read the file"))


def test_a_file_that_is_no_table_is_refused_in_words(court: Screens) -> None:
    app = uploaded(court, b"dear court\n")
    assert not app.exception
    assert "not a table that can be read here" in shown(app)


def test_markup_in_a_cell_is_shown_as_text(court: Screens) -> None:
    app = press(uploaded(court, b"Case No.,Name,Charge\n<b>x</b>,,y\n"), "Read the file")
    assert "<b>x</b>" in shown(app)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_only_the_clerk_has_the_import(screens: Screens, role: Role) -> None:
    screens.sign_in(role)
    assert "Your role does not include this" in screens.open("import_cases").exception[0].message


def test_the_mend_of_the_uploader_is_served(browser: Browser) -> None:
    browser.sign_in("dana", PASSWORD)
    answer = browser.get("/mends.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "stFileUploaderDropzone" in answer.body


def test_rows_are_said_as_ranges() -> None:
    assert ranges([4, 2, 5, 6, 12]) == "2, 4 to 6, 12"
    assert ranges(range(1, 60, 2), at_most=2) == "1, 3 and 28 other rows"


@given(st.sets(st.integers(1, 60), min_size=1))
def test_every_row_is_in_the_ranges(rows: set[int]) -> None:
    said: set[int] = set()
    for part in ranges(rows, at_most=60).split(", "):
        first, _, last = part.partition(" to ")
        said |= set(range(int(first), int(last or first) + 1))
    assert said == rows
