"""The auditor's page: who saw a case and what somebody did, without a name of a participant; and files that verify."""

import json
from pathlib import Path

import pytest

from dashboard.routes import audit as files
from models import stand_alone_verifier as verifier
from models.database import reading
from models.errors import Invalid
from models.rules.vocabulary import Role
from models.tables import Case
from tests.builders import NOW
from tests.dashboard.docket_day import NAMES, Day
from tests.dashboard.screens import Screens, shown


@pytest.fixture
def day(screens: Screens) -> Day:
    day = Day(screens)
    day.screens.open("case_file", case=day.rows[0].case_id)
    day.auditor = day.screens.sign_in(Role.AUDITOR)  # type: ignore[attr-defined]
    return day


def test_an_auditor_asks_who_saw_a_case_by_its_number_and_reads_no_name(day: Day) -> None:
    with reading(day.screens.engine) as session:
        number = session.get_one(Case, day.rows[0].case_id).docket_number
    app = day.screens.open("audit")
    app.text_input(key="audit-case").set_value(number).run()
    said = shown(app)
    assert "opened the case file" in said
    assert not any(name in said for name in NAMES)
    app.text_input(key="audit-case").set_value("no such number").run()
    assert "No case has this number" in shown(app)


def test_an_auditor_reads_what_somebody_did_and_what_is_unlike_the_rest(day: Day) -> None:
    app = day.screens.open("audit")
    app.segmented_control(key="audit-question").set_value("What somebody did").run()
    app.selectbox(key="audit-person").set_value(day.clerk.user_id).run()
    assert "opened the case file" in shown(app)
    app.segmented_control(key="audit-question").set_value("Unusual access").run()
    assert "None of them says that anybody did wrong" in shown(app)
    app.segmented_control(key="audit-question").set_value("For inspectors").run()
    assert "/download/audit_jsonl?from=2026-12-04" in "".join(one.proto.body for one in app.get("html"))


def test_the_days_saved_for_inspectors_verify_and_name_no_participant(day: Day, tmp_path: Path) -> None:
    auditor = day.auditor  # type: ignore[attr-defined]
    link = {"from": "2026-12-04", "to": "2026-12-04"}
    table = files.audit_csv(auditor, link, NOW).content.decode("utf-8-sig")
    file = tmp_path / "audit.jsonl"
    file.write_bytes(files.audit_jsonl(auditor, link, NOW).content)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert "opened the case file" in table
    assert not any(name in table + file.read_text() for name in NAMES)
    assert [line["action"] for line in lines if "seq" in line][-1] == "export_audit", "the one before is in it"
    assert verifier.main([str(file)]) == 0
    with pytest.raises(Invalid, match="first and the last day"):
        files.audit_csv(auditor, {"from": "yesterday"}, NOW)
