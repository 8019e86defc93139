"""Who an account is at another house's sign-in."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.tables.base import CourtRow


class Identity(CourtRow, table=True):
    """One person of another house, as this court's account; `subject` is what never changes about them there."""

    __tablename__ = "identities"
    __table_args__ = (sa.UniqueConstraint("issuer", "subject", "court_id"), sa.UniqueConstraint("user_id", "issuer"))

    user_id: UUID = Field(foreign_key="users.id")
    issuer: str
    subject: str
    linked_at: datetime
