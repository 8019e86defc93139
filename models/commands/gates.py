"""The gates before liberty is taken or a program is ended, recorded step by step; a decision then rests on them once.

Order and dates are for `rules.gates`. Whatever needs the gates asks `take` here and is refused in words without them.
"""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.commands.free_words import check_words
from models.commands.typed import LONGEST_NOTE, needed
from models.errors import Conflict, GateMissing, Invalid
from models.rules import gates as rule
from models.rules.gates import Gates
from models.rules.permissions import Action
from models.rules.vocabulary import Gate, Measure
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Case, GatedMeasure

_COLUMN = {Gate.COUNSEL: "counsel_on", Gate.HEARING: "heard_on", Gate.FINDING: "found_on"}


def give_notice(
    session: Session, actor: Actor, case_id: UUID, measure: Measure, what: str, *, on: date, now: datetime
) -> GatedMeasure:
    """Record that notice of a measure was given on the civil date `on`: the first gate.

    Raises Invalid in words, and Conflict while another measure of this kind waits in the case.
    """
    require(actor, Action.DECIDE)
    case = load_case(session, actor, case_id)
    asked = needed(what, "Write what is asked for, and by whom.")
    check_words(session, actor, asked, now=now, case_id=case.id)
    _check(Gates(), Gate.NOTICE, on, actor.today(now))
    if _waiting(session, case, measure):
        raise Conflict("Notice of such a measure is recorded already. Go on from there, or drop it first.")
    change_case(session, case)
    one = GatedMeasure(
        court_id=case.court_id,
        case_id=case.id,
        measure=measure,
        what=asked,
        notice_on=on,
        recorded_by=actor.person,
        recorded_at=now,
    )
    session.add(one)
    _note(session, actor, one, {"gate": Gate.NOTICE, "measure": measure, "on": on}, now)
    return one


def pass_gate(
    session: Session, actor: Actor, measure_id: UUID, gate: Gate, *, on: date, now: datetime, finding: str | None = None
) -> None:
    """Record the next gate as passed on the civil date `on`; the finding is the judge's own, in words.

    Raises Invalid in words when another gate comes first, the day is not possible, or the finding has no words.
    """
    require(actor, Action.DECIDE)
    one = _open(session, actor, measure_id)
    _check(gates_of(one), gate, on, actor.today(now))
    if gate is Gate.FINDING:
        one.finding = needed(finding, "Write the judge's finding in words.", LONGEST_NOTE)
        check_words(session, actor, finding, now=now, case_id=one.case_id)
    setattr(one, _COLUMN[gate], on)
    change_case(session, load_case(session, actor, one.case_id))
    session.add(one)
    _note(session, actor, one, {"gate": gate, "on": on}, now)


def drop_measure(session: Session, actor: Actor, measure_id: UUID, reason: str, *, now: datetime) -> None:
    """Record that a measure is no longer asked for, and why; what was recorded of it stays."""
    require(actor, Action.DECIDE)
    one = _open(session, actor, measure_id)
    one.dropped_reason = needed(reason, "Write why it is dropped.")
    check_words(session, actor, one.dropped_reason, now=now, case_id=one.case_id)
    one.dropped_on = actor.today(now)
    change_case(session, load_case(session, actor, one.case_id))
    session.add(one)
    _note(session, actor, one, {"dropped_on": one.dropped_on}, now)


def take(session: Session, actor: Actor, case: Case, measure: Measure, *, on: date, now: datetime) -> GatedMeasure:
    """Let a decision of the civil date `on` rest on the gates; GateMissing in words unless all were passed by then."""
    one = _waiting(session, case, measure)
    if one is None:
        raise GateMissing
    gates = gates_of(one)
    if not gates.passed_by(on):
        raise GateMissing(" ".join(rule.reasons(gates, on)))
    one.taken_on = on
    session.add(one)
    _note(session, actor, one, {"taken_on": on}, now)
    return one


def gates_of(one: GatedMeasure) -> Gates:
    """Return a measure's dates as the rule takes them."""
    return Gates(notice_on=one.notice_on, counsel_on=one.counsel_on, heard_on=one.heard_on, found_on=one.found_on)


def _check(gates: Gates, gate: Gate, on: date, today: date) -> None:
    if refused := rule.refusal(gates, gate, on, today):
        raise Invalid(refused)


def _waiting(session: Session, case: Case, measure: Measure) -> GatedMeasure | None:
    waiting = select(GatedMeasure).where(
        col(GatedMeasure.court_id) == case.court_id,
        col(GatedMeasure.case_id) == case.id,
        col(GatedMeasure.measure) == measure,
        col(GatedMeasure.taken_on).is_(None),
        col(GatedMeasure.dropped_on).is_(None),
    )
    return session.exec(waiting).first()


def _open(session: Session, actor: Actor, measure_id: UUID) -> GatedMeasure:
    one = load(session, actor, GatedMeasure, measure_id)
    if one.taken_on or one.dropped_on:
        raise Conflict("This was settled meanwhile. There is nothing left to record.")
    return one


def _note(session: Session, actor: Actor, one: GatedMeasure, detail: dict[str, object], now: datetime) -> None:
    audit.record(session, actor, "pass_gate", "gated_measure", one.id, now=now, case_id=one.case_id, detail=detail)
