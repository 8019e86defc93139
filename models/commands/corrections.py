"""Put a recorded decision right: a new version with its reason beside the old one, which stays.

The next date is moved on the docket, not here.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.commands.decisions import check_outcome, hold_appearance, new_decision, recorded_from
from models.commands.free_words import check_words, typed_in
from models.commands.given_responses import withdraw_response
from models.commands.responses import ChosenResponse, give_responses
from models.commands.typed import needed
from models.commands.warrants import as_decided, take_back
from models.errors import Invalid
from models.rules.permissions import Action
from models.rules.vocabulary import MissedAppearance, Outcome, WarrantState
from models.rules.warrants import ORDERS
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Appearance, Decision


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What was recorded wrongly at an appearance, put right; responses named are withdrawn, others may be added."""

    appearance_id: UUID
    token: UUID
    seen_version: int
    outcome: Outcome
    reason: str
    missed: MissedAppearance | None = None
    promised: str | None = None
    withdraw: tuple[UUID, ...] = ()
    responses: tuple[ChosenResponse, ...] = ()


def correct_decision(session: Session, actor: Actor, form: Correction, *, now: datetime) -> Decision:
    """Put a recorded decision right as a new version with its reason; the next date is moved on the docket."""
    require(actor, Action.CORRECT_DECISION)
    if (recorded := recorded_from(session, actor, form.token)) is not None:
        return recorded
    reason = needed(form.reason, "Write what was wrong, so that the correction can be understood later.")
    appearance = load(session, actor, Appearance, form.appearance_id)
    case = load_case(session, actor, appearance.case_id)
    check_words(session, actor, *typed_in(form), now=now, case_id=case.id)
    last = _last(session, appearance)
    check_outcome(form.outcome, form.missed)
    change_case(session, case, form.seen_version)
    decision = new_decision(
        actor, appearance, form.token, form.outcome, form.missed, form.promised, last.decided_on, now
    )
    decision.version, decision.correction_reason = last.version + 1, reason
    decision.next_appearance_id, decision.no_next_date_reason = last.next_appearance_id, last.no_next_date_reason
    for response_id in form.withdraw:
        withdraw_response(session, actor, case, response_id, reason, now=now)
    give_responses(session, actor, case, decision, form.responses, now=now)
    hold_appearance(appearance, decision, now)
    session.add(appearance)
    session.add(decision)
    if _ordered(decision) is not _ordered(last):
        take_back(session, actor, case, appearance.id, reason, now=now)
        as_decided(session, actor, case, decision, now=now)
    detail = {"outcome": form.outcome, "version": decision.version, "withdrawn": len(form.withdraw)}
    audit.record(session, actor, "correct_decision", "decision", decision.id, now=now, case_id=case.id, detail=detail)
    return decision


def _ordered(decision: Decision) -> WarrantState | None:
    return ORDERS.get(decision.missed) if decision.missed else None


def _last(session: Session, appearance: Appearance) -> Decision:
    versions = select(Decision).where(col(Decision.appearance_id) == appearance.id)
    last = session.exec(versions.order_by(col(Decision.version).desc())).first()
    if last is None:
        raise Invalid("No outcome is recorded for this appearance yet, so there is nothing to correct.")
    return last
