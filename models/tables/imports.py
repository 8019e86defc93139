"""Imports of the court's existing docket: remembered column mappings, and what each file brought."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.tables.base import CourtRow


class ImportMapping(CourtRow, table=True):
    """How the columns of one export are called, remembered by the set of its headings."""

    __tablename__ = "import_mappings"
    __table_args__ = (sa.UniqueConstraint("court_id", "headings_key"),)

    headings_key: str  # fingerprint of the headings, whatever their order
    columns: dict[str, str] = Field(sa_type=sa.JSON)  # our field -> their heading
    used_at: datetime


class ImportBatch(CourtRow, table=True):
    """One file that was loaded, whole or not at all."""

    __tablename__ = "import_batches"
    __table_args__ = (sa.Index(None, "court_id", "loaded_at"),)

    file_hash: str
    rows: int
    cases_added: int
    cases_changed: int
    loaded_by: UUID = Field(foreign_key="users.id")
    loaded_at: datetime
