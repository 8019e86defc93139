"""What the court orders outside the bench is recorded in the case file, by whoever may decide."""

from datetime import timedelta

from sqlmodel import col, select

from models import database
from models.commands.course import accept_mandate
from models.rules.vocabulary import AppearanceState, Measure, Role, Stage
from models.tables import Appearance, Case, GatedMeasure, Mandate
from tests.builders import NOW, TODAY
from tests.dashboard.case_files import a_file, the_clerk
from tests.dashboard.screens import Screens, shown
from tests.dashboard.test_case_file_forms import press


def test_a_transfer_is_recorded_and_the_case_leaves_the_calendar(screens: Screens) -> None:
    case = a_file(screens, the_clerk(screens), enrolled=False)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-course").click().run()
    app.selectbox(key="course-stage").set_value(Stage.ABSCONDED).run()
    app = press(app, "Save")
    assert "needs a reason" in app.error[0].value
    app.text_input(key="course-reason-absconded").set_value("The judge issued a warrant.")
    app = press(app, "Save")
    assert not app.exception
    app.button(key="open-course").click().run()
    app.selectbox(key="course-stage").set_value(Stage.TRANSFERRED).run()
    app.text_input(key="course-reason-transferred").set_value("The court of her county goes on.")
    app = press(app, "Save")
    with database.reading(screens.engine) as session:
        assert session.get_one(Case, case.id).stage is Stage.TRANSFERRED
        states = session.exec(select(Appearance.state).where(col(Appearance.case_id) == case.id)).all()
        assert AppearanceState.REMOVED in states


def test_the_gates_are_passed_one_by_one_and_open_the_end_of_the_program(screens: Screens) -> None:
    case = a_file(screens, the_clerk(screens), enrolled=False)
    app = screens.open("case_file", case=case.id)
    app.button(key="open-course").click().run()
    app.selectbox(key="course-stage").set_value(Stage.TERMINATED).run()
    app.text_input(key="course-reason-terminated").set_value("Asked for by the People.")
    app = press(app, "Save")
    assert "counsel" in app.error[0].value
    app.button(key="open-gates").click().run()
    app.radio(key="gates-measure").set_value(Measure.TERMINATION).run()
    app.text_input(key="gates-what").set_value("The People ask to end the program.")
    app = press(app, "Save")
    for _ in range(3):
        app.button(key="open-gates").click().run()
        for finding in app.text_area:
            finding.set_value("Found after the hearing.")
        app = press(app, "Save")
        assert not app.exception
        assert not app.error
    app.button(key="open-course").click().run()
    app.selectbox(key="course-stage").set_value(Stage.TERMINATED).run()
    app.text_input(key="course-reason-terminated").set_value("Found after the hearing.")
    app = press(app, "Save")
    with database.reading(screens.engine) as session:
        assert session.get_one(Case, case.id).stage is Stage.TERMINATED
        one = session.exec(select(GatedMeasure)).one()
        assert (one.notice_on, one.found_on, one.taken_on) == (TODAY, TODAY, TODAY)
    assert "Before a measure: ending the program" in shown(app)
    assert "Found after the hearing" in shown(app)


def test_who_decides_nothing_is_not_offered_it(screens: Screens) -> None:
    case = a_file(screens, the_clerk(screens))
    screens.sign_in(Role.COORDINATOR)
    app = screens.open("case_file", case=case.id)
    assert not [button for button in app.button if button.key in ("open-course", "open-gates")]
    assert "How the case stands" in shown(app)


def test_a_mandate_goes_on_in_another_program_and_the_file_tells_both(screens: Screens) -> None:
    clerk = the_clerk(screens)
    case = a_file(screens, clerk)
    with database.transaction(screens.engine) as session:
        offered = session.get_one(Case, case.id)
        offered.stage = Stage.OFFERED
        accept_mandate(session, clerk, offered, "six-sessions", now=NOW, on=TODAY - timedelta(days=28))
    app = screens.open("case_file", case=case.id)
    app.button(key="open-program").click().run()
    app = press(app, "Save")
    assert "Write why the program is changed" in app.error[0].value
    app.text_input(key="program-reason").set_value("She is seventeen.")
    app = press(app, "Save")
    assert not app.exception
    assert "The mandate ended. She is seventeen" in shown(app)
    with database.reading(screens.engine) as session:
        ended, running = session.exec(select(Mandate).order_by(col(Mandate.recorded_at))).all()
        assert (ended.ended_on, running.ended_on) == (TODAY, None)
        assert running.carried_from == ended.accepted_on
