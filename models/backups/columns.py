"""How a value of each kind of column travels: as JSON, the same whichever database it comes from or goes to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

Line = list[Any]
"""One row: values of JSON in the order of its table's columns."""


def _itself(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of column: its type in any database, and its values as JSON and back."""

    type: sa.types.TypeEngine[Any]
    written: Callable[[Any], Any] = _itself
    read: Callable[[Any], Any] = _itself


KINDS: Mapping[str, Kind] = {
    "id": Kind(sa.Uuid(), lambda value: value.hex, UUID),
    "instant": Kind(UTCDateTime(), datetime.isoformat, datetime.fromisoformat),
    "date": Kind(sa.Date(), date.isoformat, date.fromisoformat),
    "time": Kind(sa.Time(), time.isoformat, time.fromisoformat),
    "json": Kind(sa.types.NullType()),  # its text as it is stored: an object read and written anew may differ
    "flag": Kind(sa.Boolean()),
    "number": Kind(sa.BigInteger()),
    "bytes": Kind(sa.LargeBinary(), bytes.hex, bytes.fromhex),
    "text": Kind(sa.Text()),
}

_OF_TYPE: Mapping[type[sa.types.TypeEngine[Any]], str] = {
    sa.Uuid: "id",
    sa.DateTime: "instant",
    sa.Date: "date",
    sa.Time: "time",
    sa.JSON: "json",
    sa.Boolean: "flag",
    sa.Integer: "number",
    sa.LargeBinary: "bytes",
    sa.String: "text",  # and every enumeration
}


def kind_of(column: sa.Column[Any]) -> str:
    """Return the kind of a table's column; LookupError for a type that does not travel yet."""
    plain = column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type
    for one, name in _OF_TYPE.items():
        if isinstance(plain, one):
            return name
    raise LookupError(f"no kind for {column}: {column.type!r}")


def plain_table(name: str, columns: Mapping[str, str]) -> sa.TableClause:
    """Return a table of columns of these kinds, as statements about any version of the database need it."""
    return sa.table(name, *(sa.column(one, KINDS[kind].type) for one, kind in columns.items()))


def selected(name: str, columns: Mapping[str, str]) -> sa.Select[Any]:
    """Return the statement that reads a table's rows as they travel."""
    table = plain_table(name, columns)
    return sa.select(
        *(sa.cast(table.c[one], sa.Text) if kind == "json" else table.c[one] for one, kind in columns.items())
    )


def lines(rows: Iterable[Iterable[Any]], columns: Mapping[str, str]) -> Iterable[Line]:
    """Turn rows of a database into lines."""
    ways = [KINDS[kind].written for kind in columns.values()]
    for row in rows:
        yield [None if value is None else way(value) for way, value in zip(ways, row, strict=True)]


def rows(travelled: Iterable[Line], columns: Mapping[str, str]) -> Iterable[Line]:
    """Turn lines into rows for a database. ValueError or TypeError for a line that was not made by `lines`."""
    ways = [KINDS[kind].read for kind in columns.values()]
    for line in travelled:
        yield [None if value is None else way(value) for way, value in zip(ways, line, strict=True)]
