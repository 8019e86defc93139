"""Steps of a case's life outside the bench: warrants and returns, ACDs restored, transfers, dismissals, terminations."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands import gates
from models.commands.corrections import Correction, correct_decision
from models.commands.programs import change_program
from models.commands.steps import take_step
from models.errors import GateMissing
from models.rules.vocabulary import Gate, Measure, ResponseKind, ResponseState, Stage
from models.scope import Actor
from models.tables import Acd, Case, Decision, GatedMeasure, Mandate, Response, StageChange
from tests.simulation.office import step
from tests.simulation.world import World

#: Days between the gates before a program is ended.
_BETWEEN = timedelta(days=4)
_GATES = ((Gate.COUNSEL, "counsel_on"), (Gate.HEARING, "heard_on"), (Gate.FINDING, "found_on"))


def day(world: World) -> None:
    """Take the steps of one day."""
    _returns(world)
    _leave(world)
    _restored(world)
    _ended(world)
    _other_program(world)
    _corrected(world)


def _at(world: World, *stages: Stage) -> Any:
    rows = sa.select(col(Case.id), col(Case.stage), col(Case.version)).where(col(Case.stage).in_(stages))
    return world.ask(rows.order_by(col(Case.id)))


def _returns(world: World) -> None:
    """Let people come back after a warrant, to the stage they left from; some never do."""
    for row in _at(world, Stage.ABSCONDED):
        back_on = world.lives[row.id].back_on
        if back_on is None or back_on > world.today or world.happens(0.2):
            continue
        left = sa.select(col(StageChange.from_stage)).where(
            col(StageChange.case_id) == row.id, col(StageChange.to_stage) == Stage.ABSCONDED
        )
        came_from = world.ask(left.order_by(col(StageChange.id).desc()))[0][0]
        to = came_from if came_from in (Stage.SCREENED, Stage.OFFERED, Stage.ACTIVE) else Stage.SCREENED
        step(world, row.id, to, "returned after a warrant", "Came back with counsel.")


def _leave(world: World) -> None:
    for row in _at(world, Stage.ACTIVE):
        if world.happens(0.0004):
            step(world, row.id, Stage.TRANSFERRED, "transferred", "She moved to another county.")
        elif world.happens(0.0003):
            step(world, row.id, Stage.DISMISSED, "dismissed early", "On the prosecutor's motion.")
    for row in _at(world, Stage.TERMINATED):
        if world.happens(0.01):
            step(world, row.id, Stage.ACTIVE, "reinstated", "She asks for another chance, and counsel with her.")


def _restored(world: World) -> None:
    running = sa.select(col(Acd.case_id), col(Acd.expires_on)).where(
        col(Acd.restored_on).is_(None), col(Acd.confirmed_on).is_(None), col(Acd.expires_on) >= world.today
    )
    for case_id, expires_on in world.ask(running.order_by(col(Acd.id))):
        if world.happens(0.05 if expires_on == world.today else 0.0004):
            step(world, case_id, Stage.ACTIVE, "restored from ACD", "Counsel asks to correct the record.")


def _ended(world: World) -> None:
    """Go through the gates before a program is ended, one after the other; without them it is refused."""
    judge = next(iter(world.judges.values()))
    for row in _at(world, Stage.ACTIVE):
        if not world.happens(0.0006):
            continue

        def ends(session: Session, row: Any = row) -> None:
            given: dict[str, Any] = {"seen_version": row.version, "on": world.today, "now": world.now}
            take_step(session, judge, row.id, Stage.TERMINATED, reason="As moved.", **given)

        if not _measures(world, row.id):
            world.must_refuse("a program ended without the gates", row.id, GateMissing, ends)

        def notice(session: Session, row: Any = row) -> object:
            what = "The prosecutor asks that the program be ended."
            return gates.give_notice(session, judge, row.id, Measure.TERMINATION, what, on=world.today, now=world.now)

        world.act("notice given", notice)
    for one in _measures(world):
        _next_gate(world, one)


def _measures(world: World, case_id: UUID | None = None) -> Any:
    rows = (
        sa.select(GatedMeasure.__table__.columns, col(Case.stage))  # type: ignore[attr-defined]
        .join(Case, col(Case.id) == col(GatedMeasure.case_id))
        .where(col(GatedMeasure.taken_on).is_(None), col(GatedMeasure.dropped_on).is_(None))
    )
    if case_id:
        rows = rows.where(col(GatedMeasure.case_id) == case_id)
    return world.ask(rows.order_by(col(GatedMeasure.id)))


def _next_gate(world: World, one: Any) -> None:
    judge = next(iter(world.judges.values()))
    passed = [day for day in (one.notice_on, one.counsel_on, one.heard_on, one.found_on) if day]
    if passed[-1] + _BETWEEN > world.today:
        return
    if (len(passed) == 2 and world.happens(0.3)) or one.stage not in (Stage.ACTIVE, Stage.ABSCONDED):
        why = "She is back in the program."
        world.act("gates dropped", lambda s: gates.drop_measure(s, judge, one.id, why, now=world.now))
        return
    for gate, column in _GATES:
        if getattr(one, column) is None:
            finding = "She was heard and the court finds as moved." if gate is Gate.FINDING else None
            given: dict[str, Any] = {"on": world.today, "now": world.now, "finding": finding}
            world.act(f"gate {gate}", partial(_pass, judge, one.id, gate, given))
            return
    step(world, one.case_id, Stage.TERMINATED, "terminated with all gates", "As found.")


def _pass(judge: Actor, measure_id: UUID, gate: Gate, given: dict[str, Any], session: Session) -> None:
    gates.pass_gate(session, judge, measure_id, gate, **given)


def _other_program(world: World) -> None:
    running = (
        sa.select(col(Case.id), col(Case.version), col(Mandate.program))
        .join(Mandate, sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)))
        .where(col(Case.stage) == Stage.ACTIVE)
    )
    judge = next(iter(world.judges.values()))
    for row in world.ask(running.order_by(col(Case.id))):
        if not world.happens(0.0005):
            continue
        other = "one-year" if row.program == "six-sessions" else "six-sessions"
        given: dict[str, Any] = {"phase": 0, "keeps_count": world.happens(0.5), "seen_version": row.version}

        def changed(session: Session, row: Any = row, other: str = other, given: dict[str, Any] = given) -> object:
            why = "She needs more time." if other == "one-year" else "A shorter program suits her better."
            return change_program(session, judge, row.id, other, reason=why, now=world.now, **given)

        world.act("program changed", changed)


def _corrected(world: World) -> None:
    """Put a decision with a sanction right now and then: the sanction is withdrawn."""
    given = (
        sa.select(
            col(Response.id),
            col(Decision.appearance_id),
            col(Decision.outcome),
            col(Decision.missed),
            col(Decision.promised),
            col(Case.version),
        )
        .join(Decision, col(Decision.id) == col(Response.decision_id))
        .join(Case, sa.and_(col(Case.id) == col(Response.case_id), col(Case.stage) == Stage.ACTIVE))
        .where(col(Response.kind) == ResponseKind.SANCTION, col(Response.state) != ResponseState.WITHDRAWN)
        .where(col(Response.decided_on) >= world.today - timedelta(days=20))
    )
    for row in world.ask(given.order_by(col(Response.id))):
        if not world.happens(0.005):
            continue
        form = Correction(
            appearance_id=row.appearance_id,
            token=world.token(),
            seen_version=row.version,
            outcome=row.outcome,
            missed=row.missed,
            promised=row.promised,
            reason="The absence was the provider's cancellation.",
            withdraw=(row.id,),
        )
        world.act("response withdrawn", partial(_withdraw, world, form))
        return


def _withdraw(world: World, form: Correction, session: Session) -> None:
    correct_decision(session, world.clerk, form, now=world.now)
