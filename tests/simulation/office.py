"""The office's day: new cases, and the worklist from top to bottom, as staff work it: most of it, never all of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import database
from models.commands.appearances import approve_proposed, book_interpreter, calendar_case, decline_proposed
from models.commands.cases import IntakeForm, NewCharge, PersonForm, open_case
from models.commands.contacts import record_contact
from models.commands.follow_ups import add_follow_up, hold, settle
from models.commands.given_responses import settle_response
from models.commands.intake_form import NewChannel
from models.commands.steps import take_step
from models.queries.next_dates import next_dates
from models.rules.vocabulary import ChannelKind, FollowUpKind, Move, Purpose, ReferralState, Stage
from models.tables import Acd, Case, FollowUp, Release
from tests.simulation import bench, outside
from tests.simulation.calendar import first_with_room
from tests.simulation.world import Life, World

_K = FollowUpKind
_LANGUAGES = (None, None, None, "Spanish", "Mandarin")


def day(world: World) -> None:
    """Open today's new cases, then work the list."""
    expected = world.participants / max(1, (world.last - world.first).days * 0.6)
    while len(world.lives) < world.participants and world.happens(expected):
        intake(world)
        expected -= 1
    if world.happens(0.1) and world.lives:
        _by_hand(world)
    for row in _open(world):
        _work(world, row)


def intake(world: World) -> None:
    """Open a case for somebody new, with a first appearance and a mandated referral, or with less."""
    number, chance = len(world.lives) + 1, world.chance
    service = chance.choice(world.services)
    part_id = chance.choice(list(world.judges))
    offered = not world.happens(0.1)
    sitting = first_with_room(world, part_id, world.today + timedelta(days=4), minutes=10)
    form = IntakeForm(
        docket_number=f"{world.today.year}-SIM-{number:05}",
        part_id=part_id,
        charges=(NewCharge(statute="PL 230.00", offence_on=world.today - timedelta(days=chance.randint(1, 30))),),
        person=PersonForm(legal_name=f"Person {number}", interpreter_language=chance.choice(_LANGUAGES)),
        program="six-sessions" if offered else None,
        session_id=sitting if sitting and not world.happens(0.1) else None,
        service_id=service.id,
        mandated=True,
        channels=_ways(number) if world.happens(0.5) else (),
        token=world.token(),
    )
    case = world.act("case opened", lambda session: open_case(session, world.coordinator, form, now=world.now))
    if case is None:
        return
    world.lives[case.id] = Life(
        case_id=case.id,
        provider_id=service.provider_id,
        comes=chance.choice((0.98, 0.9, 0.8, 0.6)),
        provider_reports=chance.choice((0.85, 0.6, 0.3, 0.1)),
        weekday=chance.randrange(5),
        release=chance.choices(("long", "short", "declined"), (80, 12, 8))[0],
        asked_on=world.today + timedelta(days=chance.choice((0, 1, 2, 7))),
    )


def _ways(number: int) -> tuple[NewChannel, ...]:
    return (NewChannel(kind=ChannelKind.TEXT, value=f"+1 555 {number:07}", safe=True, reminders=True),)


def _by_hand(world: World) -> None:
    life = world.chance.choice(list(world.lives.values()))
    due_on, token = world.today + timedelta(days=6), world.token()
    given = (life.case_id, "Bring the housing papers.", due_on, Move.COORDINATOR)
    world.act(
        "follow-up by hand",
        lambda session: add_follow_up(session, world.coordinator, *given, token=token, now=world.now),
    )


def _open(world: World) -> Any:
    """Return what is open and not resting, oldest first."""
    rows = sa.select(
        col(FollowUp.id),
        col(FollowUp.kind),
        col(FollowUp.occurrence),
        col(FollowUp.case_id),
        col(FollowUp.due_on),
    ).where(
        col(FollowUp.done_on).is_(None),
        col(FollowUp.void_on).is_(None),
        sa.or_(col(FollowUp.held_until).is_(None), col(FollowUp.held_until) <= world.today),
    )
    return world.ask(rows.order_by(col(FollowUp.id)))


def _work(world: World, row: Any) -> None:
    """See to one line of the list, let it rest, let it go with a reason, or leave it for another day."""
    if world.happens(0.006):
        until = world.today + timedelta(days=world.chance.randint(1, 30))
        world.act(
            "follow-up held",
            lambda session: hold(session, world.coordinator, row.id, until, "She is away until then.", now=world.now),
        )
        return
    if world.happens(_WAIVED.get(row.kind, 0.002)):
        why = "It came up in another way."
        world.act(
            "follow-up waived",
            lambda session: settle(session, world.coordinator, row.id, now=world.now, waived_reason=why),
        )
        return
    seen_to = _WAYS.get(row.kind)
    if seen_to and world.happens(seen_to[0]):
        seen_to[1](world, row)


def _subject(row: Any) -> UUID:
    return UUID(row.occurrence.split(":")[0])


def _calendar(world: World, row: Any) -> None:
    """Give a case its next date: the rule's best."""
    with database.reading(world.bind) as session:
        review = next_dates(session, world.clerk, row.case_id, today=world.today)
    if review.best is None:
        return
    given: dict[str, Any] = {"now": world.now, "reason": review.best.reason}
    best = review.best.session.id
    world.act(
        "date given",
        lambda session: calendar_case(session, world.clerk, row.case_id, best, Purpose.REVIEW, **given),
    )


def _approve(world: World, row: Any) -> None:
    if world.happens(0.06):
        why = "Counsel is on trial that week."
        world.act(
            "date declined",
            lambda session: decline_proposed(session, world.clerk, _subject(row), why, now=world.now),
        )
        return
    world.act("date approved", lambda session: approve_proposed(session, world.clerk, _subject(row), now=world.now))


def _outcome(world: World, row: Any) -> None:
    bench.unrecorded(world, _subject(row))


def _reached(world: World, row: Any) -> None:
    reached, token = world.happens(0.7), world.token()
    how = ChannelKind.THROUGH_PROVIDER

    def recorded(session: Session) -> object:
        given: dict[str, Any] = {"reached": reached, "made_on": world.today, "now": world.now, "token": token}
        return record_contact(session, world.coordinator, row.case_id, how, **given)

    world.act("reached" if reached else "not reached", recorded)


def _answered(world: World, row: Any) -> None:
    outside.step(world, _subject(row), ReferralState.ACCEPTED)


def _placed(world: World, row: Any) -> None:
    service = world.chance.choice(world.services)
    outside.step(world, _subject(row), ReferralState.REFERRED, service.id)
    life = world.lives[row.case_id]
    life.provider_id, life.asked_on = service.provider_id, world.today + timedelta(days=1)


def _renewed(world: World, row: Any) -> None:
    life = world.lives[row.case_id]
    release = world.ask(sa.select(col(Release.provider_id)).where(col(Release.id) == _subject(row)))[0]
    if release.provider_id == life.provider_id:
        life.release = world.chance.choices(("long", "declined"), (9, 1))[0]
        outside.ask_release(world, life)


def _expired(world: World, row: Any) -> None:
    """Confirm the dismissal once the ACD has run out."""
    ends_on: date = world.ask(sa.select(col(Acd.expires_on)).where(col(Acd.id) == _subject(row)))[0][0]
    if ends_on < world.today:
        step(world, row.case_id, Stage.DISMISSED, "dismissal confirmed")


def step(world: World, case_id: UUID, stage: Stage, name: str, reason: str | None = None) -> bool:
    """Take a case's next step by the judge's order of today; tell whether it was taken."""
    version = world.ask(sa.select(col(Case.version)).where(col(Case.id) == case_id))[0][0]
    judge = next(iter(world.judges.values()))
    given: dict[str, Any] = {"seen_version": version, "on": world.today, "now": world.now, "reason": reason}
    before = world.counts[name]
    world.act(name, lambda session: take_step(session, judge, case_id, stage, **given))
    return world.counts[name] > before


def _done(world: World, row: Any) -> None:
    world.act("follow-up done", lambda session: settle(session, world.coordinator, row.id, now=world.now))


def _booked(world: World, row: Any) -> None:
    world.act(
        "interpreter booked",
        lambda session: book_interpreter(session, world.clerk, _subject(row), booked=True, now=world.now),
    )


def _response(world: World, row: Any) -> None:
    """Record whether it was done; what was not done has been looked at."""
    if ":" in row.occurrence:
        return _done(world, row)
    done = world.happens(0.85)
    world.act(
        "response done" if done else "response not done",
        lambda session: settle_response(session, world.coordinator, _subject(row), done, now=world.now),
    )
    return None


#: How likely a line is let go with a reason on a day, where that is more often than seldom.
_WAIVED = {_K.NO_NEXT_DATE: 0.05, _K.NO_CONTACT: 0.03, _K.NOTHING_DONE: 0.02}
#: How likely a line of the list is seen to on a day, and how.
_WAYS: dict[FollowUpKind, tuple[float, Callable[[World, Any], None]]] = {
    _K.NO_NEXT_DATE: (0.25, _calendar),
    _K.APPROVE_DATE: (0.5, _approve),
    _K.NO_OUTCOME: (0.5, _outcome),
    _K.NO_CONTACT: (0.3, _reached),
    _K.REFERRAL_UNANSWERED: (0.25, _answered),
    _K.NEED_WITHOUT_PLACE: (0.2, _placed),
    _K.RELEASE_EXPIRING: (0.04, _renewed),
    _K.RELEASE_EXPIRED: (0.1, _renewed),
    _K.ACD_EXPIRY: (0.25, _expired),
    _K.SEALING: (0.05, _done),
    _K.INTERPRETER: (0.3, _booked),
    _K.RESPONSE_DUE: (0.09, _response),
    _K.REPORT_REMINDER: (0.1, _done),
    _K.PROMISE: (0.03, _done),
    _K.MANUAL: (0.2, _done),
    _K.REMINDER_NOT_SENT: (0.4, _done),
}
