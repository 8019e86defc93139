"""What the import screen shows: the mapping to start from, what loading would do, and what was loaded before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.importing.mapping import remembered
from models.importing.plan import ImportPlan, plan_import
from models.rules.importing.docket import ImportedDocket
from models.rules.importing.fields import Column
from models.rules.permissions import Action
from models.scope import Actor, require
from models.tables import ImportBatch, Part, User


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFile:
    """One file that was loaded; `loaded_at` is an instant (UTC)."""

    file_hash: str
    rows: int
    added: int
    changed: int
    loaded_by: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChoice:
    """A part to choose."""

    part_id: UUID
    name: str


def mapping_for(session: Session, viewer: Actor, headings: Sequence[str]) -> tuple[dict[Column, str], bool]:
    """Return which heading is which column, and whether this court has used it before; one statement."""
    require(viewer, Action.IMPORT_CASES)
    return remembered(session, viewer, headings)


def preview(
    session: Session, viewer: Actor, docket: ImportedDocket, *, default_part: UUID | None, today: date
) -> ImportPlan:
    """Return what loading would do on the civil date `today`; a statement for every 500 cases and kind of fact."""
    require(viewer, Action.IMPORT_CASES)
    return plan_import(session, viewer, docket, default_part=default_part, today=today)


def loaded_files(session: Session, viewer: Actor, *, at_most: int = 10) -> tuple[LoadedFile, ...]:
    """Return the files loaded last, newest first; one statement."""
    require(viewer, Action.IMPORT_CASES)
    return _files(session, viewer, sa.true(), at_most)


def loaded_before(session: Session, viewer: Actor, file_hash: str) -> LoadedFile | None:
    """Return when the very same file was loaded last; one statement."""
    require(viewer, Action.IMPORT_CASES)
    return next(iter(_files(session, viewer, col(ImportBatch.file_hash) == file_hash, 1)), None)


def parts(session: Session, viewer: Actor) -> tuple[PartChoice, ...]:
    """Return the court's parts by name; one statement."""
    require(viewer, Action.IMPORT_CASES)
    rows = session.execute(
        sa.select(col(Part.id), col(Part.name)).where(col(Part.court_id) == viewer.court_id).order_by(col(Part.name))
    )
    return tuple(PartChoice(part_id=row.id, name=row.name) for row in rows)


def _files(session: Session, viewer: Actor, condition: sa.ColumnElement[bool], at_most: int) -> tuple[LoadedFile, ...]:
    rows = session.execute(
        sa.select(
            *(col(ImportBatch.file_hash), col(ImportBatch.rows), col(ImportBatch.cases_added)),
            *(col(ImportBatch.cases_changed), col(User.display_name), col(ImportBatch.loaded_at)),
        )
        .join(User, col(User.id) == col(ImportBatch.loaded_by))
        .where(col(ImportBatch.court_id) == viewer.court_id, condition)
        .order_by(col(ImportBatch.loaded_at).desc())
        .limit(at_most)
    )
    return tuple(
        LoadedFile(file_hash=row[0], rows=row[1], added=row[2], changed=row[3], loaded_by=row[4], loaded_at=row[5])
        for row in rows
    )
