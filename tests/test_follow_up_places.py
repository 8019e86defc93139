"""One truth table for follow-ups: the rule and every surface agree with it on every cell, and reading writes nothing."""

from collections.abc import Callable, Mapping

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col

from dashboard.charts import age
from dashboard.exports.follow_up import follow_up_sheet
from models import database
from models.queries.docket_paper import paper
from models.queries.follow_up import Whose, worklist
from models.rules.follow_up import follow_up_state
from models.rules.follow_up_places import SHOWS, Place, Surface, inputs_of, place, shown
from models.rules.vocabulary import FollowUpKind, FollowUpState, Move, Role
from models.scope import Actor
from models.tables import Case, CourtSession, FollowUp
from models.tables.base import table_of
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor, an_appearance
from tests.rules.scenario_tables import Row, situations

CELLS = situations("follow_up_places", "cell")


@pytest.mark.parametrize("row", CELLS)
def test_the_rule_places_it_where_the_table_says(row: Row) -> None:
    kind = FollowUpKind(row["kind"])
    inputs = inputs_of(
        kind,
        row["due_on"],
        row.get("grace_days", 0),
        row.get("held_until"),
        **{field: row[field] for field in ("done_on", "waived", "void") if field in row},
    )
    assert follow_up_state(inputs, row["on"]) == row["state"]
    where = place(kind, inputs, row["on"])
    assert {surface for surface in Surface if shown(surface, where)} == set(row["seen"])


def test_the_table_has_a_cell_for_every_state_and_every_place() -> None:
    rows = [cell.values[0] for cell in CELLS]
    assert {row["state"] for row in rows} == set(FollowUpState)
    seen = [frozenset(row["seen"]) for row in rows]
    assert {frozenset(s for s in Surface if where in SHOWS[s]) for where in Place} == set(seen)


@pytest.mark.parametrize("row", CELLS)
def test_every_surface_shows_and_counts_it_as_the_table_says(engine: Engine, row: Row) -> None:
    with database.transaction(engine) as session:
        clerk, sitting, case = _on_the_docket(session)
        session.add(_kept(case, row))
    asked: Mapping[Surface, Callable[[Session], int]] = {
        Surface.LIST: lambda s: len(worklist(s, clerk, today=TODAY).of(Whose.EVERYTHING)),
        Surface.RESTS: lambda s: _resting(s, clerk),
        Surface.AGES: lambda s: _counted_by_age(s, clerk),
        Surface.PAPER: lambda s: len(paper(s, clerk, sitting.id, today=TODAY).follow_ups.get(case.id, ())),
        Surface.EXPORT: lambda s: _exported(s, clerk),
    }
    with database.reading(engine) as session:
        before = _stored(session)
        assert {surface: count(session) for surface, count in asked.items()} == {
            surface: int(surface in row["seen"]) for surface in Surface
        }
        assert _stored(session) == before


def _on_the_docket(session: Session) -> tuple[Actor, CourtSession, Case]:
    court = a_court(session)
    part = a_part(session, court)
    sitting, case = a_sitting(session, part), a_case(session, part)
    an_appearance(session, case, sitting)
    return an_actor(session, court, Role.CLERK), sitting, case


def _kept(case: Case, row: Row) -> FollowUp:
    return FollowUp(
        court_id=case.court_id,
        case_id=case.id,
        kind=FollowUpKind(row["kind"]),
        occurrence="one",
        reason="Call the clinic.",
        move=Move.CLERK,
        since=min(TODAY, row["due_on"]),
        due_on=row["due_on"],
        grace_days=row.get("grace_days", 0),
        held_until=row.get("held_until"),
        hold_reason="The clinic answers then." if "held_until" in row else None,
        done_on=row.get("done_on"),
        waived_reason="No longer needed." if row.get("waived") else None,
        void_on=TODAY if row.get("void") else None,
        written_at=NOW,
    )


def _resting(session: Session, who: Actor) -> int:
    listed = worklist(session, who, today=TODAY)
    return len(listed.of(Whose.EVERYTHING, resting=True)) - len(listed.of(Whose.EVERYTHING))


def _counted_by_age(session: Session, who: Actor) -> int:
    listed = worklist(session, who, today=TODAY).of(Whose.EVERYTHING)
    rows = age.counted((row.age_days, row.move) for row in listed if row.reached)
    return sum(row.number for row in rows)


def _exported(session: Session, who: Actor) -> int:
    rows = worklist(session, who, today=TODAY).exported(Whose.EVERYTHING)
    return len(follow_up_sheet("Follow-up", rows, TODAY).rows)


def _stored(session: Session) -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(sa.select(table_of(FollowUp)).order_by(col(FollowUp.id)))]
