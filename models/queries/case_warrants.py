"""Warrants and new arrests of a case: as lines of its history, and those that stand. Two statements."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.queries.case_entries import Entry, Line, Source, Topic, What, sentences
from models.rules import words
from models.rules.vocabulary import ArrestSource, MissedAppearance, WarrantState
from models.tables import Arrest, Warrant


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantRow:
    """One order about a warrant that was not struck, on its civil date."""

    state: WarrantState
    ordered_on: date
    ordered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrestRow:
    """One new arrest the court was told of, with the judge's choice about it."""

    arrest_id: UUID
    arrested_on: date
    told_on: date
    source: ArrestSource
    choice: MissedAppearance | None


@dataclass(frozen=True, slots=True)
class Told:
    """What was read: every order and every arrest, struck or not."""

    warrants: tuple[Line, ...]
    arrests: tuple[Line, ...]

    @property
    def warrant(self) -> WarrantRow | None:
        """The order in force; None where none was made."""
        names = WarrantRow.__dataclass_fields__
        standing = (row for row in self.warrants if row["replaced_at"] is None)
        return next((WarrantRow(**{name: row[name] for name in names}) for row in standing), None)

    @property
    def standing_arrests(self) -> tuple[ArrestRow, ...]:
        """The new arrests that are not struck, the latest first."""
        rows = [row for row in self.arrests if row["struck_at"] is None]
        names = [name for name in ArrestRow.__dataclass_fields__ if name != "arrest_id"]
        found = [ArrestRow(arrest_id=row["id"], **{name: row[name] for name in names}) for row in rows]
        return tuple(sorted(found, key=lambda one: one.arrested_on, reverse=True))


def read_told(source: Source) -> Told:
    """Read the warrants and arrests of one case."""
    return Told(tuple(source.rows(Warrant)), tuple(source.rows(Arrest)))


def told_entries(source: Source, told: Told) -> Iterator[Entry]:
    """Yield the history of warrants and new arrests; what was struck stays, and is over."""
    yield from _warrants(source, told.warrants)
    yield from _arrests(source, told.arrests)


def _warrants(source: Source, rows: Iterable[Line]) -> Iterator[Entry]:
    for row in rows:
        struck = f"Struck: {row['struck_reason']}" if row["struck_reason"] else None
        yield Entry(
            on=row["ordered_on"],
            topic=Topic.COURT,
            what=What.WARRANT,
            state=row["state"],
            words=sentences(f"By {row['ordered_by']}", row["reason"], struck),
            over=struck is not None,
            over_since=row["replaced_at"],
            **source.recorded(row),
        )


def _arrests(source: Source, rows: Iterable[Line]) -> Iterator[Entry]:
    for row in rows:
        struck = f"Struck: {row['struck_reason']}" if row["struck_reason"] else None
        told = f"Told on {words.day(row['told_on'], row['arrested_on'])}"
        yield Entry(
            on=row["arrested_on"],
            topic=Topic.COURT,
            what=What.ARREST,
            subject=row["source"],
            state=row["choice"],
            words=sentences(told, row["note"], "A fact with its source, not a verdict", struck),
            over=struck is not None,
            over_since=row["struck_at"],
            **source.recorded(row),
        )
