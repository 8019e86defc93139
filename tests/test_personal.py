"""Every column says whether it holds something of a person, and every row that does can be destroyed with her."""

import sqlalchemy as sa
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from models import personal
from models.tables import Case


def _may_tell(column: sa.Column[object]) -> bool:
    """Tell whether a column can hold more than an id, a number, an instant, yes or no, or one of the court's words."""
    return not isinstance(column.type, (sa.Uuid, sa.Boolean, sa.DateTime, sa.Time, sa.Enum, sa.Integer, UTCDateTime))


def test_every_column_of_text_json_or_a_day_is_classified_once() -> None:
    told = personal.classified()
    for name, table in SQLModel.metadata.tables.items():
        asked = {column.name for column in table.columns if _may_tell(column)}
        assert asked == told.get(name, frozenset()), f"classify the columns of {name} in models/personal.py"
    parts = (personal.IDENTITY, personal.IN_WORDS, personal.FACTS, personal.THE_COURTS)
    listed = [(table, column) for part in parts for table, columns in part.items() for column in columns.split()]
    assert len(listed) == len(set(listed))


def test_what_is_of_a_person_stands_only_in_rows_that_are_destroyed_with_her() -> None:
    destroyed = {table.name for table, _, _ in personal.links()}
    assert set(personal.IDENTITY) | set(personal.FACTS) <= destroyed


def test_whatever_points_at_a_row_that_is_destroyed_is_seen_to() -> None:
    destroyed = {table.name for table, _, _ in personal.links()}
    seen_to = {column.table.name for column, _ in personal.beyond()}
    for table in SQLModel.metadata.tables.values():
        pointed_at = {key.column.table.name for key in table.foreign_keys}
        assert table.name in destroyed | seen_to or not pointed_at & destroyed, table.name
    assert "named_staff" in seen_to


def test_the_audit_alone_is_kept_and_its_ids_are_no_foreign_keys() -> None:
    assert {"audit_events", "audit_lists"} == personal.KEPT
    assert not SQLModel.metadata.tables["audit_events"].c.case_id.foreign_keys
    assert str(Case.__tablename__) in {table.name for table, _, _ in personal.links()}
