"""New arrests somebody told the court of, and orders about warrants outside a session: facts, which change nothing else."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.warrants import ArrestTold, order_warrant, strike_arrest, tell_arrest
from models.errors import Invalid
from models.rules.vocabulary import ArrestSource, MissedAppearance, Stage, WarrantState
from models.tables import Arrest, Case, StageChange, Warrant
from tests.simulation.world import Broken, World

#: How likely a warrant in force is vacated on a day: one that was stayed, and one after which she has come back.
_VACATED = {WarrantState.STAYED: 0.06, WarrantState.ISSUED: 0.4}
#: The judge's choices about a new arrest, and how often; with a missed appearance she orders about that alone.
_CHOICES = (
    (MissedAppearance.EXCUSE, 4),
    (MissedAppearance.ADVANCE_WITH_COUNSEL, 3),
    (MissedAppearance.WARRANT_STAYED, 2),
    (MissedAppearance.WARRANT_ISSUED, 1),
)


def day(world: World) -> None:
    """Tell the court of new arrests, strike what was told wrongly, and vacate warrants."""
    for (case_id,) in world.ask(sa.select(col(Case.id)).where(col(Case.stage) == Stage.ACTIVE).order_by(col(Case.id))):
        if world.happens(0.005):
            _told(world, case_id)
    told = sa.select(col(Arrest.id)).where(col(Arrest.struck_at).is_(None), col(Arrest.choice).is_(None))
    for (arrest_id,) in world.ask(told.order_by(col(Arrest.id))):
        if world.happens(0.01):
            why = "It was somebody of the same name."
            world.act("arrest struck", partial(_struck, world, arrest_id, why))
    for row in _in_force(world):
        away = row.state is WarrantState.ISSUED and row.stage is Stage.ABSCONDED
        if not away and world.happens(_VACATED[row.state]):
            _vacate(world, row)


def choice(world: World, case_id: Any, missed: MissedAppearance | None) -> MissedAppearance | None:
    """Return what the judge chooses about new arrests nobody has answered, where there are any and she speaks of them."""
    waiting = sa.select(col(Arrest.id)).where(
        col(Arrest.case_id) == case_id, col(Arrest.struck_at).is_(None), col(Arrest.choice).is_(None)
    )
    if not world.ask(waiting.limit(1)) or world.happens(0.3):
        return None
    ways = _CHOICES[:2] if missed else _CHOICES
    return world.chance.choices([way for way, _ in ways], [often for _, often in ways])[0]


def nothing_follows_from_an_arrest(world: World) -> None:
    """No stage changes with the news of an arrest, and what follows from it was chosen with a decision."""
    at_once = (
        sa.select(col(Arrest.case_id))
        .join(StageChange, col(StageChange.case_id) == col(Arrest.case_id))
        .where(col(StageChange.recorded_at) == col(Arrest.recorded_at))
    )
    by_itself = sa.select(col(Arrest.case_id)).where(
        col(Arrest.choice).is_not(None) != col(Arrest.decision_id).is_not(None)
    )
    for statement in (at_once, by_itself):
        for (case_id,) in world.ask(statement):
            raise Broken(world.today, case_id, "nothing to follow from a new arrest by itself")


def _told(world: World, case_id: Any) -> None:
    source = world.chance.choice(list(ArrestSource))
    told = ArrestTold(token=world.token(), arrested_on=world.today, told_on=world.today, source=source)
    world.act("new arrest", lambda session: tell_arrest(session, world.coordinator, case_id, told, now=world.now))


def _struck(world: World, arrest_id: Any, why: str, session: Session) -> bool:
    strike_arrest(session, world.coordinator, arrest_id, why, now=world.now)
    return True


def _in_force(world: World) -> Any:
    return world.ask(
        sa.select(col(Warrant.state), col(Warrant.case_id), col(Case.stage), col(Case.part_id))
        .join(Case, col(Case.id) == col(Warrant.case_id))
        .where(col(Warrant.replaced_at).is_(None), col(Warrant.state).in_(_VACATED), col(Case.stage) != Stage.SEALED)
        .order_by(col(Warrant.id))
    )


def _vacate(world: World, row: Any) -> None:
    """Let the judge of the part vacate a warrant; there is none to vacate a second time."""
    judge = world.judges[row.part_id]

    def vacated(session: Session) -> object:
        given: dict[str, Any] = {"on": world.today, "now": world.now, "reason": "She came with counsel."}
        return order_warrant(session, judge, row.case_id, WarrantState.VACATED, **given)

    if world.act("warrant vacated", vacated) is not None:
        world.must_refuse("a warrant vacated that does not stand", row.case_id, Invalid, vacated)
