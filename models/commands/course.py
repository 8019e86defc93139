"""The program's course: the mandate accepted, phases, completion, termination, each a person's decision.

Which steps exist is in `rules.lifecycle`; whether the conditions are met is said by `rules.program`. A step taken
although they are not met needs a reason, and is kept with it.
"""

from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.commands import gates
from models.commands.releases import end_releases
from models.commands.typed import needed
from models.errors import Invalid
from models.rules import lifecycle
from models.rules.lifecycle import Needs
from models.rules.permissions import Action
from models.rules.policy import Policy, Program
from models.rules.vocabulary import Measure, Stage
from models.scope import Actor, require
from models.tables import Case, Mandate, PhasePeriod, StageChange


def change_stage(
    session: Session, actor: Actor, case: Case, stage: Stage, *, now: datetime, on: date, reason: str | None = None
) -> None:
    """Take the case to another stage; Invalid in words when that step does not exist or lacks its reason."""
    step = lifecycle.step(case.stage, stage, on)
    if not step.allowed:
        raise Invalid(" ".join(step.reasons))
    if step.needs is Needs.GATES:
        gates.take(session, actor, case, Measure.TERMINATION, on=on, now=now)
    if step.needs is Needs.REASON and not (reason and reason.strip()):
        raise Invalid("This step needs a reason. Write why, then record it again.")
    session.add(
        StageChange(
            court_id=case.court_id,
            case_id=case.id,
            from_stage=case.stage,
            to_stage=stage,
            changed_on=on,
            reason=reason,
            recorded_by=actor.person,
            recorded_at=now,
        )
    )
    detail = {"from": case.stage, "to": stage, "on": on}
    case.stage, case.stage_since = stage, on
    session.add(case)
    audit.record(session, actor, "change_stage", "case", case.id, now=now, case_id=case.id, detail=detail)
    end_releases(session, actor, case, on=on, now=now)


def accept_mandate(session: Session, actor: Actor, case: Case, program_key: str, *, now: datetime, on: date) -> Mandate:
    """Record that the participant accepted a program template: the mandate begins with its first phase."""
    require(actor, Action.DECIDE)
    policy = actor.policy_on(on)
    program = template(policy, program_key)
    if case.stage in {Stage.IDENTIFIED, Stage.SCREENED}:
        change_stage(session, actor, case, Stage.OFFERED, now=now, on=on)
    change_stage(session, actor, case, Stage.ACTIVE, now=now, on=on)
    return agree(session, actor, case, program, policy.version, 0, now=now, on=on, carried_from=None)


def agree(
    session: Session,
    actor: Actor,
    case: Case,
    program: Program,
    policy_version: str,
    phase: int,
    *,
    now: datetime,
    on: date,
    carried_from: date | None,
) -> Mandate:
    """Let a mandate begin on the civil date `on`, in the program's phase `phase` (from 0)."""
    mandate = Mandate(
        court_id=case.court_id,
        case_id=case.id,
        program=program.key,
        policy_version=policy_version,
        sessions=program.sessions,
        accepted_on=on,
        carried_from=carried_from,
        recorded_by=actor.person,
        recorded_at=now,
    )
    session.add(mandate)
    session.add(_enter(actor, case, mandate, program, phase, now=now, on=on))
    return mandate


def advance_phase(
    session: Session, actor: Actor, case: Case, *, now: datetime, on: date, reason: str | None = None
) -> None:
    """Let the case go on to the next phase; Invalid when there is none."""
    require(actor, Action.DECIDE)
    mandate, period = current(session, case)
    program = template(actor.policy_on(on), mandate.program)
    if period.position + 1 >= len(program.phases):
        raise Invalid("This is the last phase. Complete the mandate instead.")
    # one current phase at a time: the database holds it, and the session writes what ends before what begins
    period.left_on, period.left_at, period.reason = on, now, reason
    session.add(period)
    session.add(_enter(actor, case, mandate, program, period.position + 1, now=now, on=on))
    detail = {"phase": period.position + 1}
    audit.record(session, actor, "advance_phase", "mandate", mandate.id, now=now, case_id=case.id, detail=detail)


def complete(session: Session, actor: Actor, case: Case, *, now: datetime, on: date, reason: str | None = None) -> None:
    """Record that the mandate is done; the disposition is still to come."""
    require(actor, Action.DECIDE)
    running = current(session, case)
    change_stage(session, actor, case, Stage.COMPLETED, now=now, on=on, reason=reason)
    end_mandate(session, running, "completed", now=now, on=on)


def terminate(session: Session, actor: Actor, case: Case, *, now: datetime, on: date, reason: str) -> None:
    """End the program by the judge's decision of the civil date `on`; GateMissing unless all gates were passed by then."""
    require(actor, Action.DECIDE)
    why = needed(reason, "Write why the program is ended.")
    change_stage(session, actor, case, Stage.TERMINATED, now=now, on=on, reason=why)
    if running := _running(session, case):
        end_mandate(session, running, "terminated", now=now, on=on)


def reinstate(session: Session, actor: Actor, case: Case, *, now: datetime, on: date, reason: str) -> None:
    """Let an ended mandate run again from the civil date `on`, in the phase it ended in."""
    require(actor, Action.DECIDE)
    change_stage(session, actor, case, Stage.ACTIVE, now=now, on=on, reason=reason)
    mandate = latest(session, case)
    mandate.ended_on = mandate.ended_reason = None
    session.add(mandate)
    program = template(actor.policy_on(on), mandate.program)
    ended_in = select(PhasePeriod.position).where(col(PhasePeriod.mandate_id) == mandate.id)
    position = max(session.exec(ended_in).all(), default=0)
    session.add(_enter(actor, case, mandate, program, min(position, len(program.phases) - 1), now=now, on=on))


def end_mandate(
    session: Session, running: tuple[Mandate, PhasePeriod], reason: str, *, now: datetime, on: date
) -> None:
    """End the mandate that runs, and with it its phase, on the civil date `on`."""
    mandate, period = running
    mandate.ended_on, mandate.ended_reason = on, reason
    period.left_on, period.left_at = on, now
    session.add(mandate)
    session.add(period)


def _enter(
    actor: Actor, case: Case, mandate: Mandate, program: Program, position: int, *, now: datetime, on: date
) -> PhasePeriod:
    return PhasePeriod(
        court_id=case.court_id,
        case_id=case.id,
        mandate_id=mandate.id,
        position=position,
        name=program.phases[position].name,
        entered_on=on,
        recorded_by=actor.person,
        recorded_at=now,
    )


def template(policy: Policy, key: str) -> Program:
    """Return the policy's program template; Invalid when it has none of that key."""
    try:
        return policy.program(key)
    except KeyError as missing:
        raise Invalid("The court's policy has no program of that name. Choose one of its programs.") from missing


def current(session: Session, case: Case) -> tuple[Mandate, PhasePeriod]:
    """Return the mandate that runs with its present phase; Invalid when none does."""
    found = _running(session, case)
    if found is None:
        raise Invalid("No mandate is running in this case. Record that a program was accepted first.")
    return found


def _running(session: Session, case: Case) -> tuple[Mandate, PhasePeriod] | None:
    """Return the mandate that runs with its present phase; None for a case that came without one, as imported ones may."""
    found = session.execute(_mandate_and_phase(), {"case_id": case.id}).first()
    return (found[0], found[1]) if found else None


@cache
def _mandate_and_phase() -> sa.Select[Mandate, PhasePeriod]:
    return (
        sa.select(Mandate, PhasePeriod)
        .join(PhasePeriod, col(PhasePeriod.mandate_id) == col(Mandate.id))
        .where(
            col(Mandate.case_id) == sa.bindparam("case_id", type_=sa.Uuid),
            col(Mandate.ended_on).is_(None),
            col(PhasePeriod.left_on).is_(None),
        )
    )


def latest(session: Session, case: Case) -> Mandate:
    """Return the mandate behind the case, running or ended; Invalid when there is none."""
    by_date = (
        select(Mandate)
        .where(col(Mandate.case_id) == case.id)
        .order_by(col(Mandate.accepted_on).desc(), col(Mandate.recorded_at).desc())
    )
    mandate = session.exec(by_date).first()
    if mandate is None:
        raise Invalid("There is no mandate behind this case. Record which program was accepted first.")
    return mandate
