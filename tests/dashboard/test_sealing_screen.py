"""Sealing as the clerk and the judge meet it: read the list, seal, tell who must be told; unseal, expunge."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.routes import sealing as route
from models import database
from models.commands.agencies import add_agency
from models.commands.sweeps.sealing import find_cases_to_seal
from models.errors import NotFound, NotPermitted
from models.ledger import Ledger
from models.rules.vocabulary import AgencyKind, Role, Stage
from models.scope import keeper
from models.tables import AuditEvent, Case, Expunging, Sealing, StageChange
from tests.builders import NOW, a_part
from tests.commands.sealing_stories import Records, of_statute
from tests.dashboard.screens import Screens, shown


@pytest.fixture
def court(screens: Screens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    """A court with two dismissed cases on the worklist; its clerk is signed in last."""
    ledger = Ledger(tmp_path / "ledger")
    monkeypatch.setattr(store, "ledger", lambda: ledger)
    judge, clerk = screens.sign_in(Role.JUDGE), screens.sign_in(Role.CLERK)
    with database.transaction(screens.engine) as session:
        part = a_part(session, screens.court)
        records = Records(court=screens.court, part=part, clerk=clerk, judge=judge, ledger=ledger)
        for number, name in (("CR-1", "Mei Chen"), ("CR-2", "Rosa Vargas")):
            case = records.dismissed(session, number, name=name)
            told: dict[str, Any] = {"changed_on": case.stage_since, "recorded_by": clerk.user_id, "recorded_at": NOW}
            session.add(StageChange(court_id=case.court_id, case_id=case.id, to_stage=Stage.DISMISSED, **told))
        session.flush()
        find_cases_to_seal(session, keeper(session, screens.court), now=NOW)
    return records


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def numbers(screens: Screens) -> set[str]:
    with database.reading(screens.engine) as session:
        return {case.docket_number for case in session.exec(select(Case).where(col(Case.stage) != Stage.SEALED))}


def test_the_worklist_is_sealed_but_for_what_is_left_out(screens: Screens, court: Records) -> None:
    app = screens.open("sealing")
    assert "2 cases would be sealed, 0 left out" in shown(app)
    with database.reading(screens.engine) as session:
        second = session.exec(select(Case.id).where(Case.docket_number == "CR-2")).one()
    app.multiselect(key="sealing-left").select(second).run()
    app.text_input(key="sealing-authority").input("CPL 160.50")
    press(app, "Seal 1 case")
    assert numbers(screens) == {"CR-1", "CR-2"}  # nobody has said that the list was read
    next(box for box in app.checkbox if "read the list" in box.label).check()
    press(app, "Seal 1 case")
    assert numbers(screens) == {"CR-2"}
    assert "CR-1" not in shown(app)
    assert court.ledger.entries() != ()


@pytest.mark.usefixtures("court")
def test_many_are_sealed_by_statute_and_a_changed_picture_is_looked_at_again(screens: Screens) -> None:
    app = screens.open("sealing")
    app.radio(key="sealing-part").set_value("Many at once").run()
    app.multiselect(key="sealing-statutes").select("PL 240.37").run()
    app.text_input(key="sealing-authority").input("Repeal of PL 240.37")
    with database.transaction(screens.engine) as session:
        case = session.exec(select(Case).where(Case.docket_number == "CR-1")).one()
        case.version += 1
        session.add(case)
    next(box for box in app.checkbox if "read the list" in box.label).check()
    press(app, "Seal 2 cases")
    assert "changed meanwhile" in str(app.warning[0].value)
    app.run()
    next(box for box in app.checkbox if "read the list" in box.label).check()
    press(app, "Seal 2 cases")
    assert numbers(screens) == set()


def test_the_notices_can_be_fetched_by_the_clerk_until_their_day_and_each_fetching_is_recorded(
    screens: Screens, court: Records
) -> None:
    with database.transaction(screens.engine) as session:
        add_agency(session, court.clerk, "County police", AgencyKind.POLICE, "Desk 4", now=NOW)
        act = court.seal(session, which=of_statute())
    app = screens.open("sealing")
    app.radio(key="sealing-part").set_value("Who must be told").run()
    assert "until Fri 18 Dec" in shown(app)
    asked = {"act": str(act.id)}
    assert route.letters(court.clerk, asked, NOW).content.startswith(b"%PDF")
    listed = route.agencies_csv(court.clerk, asked, NOW).content.decode("utf-8-sig")
    assert "County police" in listed
    assert "Rosa Vargas" in listed
    with pytest.raises(NotPermitted):
        route.letters(court.judge, asked, NOW)
    with pytest.raises(NotFound):
        route.letters(court.clerk, asked, NOW + timedelta(days=15))
    with database.reading(screens.engine) as session:
        fetched = session.exec(select(AuditEvent).where(AuditEvent.action == "fetch_sealing_notices")).all()
        assert [event.subject_id for event in fetched] == [act.id, act.id]


def test_the_judge_unseals_and_expunges_and_what_was_typed_leaves_the_tab(screens: Screens, court: Records) -> None:
    with database.transaction(screens.engine) as session:
        court.seal(session, which=of_statute())
    screens.sign_in(Role.JUDGE, username="another judge")
    app = screens.open("sealing")
    assert app.radio(key="sealing-part").options == ["Ready to seal", "Many at once", "Unseal", "Expunge"]
    app.radio(key="sealing-part").set_value("Unseal").run()
    typed = {"docket": "CR-1", "number": "U-1", "judge": "Hon. A. Stone", "on": "12/4/2026", "reason": "Appeal."}
    for key, text in typed.items():
        app.text_input(key=f"unseal-{key}").input(text)
    press(app, "Unseal this record")
    assert numbers(screens) == {"CR-1"}
    assert app.text_input(key="unseal-docket").value == ""
    app.radio(key="sealing-part").set_value("Expunge").run()
    typed = {"number": "CR-2", "again": "CR-2", "judge": "Hon. A. Stone", "on": "12/4/2026", "statute": "CPL 160.50"}
    for key, text in typed.items():
        app.text_input(key=f"expunge-{key}").input(text)
    press(app, "Destroy this record")
    assert "hold nothing of it any more" in shown(app)
    assert app.text_input(key="expunge-number").value == ""
    with database.reading(screens.engine) as session:
        assert session.exec(select(Expunging)).one().cleaned_at == NOW
        assert len(session.exec(select(Case)).all()) == 1
        assert session.exec(select(Sealing)).one().statutes == ["PL 240.37"]


@pytest.mark.usefixtures("court")
def test_an_agency_is_added_and_no_longer_told(screens: Screens) -> None:
    app = screens.open("sealing")
    app.radio(key="sealing-part").set_value("Agencies").run()
    app.text_input(key="agency-name").input("State repository")
    press(app, "Add")
    press(app, "No longer tell: State repository")
    assert "Tell again: State repository" in [button.label for button in app.button]


def test_a_coordinator_has_no_such_screen(screens: Screens) -> None:
    screens.sign_in(Role.COORDINATOR)
    assert "role does not include" in str(screens.open("sealing").exception[0].message)
