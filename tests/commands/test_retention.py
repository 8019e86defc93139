"""Promises of a removal: what the preview shows goes, together, recorded by counts, and nothing else does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel, col, select

from models.commands.retention import remove_aged
from models.commands.sweeps.retention import remove_by_itself
from models.database import transaction
from models.errors import NotPermitted
from models.queries.retention import removable
from models.rules.retention import Working
from models.rules.vocabulary import Role, RunState
from models.scope import Actor, keeper
from models.tables import AuditEvent, Court, Run, UserSession
from tests.builders import NOW, TODAY, a_court, a_policy_version, an_actor
from tests.statements import counted

DAY = timedelta(days=1)


def a_run(session: Session, court: Court, job: str, slot: datetime) -> Run:
    run = Run(court_id=court.id, job=job, slot=slot, next_slot=slot + DAY, started_at=slot, state=RunState.SUCCEEDED)
    run.finished_at = slot
    session.add(run)
    return run


def a_sign_in(session: Session, court: Court, user_id: Any, ended_at: datetime | None) -> None:
    session.add(
        UserSession(
            court_id=court.id,
            token_hash=f"{court.id} {ended_at}",
            user_id=user_id,
            created_at=NOW - 900 * DAY,
            last_seen_at=NOW - 900 * DAY,
            ended_at=ended_at,
        )
    )


def some_years(session: Session, court: Court) -> Actor:
    """Return the administrator of a court with sign-ins and runs of long ago, of the last day that is kept, and of today."""
    admin = an_actor(session, court, Role.ADMINISTRATOR, username=f"admin {court.id}")
    for ended_at in (NOW - 400 * DAY, NOW - 181 * DAY, NOW - 180 * DAY, NOW, None):
        a_sign_in(session, court, admin.user_id, ended_at)
    for job, days in (("sittings", 100), ("sittings", 1), ("stopped", 400), ("stopped", 200)):
        a_run(session, court, job, NOW - days * DAY)
    session.flush()
    return admin


def test_what_the_preview_shows_is_removed_and_nothing_else(engine: Engine) -> None:
    with transaction(engine) as session:
        admin = some_years(session, a_court(session))
        others = a_court(session, name="Another court")
        some_years(session, others)
        before = rows_of_every_table(session)
        with counted(engine) as statements:
            shown = {one.what: one for one in removable(session, admin, today=TODAY)}
        assert len(statements) == len(Working)
        assert {what: one.rows for what, one in shown.items()} == {
            Working.SIGN_INS: 2,
            Working.FEED_ADDRESSES: 0,
            Working.REMINDERS: 0,
            Working.RUNS: 2,
        }
        assert shown[Working.SIGN_INS].oldest == TODAY - 400 * DAY
        assert remove_aged(session, admin, now=NOW) == {what: one.rows for what, one in shown.items()}
        left = rows_of_every_table(session)
        gone = {name: before[name] - left[name] for name in before if before[name] != left[name]}
        assert gone == {"user_sessions": 2, "runs": 2, "audit_events": -1, "audit_heads": -1}
        assert len(session.exec(select(Run).where(col(Run.court_id) == others.id)).all()) == 4
        event = session.exec(select(AuditEvent).where(col(AuditEvent.action) == "remove_aged")).one()
        assert event.detail["ended_sign_ins"] == 2


def rows_of_every_table(session: Session) -> dict[str, int]:
    count = sa.func.count()
    return {
        name: session.execute(sa.select(count).select_from(table)).scalar_one()
        for name, table in SQLModel.metadata.tables.items()
    }


def test_the_last_run_of_a_job_that_stopped_long_ago_stays(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        remove_aged(session, some_years(session, a_court(session)), now=NOW)
        assert {(run.job, (NOW - run.slot).days) for run in session.exec(select(Run))} == {
            ("sittings", 1),
            ("stopped", 200),
        }


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_previews_and_removes(sqlite_engine: Engine, role: Role) -> None:
    with transaction(sqlite_engine) as session:
        other = an_actor(session, a_court(session), role)
        with pytest.raises(NotPermitted):
            removable(session, other, today=TODAY)
        with pytest.raises(NotPermitted):
            remove_aged(session, other, now=NOW)


@pytest.mark.parametrize(("by_itself", "gone"), [("true", 4), ("false", 0)])
def test_the_scheduler_removes_only_where_the_policy_says_so(sqlite_engine: Engine, by_itself: str, gone: int) -> None:
    with transaction(sqlite_engine) as session:
        court = a_court(session)
        some_years(session, court)
        a_policy_version(session, court, "own", TODAY, ("by_itself = false", f"by_itself = {by_itself}"))
        assert remove_by_itself(session, keeper(session, court), now=NOW).changed == gone
