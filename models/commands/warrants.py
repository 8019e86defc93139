"""Warrants and new arrests, written down as facts: who ordered or told what, and when. They change nothing else.

The one in force is the order that no later one has replaced. What was recorded wrongly is struck, and stays.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.commands.free_words import check_words
from models.commands.typed import line, needed
from models.errors import Conflict, Invalid
from models.rules import warrants as rule
from models.rules.permissions import Action
from models.rules.vocabulary import ArrestSource, MissedAppearance, WarrantState
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Appearance, Arrest, Case, CourtSession, Decision, Judge, Part, Warrant


@dataclass(frozen=True, kw_only=True)
class ArrestTold:
    """A new arrest as the court was told of it; `token` is its form's."""

    token: UUID
    arrested_on: date
    told_on: date
    source: ArrestSource
    note: str | None = None


def order_warrant(
    session: Session, actor: Actor, case_id: UUID, state: WarrantState, *, on: date, now: datetime, reason: str | None
) -> Warrant:
    """Record what the judge of the case's part ordered about a warrant outside a session, on the civil date `on`.

    Raises Invalid in words for an order that cannot follow the one in force, and for a day to come.
    """
    require(actor, Action.DECIDE)
    case = load_case(session, actor, case_id)
    why = needed(reason, "Write in a few words why the judge ordered it.")
    check_words(session, actor, why, now=now, case_id=case.id)
    part = session.get_one(Part, case.part_id)
    change_case(session, case)
    return _order(session, actor, case, state, on, session.get_one(Judge, part.judge_id).name, why, None, now)


def as_decided(
    session: Session,
    actor: Actor,
    case: Case,
    decision: Decision,
    order: WarrantState | None = None,
    after_arrest: MissedAppearance | None = None,
    *,
    now: datetime,
) -> None:
    """Record what a decision orders about a warrant, and the judge's choice about new arrests; nothing is implied.

    Raises Invalid in words where one decision orders two different things.
    """
    if after_arrest:
        _answer_arrests(session, case, decision, after_arrest)
    chosen = [rule.ORDERS.get(choice) for choice in (decision.missed, after_arrest) if choice] + [order]
    orders = {state for state in chosen if state}
    if len(orders) > 1:
        raise Invalid("One decision orders one thing about a warrant. Keep one of the orders.")
    for state in orders:
        order_in_court(session, actor, case, decision, state, now=now)


def order_in_court(
    session: Session, actor: Actor, case: Case, decision: Decision, state: WarrantState, *, now: datetime
) -> Warrant:
    """Record the order that goes with a decision, by the judge who sat; an order that is in force already stays."""
    standing = in_force(session, case)
    if standing and standing.state is state:
        return standing
    appearance = session.get_one(Appearance, decision.appearance_id)
    sitting = session.get_one(CourtSession, appearance.court_session_id)
    judge = session.get_one(Judge, sitting.judge_id).name
    return _order(session, actor, case, state, decision.decided_on, judge, None, decision, now)


def take_back(session: Session, actor: Actor, case: Case, appearance_id: UUID, reason: str, *, now: datetime) -> None:
    """Strike the order recorded with an appearance's decision that is corrected; the one before stands again."""
    made_there = select(Decision.id).where(col(Decision.appearance_id) == appearance_id)
    standing = in_force(session, case)
    if standing is None or standing.decision_id not in session.exec(made_there).all():
        return
    before = session.exec(
        select(Warrant)
        .where(col(Warrant.case_id) == case.id, col(Warrant.id) < standing.id, col(Warrant.struck_reason).is_(None))
        .order_by(col(Warrant.id).desc())
    ).first()
    standing.replaced_at, standing.struck_reason = now, reason
    session.add(standing)
    session.flush()
    if before is not None:
        again = before.model_dump(exclude={"id", "recorded_by", "recorded_at", "replaced_at", "struck_reason"})
        session.add(Warrant(**again, recorded_by=actor.person, recorded_at=now))
    _note(session, actor, standing, {"struck": True}, now)


def in_force(session: Session, case: Case) -> Warrant | None:
    """Return the last order about a warrant in a case; None where none was ever made."""
    standing = select(Warrant).where(col(Warrant.case_id) == case.id, col(Warrant.replaced_at).is_(None))
    return session.exec(standing).first()


def tell_arrest(session: Session, actor: Actor, case_id: UUID, told: ArrestTold, *, now: datetime) -> Arrest:
    """Record a new arrest somebody told the court of: a fact with its source, not a verdict. The same form is one.

    Raises Invalid in words for days to come or in the wrong order.
    """
    require(actor, Action.ENTER_ARREST)
    case, today = load_case(session, actor, case_id), actor.today(now)
    check_words(session, actor, told.note, now=now, case_id=case.id)
    if told.told_on > today or told.arrested_on > told.told_on:
        raise Invalid("The day of the arrest comes first, then the day the court was told, and neither is to come.")
    same_form = select(Arrest).where(col(Arrest.court_id) == actor.court_id, col(Arrest.token) == told.token)
    if (known := session.exec(same_form).first()) is not None:
        return known
    arrest = Arrest(
        court_id=case.court_id,
        case_id=case.id,
        token=told.token,
        arrested_on=told.arrested_on,
        told_on=told.told_on,
        source=told.source,
        note=line(told.note),
        recorded_by=actor.person,
        recorded_at=now,
    )
    session.add(arrest)
    change_case(session, case)
    detail = {"arrested_on": told.arrested_on, "source": told.source}
    audit.record(session, actor, "tell_arrest", "arrest", arrest.id, now=now, case_id=case.id, detail=detail)
    return arrest


def strike_arrest(session: Session, actor: Actor, arrest_id: UUID, reason: str, *, now: datetime) -> None:
    """Record that a new arrest was told wrongly, and why: it stays in the history and no longer counts. Twice is once."""
    require(actor, Action.ENTER_ARREST)
    arrest = load(session, actor, Arrest, arrest_id)
    why = needed(reason, "Write why it is struck.")
    check_words(session, actor, why, now=now, case_id=arrest.case_id)
    if arrest.struck_at is not None:
        return
    arrest.struck_at, arrest.struck_reason = now, why
    session.add(arrest)
    change_case(session, load_case(session, actor, arrest.case_id))
    audit.record(session, actor, "strike_arrest", "arrest", arrest.id, now=now, case_id=arrest.case_id)


def _answer_arrests(session: Session, case: Case, decision: Decision, choice: MissedAppearance) -> None:
    """Record the judge's choice about the new arrests nobody has answered; Conflict where there is none any more."""
    waiting = session.exec(
        select(Arrest).where(
            col(Arrest.case_id) == case.id, col(Arrest.struck_at).is_(None), col(Arrest.choice).is_(None)
        )
    ).all()
    if not waiting:
        raise Conflict("No new arrest waits for a choice any more. Look at the case again.")
    for arrest in waiting:
        arrest.choice, arrest.decision_id = choice, decision.id
        session.add(arrest)


def _order(
    session: Session,
    actor: Actor,
    case: Case,
    state: WarrantState,
    on: date,
    judge: str,
    reason: str | None,
    decision: Decision | None,
    now: datetime,
) -> Warrant:
    standing = in_force(session, case)
    before, since = (standing.state, standing.ordered_on) if standing else (None, None)
    if refused := rule.refusal(before, since, state, on, actor.today(now)):
        raise Invalid(refused)
    if standing:
        standing.replaced_at = now
        session.add(standing)
        session.flush()  # one order in force: the database holds it
    warrant = Warrant(
        court_id=case.court_id,
        case_id=case.id,
        state=state,
        ordered_on=on,
        ordered_by=judge,
        reason=reason,
        decision_id=decision.id if decision else None,
        recorded_by=actor.person,
        recorded_at=now,
    )
    session.add(warrant)
    _note(session, actor, warrant, {"state": state, "on": on}, now)
    return warrant


def _note(session: Session, actor: Actor, warrant: Warrant, detail: dict[str, object], now: datetime) -> None:
    audit.record(
        session, actor, "order_warrant", "warrant", warrant.id, now=now, case_id=warrant.case_id, detail=detail
    )
