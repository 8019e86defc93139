"""Every state a screen can show is met in the demonstration court, as often as a court would meet it."""

from enum import StrEnum
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import database, sitting
from models.audit.checking import first_break
from models.facts import facts_of
from models.policies import policy_in_force
from models.rules import vocabulary as words
from models.rules.compliance import standing_on
from models.rules.reports import standing_of_report
from models.rules.vocabulary import CLOSED, AppearanceState, ReportStanding, Stage, Standing
from models.scope import keeper
from models.tables import (
    Appearance,
    Attendance,
    Case,
    Contact,
    ContactChannel,
    Court,
    CourtSession,
    Decision,
    FollowUp,
    Installation,
    Note,
    Part,
    Person,
    Referral,
    Release,
    Report,
    ReportVersion,
    Response,
    SafetyFlag,
    SetAside,
    User,
    UserRole,
)
from tests.seed_data.conftest import Whole

#: No command leads here yet: sealing, and the gates before the end of a program.
NO_COMMAND = {Stage.SEALED, Stage.TERMINATED}

STORED: list[tuple[Any, type[StrEnum], set[StrEnum]]] = [
    (Case.stage, words.Stage, set(NO_COMMAND)),
    (Appearance.purpose, words.Purpose, set()),
    (Appearance.state, words.AppearanceState, set()),
    (Appearance.outcome, words.Outcome, set()),
    (Appearance.interpreter, words.InterpreterState, set()),
    # to excuse is the outcome "excused"
    (Decision.missed, words.MissedAppearance, {words.MissedAppearance.EXCUSE}),
    (CourtSession.state, words.SessionState, set()),
    (Attendance.kind, words.AttendanceKind, set()),
    (Report.state, words.ReportState, set()),
    (Response.kind, words.ResponseKind, set()),
    (Response.behaviour, words.Behaviour, set()),
    (Response.state, words.ResponseState, set()),
    (Referral.state, words.ReferralState, set()),
    (Referral.kind, words.ServiceKind, set()),
    (SafetyFlag.kind, words.FlagKind, set()),
    (ContactChannel.kind, words.ChannelKind, set()),
    (Release.kind, words.ReleaseKind, set()),
    (Release.answer, words.ReleaseAnswer, set()),
    (FollowUp.kind, words.FollowUpKind, {words.FollowUpKind.REMINDER_NOT_SENT}),
    (
        FollowUp.move,
        words.Move,
        {words.Move.PARTICIPANT},
    ),  # nobody is ever blamed: no rule gives the participant a move
    (Note.visibility, words.NoteVisibility, set()),
    # Roles that may do nothing yet have no sign-in.
    (UserRole.role, words.Role, {words.Role.PROVIDER, words.Role.PROSECUTOR, words.Role.DEFENSE}),
]


@pytest.mark.parametrize(("column", "enum", "never"), STORED, ids=[one[1].__name__ for one in STORED])
def test_every_word_of_the_court_is_met(whole: Whole, column: Any, enum: type[StrEnum], never: set[StrEnum]) -> None:
    with database.reading(whole.engine) as session:
        met = {enum(word) for word in session.scalars(sa.select(column).distinct()) if word is not None}
    assert set(enum) - never - met == set()


def test_every_standing_is_met(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        actor = keeper(session, session.exec(select(Court)).one())
        policy = policy_in_force("demonstration", whole.today)
        days = sitting.court_days(session, actor)
        facts = facts_of(session, actor, sa.select(col(Case.id)), on=whole.today, policy=policy, court_days=days)
    met = {standing_on(one, policy, whole.today).standing for one in facts.values()}
    assert met == set(Standing)


def test_every_standing_of_a_report_is_met(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        actor = keeper(session, session.exec(select(Court)).one())
        days = sitting.court_days(session, actor)
        rows = session.execute(
            sa.select(
                col(Report.case_id),
                col(Report.state),
                col(Report.due_on),
                col(Report.received_on),
                col(CourtSession.held_on),
            )
            .join(Appearance, col(Appearance.id) == col(Report.appearance_id))
            .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        ).all()
        releases = _released(session, whole)
    met = {
        standing_of_report(
            state,
            due_on,
            received_on,
            held_on,
            case_id in releases,
            1,
            days,
            whole.today,
        ).standing
        for case_id, state, due_on, received_on, held_on in rows
    }
    assert set(ReportStanding) - met == set()


def _released(session: Session, whole: Whole) -> set[object]:
    holds = sa.select(col(Release.case_id)).where(
        col(Release.answer) == words.ReleaseAnswer.GIVEN,
        col(Release.ends_on) >= whole.today,
        col(Release.revoked_on).is_(None),
    )
    return set(session.scalars(holds))


def test_it_is_as_large_as_a_court(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        stages = list(session.scalars(sa.select(col(Case.stage))))
    closed = sum(stage in CLOSED for stage in stages)
    assert 160 <= len(stages) - closed <= 220
    assert 370 <= closed <= 430


def test_the_docket_of_the_day_is_full_and_not_called_yet(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        states = list(session.scalars(_on(whole.today.isoformat())))
    assert 20 <= len(states) <= 25
    assert set(states) == {AppearanceState.SCHEDULED}


def test_coming_sessions_have_the_loads_of_a_court(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        loads = session.execute(
            sa.select(col(CourtSession.held_on), sa.func.count())
            .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
            .where(col(CourtSession.held_on) >= whole.today, col(Appearance.state) == AppearanceState.SCHEDULED)
            .group_by(col(CourtSession.id), col(CourtSession.held_on))
            .order_by(col(CourtSession.held_on))
        ).all()
    assert all(load <= 25 for _, load in loads)
    assert min(load for _, load in loads[:4]) >= 9


def test_two_cases_of_the_last_session_wait_for_their_outcome(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        states = list(session.scalars(_on("2026-11-27")))
    assert states.count(AppearanceState.SCHEDULED) == 2


def _on(day: str) -> sa.Select[AppearanceState]:
    return (
        sa.select(col(Appearance.state))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Part, col(Part.id) == col(CourtSession.part_id))
        .where(
            sa.func.date(col(CourtSession.held_on)) == day,
            col(Part.name) == "DIV-2",
            col(Appearance.state).in_((AppearanceState.SCHEDULED, AppearanceState.HELD)),
        )
    )


def test_things_were_put_right_and_the_old_versions_stayed(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        assert session.scalar(sa.select(sa.func.max(col(ReportVersion.version)))) == 2
        assert session.scalar(sa.select(sa.func.max(col(Decision.version)))) == 2
        assert session.scalar(sa.select(sa.func.count()).where(col(Attendance.replaced_by_id).is_not(None)))
        assert session.scalar(sa.select(sa.func.count()).where(col(Response.outside_reason).is_not(None)))
        assert set(session.scalars(sa.select(col(Contact.reached)))) == {True, False}


def test_minors_and_labour_are_among_the_stories(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        minors = session.scalar(sa.select(sa.func.count()).where(col(Case.minor_at_offence).is_(True)))
        scripts = session.scalar(sa.select(sa.func.count()).where(col(Person.preferred_script).is_not(None)))
        pronouns = set(session.scalars(sa.select(col(Person.pronouns)).distinct()))
        trans = session.scalar(sa.select(sa.func.count()).where(col(Person.legal_name) != col(Person.preferred_name)))
    assert minors
    assert minors >= 15
    assert scripts
    assert scripts >= 100
    assert pronouns == {"she/her", "he/him", "they/them"}
    assert trans
    assert trans >= 10


def test_the_audit_holds_and_nothing_was_set_aside(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        court = session.exec(select(Court)).one()
        assert first_break(session, court.id) is None
        assert session.scalar(sa.select(sa.func.count()).select_from(SetAside)) == 0


def test_it_is_marked_as_a_demonstration_with_its_sign_ins(whole: Whole) -> None:
    with database.reading(whole.engine) as session:
        marked, anchored_on = session.execute(
            sa.select(col(Installation.demonstration), col(Installation.anchored_on))
        ).one()
        names = set(session.scalars(sa.select(col(User.username))))
    assert marked
    assert anchored_on == whole.today
    assert {"judge", "clerk", "coordinator", "administrator"} <= names


def test_it_is_told_in_the_time_somebody_waits_for_a_first_start(whole: Whole) -> None:
    """Twenty-five seconds on two quiet cores; more is allowed here, where other tests run beside it."""
    assert whole.seconds < 45
