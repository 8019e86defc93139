"""Follow-up and Scheduler as each role meets them: what is theirs first, one act at a time, and nothing they may not see."""

from datetime import timedelta
from re import findall, fullmatch
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from dashboard.routes.follow_up import follow_up_csv, follow_up_xlsx
from models import database, scope
from models.commands.sweeps.everything import sweep_everything
from models.errors import NotFound, NotPermitted
from models.rules.vocabulary import AppearanceState, FollowUpKind, Role, RunState
from models.tables import Appearance, AuditEvent, FollowUp, Heartbeat, Run
from tests.builders import NOW, TODAY
from tests.dashboard.screens import Screens, shown
from tests.follow_up_matters import everything
from tests.follow_up_stories import a_teller


@pytest.fixture
def court(screens: Screens) -> Screens:
    """The screens of a court in which each matter has come about once and was noticed."""
    with database.transaction(screens.engine) as session:
        everything(a_teller(session, court=screens.court))
        sweep_everything(session, scope.keeper(session, screens.court), now=NOW)
        session.add(Heartbeat(name="scheduler", beat_at=NOW))
        session.add(
            Run(
                court_id=screens.court.id,
                job="standings",
                slot=NOW - timedelta(hours=4),
                next_slot=NOW + timedelta(hours=1),
                started_at=NOW - timedelta(hours=4),
                finished_at=NOW - timedelta(hours=4),
                state=RunState.SUCCEEDED,
            )
        )
    return screens


def row_of(court: Screens, kind: FollowUpKind) -> FollowUp:
    with database.transaction(court.engine) as session:
        return session.exec(select(FollowUp).where(col(FollowUp.kind) == kind)).one()


@pytest.mark.parametrize(
    ("role", "mine", "what"),
    [
        (Role.JUDGE, "My move 4", "have no response from the court"),
        (Role.CLERK, "My move 4", "waits for approval"),
        (Role.COORDINATOR, "My move 5", "A service needed since 30 November has no place yet: counselling."),
    ],
)
def test_each_role_begins_with_its_own_moves(court: Screens, role: Role, mine: str, what: str) -> None:
    court.sign_in(role)
    app = court.open("follow_up")
    assert not app.exception
    assert what in shown(app)
    assert mine in app.segmented_control[0].options


def test_the_heading_says_when_the_last_sweep_was_and_that_nothing_was_missed(court: Screens) -> None:
    court.sign_in(Role.COORDINATOR)
    assert "last sweep 6:00 today, nothing missed" in shown(court.open("follow_up"))


def test_a_silent_scheduler_is_said_on_the_screen(court: Screens) -> None:
    with database.transaction(court.engine) as session:
        session.execute(sa.update(Heartbeat).values(beat_at=NOW - timedelta(hours=2)))
    court.sign_in(Role.COORDINATOR)
    app = court.open("follow_up")
    assert "last heard of at 8:00 today" in app.warning[0].value


def test_a_failed_run_is_said_on_the_screen(court: Screens) -> None:
    with database.transaction(court.engine) as session:
        session.execute(sa.update(Run).values(state=RunState.FAILED, problem="It stopped."))
    court.sign_in(Role.JUDGE)
    assert "The last run failed for: how cases stand" in court.open("follow_up").warning[0].value


def test_an_administrator_has_the_scheduler_and_not_the_list(court: Screens) -> None:
    court.sign_in(Role.ADMINISTRATOR)
    assert "role does not include this" in court.open("follow_up").exception[0].message
    app = court.open("runs")
    assert not app.exception
    assert "how cases stand" in shown(app)


def test_done_closes_the_one_that_was_chosen(court: Screens) -> None:
    who = court.sign_in(Role.COORDINATOR)
    row = row_of(court, FollowUpKind.NO_CONTACT)
    app = court.open("follow_up", item=row.id)
    app.button(key="act-done").click().run()
    assert not app.exception
    settled = row_of(court, FollowUpKind.NO_CONTACT)
    assert (settled.done_on, settled.settled_by) == (TODAY, who.user_id)
    assert "The last contact recorded" not in shown(app)


def test_a_hold_needs_a_reason_and_then_rests(court: Screens) -> None:
    court.sign_in(Role.COORDINATOR)
    row = row_of(court, FollowUpKind.NO_CONTACT)
    app = court.open("follow_up", item=row.id)
    hold_it = next(button for button in app.button if button.label == "Hold it")
    hold_it.click().run()
    assert "why it can wait" in app.error[0].value.lower()
    app.text_input(key="hold-reason").set_value("She travels until then")
    next(button for button in app.button if button.label == "Hold it").click().run()
    assert row_of(court, FollowUpKind.NO_CONTACT).held_until == TODAY + timedelta(days=7)
    assert "The last contact recorded" not in shown(app)


def test_the_clerk_approves_a_proposed_date_from_the_list(court: Screens) -> None:
    court.sign_in(Role.CLERK)
    row = row_of(court, FollowUpKind.APPROVE_DATE)
    app = court.open("follow_up", item=row.id)
    app.button(key="act-approve").click().run()
    assert not app.exception
    assert row_of(court, FollowUpKind.APPROVE_DATE).void_on == TODAY
    with database.transaction(court.engine) as session:
        assert session.get_one(Appearance, UUID(row.occurrence)).state is AppearanceState.SCHEDULED


def test_a_follow_up_of_ones_own_is_added_once(court: Screens) -> None:
    court.sign_in(Role.COORDINATOR)
    app = court.open("follow_up")
    app.text_input(key="own-what").set_value("Ask the clinic for a place")
    next(button for button in app.button if button.label == "Add it").click().run()
    assert not app.exception
    assert "Ask the clinic for a place" in shown(app)
    room = shown(court.open("follow_up", room=1))
    assert "Written by hand" in room
    assert "clinic" not in room
    assert row_of(court, FollowUpKind.MANUAL).case_id is None


def test_a_number_nobody_has_is_refused(court: Screens) -> None:
    court.sign_in(Role.COORDINATOR)
    app = court.open("follow_up")
    app.text_input(key="own-what").set_value("Ask")
    app.text_input(key="own-number").set_value("2026-QN-99999")
    next(button for button in app.button if button.label == "Add it").click().run()
    assert "no case of this number" in app.error[0].value


def test_nobody_is_named_while_the_screen_faces_the_room(court: Screens) -> None:
    court.sign_in(Role.COORDINATOR)
    app = court.open("follow_up", room=1, part="everything")
    assert "No_Contact C." not in shown(app)
    assert "N. C." in shown(app)


def test_what_kind_of_service_is_needed_is_nothing_for_the_room(court: Screens) -> None:
    court.sign_in(Role.COORDINATOR)
    item = row_of(court, FollowUpKind.NEED_WITHOUT_PLACE).id
    assert shown(court.open("follow_up", item=item)).count("has no place yet: counselling.") == 2
    app = court.open("follow_up", room=1, item=item)
    assert shown(app).count("has no place yet.") == 2
    assert "counselling" not in shown(app)
    providers = [shown(court.open("follow_up", part="providers", **room)) for room in ({}, {"room": 1})]
    assert ["provider · Garden Street Program" in one for one in providers] == [True, False]


def test_every_state_of_the_list_is_a_word_beside_its_shape(court: Screens) -> None:
    court.sign_in(Role.COORDINATOR)
    app = court.open("follow_up", part="everything")
    (table,) = [one.proto.body for one in app.get("html") if "open follow-up" in one.proto.body]
    first_cells = findall(r"<tr[^>]*><td>(.*?)</td>", table)
    assert len(first_cells) == 14
    for cell in first_cells:
        assert fullmatch(r'<span class="of-state[^"]*"><span class="of-shape"[^>]*>.</span>[\w ,-]+</span>', cell)


def test_being_ready_is_said_with_its_day_and_without_lateness(court: Screens) -> None:
    with database.transaction(court.engine) as session:
        ready = session.exec(select(FollowUp).where(col(FollowUp.kind) == FollowUpKind.READY)).one()
        ready.since = ready.due_on = TODAY - timedelta(days=20)
        case_id = ready.case_id
    court.sign_in(Role.JUDGE)
    assert "since 14 Nov" in shown(court.open("follow_up"))
    assert "past its day" not in shown(court.open("case_file", case=case_id))


def test_the_list_is_exported_as_text_and_the_export_is_recorded(court: Screens) -> None:
    who = court.sign_in(Role.COORDINATOR)
    made = follow_up_csv(who, {"part": "providers"}, NOW)
    text = made.content.decode("utf-8-sig")
    assert made.name == "list-2026-12-04.csv"
    assert "report late" in text
    assert "has no place yet: counselling." in follow_up_csv(who, {}, NOW).content.decode("utf-8-sig")
    assert "no contact" not in text
    assert follow_up_xlsx(who, {}, NOW).content[:2] == b"PK"
    with database.transaction(court.engine) as session:
        events = session.exec(select(AuditEvent).where(col(AuditEvent.action) == "export_follow_up")).all()
    assert len(events) == 3


def test_an_export_is_refused_to_who_may_not_export_and_for_what_does_not_exist(court: Screens) -> None:
    with pytest.raises(NotPermitted):
        follow_up_csv(court.sign_in(Role.JUDGE), {}, NOW)
    with pytest.raises(NotFound):
        follow_up_csv(court.sign_in(Role.CLERK), {"part": "theirs"}, NOW)
