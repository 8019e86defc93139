"""What every table shares: ids, names of constraints, and how a court's word is stored.

`table=True` models do not validate; commands do, and the constraints below them hold whatever reaches the database.
"""

from enum import StrEnum
from inspect import signature
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> UUID:
    """Return a fresh id whose order is the order of making (UUID version 7)."""
    return UUID(int=uuid7().int)


#: pydantic asks for it whenever a row is made, and finding it out takes longer than all the rest of making a row.
new_id.__signature__ = signature(new_id)  # type: ignore[attr-defined]


def word(enum: type[StrEnum], name: str) -> Any:
    """Return the column type of a court's word: text, held to the enumeration by a CHECK called `name`."""
    return sa.Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def by_letters() -> Any:
    """Return the type of text that is sorted letter by letter, so that an index finds what begins with some letters."""
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


class Words(sa.types.TypeDecorator[frozenset[Any]]):
    """Some words of an enumeration in one column: text with spaces between them, in the order of the alphabet."""

    impl = sa.String(200)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        """Take the enumeration; no word of it may be part of another."""
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - the base class asks for it
        """Return the words as they are stored."""
        return None if value is None else " ".join(sorted(self.enum(one).value for one in value))

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> frozenset[Any] | None:  # noqa: ARG002 - as above
        """Return the members of the enumeration."""
        return None if value is None else frozenset(self.enum(one) for one in value.split())


def among(column: Any, member: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a column of `Words` holds a word, or a parameter's."""
    wanted = sa.cast(member, sa.String) if isinstance(member, sa.ColumnElement) else sa.literal(str(member), sa.String)
    return sa.type_coerce(column, sa.String).like(sa.literal("%", sa.String) + wanted + sa.literal("%", sa.String))


def table_of(row: type[SQLModel]) -> sa.Table:
    """Return the table behind a class of rows, for statements past the session."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


class Row(SQLModel):
    """A row with an id of its own."""

    id: UUID = Field(default_factory=new_id, primary_key=True)


class CourtRow(Row):
    """A row that belongs to one court; nobody of another court can reach it."""

    court_id: UUID = Field(foreign_key="courts.id")
