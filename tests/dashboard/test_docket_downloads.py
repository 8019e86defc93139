"""The docket's lists as files: recorded, named neutrally, and made only for who may have them."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from dashboard.routes import lists
from models.commands.appearances import remove_appearance
from models.database import reading, transaction
from models.errors import NotFound, NotPermitted
from models.rules.audited import Look
from models.rules.vocabulary import ListKind, Role
from models.scope import Actor
from models.tables import AuditEvent, DocketPrint
from tests.builders import NOW
from tests.dashboard.docket_day import Day
from tests.dashboard.screens import Screens, shown


@pytest.fixture
def day(screens: Screens) -> Day:
    return Day(screens)


def a_link(day: Day, kind: str = "bench") -> dict[str, str]:
    return {"session": str(day.sitting.id), "kind": kind}


def test_every_list_that_leaves_is_recorded_and_its_name_tells_nothing(day: Day) -> None:
    pdf = lists.docket_pdf(day.clerk, a_link(day, "public"), NOW)
    csv = lists.docket_csv(day.clerk, a_link(day), NOW)
    xlsx = lists.docket_xlsx(day.clerk, a_link(day, "staffing"), NOW)
    assert (pdf.name, pdf.content[:5]) == ("list-2026-12-04-public.pdf", b"%PDF-")
    assert (csv.name, xlsx.name) == ("list-2026-12-04-bench.csv", "list-2026-12-04-staffing.xlsx")
    assert "Mei Chen" in csv.content.decode("utf-8-sig")
    with reading(day.screens.engine) as session:
        printed = session.exec(select(DocketPrint)).one()
        assert (printed.kind, printed.appearance_ids) == (ListKind.PUBLIC, [str(row.id) for row in day.rows])
        events = session.exec(select(AuditEvent).order_by(col(AuditEvent.seq))).all()
        assert [(event.action, event.detail.get("as")) for event in events if event.action not in set(Look)] == [
            ("print_docket", "pdf"),
            ("export_docket", "csv"),
            ("export_docket", "xlsx"),
        ]


def test_saving_a_list_to_work_with_is_no_printing(day: Day) -> None:
    lists.docket_pdf(day.clerk, a_link(day), NOW)
    with transaction(day.screens.engine) as session:
        remove_appearance(session, day.clerk, day.rows[2].id, "She moved away", now=NOW)
    before = shown(day.screens.open("docket"))
    assert "Last printed 4 Dec 2026, 10:00." in before
    lists.docket_csv(day.clerk, a_link(day), NOW + timedelta(hours=1))
    lists.docket_xlsx(day.clerk, a_link(day), NOW + timedelta(hours=1))
    app = day.screens.open("docket")
    (choices,) = (one for one in app.segmented_control if one.label == "Which cases")
    assert "Removed 1" in choices.options
    assert "Last printed 4 Dec 2026, 10:00." in shown(app)


def test_a_list_is_not_made_for_who_may_not_have_it(day: Day) -> None:
    judge: Actor = day.screens.sign_in(Role.JUDGE)
    assert lists.docket_pdf(judge, a_link(day), NOW).content
    with pytest.raises(NotPermitted):
        lists.docket_csv(judge, a_link(day), NOW)
    with pytest.raises(NotPermitted):
        lists.docket_pdf(day.screens.sign_in(Role.ADMINISTRATOR), a_link(day), NOW)
    for wrong in ({}, {"session": "x"}, a_link(day, "wall")):
        with pytest.raises(NotFound):
            lists.docket_pdf(day.clerk, wrong, NOW)
