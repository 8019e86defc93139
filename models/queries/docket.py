"""One court session's docket: its heading, and every appearance in call order with what the court must know of it.

A fixed number of statements (six), however many cases: heading with closures, rows with reports, referrals, the two of
`models.facts`, and the last printing. It reads columns into frozen rows and judges through the rules alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models.audit.looks import shows_list
from models.errors import NotFound
from models.facts import facts_of
from models.queries.docket_rows import DocketRow, DocketService, Setting, row_of
from models.queries.docket_statements import HEADING, LAST_PRINT, ON_THE_DOCKET, ROWS, SERVICES
from models.rules.audited import Look
from models.rules.compliance import standing_on
from models.rules.court_days import CourtDays
from models.rules.permissions import Action
from models.rules.vocabulary import SessionState
from models.scope import Actor, asking, require

#: Closures this far from the session can matter to a due day on it.
_NEAR = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class SessionHeading:
    """A court session as its docket is headed. `starts_at` is wall time in the court's zone.

    `public_name` is the court's neutral name: a list on a wall has it instead of the part's, which may tell too much.
    """

    session_id: UUID
    part_id: UUID
    public_name: str
    on: date
    part: str
    room: str
    judge: str
    starts_at: time
    capacity_cases: int
    capacity_minutes: int
    state: SessionState
    closed_reason: str | None
    kept: int  # cases on it that are restricted and kept from the viewer


@dataclass(frozen=True, kw_only=True)
class Docket:
    """A session's list. `printed_ids` are the appearances on the last printed list; None when it was never printed."""

    heading: SessionHeading
    rows: tuple[DocketRow, ...]
    printed_at: datetime | None
    printed_ids: frozenset[UUID] | None
    policy_version: str
    today: date

    @property
    def minutes(self) -> int:
        """The minutes booked."""
        return sum(row.minutes for row in self.rows)

    @property
    def added(self) -> tuple[DocketRow, ...]:
        """What came onto the list since it was last printed."""
        printed = self.printed_ids
        return () if printed is None else tuple(row for row in self.rows if row.appearance_id not in printed)

    @property
    def removed_ids(self) -> frozenset[UUID]:
        """The appearances on the last printed list that are no longer on it."""
        return (self.printed_ids or frozenset()) - {row.appearance_id for row in self.rows}


@shows_list(
    Look.DOCKET,
    lambda shown: (row.case_id for row in shown.rows),
    lambda shown: ("court_session", shown.heading.session_id),
)
def docket(session: Session, viewer: Actor, session_id: UUID, *, today: date) -> Docket:
    """Return the docket of one session as known on `today`; NotFound when it is not the viewer's court's."""
    require(viewer, Action.SEE_DOCKET)
    given = {**asking(viewer), "session_id": session_id}
    heading, court_days = _heading(session, given)
    policy = viewer.policy_on(today)
    services = _services(session, given)
    facts = facts_of(
        session, viewer, ON_THE_DOCKET, on=today, policy=policy, court_days=court_days, session_id=session_id
    )
    standings = {case_id: standing_on(known, policy, today) for case_id, known in facts.items()}
    setting = Setting(
        held_on=heading.on, starts_at=heading.starts_at, today=today, policy=policy, court_days=court_days
    )
    rows: list[DocketRow] = []
    before = 0
    for lines in _appearances(session, given):
        case_id = lines[0]["case_id"]
        rows.append(row_of(len(rows) + 1, before, lines, services.get(case_id, ()), standings[case_id], setting))
        before += lines[0]["minutes"]
    printed_at, printed = _last_print(session, given)
    return Docket(
        heading=heading,
        rows=tuple(rows),
        printed_at=printed_at,
        printed_ids=printed,
        policy_version=policy.version,
        today=today,
    )


def _heading(session: Session, given: Mapping[str, Any]) -> tuple[SessionHeading, CourtDays]:
    lines = session.execute(HEADING, given).mappings().all()
    if not lines:
        raise NotFound
    first = lines[0]
    near = {
        line["closed_on"]: line["closure"]
        for line in lines
        if line["closed_on"] and abs(line["closed_on"] - first["held_on"]) <= _NEAR
    }
    heading = SessionHeading(
        session_id=first["id"],
        part_id=first["part_id"],
        public_name=first["public_name"],
        on=first["held_on"],
        part=first["part"],
        room=first["room"],
        judge=first["judge"],
        starts_at=first["starts_at"],
        capacity_cases=first["capacity_cases"],
        capacity_minutes=first["capacity_minutes"],
        state=first["state"],
        closed_reason=first["closed_reason"],
        kept=first["kept"],
    )
    return heading, CourtDays(closed=frozenset(near), named=near)


def _appearances(session: Session, given: Mapping[str, Any]) -> list[list[Mapping[Any, Any]]]:
    """Return the lines of each appearance together: one for each report."""
    found: dict[UUID, list[Mapping[Any, Any]]] = {}
    for line in session.execute(ROWS, given).mappings():
        found.setdefault(line["appearance_id"], []).append(line)
    return list(found.values())


def _services(session: Session, given: Mapping[str, Any]) -> dict[UUID, Sequence[DocketService]]:
    found: dict[UUID, list[DocketService]] = {}
    for line in session.execute(SERVICES, given).mappings():
        service = DocketService(
            kind=line["kind"],
            state=line["state"],
            since=line["state_since"],
            mandated=line["mandated"],
            provider=line["provider"],
            part_2=bool(line["part_2"]),
        )
        found.setdefault(line["case_id"], []).append(service)
    return dict(found)


def _last_print(session: Session, given: Mapping[str, Any]) -> tuple[datetime | None, frozenset[UUID] | None]:
    last = session.execute(LAST_PRINT, given).first()
    return (last.printed_at, frozenset(map(UUID, last.appearance_ids))) if last else (None, None)
