"""The worklist: one truth behind rows and counts, whose move it is for whom, and nothing of what must not be seen."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database, scope
from models.commands.follow_ups import add_follow_up, hold, settle
from models.commands.sweeps.everything import sweep_everything
from models.errors import Invalid, NotFound, NotPermitted
from models.queries.follow_up import OpenFollowUp, Whose, Worklist, worklist
from models.rules.vocabulary import FlagKind, FollowUpKind, FollowUpState, Move, Role, ServiceKind, Stage
from models.scope import Actor
from models.tables import Case, Court, SafetyFlag
from models.tables.base import new_id
from tests.builders import NOW, TODAY, an_actor
from tests.follow_up_matters import everything
from tests.follow_up_stories import a_teller
from tests.statements import counted


@pytest.fixture
def swept(engine: Engine) -> Engine:
    """A court in which each matter has come about once and was noticed."""
    with database.transaction(engine) as session:
        stories = everything(a_teller(session))
        sweep_everything(session, scope.keeper(session, stories.court), now=NOW)
    return engine


def somebody(engine: Engine, *roles: Role, name: str = "somebody") -> Actor:
    with database.transaction(engine) as session:
        return an_actor(session, session.exec(select(Court)).one(), *roles, username=name)


def listed(engine: Engine, who: Actor) -> Worklist:
    with database.reading(engine) as session:
        return worklist(session, who, today=TODAY)


def kinds(rows: tuple[OpenFollowUp, ...]) -> set[FollowUpKind]:
    return {row.kind for row in rows}


@pytest.mark.parametrize(
    ("role", "mine"),
    [
        (Role.JUDGE, {"no_outcome", "nothing_done", "ready", "no_next_date"}),
        (Role.CLERK, {"approve_date", "interpreter", "acd_expiry", "sealing"}),
        (
            Role.COORDINATOR,
            {"report_reminder", "need_without_place", "release_expiring", "release_expired", "no_contact"},
        ),
    ],
)
def test_each_role_finds_its_own_moves(swept: Engine, role: Role, mine: set[str]) -> None:
    found = listed(swept, somebody(swept, role))
    assert kinds(found.of(Whose.MINE)) == mine
    assert kinds(found.of(Whose.PROVIDERS)) == {"report_late", "referral_unanswered"}


def test_every_follow_up_is_in_exactly_one_part(swept: Engine) -> None:
    found = listed(swept, somebody(swept, Role.COORDINATOR))
    parts = [row.id for whose in list(Whose)[:4] for row in found.of(whose)]
    assert sorted(parts) == sorted(row.id for row in found.of(Whose.EVERYTHING))
    assert len(parts) == len(set(parts)) == 15


def test_ones_own_follow_up_is_ones_own_move_whoever_else_has_the_role(swept: Engine) -> None:
    mine, other = (somebody(swept, Role.COORDINATOR, name=name) for name in ("one", "two"))
    with database.transaction(swept) as session:
        add_follow_up(session, mine, None, "Call the shelter", TODAY, Move.PROVIDER, token=new_id(), now=NOW)
    assert "Call the shelter" in {row.reason for row in listed(swept, mine).of(Whose.MINE)}
    assert "Call the shelter" in {row.reason for row in listed(swept, other).of(Whose.PROVIDERS)}


def test_what_is_held_rests_until_its_day_and_is_counted_nowhere(swept: Engine) -> None:
    who = somebody(swept, Role.COORDINATOR)
    row = listed(swept, who).of(Whose.MINE)[0]
    with database.transaction(swept) as session:
        hold(session, who, row.id, TODAY + timedelta(days=3), "The clinic answers on Monday", now=NOW)
    found = listed(swept, who)
    assert row.id not in {each.id for each in found.of(Whose.MINE)}
    (held,) = [each for each in found.of(Whose.MINE, resting=True) if each.id == row.id]
    assert (held.state, held.hold_reason) == (FollowUpState.HELD, "The clinic answers on Monday")
    with database.reading(swept) as session:
        back = worklist(session, who, today=TODAY + timedelta(days=3))
    assert row.id in {each.id for each in back.of(Whose.MINE)}


def test_what_is_done_is_gone(swept: Engine) -> None:
    who = somebody(swept, Role.COORDINATOR)
    row = listed(swept, who).of(Whose.MINE)[0]
    with database.transaction(swept) as session:
        settle(session, who, row.id, now=NOW)
    assert row.id not in {each.id for each in listed(swept, who).of(Whose.EVERYTHING, resting=True)}


def test_a_missing_date_is_closed_by_a_date_or_a_reason_and_never_by_saying_done(swept: Engine) -> None:
    who = somebody(swept, Role.JUDGE)
    (row,) = [row for row in listed(swept, who).rows if row.kind is FollowUpKind.NO_NEXT_DATE]
    with pytest.raises(Invalid), database.transaction(swept) as session:
        settle(session, who, row.id, now=NOW)
    with database.transaction(swept) as session:
        settle(session, who, row.id, now=NOW, waived_reason="She moved to the other county.")
    assert row.id not in {each.id for each in listed(swept, who).rows}


def test_a_hold_lasts_from_1_to_120_days(swept: Engine) -> None:
    who = somebody(swept, Role.COORDINATOR)
    row = listed(swept, who).of(Whose.MINE)[0]
    for days in (0, 121):
        with pytest.raises(Invalid), database.transaction(swept) as session:
            hold(session, who, row.id, TODAY + timedelta(days=days), "later", now=NOW)


def test_age_counts_from_the_due_day_and_due_today_has_none(swept: Engine) -> None:
    ages = {row.kind: row.age_days for row in listed(swept, somebody(swept, Role.COORDINATOR)).rows}
    assert ages[FollowUpKind.REFERRAL_UNANSWERED] == 3
    assert ages[FollowUpKind.READY] == 0
    assert ages[FollowUpKind.ACD_EXPIRY] == 0


def test_being_ready_grows_no_age_and_makes_nobody_late(swept: Engine) -> None:
    who = somebody(swept, Role.JUDGE)
    with database.reading(swept) as session:
        later = worklist(session, who, today=TODAY + timedelta(days=9))
    (row,) = [row for row in later.rows if row.kind is FollowUpKind.READY]
    assert (row.state, row.age_days, row.reached) == (FollowUpState.OPEN, 0, True)


def test_a_need_without_a_place_names_what_is_needed_and_nothing_else_does(swept: Engine) -> None:
    needs = {row.kind: row.need for row in listed(swept, somebody(swept, Role.COORDINATOR)).rows}
    assert needs.pop(FollowUpKind.NEED_WITHOUT_PLACE) is ServiceKind.COUNSELLING
    assert set(needs.values()) == {None}


def test_nothing_of_a_sealed_case_is_listed_and_nothing_of_it_can_be_settled(swept: Engine) -> None:
    who = somebody(swept, Role.COORDINATOR)
    row = listed(swept, who).of(Whose.MINE)[0]
    with database.transaction(swept) as session:
        session.execute(sa.update(Case).where(col(Case.id) == row.case_id).values(stage=Stage.SEALED))
    assert row.id not in {each.id for each in listed(swept, who).rows}
    with pytest.raises(NotFound), database.transaction(swept) as session:
        settle(session, who, row.id, now=NOW)


def test_a_participant_who_asked_for_it_is_listed_by_initials(swept: Engine) -> None:
    who = somebody(swept, Role.COORDINATOR)
    row = listed(swept, who).of(Whose.MINE)[0]
    with database.transaction(swept) as session:
        case = session.get_one(Case, row.case_id)
        flag = SafetyFlag(
            court_id=who.court_id,
            participant_id=case.participant_id,
            kind=FlagKind.INITIALS_ONLY,
            since=TODAY,
            recorded_by=who.person,
            recorded_at=NOW,
        )
        session.add(flag)
    (hidden,) = [each for each in listed(swept, who).rows if each.id == row.id]
    assert hidden.name == hidden.initials
    assert row.name != row.initials


def test_another_courts_follow_ups_do_not_exist(swept: Engine) -> None:
    with database.transaction(swept) as session:
        stories = a_teller(session, name="River County Court")
        stranger = an_actor(session, stories.court, Role.COORDINATOR, username="stranger")
    assert listed(swept, stranger).rows == ()


def test_an_administrator_sees_no_case_content(swept: Engine) -> None:
    with pytest.raises(NotPermitted):
        listed(swept, somebody(swept, Role.ADMINISTRATOR))


def test_the_number_of_statements_does_not_grow_with_the_list(swept: Engine) -> None:
    who = somebody(swept, Role.COORDINATOR)
    with counted(swept) as sent:
        listed(swept, who)
    assert len(sent) == 3
