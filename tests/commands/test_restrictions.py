"""Restricted participants: for whom they exist, who may change that, and what an emergency opening opens, for how long."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import scope
from models.commands import restrictions as commands
from models.commands.closures import add_closure
from models.commands.notes import write_note
from models.database import transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.queries.docket import docket
from models.queries.restrictions import nameable_staff, opening_notices, restriction_of
from models.queries.search import find_cases
from models.rules.restrictions import OPEN_FOR
from models.rules.vocabulary import ListKind, NoteVisibility, OpeningReason, Role
from models.scope import Actor, actor_of, keeper, load_case
from models.tables import AuditEvent, Case, Opening, Participant
from models.tables.base import new_id
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, a_user, an_appearance
from tests.statements import counted

WHY = OpeningReason.SAFETY


class Kept:
    """A court with two cases on one session: one restricted by its judge, one for everybody."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.court = a_court(session)
        part = a_part(session, self.court)
        self.ids = {
            role: a_user(session, self.court, role, username=role.value).id
            for role in (Role.JUDGE, Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR)
        }
        self.sitting = a_sitting(session, part, TODAY + timedelta(days=1))
        self.case = a_case(session, part, number="2026-QN-00007", name="Dara Prak")
        other = a_case(session, part, number="2026-QN-00008", name="Mei Chen")
        self.appearance = an_appearance(session, self.case, self.sitting)
        an_appearance(session, other, self.sitting, position=2)
        commands.restrict(session, self.now(Role.JUDGE), self.case.id, "Somebody asks for her.", (), now=NOW)
        session.flush()

    def now(self, role: Role, after: timedelta = timedelta()) -> Actor:
        """Return who acts, read anew at an instant."""
        return actor_of(self.session, self.ids[role], now=NOW + after)

    def opened(self, role: Role, number: str = "2026-QN-00007") -> None:
        commands.open_restricted(self.session, self.now(role), number, WHY, "She is here.", now=NOW)
        self.session.flush()


def numbers(session: Session, who: Actor) -> list[str]:
    return [one.docket_number for one in find_cases(session, who, "2026")]


def test_a_restricted_case_exists_for_the_named_alone_and_for_the_scheduler(engine: Engine) -> None:
    with transaction(engine) as session:
        kept = Kept(session)
        assert load_case(session, kept.now(Role.JUDGE), kept.case.id) == kept.case
        assert load_case(session, keeper(session, kept.court), kept.case.id) == kept.case
        clerk = kept.now(Role.CLERK)
        for missing in (kept.case.id, UUID(int=7)):
            with pytest.raises(NotFound) as answer:
                load_case(session, clerk, missing)
            assert str(answer.value) == str(NotFound())
        for row in (Participant, Case):
            with pytest.raises(NotFound):
                scope.load(session, clerk, row, kept.case.participant_id if row is Participant else UUID(int=7))
        assert numbers(session, clerk) == ["2026-QN-00008"]
        assert set(numbers(session, kept.now(Role.JUDGE))) == {"2026-QN-00007", "2026-QN-00008"}


def test_who_is_named_sees_her_and_who_is_released_no_longer_does(engine: Engine) -> None:
    with transaction(engine) as session:
        kept = Kept(session)
        judge, clerk = kept.now(Role.JUDGE), kept.ids[Role.CLERK]
        commands.name_staff(session, judge, kept.case.id, clerk, now=NOW)
        session.flush()
        assert load_case(session, kept.now(Role.CLERK), kept.case.id) == kept.case
        commands.release_staff(session, judge, kept.case.id, clerk, now=NOW)
        session.flush()
        assert kept.case.participant_id in kept.now(Role.CLERK).hidden


def test_one_who_can_lift_it_stays_named(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        kept = Kept(session)
        judge = kept.now(Role.JUDGE)
        commands.name_staff(session, judge, kept.case.id, kept.ids[Role.COORDINATOR], now=NOW)
        session.flush()
        with pytest.raises(Invalid, match="One judge or clerk must stay named"):
            commands.release_staff(session, judge, kept.case.id, kept.ids[Role.JUDGE], now=NOW)


def test_only_staff_who_read_cases_can_be_named(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        kept = Kept(session)
        judge = kept.now(Role.JUDGE)
        assert {one.user_id for one in nameable_staff(session, judge)} == set(kept.ids.values()) - {
            kept.ids[Role.ADMINISTRATOR]
        }
        with pytest.raises(Invalid, match="Only staff who read cases"):
            commands.name_staff(session, judge, kept.case.id, kept.ids[Role.ADMINISTRATOR], now=NOW)


def test_lifted_she_exists_for_everybody_who_reads_cases_again(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        kept = Kept(session)
        commands.lift(session, kept.now(Role.JUDGE), kept.case.id, "The danger is over.", now=NOW)
        session.flush()
        assert load_case(session, kept.now(Role.CLERK), kept.case.id) == kept.case
        assert restriction_of(session, kept.now(Role.CLERK), kept.case.id) is None
        with pytest.raises(Conflict, match="lifted meanwhile"):
            commands.lift(session, kept.now(Role.JUDGE), kept.case.id, "Again.", now=NOW)


def test_she_is_restricted_once_at_a_time(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        kept = Kept(session)
        with pytest.raises(Conflict, match="restricted already"):
            commands.restrict(session, kept.now(Role.JUDGE), kept.case.id, "Again.", (), now=NOW)


def test_an_emergency_opening_ends_by_itself_at_the_second(engine: Engine) -> None:
    with transaction(engine) as session:
        kept = Kept(session)
        kept.opened(Role.COORDINATOR)
        just_before = kept.now(Role.COORDINATOR, OPEN_FOR - timedelta(seconds=1))
        assert load_case(session, just_before, kept.case.id) == kept.case
        with pytest.raises(NotFound):
            load_case(session, kept.now(Role.COORDINATOR, OPEN_FOR), kept.case.id)
        assert just_before != kept.now(Role.COORDINATOR, OPEN_FOR)  # so that no tab keeps what it read before
        without_an_instant = actor_of(session, kept.ids[Role.COORDINATOR])
        assert kept.case.participant_id in without_an_instant.hidden
        assert kept.case.participant_id in kept.now(Role.CLERK).hidden  # it opened for one person


def test_an_emergency_opening_answers_the_same_whether_there_is_such_a_case_or_not(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        kept = Kept(session)
        clerk = kept.now(Role.CLERK)
        tried = ("2026-QN-00007", "2026-QN-00008", "2026-QN-99999")
        answers = {commands.open_restricted(session, clerk, number, WHY, "In court.", now=NOW) for number in tried}
        session.flush()
        assert answers == {NOW + OPEN_FOR}
        opened = session.exec(select(Opening.opened_id).order_by(col(Opening.id))).all()
        assert opened == [kept.case.participant_id, None, None]
        events = session.exec(select(AuditEvent).where(AuditEvent.action == "break_glass")).all()
        assert [event.case_id for event in events] == [kept.case.id, None, None]
        assert not any("QN" in str(event.detail) for event in events)


def test_the_administrator_is_told_of_an_opening_without_its_case(engine: Engine) -> None:
    with transaction(engine) as session:
        kept = Kept(session)
        kept.opened(Role.CLERK)
        administrator = kept.now(Role.ADMINISTRATOR)
        (notice,) = opening_notices(session, administrator)
        assert (notice.opened, notice.why, notice.answered_at) == (True, WHY, None)
        for personal in ("She is here", "QN-00007", "Dara", str(kept.case.id), str(kept.case.participant_id)):
            assert personal not in repr(notice)
        commands.answer_opening(session, administrator, notice.opening_id, now=NOW)
        commands.answer_opening(session, administrator, notice.opening_id, now=NOW + timedelta(hours=1))
        session.flush()
        assert opening_notices(session, administrator)[0].answered_at == NOW
        with pytest.raises(NotPermitted):
            opening_notices(session, kept.now(Role.JUDGE))


def test_the_named_staff_read_who_opened_it_and_why(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        kept = Kept(session)
        kept.opened(Role.CLERK)
        found = restriction_of(session, kept.now(Role.JUDGE), kept.case.id)
        assert found is not None
        assert [(one.why, one.reason) for one in found.openings] == [(WHY, "She is here.")]


def test_a_list_says_how_many_are_kept_and_nothing_about_them(engine: Engine) -> None:
    from dashboard.exports.docket import listed
    from dashboard.exports.docket_words import kept_lines

    with transaction(engine) as session:
        kept = Kept(session)
        with counted(engine) as statements:
            for_clerk = docket(session, kept.now(Role.CLERK), kept.sitting.id, today=TODAY)
        assert len(statements) <= 6 + 1  # and one for who acts
        for_judge = docket(session, kept.now(Role.JUDGE), kept.sitting.id, today=TODAY)
    assert [row.docket_number for row in for_clerk.rows] == ["2026-QN-00008"]
    assert kept_lines(for_clerk) == (
        "1 more case is on this session and kept restricted: ask the judge or the clerk in charge.",
    )
    assert "Dara" not in repr(for_clerk)
    assert [row.docket_number for row in for_judge.rows] == ["2026-QN-00007", "2026-QN-00008"]
    assert kept_lines(for_judge) == ()
    assert [row.docket_number for row in listed(for_judge, ListKind.PUBLIC)] == ["2026-QN-00008"]  # never on a wall


def test_no_day_is_closed_over_a_restricted_case_that_would_stay_behind(engine: Engine) -> None:
    with transaction(engine) as session:
        kept = Kept(session)
        other = next(row for row in docket(session, kept.now(Role.CLERK), kept.sitting.id, today=TODAY).rows)
        from models.commands.moves import remove_appearance

        remove_appearance(session, kept.now(Role.CLERK), other.appearance_id, "Moved by hand.", now=NOW)
        session.flush()
        with pytest.raises(Conflict, match="A restricted case is on a session that day"):
            add_closure(session, kept.now(Role.CLERK), kept.sitting.held_on, "Storm", now=NOW)


def test_nothing_is_written_to_a_case_that_does_not_exist_for_the_writer(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        kept = Kept(session)
        for forged in (kept.case.id, UUID(int=7)):
            with pytest.raises(NotFound):
                write_note(session, kept.now(Role.CLERK), forged, "Hello", NoteVisibility.TEAM, now=NOW, token=new_id())
