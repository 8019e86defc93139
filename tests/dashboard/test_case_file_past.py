"""The case file's view of the past: marked as one, with nothing to record in it, and a way back."""

from tests.builders import TODAY
from tests.dashboard.case_files import a_file, the_clerk
from tests.dashboard.screens import Screens, shown


def test_a_past_day_is_shown_as_a_view_of_the_past_without_forms_and_with_a_way_back(screens: Screens) -> None:
    case = a_file(screens, the_clerk(screens))
    app = screens.open("case_file", case=case.id)
    assert "What changed since court" in shown(app) or "How the case stands" in shown(app)
    app.date_input(key="case-past-day").set_value(case.opened_on).run()
    assert not app.exception
    text = shown(app)
    assert "This is a view of the past" in text
    assert "How the case stood" in text
    assert not [button for button in app.button if str(button.key).startswith("open-")]
    app.button(key="case-past-back").click().run()
    assert "This is a view of the past" not in shown(app)
    assert case.opened_on < TODAY
