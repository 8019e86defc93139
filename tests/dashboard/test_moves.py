"""Moving many cases on the screen: three causes, all or some, who is to be told, and one undo."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from dashboard.routes import downloads
from models import database
from models.commands.bulk_moves import approve
from models.errors import NotFound, NotPermitted
from models.queries.moves import preview_day
from models.rules.vocabulary import ChannelKind, ReleaseAnswer, ReleaseKind, Role
from models.scope import Actor
from models.tables import AuditEvent, BulkMove, Case, ContactChannel, Court, Release
from tests.builders import NOW, TODAY, a_service
from tests.commands.bulk_stories import approval
from tests.dashboard.screens import Screens, shown
from tests.dashboard.test_calendar import AFTER, NEXT, sessions_of, tell


def made(screens: Screens, who: Actor) -> BulkMove:
    """Close next Friday, its two cases to the Friday after."""
    with database.transaction(screens.engine) as session:
        seen = preview_day(session, who, NEXT, today=TODAY)
        return approve(session, who, seen.change, approval(seen), now=NOW)


def cases_of(session: Session) -> list[Case]:
    return list(session.exec(select(Case).order_by(col(Case.docket_number))))


def test_a_judges_absence_is_previewed_before_anything_moves(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    first, _ = tell(screens)
    app = screens.open("calendar")
    app.selectbox(key="away-judge").set_value(first.judge_id)
    app.date_input(key="away-last").set_value(NEXT)
    app.button(key="away-look").click().run()
    seen = shown(app)
    assert "A judge is away: Fri 4 December to Fri 11 December" in seen
    assert "2 cases to move" in seen
    assert sessions_of(screens)[0].state == "open"
    app.text_input(key="closing-name").set_value("Illness")
    app.button(key="close-now").click().run()
    assert "A judge is away, Fri 4 December to Fri 11 December: Illness. 2 cases moved" in shown(app)


def test_of_an_absence_that_has_begun_the_days_still_to_come_are_previewed(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    first, _ = tell(screens)
    begun = TODAY - timedelta(days=2)
    seen = shown(screens.open("calendar", judge=first.judge_id, day=begun, until=NEXT, close=1))
    assert "A judge is away: Fri 4 December to Fri 11 December" in seen
    assert "2 cases to move" in seen
    assert "This day has passed" in shown(
        screens.open("calendar", judge=first.judge_id, day=begun, until=begun, close=1)
    )


def test_fewer_places_move_only_who_is_called_last(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    first, _ = tell(screens)
    app = screens.open("calendar", session=first.id, close=1, fewer=1)
    assert "No case has to move" in shown(app)
    app.number_input(key=f"fewer-cases-{first.id}").set_value(1).run()
    seen = shown(app)
    assert "1 case called before them keeps its place." in seen
    assert "2026-0001" in seen
    app.text_input(key="closing-name").set_value("A trial needs the room")
    app.button(key="close-now").click().run()
    assert "Fri 11 December has fewer places: A trial needs the room. 1 case moved" in shown(app)
    assert sessions_of(screens)[0].capacity_cases == 1


def test_some_are_moved_now_and_the_day_stays_open_until_the_others_have_gone(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    tell(screens)
    app = screens.open("calendar", day=NEXT, close=1)
    key = f"moves:day_closed:{NEXT}:0"
    one = app.multiselect(key=f"{key}-left").options[0]
    app.multiselect(key=f"{key}-left").select(one).run()
    assert "stays for now" in shown(app)
    app.text_input(key="closing-name").set_value("Snow")
    app.button(key="close-now").click().run()
    assert "Fri 11 December, some cases moved: Snow. 1 case moved" in shown(app)
    assert "The calendar stays as it is" in shown(app)
    assert [one.state for one in sessions_of(screens)] == ["open", "open"]


def test_a_release_that_would_end_before_the_new_day_is_said(screens: Screens) -> None:
    who = screens.sign_in(Role.CLERK)
    tell(screens)
    with database.transaction(screens.engine) as session:
        service = a_service(session, session.get_one(Court, who.court_id))
        for case, ends_on in zip(cases_of(session), (NEXT, AFTER), strict=True):
            session.add(
                Release(
                    court_id=who.court_id,
                    case_id=case.id,
                    provider_id=service.provider_id,
                    kind=next(iter(ReleaseKind)),
                    answer=ReleaseAnswer.GIVEN,
                    what="attendance",
                    purpose="review",
                    starts_on=TODAY,
                    ends_on=ends_on,
                    recorded_by=who.person,
                    recorded_at=NOW,
                )
            )
    seen = shown(screens.open("calendar", day=NEXT, close=1))
    assert seen.count("Garden Street Program ends 11 Dec: ask again") == 1
    assert "ends 18 Dec" not in seen


def test_a_large_move_asks_a_second_time(screens: Screens, monkeypatch: pytest.MonkeyPatch) -> None:
    screens.sign_in(Role.CLERK)
    tell(screens)
    for place in ("models.commands.bulk_moves", "dashboard.views.calendar_closing"):
        monkeypatch.setattr(f"{place}.MOST_AT_ONCE", 1)
    app = screens.open("calendar", day=NEXT, close=1)
    app.text_input(key="closing-name").set_value("Snow")
    app.button(key="close-now").click().run()
    assert "2 cases would move, more than 1 at once" in app.error[0].value
    app.checkbox(key="closing-sure").check()
    app.button(key="close-now").click().run()
    assert "2 cases moved" in shown(app)


def test_whom_to_tell_is_listed_with_safe_ways_and_one_undo_brings_them_back(screens: Screens) -> None:
    who = screens.sign_in(Role.CLERK)
    tell(screens)
    done = made(screens, who)
    with database.transaction(screens.engine) as session:
        case = cases_of(session)[0]
        given: dict[str, Any] = {
            "court_id": who.court_id,
            "participant_id": case.participant_id,
            "value": "212-555-0147",
        }
        session.add(ContactChannel(**given, kind=ChannelKind.TEXT, safe=True))
    app = screens.open("moves", move=done.id)
    seen = shown(app)
    assert "2 cases to tell, 1 without a safe way" in seen
    assert "Fri 18 December, 9:30, Part 12" in seen
    assert "555" not in seen
    app.button(key="undo").click().run()
    seen = shown(app)
    assert "The move is undone. 2 cases put back." in seen
    assert "Fri 11 December, 9:30, Part 12, put back" in seen
    assert "undo" not in [button.key for button in app.button]


@pytest.mark.parametrize("role", [Role.JUDGE, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_others_read_the_moves_and_an_administrator_only_counts(screens: Screens, role: Role) -> None:
    who = screens.sign_in(Role.CLERK)
    tell(screens)
    done = made(screens, who)
    screens.sign_in(role)
    app = screens.open("moves", move=done.id)
    assert not app.exception
    assert ("2026-0000" in shown(app)) == (role is not Role.ADMINISTRATOR)
    assert bool(app.button) == (role is Role.ADMINISTRATOR)  # who runs the calendar may undo


def test_without_a_move_the_screen_says_where_one_begins(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    assert "No cases have been moved together" in shown(screens.open("moves"))
    assert "No cases have been moved together" in shown(screens.open("moves", move="nonsense"))


def test_the_list_leaves_as_a_file_without_a_name_in_its_name_and_is_recorded(screens: Screens) -> None:
    who = screens.sign_in(Role.CLERK)
    tell(screens)
    done = made(screens, who)
    files = [
        downloads._maker(what)(who, {"move": str(done.id)}, NOW) for what in ("notices", "notices_csv", "notices_xlsx")
    ]
    assert [file.name for file in files] == [f"list-2026-12-04-dates.{end}" for end in ("pdf", "csv", "xlsx")]
    assert "2026-0000" in files[1].content.decode("utf-8-sig")
    with database.reading(screens.engine) as session:
        events = session.exec(select(AuditEvent.action)).all()
    assert events.count("export_notices") == 3
    for query in ({}, {"move": "x"}, {"move": str(done.court_id)}):
        with pytest.raises(NotFound):
            downloads._maker("notices")(who, query, NOW)
    with pytest.raises(NotPermitted):
        downloads._maker("notices")(screens.sign_in(Role.ADMINISTRATOR), {"move": str(done.id)}, NOW)
