"""What the court answers to behaviour in a story: chosen from the rules' proposals, then seen to.

A judge who leaves the range writes why; what was ordered is later done, or not.
"""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.commands.given_responses import settle_response
from models.commands.responses import ChosenResponse
from models.rules.counting import ANSWERS_FAILURE
from models.rules.facts import CaseFacts
from models.rules.responses import Proposal, proposals
from models.rules.vocabulary import Behaviour, Outcome, ResponseKind, ResponseState, Stage
from models.tables import Decision, Response
from seed_data.life import Life

PROMISES = (
    "A letter from the court for the landlord.",
    "A word with the program about an evening hour.",
    "A second interpreter who is not from the neighbourhood.",
    "A look at the older docket by counsel and the clerk together.",
)


#: Why a judge now and then gives no response.
LEFT = "The judge wants to hear her with counsel first."

#: An answer of the judge's own, which no range foresees.
SPOKE = ChosenResponse(
    kind=ResponseKind.INCENTIVE,
    behaviour=Behaviour.OTHER,
    what="thanks of the court in writing",
    outside_reason="She helped the court to word its letters so that people understand them.",
)


def choose(life: Life, facts: CaseFacts, outcome: Outcome, on: date) -> tuple[ChosenResponse, ...]:
    """Return the responses of this day: one for what went well, one for each failure, an adjustment for a need."""
    if outcome in (Outcome.ADJOURNED, Outcome.EXCUSED) or facts.stage != Stage.ACTIVE:
        return ()
    missed = outcome is Outcome.DID_NOT_APPEAR
    seen = {Behaviour.DISTAL_GOAL} | ({Behaviour.MISSED_APPEARANCE} if missed else set())
    found = proposals(facts, life.policy(on), on, seen)
    chosen = [_failure(life, one, facts, on) for one in found if one.kind is ResponseKind.SANCTION and one.options]
    if not life.arc.answers:
        chosen = []
    if not missed:
        well = [one for one in found if one.kind is ResponseKind.INCENTIVE]
        chosen = [_incentive(life, one) for one in well[-1:]] + chosen
        if chosen and life.chance.random() < 0.03:
            chosen.append(SPOKE)
        needs = [one for one in found if one.kind is ResponseKind.ADJUSTMENT]
        chosen += [_adjustment(life, one, on) for one in needs if life.chance.random() < 0.07]
    return tuple(chosen)


def _incentive(life: Life, one: Proposal) -> ChosenResponse:
    often = life.chance.choices(one.options, [6, 2, 1][: len(one.options)])[0]
    return ChosenResponse(kind=one.kind, behaviour=one.behaviour, what=often)


def _failure(life: Life, one: Proposal, facts: CaseFacts, on: date) -> ChosenResponse:
    """Return the range's answer, or now and then the judge's own with its reason."""
    known = facts.absences if one.behaviour is Behaviour.ABSENCE else facts.missed_appearances
    outside = life.chance.random() < 0.08
    return ChosenResponse(
        kind=one.kind,
        behaviour=one.behaviour,
        behaviour_on=known.last_on if one.behaviour is Behaviour.ABSENCE else on,
        what="short essay about a safe evening" if outside else life.chance.choice(one.options),
        outside_reason="She asked for something she can do at home with her child." if outside else None,
        due_on=on + timedelta(days=14),
    )


def _adjustment(life: Life, one: Proposal, on: date) -> ChosenResponse:
    return ChosenResponse(
        kind=one.kind,
        behaviour=one.behaviour,
        what=life.chance.choice(one.options),
        due_on=on + timedelta(days=10),
    )


def promise(life: Life, facts: CaseFacts, outcome: Outcome, on: date) -> str | None:
    """Return what the court promises for the next time, if it does."""
    half = life.program(on).sessions * 2 // 3
    if outcome is Outcome.APPEARED and 0 < half - facts.sessions.attended <= 3 and facts.sessions.attended:
        return f"A certificate at {['no', 'one', 'two', 'three', 'four'][half] if half < 5 else half} sessions."
    return life.chance.choice(PROMISES) if life.chance.random() < 0.05 else None


def remember(life: Life, decision: Decision, chosen: tuple[ChosenResponse, ...], now: datetime) -> None:
    """Count what was given, and plan when what was ordered is done."""
    on = decision.decided_on
    if any(one.behaviour in ANSWERS_FAILURE and one.kind is not ResponseKind.INCENTIVE for one in chosen):
        life.ledger.answered.append(on)
    asks = [one for one in chosen if one.kind is not ResponseKind.INCENTIVE]
    if not asks:
        return
    ordered = sa.select(col(Response.id)).where(
        col(Response.decision_id) == decision.id, col(Response.state) == ResponseState.ORDERED
    )
    life.session.flush()
    for response_id in life.session.scalars(ordered):
        life.ledger.open_responses += 1
        days = life.chance.randint(4, 16)
        life.later(now + timedelta(days=days, hours=2), partial(_settle, response_id=response_id))


def _settle(life: Life, now: datetime, response_id: UUID) -> None:
    response = life.session.get_one(Response, response_id)
    if response.state is not ResponseState.ORDERED:
        return
    settle_response(life.session, life.coordinator, response.id, life.chance.random() < 0.88, now=now)
    life.ledger.open_responses -= 1
