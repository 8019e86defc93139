"""A case in court: opened and calendared, then at each appearance decided as the judge of that day would.

Responses are chosen from what the rules propose, the next date is the rule's best; the commands check both again.
"""

from datetime import date, datetime

from models.commands.cases import IntakeForm, open_case
from models.commands.decisions import BenchDecision, decide
from models.rules.facts import CaseFacts, without_content
from models.rules.program import course_on
from models.rules.reviews import NextReview, Proposal
from models.rules.vocabulary import (
    CourseChange,
    MissedAppearance,
    Outcome,
    Purpose,
    ServiceKind,
    Stage,
)
from models.scope import Actor
from models.tables import Appearance, Decision, Referral
from seed_data import answers, calendaring, endings, happenings, reporting
from seed_data.arcs import Ending, Placement
from seed_data.life import Life, nth
from seed_data.providers import GARDEN_STREET, OPEN_DOOR, WILLOW

OUTCOMES = {
    "+": Outcome.APPEARED,
    "o": Outcome.APPEARED,
    "x": Outcome.EXCUSED,
    "-": Outcome.DID_NOT_APPEAR,
    "w": Outcome.DID_NOT_APPEAR,
    "=": Outcome.ADJOURNED,
}


def begin(life: Life, now: datetime) -> None:
    """Open the case with its first appearance and the mandated referral."""
    story, arc, today = life.story, life.arc, life.story.opened_on
    first = calendaring.first_session(life, today)
    placed = arc.placement is not Placement.NONE
    service = life.house.services[_provider(life), ServiceKind.ADVOCACY if arc.minor else ServiceKind.COUNSELLING]
    form = IntakeForm(
        docket_number=story.docket_number,
        part_id=life.house.parts[story.part],
        charges=story.character.charges,
        incident_on=story.character.charges[0].offence_on,
        person=story.character.person,
        flags=happenings.flags_at_intake(arc),
        channels=happenings.channels_at_intake(life),
        program=arc.program if arc.offered else None,
        session_id=first.id,
        service_id=service.id if placed else None,
        mandated=placed,
        token=life.token(),
    )
    life.case_row = open_case(life.session, life.coordinator, form, now=now)
    life.holds = hold
    life.appearance = life.made(Appearance)
    if placed:
        life.referral, life.provider_id = life.made(Referral), service.provider_id
    calendaring.calendared(life, first.id, now)
    reporting.plan_placement(life, now)
    happenings.plan(life)


def _provider(life: Life) -> str:
    if life.arc.minor:
        return OPEN_DOOR
    speaks = life.story.character.interpreter
    return WILLOW if speaks in ("Korean", "Russian", "Haitian Creole", "Bengali") else GARDEN_STREET


def hold(life: Life, now: datetime) -> None:
    """Hold the appearance of this day: outcome, responses, course, the next date; or leave it without an outcome."""
    on = life.clerk.today(now)
    letter = _letter(life)
    if life.appearance is None or life.court_on != on:
        return
    if letter == "?":
        life.left = True
        return
    outcome = OUTCOMES[letter]
    facts = _known(life, on)
    chosen = answers.choose(life, facts, outcome, on)
    course = _course(life, facts, outcome, on)
    then = None
    if letter != "o" and not _leaves(life, letter, course):
        then = calendaring.proposed(life, course, [one.what for one in chosen], on)
    best = then.best if then else None
    recorder = _recorder(life)
    form = BenchDecision(
        appearance_id=life.appearance.id,
        token=life.token(),
        seen_version=life.case.version,
        outcome=outcome,
        missed=_missed(life, letter),
        responses=chosen,
        left_reason=answers.LEFT,
        course=course,
        program=life.arc.program if CourseChange.ACCEPT_MANDATE in course else None,
        promised=answers.promise(life, facts, outcome, on) if best else None,
        next_session_id=best.session.id if best else None,
        next_purpose=_purpose(life, facts, course),
        next_reason=best.reason if best else None,
        no_next_date_reason=None if best else _why_none(letter, then),
    )
    seen = decide(life.session, recorder, form, now=now)
    _remember(life, letter, course, on)
    answers.remember(life, seen, chosen, now)
    if not _goes_on(life, best, seen, now):
        endings.plan(life, letter, course, now)


def _known(life: Life, on: date) -> CaseFacts:
    """Return the facts the judge may read: without an active release, nothing that a provider told."""
    facts = life.ledger.facts(Stage(life.case.stage), on, life.policy(on).ladder.window_days)
    if life.release_ends is not None and life.release_ends >= on:
        return facts
    return without_content(facts, facts.last_appearance_on)


def _goes_on(life: Life, best: Proposal | None, seen: Decision, now: datetime) -> bool:
    """Wait for the next appearance, and tell whether one was calendared."""
    life.appearance = life.court_on = None
    if best is None or seen.next_appearance_id is None:
        return False
    life.appearance = life.made(Appearance)
    calendaring.calendared(life, best.session.id, now)
    return True


def _letter(life: Life) -> str:
    """Return what the arc says of this appearance: its outcome as a letter."""
    if life.held:
        return nth(life.arc.courts, life.held - 1)
    return "?" if life.arc.courts == "?" else "+"


def _leaves(life: Life, letter: str, course: tuple[CourseChange, ...]) -> bool:
    """Tell whether the case leaves the calendar today."""
    return letter == "w" or bool({CourseChange.GRANT_ACD, CourseChange.DECLINE} & set(course)) or _ends_early(life)


def _recorder(life: Life) -> Actor:
    """Return who records at the bench: the judge, or the clerk on her order."""
    return life.clerk if life.chance.random() < 0.4 else life.house.judge_of(life.story.part)


def _course(life: Life, facts: CaseFacts, outcome: Outcome, on: date) -> tuple[CourseChange, ...]:
    """Return what the judge changes in the program's course today."""
    if outcome is not Outcome.APPEARED:
        return ()
    if life.ledger.mandate_since is None:
        return (CourseChange.DECLINE,) if life.arc.ending is Ending.DECLINES else (CourseChange.ACCEPT_MANDATE,)
    if life.case.stage == Stage.COMPLETED:
        return (CourseChange.GRANT_ACD,)
    course = course_on(facts, life.policy(on), on)
    if course.may_complete and life.arc.ending is not Ending.STAYS:
        later = life.arc.acd_waits
        return (CourseChange.COMPLETE,) if later else (CourseChange.COMPLETE, CourseChange.GRANT_ACD)
    return (CourseChange.ADVANCE,) if course.may_advance and life.arc.advances else ()


def _ends_early(life: Life) -> bool:
    return life.arc.ending in (Ending.TRANSFERS, Ending.DISMISSED) and life.held + 1 >= life.arc.after


def _purpose(life: Life, facts: CaseFacts, course: tuple[CourseChange, ...]) -> Purpose:
    """Return what the next appearance is for."""
    if CourseChange.COMPLETE in course:
        return Purpose.COMPLETION
    program = life.ledger.program
    near = program and facts.sessions.attended >= life.policy(life.story.opened_on).program(program).sessions - 2
    return Purpose.COMPLETION if near and life.arc.ending is Ending.COMPLETES else Purpose.REVIEW


def _missed(life: Life, letter: str) -> MissedAppearance | None:
    if letter == "w":
        return MissedAppearance.WARRANT_ISSUED
    if letter != "-":
        return None
    stayed = life.chance.random() < 0.3
    return MissedAppearance.WARRANT_STAYED if stayed else MissedAppearance.ADVANCE_WITH_COUNSEL


def _why_none(letter: str, then: NextReview | None) -> str:
    if letter == "o":
        return "Counsel asks for time; the date is agreed with the clerk afterwards."
    return (then.why_no_date if then else None) or "No further appearance is needed."


def _remember(life: Life, letter: str, course: tuple[CourseChange, ...], on: date) -> None:
    """Count this appearance in the story's own books."""
    ledger = life.ledger
    life.held += 1
    if letter != "=":
        ledger.last_court = on
    if letter in "-w":
        ledger.missed_courts.append(on)
    if CourseChange.ACCEPT_MANDATE in course:
        ledger.program, ledger.mandate_since, ledger.phase, ledger.phase_since = life.arc.program, on, 0, on
        reporting.begin_sessions(life, on)
    if CourseChange.ADVANCE in course:
        ledger.phase, ledger.phase_since = ledger.phase + 1, on
