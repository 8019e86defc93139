"""The docket's lists as files: recorded, named neutrally, and made only for who may have them."""

import pytest
from sqlmodel import select

from dashboard.routes import lists
from models.database import reading
from models.errors import NotFound, NotPermitted
from models.rules.vocabulary import (
    Role,
)
from models.scope import Actor
from models.tables import DocketPrint
from tests.builders import NOW
from tests.dashboard.docket_day import Day
from tests.dashboard.screens import Screens


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
        found = session.exec(select(DocketPrint)).all()
        assert sorted(one.kind.value for one in found) == ["bench", "public", "staffing"]
        assert all(one.appearance_ids == [str(row.id) for row in day.rows] for one in found)


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
