"""Reminders: participants agree or stop, staff approve, and the court's own sender sends them, into a file.

Now and then the gateway refuses one, and now and then nobody learns whether one went out. Asked of every day: what was
due is there, what went out went out once, held that very moment, and the file has not a line more.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.reminders import agree, approve, decline
from models.commands.sending import Outgoing
from models.rules.vocabulary import ReminderState
from models.tables import Appearance, Case, ContactChannel, CourtSession, Participant, Reminder
from scheduler.gateways import FileGateway, NotSent
from tests.simulation import policy
from tests.simulation.world import ZONE, Broken, World

_LEFT = ("dismissed", "sealed", "declined", "transferred", "terminated", "absconded")


@dataclass
class Post:
    """The way out of the court: each message is a line of a file, but for those the gateway does not take."""

    world: World
    file: Path
    gateway: FileGateway = field(init=False)
    read: int = 0  # bytes of the file

    def __post_init__(self) -> None:
        """Open the way."""
        self.gateway = FileGateway(self.file)

    def send(self, message: Outgoing, *, now: datetime) -> None:
        """Send one; refuse it now and then, or break off with the message out and nobody told."""
        drawn = self.world.chance.random()
        if drawn < 0.06:
            self.world.counts["reminder refused by the gateway"] += 1
            raise NotSent
        self.gateway.send(message, now=now)
        if drawn > 0.95:
            self.world.counts["reminder nobody knows of"] += 1
            raise ConnectionError

    def new_lines(self) -> Counter[str]:
        """Return how many messages went to each address since this was last asked."""
        if not self.file.exists():
            return Counter()
        with self.file.open("rb") as file:
            file.seek(self.read)
            told = file.read()
        self.read += len(told)
        return Counter(json.loads(line)["to"] for line in told.splitlines())


def day(world: World) -> None:
    """See to what waits for approval; somebody asks for no reminders any more."""
    waiting = sa.select(col(Reminder.id)).where(col(Reminder.state) == ReminderState.WAITING).order_by(col(Reminder.id))
    for (reminder_id,) in world.ask(waiting):
        if world.happens(0.85):
            world.act("reminder approved", partial(_approved, world, reminder_id))
        elif world.happens(0.3):
            world.act("reminder declined", partial(_declined, world, reminder_id))
    if world.happens(0.03) and world.lives:
        case_id = world.chance.choice(list(world.lives))
        world.act("no reminders wished", partial(_stopped, world, case_id))


def _approved(world: World, reminder_id: Any, session: Session) -> int:
    return approve(session, world.coordinator, [reminder_id], now=world.now)


def _declined(world: World, reminder_id: Any, session: Session) -> bool:
    decline(session, world.coordinator, reminder_id, now=world.now)
    return True


def _stopped(world: World, case_id: Any, session: Session) -> bool:
    agree(session, world.coordinator, case_id, (), stopped=True, now=world.now)
    return True


def each_went_out_once(world: World, post: Post, since: datetime) -> None:
    """What was claimed since an instant was due, approved where that is asked for, and still true; the file agrees."""
    rules, went = policy.numbers(world), Counter[str]()
    for row in _claimed(world, since):
        held = row.appearance == "scheduled" and row.session == "open" and row.held_on == row.written_for
        wished = row.no_reminders_since is None and row.case_stage not in _LEFT
        in_time = (
            row.due_on == row.held_on - timedelta(days=row.days_before) and row.due_on <= world.today < row.held_on
        )
        if not (held and wished and in_time and row.days_before in rules.reminded_before):
            raise Broken(world.today, row.case_id, f"no reminder of {row.held_on} any more")
        if rules.approve and row.approved_by is None:
            raise Broken(world.today, row.case_id, "a reminder approved before it was sent")
        if row.id in world.claimed:
            raise Broken(world.today, row.case_id, f"the reminder of {row.held_on} once")
        world.claimed.add(row.id)
        world.counts[f"reminder {row.state}"] += 1
        went[row.value] += row.state != ReminderState.FAILED
    if went != post.new_lines():
        raise Broken(world.today, None, "as many messages in the file as reminders were sent")
    _none_is_lost(world, rules)


def _claimed(world: World, since: datetime) -> Any:
    columns = (Reminder.id, Reminder.case_id, Reminder.state, Reminder.due_on, Reminder.days_before)
    return world.ask(
        sa.select(
            *map(col, columns),
            col(Reminder.approved_by),
            col(Reminder.held_on).label("written_for"),
            col(Appearance.state).label("appearance"),
            col(CourtSession.state).label("session"),
            col(CourtSession.held_on),
            col(Case.stage).label("case_stage"),
            col(Participant.no_reminders_since),
            col(ContactChannel.value),
        )
        .join(Appearance, col(Appearance.id) == col(Reminder.appearance_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Case, col(Case.id) == col(Reminder.case_id))
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(ContactChannel, col(ContactChannel.participant_id) == col(Participant.id))
        .where(col(Reminder.claimed_at) >= since)
    )


def _none_is_lost(world: World, rules: policy.Numbers) -> None:
    """Who is in court in so many days, agreed to be reminded and was told before today, has today's reminder."""
    days = [world.today + timedelta(days=before) for before in rules.reminded_before]
    midnight = datetime(world.today.year, world.today.month, world.today.day, tzinfo=ZONE)
    has_it = sa.exists().where(col(Reminder.appearance_id) == col(Appearance.id), col(Reminder.due_on) == world.today)
    missing = (
        sa.select(col(Appearance.case_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Case, col(Case.id) == col(Appearance.case_id))
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(ContactChannel, col(ContactChannel.participant_id) == col(Participant.id))
        .where(
            col(CourtSession.held_on).in_(days),
            col(CourtSession.state) == "open",
            col(Appearance.state) == "scheduled",
            col(Appearance.added_at) < midnight,
            col(Case.stage).not_in(_LEFT),
            col(Participant.no_reminders_since).is_(None),
            col(ContactChannel.reminders),
            ~has_it,
        )
    )
    for (case_id,) in world.ask(missing.limit(1)):
        raise Broken(world.today, case_id, "a reminder that is due today")
    rests = sa.select(col(Reminder.case_id)).where(col(Reminder.state) == ReminderState.READY)
    for (case_id,) in world.ask(rests.limit(1)):
        raise Broken(world.today, case_id, "a reminder to have gone out within its hours")
