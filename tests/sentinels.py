"""Sentinels: invented strings of several scripts, planted in every text column that is of one case or its person.

Planted by what the tables say, so that a new column is planted by itself; what a row must have otherwise stands in
`_HELD_TO`.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from models import personal
from models.rules.vocabulary import Recipient, ReleaseInformation
from models.tables import Case, Participant
from tests.builders import NOW, TODAY

_SCRIPTS = ("Zqxwarden", "Щъыхворд", "雫靐鯲", "ظغثسرس")
#: Columns that may not hold just any word, and checks over several columns, by table.
_HELD_TO: dict[str, dict[str, Any]] = {
    "appearances": {"state": "held", "outcome": "appeared"},
    "charges": {"count_number": 9},
    "gated_measures": {"taken_on": None},
    "mandates": {"program": "six-sessions", "policy_version": "demonstration-1"},
    "participants": {"languages": ["English"], "interpreter_language": "Spanish"},
    "releases": {"information": frozenset(ReleaseInformation), "recipients": frozenset(Recipient)},
    "reminders": {"state": "waiting", "dropped": None, "language": "en"},
    "reports": {"state": "received"},
    "restrictions": {"lifted_at": NOW},
    "sealed_cases": {},
    "warrants": {"struck_reason": None, "replaced_at": None},
    "stage_changes": {"to_stage": "dismissed"},
    "safety_flags": {"kind": "separate_waiting"},
    "follow_ups": {"done_on": None, "void_on": None, "waived_reason": None},
}
#: Told by their own rows already, or only by acts on sealed records.
_PASSED_OVER = frozenset({"cases", "participants", "persons", "sealed_cases", "set_aside"})


class Sentinels:
    """One case with a sentinel in every column that could tell of it."""

    def __init__(self) -> None:
        self.planted: list[str] = []

    def _word(self) -> str:
        number = len(self.planted)
        made = f"{_SCRIPTS[number % len(_SCRIPTS)]}{number:03d}"
        self.planted.append(made)
        return made

    def plant(self, session: Session, case: Case, known: dict[str, UUID]) -> None:
        """Fill the case, its participant and person, and add one row of every other table that is theirs."""
        participant = session.get_one(Participant, case.participant_id)
        known |= {"cases": case.id, "participants": participant.id, "persons": participant.person_id}
        for name in ("cases", "persons"):  # the number first: a search for it knows small and capital Latin letters
            table = SQLModel.metadata.tables[name]
            columns = [column for column in table.columns if self._tells(column) and column.name != "imported_as"]
            values = {column.name: self._word() for column in columns}
            if name == "persons":
                values["search_key"] = " " + " ".join(values.values()).casefold()
            session.execute(sa.update(table).where(table.c.id == known[name]).values(values))
        for table in SQLModel.metadata.sorted_tables:
            if table.name in {linked.name for linked, _, _ in personal.links()} - _PASSED_OVER:
                row = {column.name: self._value(column, known) for column in table.columns}
                row |= _HELD_TO.get(table.name, {})
                session.execute(sa.insert(table).values(row))
                known.setdefault(table.name, row["id"])

    def _value(self, column: sa.Column[Any], known: dict[str, UUID]) -> Any:
        """Return what a row may hold there: a sentinel wherever words can stand."""
        kind = column.type
        for key in column.foreign_keys:
            return known.get(key.column.table.name)
        if isinstance(kind, sa.Enum):
            return kind.enum_class(kind.enums[0]) if kind.enum_class else kind.enums[0]
        if isinstance(kind, sa.JSON):
            return [self._word()]
        plain: list[tuple[Any, Any]] = [
            (sa.Uuid, uuid4() if column.name != "subject_id" else known["cases"]),
            (sa.Boolean, False),
            (UTCDateTime, None if column.nullable else NOW),
            (sa.DateTime, None if column.nullable else NOW),
            (sa.Date, TODAY),
            (sa.Integer, 1),
        ]
        return next((value for of, value in plain if isinstance(kind, of)), None) if self._plain(kind) else self._word()

    @staticmethod
    def _plain(kind: Any) -> bool:
        return isinstance(kind, (sa.Uuid, sa.Boolean, sa.DateTime, sa.Date, sa.Integer, UTCDateTime))

    def _tells(self, column: sa.Column[Any]) -> bool:
        words = personal.IDENTITY.get(column.table.name, "").split()
        return column.name in words and not self._plain(column.type)

    def found_in(self, text: str | bytes) -> list[str]:
        """Return the sentinels that stand in a text, or byte by byte as UTF-8 or as JSON escapes them."""
        if isinstance(text, str):
            return [one for one in self.planted if one.casefold() in text.casefold()]
        forms = {one: (one.encode(), one.casefold().encode(), json.dumps(one)[1:-1].encode()) for one in self.planted}
        return [one for one, ways in forms.items() if any(way in text for way in ways)]

    def found_in_files(self, *folders: Path) -> dict[str, list[str]]:
        """Return what stands in any file below these folders, by file."""
        files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
        found = {path.name: self.found_in(path.read_bytes()) for path in files}
        return {name: words for name, words in found.items() if words}


def everything_in(engine: Engine) -> str:
    """Return every row of every table, as one text."""
    with engine.connect() as connection:
        rows = [
            repr(tuple(row))
            for table in SQLModel.metadata.sorted_tables
            for row in connection.execute(sa.select(sa.text("*")).select_from(table))
        ]
    return "\n".join(rows)
