"""What this database is: one row, made with it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Installation(SQLModel, table=True):
    """The database's own facts. Demonstration sign-ins exist only where `demonstration` is true."""

    __tablename__ = "installation"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True)
    demonstration: bool = False
    anchored_on: date | None = None  # the day the demonstration's stories were told for
    created_at: datetime
