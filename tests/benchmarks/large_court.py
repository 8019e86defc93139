"""A large court for benchmarks: rows written in bulk, shaped like what the commands write, with one session of 200 cases.

Only here are rows written past the commands: three million of them would take hours the honest way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import database, migrations
from models.rules.vocabulary import (
    AppearanceState,
    InterpreterState,
    Outcome,
    Purpose,
    ReferralState,
    ReleaseAnswer,
    ReleaseKind,
    ReportState,
    Role,
    Stage,
)
from models.scope import Actor
from models.tables import (
    Appearance,
    Case,
    Charge,
    CourtSession,
    Mandate,
    Participant,
    Person,
    PhasePeriod,
    Referral,
    Release,
    Report,
)
from models.tables.base import new_id
from tests.builders import NOW, TODAY, a_court, a_part, a_service, a_sitting, an_actor

CASES = 100_000
SESSIONS_EACH = 30
ON_TODAY = 200
_BATCH = 2_000

#: Every third day since the mandate began: of nine sessions six attended, one excused, one missed, one cancelled.
_ATTENDANCES = sa.text(
    """
    WITH RECURSIVE nth(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM nth WHERE n + 1 < :each)
    INSERT INTO attendances (id, court_id, case_id, referral_id, held_on, kind, disputed, recorded_by, recorded_at)
    SELECT lower(hex(randomblob(16))), r.court_id, r.case_id, r.id, date(r.state_since, (3 * n) || ' days'),
           CASE (r.rowid + n) % 9 WHEN 0 THEN 'excused' WHEN 4 THEN 'missed' WHEN 7 THEN 'cancelled' ELSE 'attended' END,
           0, :user, :now
    FROM referrals AS r, nth
    """
).bindparams(sa.bindparam("now", type_=sa.DateTime(timezone=True)))


@dataclass(frozen=True)
class LargeCourt:
    """The court, its judge, and today's session."""

    engine: Engine
    judge: Actor
    session_id: UUID


def large_court(folder: Path, *, cases: int = CASES, on_today: int = ON_TODAY) -> LargeCourt:
    """Write the court into a SQLite file in `folder`; the file is kept and found again by its size."""
    path = folder / f"large-{cases}-{on_today}.db"
    if not path.exists():
        _write(path, cases, on_today)
    engine = database.engine(f"sqlite:///{path}")
    with database.reading(engine) as session:
        judge = _judge(session)
        today = select(CourtSession.id).where(col(CourtSession.held_on) == TODAY)
        return LargeCourt(engine, judge, session.exec(today).one())


def _judge(session: Session) -> Actor:
    from models.scope import actor_of
    from models.tables import User

    return actor_of(session, session.exec(select(User.id)).one())


def _write(path: Path, cases: int, on_today: int) -> None:
    engine = database.engine(f"sqlite:///{path}.new")
    migrations.upgrade(engine)
    with database.transaction(engine) as session:
        court = a_court(session)
        part = a_part(session, court)
        judge = an_actor(session, court, Role.JUDGE)
        service = a_service(session, court)
        pasts = [a_sitting(session, part, TODAY - timedelta(days=14 * n), cases=cases) for n in range(1, 9)]
        today = a_sitting(session, part, TODAY, cases=on_today, minutes=on_today * 5)
        coming = a_sitting(session, part, TODAY + timedelta(days=14), cases=cases, minutes=cases * 5)
    ids = _Ids(
        court.id, part.id, judge.person, service.id, service.provider_id, [one.id for one in pasts], today.id, coming.id
    )
    for first in range(0, cases, _BATCH):
        with engine.begin() as connection:
            _batch(connection, ids, range(first, min(first + _BATCH, cases)), on_today)
    with engine.begin() as connection:
        connection.execute(_ATTENDANCES, {"each": SESSIONS_EACH, "user": ids.user.hex, "now": NOW})
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()
    Path(f"{path}.new").rename(path)


@dataclass(frozen=True)
class _Ids:
    court: UUID
    part: UUID
    user: UUID
    service: UUID
    provider: UUID
    pasts: list[UUID]
    today: UUID
    coming: UUID


def _batch(connection: sa.Connection, ids: _Ids, numbers: Iterable[int], on_today: int) -> None:
    rows: dict[type, list[dict[str, Any]]] = {}
    for number in numbers:
        for table, row in _case(ids, number, on_today):
            rows.setdefault(table, []).append(row)
    for table, some in rows.items():
        connection.execute(sa.insert(table), some)


_Rows = Iterator[tuple[type, dict[str, Any]]]


def _case(ids: _Ids, number: int, on_today: int) -> _Rows:
    """Yield the rows of one case: in the program for four months, seen eight times."""
    person, participant, case, mandate, referral = (new_id() for _ in range(5))
    began = TODAY - timedelta(days=112)
    name = f"Person {number:06}"
    own = {"court_id": ids.court, "case_id": case}
    written = {"recorded_by": ids.user, "recorded_at": NOW}
    yield Person, {"id": person, "court_id": ids.court, "legal_name": name, "search_key": f" {name.lower()}"}
    yield Participant, {"id": participant, "court_id": ids.court, "person_id": person, "languages": ["English"]}
    yield (
        Case,
        {
            "id": case,
            "court_id": ids.court,
            "participant_id": participant,
            "docket_number": f"2026-LC-{number:06}",
            "part_id": ids.part,
            "stage": Stage.ACTIVE,
            "stage_since": began,
            "opened_on": began,
            "version": 1,
            "look_on": TODAY + timedelta(days=30),
        },
    )
    yield Charge, {"id": new_id(), **own, "count_number": 1, "statute": "PL 230.00", "description": "charge"}
    yield (
        Mandate,
        {
            "id": mandate,
            **own,
            **written,
            "program": "six-sessions",
            "policy_version": "demonstration-1",
            "sessions": 6,
            "accepted_on": began,
        },
    )
    yield (
        PhasePeriod,
        {
            "id": new_id(),
            **own,
            **written,
            "mandate_id": mandate,
            "position": 1,
            "name": "Progress",
            "entered_on": began,
        },
    )
    yield (
        Referral,
        {
            "id": referral,
            **own,
            "kind": "counselling",
            "service_id": ids.service,
            "mandated": True,
            "sessions": 6,
            "state": ReferralState.ENROLLED,
            "state_since": began,
        },
    )
    yield (
        Release,
        {
            "id": new_id(),
            **own,
            **written,
            "provider_id": ids.provider,
            "kind": ReleaseKind.CRIMINAL_JUSTICE,
            "answer": ReleaseAnswer.GIVEN,
            "what": "attendance",
            "purpose": "reports",
            "starts_on": began,
            "ends_on": TODAY + timedelta(days=180),
        },
    )
    yield from _court(ids, own, number < on_today, number)


def _court(ids: _Ids, own: dict[str, Any], today: bool, number: int) -> _Rows:
    known = {
        **own,
        "purpose": Purpose.REVIEW,
        "position": number + 1,
        "minutes": 5,
        "interpreter": InterpreterState.NOT_NEEDED,
        "added_by": ids.user,
        "added_at": NOW,
        "changed_at": NOW,
    }
    for past in ids.pasts:
        held = {"state": AppearanceState.HELD, "outcome": Outcome.APPEARED}
        yield Appearance, {"id": new_id(), "court_session_id": past, **known, **held}
    here = new_id()
    scheduled = {"state": AppearanceState.SCHEDULED, "outcome": None}
    yield Appearance, {"id": here, "court_session_id": ids.today if today else ids.coming, **known, **scheduled}
    yield (
        Report,
        {
            "id": new_id(),
            **own,
            "appearance_id": here,
            "provider_id": ids.provider,
            "period_from": TODAY - timedelta(days=13),
            "period_to": TODAY,
            "due_on": TODAY - timedelta(days=3),
            "state": ReportState.RECEIVED,
            "received_on": TODAY - timedelta(days=3),
            "versions": 1,
        },
    )
