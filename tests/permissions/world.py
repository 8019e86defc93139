"""A court full of everything, four times: a case that is open, one restricted, one sealed, and one of another court.

Every table that hangs on a case or on a participant gets a row for each of them, filled by the kind of its columns; what
can be read in it says whose it is (`zqsealed`) and which kind of field it is (`zqg-contact`), so that any answer can be
searched for what it must not hold. A new table is filled by itself.
"""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel

from models.commands.name_keys import keys_of
from models.commands.restrictions import restrict
from models.rules.names import search_key
from models.rules.privacy import FieldGroup as G
from models.rules.vocabulary import (
    Role,
    Stage,
)
from models.scope import Actor, actor_of
from models.tables import Court, CourtSession, Part
from models.tables.base import new_id
from tests.builders import NOW, TODAY, a_court, a_part, a_service, a_sitting, a_user
from tests.permissions.said import GROUPS, SAID, YESTERDAY


class State(StrEnum):
    """How a case lies towards the clerk who asks."""

    OPEN = "zqopen"
    RESTRICTED = "zqrestricted"
    SEALED = "zqsealed"
    ELSEWHERE = "zqelsewhere"


HIDDEN = (State.RESTRICTED, State.SEALED, State.ELSEWHERE)

_FILLED_BY_HAND = {
    "sealed_cases",
    "name_keys",
    "cases",
    "participants",
    "persons",
    "restrictions",
    "named_staff",
    "openings",
    "audit_events",
}


class World:
    """Two courts, an account of every role in the first, and the ids of what belongs to the case of each state."""

    def __init__(self, session: Session, states: Collection[State]) -> None:
        court, other = a_court(session), a_court(session, name="Other court")
        self.users = {role: a_user(session, court, role, username=role.value).id for role in Role}
        named = a_user(session, court, Role.JUDGE, username="named")
        stranger = a_user(session, other, Role.CLERK, username="stranger")
        self.ids: dict[State, dict[str, UUID]] = {}
        here = _Place(session, court, named.id)
        there = _Place(session, other, stranger.id)
        self.shared = {
            "session_id": here.sitting.id,
            "to_session_id": here.sitting.id,
            "part_id": here.part.id,
            "provider_id": here.service.provider_id,
            "user_id": named.id,
        }
        for state in states:
            self.ids[state] = _tell(session, there if state is State.ELSEWHERE else here, state)
        self.named = named.id
        if State.RESTRICTED in states:
            who = actor_of(session, named.id)
            restrict(session, who, self.ids[State.RESTRICTED]["cases"], "zqreason", (), now=NOW)

    def actor(self, session: Session, role: Role) -> Actor:
        """Return the account of a role, as it acts now."""
        return actor_of(session, self.users[role], now=NOW)

    def hidden_ids(self) -> set[str]:
        """Return every id of what does not exist for the accounts; a move of many cases is the calendar's own act."""
        return {str(row) for state in HIDDEN for table, row in self.ids[state].items() if table != "bulk_moves"}


class _Place:
    """What the cases of one court share."""

    def __init__(self, session: Session, court: Court, user_id: UUID) -> None:
        self.court, self.user_id = court, user_id
        self.part: Part = a_part(session, court)
        self.sitting: CourtSession = a_sitting(session, self.part)
        self.service = a_service(session, court)
        self.shared = {
            "courts": court.id,
            "users": user_id,
            "parts": self.part.id,
            "judges": self.part.judge_id,
            "court_sessions": self.sitting.id,
            "services": self.service.id,
            "providers": self.service.provider_id,
        }


def _tell(session: Session, place: _Place, state: State) -> dict[str, UUID]:
    """Write the person, her case, and a row of every table that hangs on them; return the ids by table."""
    own = {"persons": new_id(), "participants": new_id(), "cases": new_id()}
    person = _person(place, state) | {"id": own["persons"]}
    _insert(session, "persons", person)
    for key in keys_of(place.court.id, own["persons"], person["search_key"]):
        _insert(session, "name_keys", key)
    her = {"id": own["participants"], "court_id": place.court.id, "person_id": own["persons"], "languages": ["Thai"]}
    _insert(session, "participants", her | {"interpreter_language": f"zqg-safety {state}"})
    _insert(session, "cases", _case(place, state) | {"id": own["cases"], "participant_id": own["participants"]})
    known = place.shared | own
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in _FILLED_BY_HAND and table.name not in known and _hangs_on_a_case(table):
            _fill(session, table, known, state)
    return {name: row for name, row in known.items() if name not in place.shared}


def _fill(session: Session, table: sa.Table, known: dict[str, UUID], state: State) -> None:
    """Write one row of a table and remember its id, after a row of each table it must point to."""
    for column in table.columns:
        for key in column.foreign_keys:
            if not column.nullable and key.column.table.name not in known:
                _fill(session, key.column.table, known, state)
    row = _row(table, known, state)
    _insert(session, table.name, row)
    known[table.name] = row["id"]


def _hangs_on_a_case(table: sa.Table) -> bool:
    """Tell whether each row belongs to one case: it names the case, the participant, or such a row."""
    needed = {key.column.table.name for column in table.columns if not column.nullable for key in column.foreign_keys}
    named = {key.column.table.name for column in table.columns for key in column.foreign_keys}
    return "cases" in named or bool({"participants", "referrals", "reports", "appearances"} & needed)


def _row(table: sa.Table, known: dict[str, UUID], state: State) -> dict[str, Any]:
    said = SAID.get(table.name, {})
    row = {column.name: said.get(column.name, _value(table, column, known, state)) for column in table.columns}
    return {name: value for name, value in row.items() if value is not _LEFT_OUT}


_LEFT_OUT = object()
#: Optional links that say whose or where; other optional ones would say that something has ended or was replaced.
_LINKS = {"case_id", "participant_id", "service_id", "provider_id", "appearance_id", "report_id", "decision_id"}


def _value(table: sa.Table, column: sa.Column[Any], known: dict[str, UUID], state: State) -> Any:
    """Return what a column holds by its kind."""
    target = next((key.column.table.name for key in column.foreign_keys), None)
    if target:
        needed = not column.nullable or column.name in _LINKS
        return known[target] if needed else None
    if isinstance(column.type, sa.Enum):
        words: Any = column.type.enum_class
        return None if column.nullable else next(iter(words))
    kind = column.type.impl.python_type if isinstance(column.type, sa.TypeDecorator) else column.type.python_type
    if column.nullable and (kind is not str or column.name.endswith("_reason")):
        return None
    by_kind: dict[type, Any] = {
        bool: False,
        UUID: new_id(),
        str: _text(table.name, column.name, state),
        int: 1,
        date: TODAY,
        datetime: NOW,
        list: [],
    }
    return by_kind.get(cast("type", kind), _LEFT_OUT)


def _text(table: str, column: str, state: State) -> str:
    return f"zqg-{GROUPS.get(table, G.COURT)} {table} {column} {state}"


def _person(place: _Place, state: State) -> dict[str, Any]:
    called, legal = f"{state}called zqg-called", f"zqg-identity {state}legal"
    return {
        "court_id": place.court.id,
        "legal_name": legal,
        "preferred_name": called,
        "preferred_script": f"zqg-called {state}script",
        "pronunciation": f"zqg-called {state}said",
        "pronouns": f"zqg-called {state}pronouns",
        "date_of_birth": date(1990, 1, 1),
        "search_key": search_key(legal, called),
    }


def _case(place: _Place, state: State) -> dict[str, Any]:
    return {
        "court_id": place.court.id,
        "docket_number": f"QN-{state}",
        "part_id": place.part.id,
        "stage": Stage.SEALED if state is State.SEALED else Stage.ACTIVE,
        "stage_since": YESTERDAY,
        "opened_on": YESTERDAY,
        "version": 1,
    }


def _insert(session: Session, table: str, row: dict[str, Any]) -> None:
    session.execute(sa.insert(SQLModel.metadata.tables[table]).values(row))


def told(engine: Engine, states: Collection[State] = tuple(State)) -> World:
    """Tell the world, or a part of it, in a fresh database and return where everything is."""
    with Session(engine) as session:
        world = World(session, states)
        session.commit()
    return world
