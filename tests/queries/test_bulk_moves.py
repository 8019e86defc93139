"""The moves as they were made, and everybody who is to be told: scoped, masked, in few statements."""

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.moves import remove_appearance
from models.commands.undoing import undo
from models.database import reading, transaction
from models.errors import NotFound, NotPermitted
from models.queries.bulk_moves import bulk_move, bulk_moves
from models.rules.vocabulary import AppearanceState, ChannelKind, MoveCause, Role, Stage
from models.scope import Actor
from models.tables import Case, ContactChannel, Court, MovedCase
from tests.builders import NOW, a_court, an_actor
from tests.commands.bulk_stories import Bulk, tell
from tests.commands.calendar_stories import AFTER, NEXT
from tests.statements import counted


def told(session: Session, cases: int = 3) -> tuple[Bulk, Actor]:
    story = tell(session, cases)
    story.approve(session, story.day())
    court = session.get_one(Court, story.part.court_id)
    return story, an_actor(session, court, Role.ADMINISTRATOR, username="administrator")


def reachable(session: Session, case_id: object, *, safe: bool, kind: ChannelKind = ChannelKind.TEXT) -> None:
    case = session.get_one(Case, case_id)
    way = ContactChannel(
        court_id=case.court_id, participant_id=case.participant_id, kind=kind, value="212-555-0147", safe=safe
    )
    session.add(way)
    session.flush()


def test_the_list_of_moves_counts_their_cases(engine: Engine) -> None:
    with transaction(engine) as session:
        _, administrator = told(session)
    with reading(engine) as session:
        (made,) = bulk_moves(session, administrator)
        assert (made.cause, made.reason, made.cases, made.back) == (MoveCause.DAY_CLOSED, "Snow", 3, 0)
        assert (made.first_on, made.undone_at) == (NEXT, None)


@pytest.mark.parametrize("cases", [1, 12])
def test_a_move_takes_three_statements_however_many_cases(engine: Engine, cases: int) -> None:
    with transaction(engine) as session:
        story, _ = told(session, cases)
    with reading(engine) as session:
        made = bulk_moves(session, story.clerk)[0].id
        with counted(engine) as statements:
            detail = bulk_move(session, story.clerk, made)
    assert len(statements) == 3
    assert len(detail.cases) == cases


def test_everybody_affected_is_listed_with_both_dates_and_only_safe_ways(engine: Engine) -> None:
    with transaction(engine) as session:
        story, _ = told(session)
        reachable(session, story.on_it[0].case_id, safe=True)
        reachable(session, story.on_it[0].case_id, safe=False, kind=ChannelKind.PHONE)
        reachable(session, story.on_it[1].case_id, safe=False)
    with reading(engine) as session:
        made = bulk_moves(session, story.clerk)[0].id
        first, second, _ = bulk_move(session, story.clerk, made).cases
        (hidden, *_) = bulk_move(session, story.clerk, made, faces_room=True).cases
    assert (first.docket_number, first.name, first.was_on, first.now_on) == ("2026-0000", "Mei C.", NEXT, AFTER)
    assert (first.channels, second.channels) == (((ChannelKind.TEXT, None),), ())
    assert hidden.name == "M. C."
    assert "555" not in repr(first)


def test_an_administrator_counts_and_a_stranger_finds_nothing(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story, administrator = told(session)
        reachable(session, story.on_it[0].case_id, safe=True)
        other = a_court(session, name="Another Court")
        stranger = an_actor(session, other, Role.CLERK, username="stranger")
        nobody = an_actor(session, other, username="nobody")
    with reading(sqlite_engine) as session:
        made = bulk_moves(session, story.clerk)[0].id
        one = bulk_move(session, administrator, made).cases[0]
        assert (one.docket_number, one.name, one.language, one.channels) == (None, None, None, ())
        assert bulk_moves(session, stranger) == ()
        with pytest.raises(NotFound):
            bulk_move(session, stranger, made)
        for ask in (lambda: bulk_moves(session, nobody), lambda: bulk_move(session, nobody, made)):
            with pytest.raises(NotPermitted):
                ask()


def test_a_sealed_case_is_on_no_list(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story, _ = told(session)
        session.get_one(Case, story.on_it[0].case_id).stage = Stage.SEALED
    with reading(sqlite_engine) as session:
        made = bulk_moves(session, story.clerk)[0].id
        assert len(bulk_move(session, story.clerk, made).cases) == 2


def test_after_an_undo_the_list_says_who_is_back_and_who_is_not(engine: Engine) -> None:
    with transaction(engine) as session:
        story, _ = told(session)
        session.flush()
        made = bulk_moves(session, story.clerk)[0].id
        gone = session.exec(select(MovedCase).order_by(col(MovedCase.id))).first()
        assert gone is not None
        remove_appearance(session, story.clerk, gone.moved_to_id, "transferred", now=NOW)
        session.flush()
        undo(session, story.clerk, made, now=NOW)
    with reading(engine) as session:
        first, second, _ = bulk_move(session, story.clerk, made).cases
        head = bulk_moves(session, story.clerk)[0]
    assert (first.back, first.now_on, first.state) == (False, None, AppearanceState.REMOVED)
    assert first.kept_reason is not None
    assert (second.back, second.now_on, head.back) == (True, NEXT, 2)
    assert head.undone_at is not None
