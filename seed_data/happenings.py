"""What else happens in a story: services beside the mandate, contacts, notes, flags, corrections and the clerk's work.

Each happening has a name that arcs use; those that are only a referral with its steps are data in `WAYS`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from models.commands.cases import NewChannel, NewFlag
from models.commands.contacts import record_contact
from models.commands.course import change_stage
from models.commands.follow_ups import add_follow_up
from models.commands.notes import write_note
from models.commands.referrals import refer, step_referral
from models.rules.vocabulary import ChannelKind, FlagKind, Move, NoteVisibility, ReferralState, ServiceKind, Stage
from seed_data import repairs
from seed_data.arcs import Arc
from seed_data.house import at
from seed_data.life import Life, weekday
from seed_data.ways import WAYS, Step, Way

FLAGS = {f"flag_{kind.value}": kind for kind in FlagKind}
NOTES = {
    FlagKind.COMPANION_NOT_SAFE: "Comes with a man who answers for her; speak with her alone.",
    FlagKind.SEPARATE_WAITING: "Waits in the clerk's office, not in the hall.",
}


def flags_at_intake(arc: Arc) -> tuple[NewFlag, ...]:
    """Return the safety flags the arc names for its first day."""
    kinds = [FLAGS[name] for day, name in arc.happenings if day == 0 and name in FLAGS]
    return tuple(NewFlag(kind=kind, note=NOTES.get(kind)) for kind in kinds)


def channels_at_intake(life: Life) -> tuple[NewChannel, ...]:
    """Return the ways to reach her that she names, and which of them are safe."""
    number = f"555-01{life.chance.randint(10, 99)}"
    channels = [NewChannel(kind=ChannelKind.THROUGH_PROVIDER, value="through the program", safe=True)]
    if life.chance.random() < 0.7:
        channels.append(
            NewChannel(kind=ChannelKind.TEXT, value=number, safe=True, reminders=True, note="Afternoons only.")
        )
    if life.chance.random() < 0.3:
        channels.append(NewChannel(kind=ChannelKind.PHONE, value=number, safe=False, note="Somebody else answers."))
    if life.chance.random() < 0.15:
        channels.append(
            NewChannel(kind=ChannelKind.EMAIL, value=f"box{number[-4:]}@mail.example", safe=True, reminders=True)
        )
    if life.chance.random() < 0.1:
        channels.append(NewChannel(kind=ChannelKind.MAIL, value="care of the program's office", safe=True))
    if life.chance.random() < 0.2:
        channels.append(NewChannel(kind=ChannelKind.THROUGH_COUNSEL, value="through her lawyer", safe=True))
    return tuple(channels)


def plan(life: Life) -> None:
    """Plan everything the arc names; a negative day counts back from the anchor."""
    for day, name in life.arc.happenings:
        if day == 0 and name in FLAGS:
            continue
        begin = life.house.anchor if day < 0 else life.story.opened_on
        on = weekday(max(begin + timedelta(days=day), life.story.opened_on))
        life.later(at(on, 14, 5 + life.chance.randint(0, 50)), _deed(name))


def _deed(name: str) -> Callable[[Life, datetime], None]:
    if name in WAYS:
        return lambda life, now: _go(life, now, WAYS[name])
    return DEEDS[name]


def _go(life: Life, now: datetime, way: Way) -> None:
    """Refer to the way's service, or record the need, and plan its steps."""
    service = life.house.services[way.provider, way.kind] if way.provider else None
    today = life.clerk.today(now)
    if way.kind is ServiceKind.SUBSTANCE_USE and life.story.character.minor:
        return
    referral = refer(
        life.session,
        life.coordinator,
        life.case.id,
        way.kind,
        service.id if service else None,
        mandated=False,
        on=today,
        now=now,
    )
    for step in way.steps:
        life.later(now + timedelta(days=step.after_days), partial(_take, referral_id=referral.id, way=way, step=step))


def _take(life: Life, now: datetime, referral_id: UUID, way: Way, step: Step) -> None:
    """Record one step of a referral beside the mandate."""
    found = life.house.services[way.found, way.kind].id if step.state is ReferralState.REFERRED else None
    step_referral(
        life.session,
        life.coordinator,
        referral_id,
        step.state,
        on=life.clerk.today(now),
        now=now,
        note=step.note,
        queue_place=step.queue_place,
        service_id=found,
    )


def _reached(life: Life, now: datetime) -> None:
    _contact(life, now, ChannelKind.THROUGH_PROVIDER, True, "She is well and knows her next date.")


def _not_reached(life: Life, now: datetime) -> None:
    _contact(life, now, ChannelKind.THROUGH_COUNSEL, False, "No answer yet.")


def _contact(life: Life, now: datetime, channel: ChannelKind, reached: bool, note: str) -> None:
    record_contact(
        life.session,
        life.coordinator,
        life.case.id,
        channel,
        reached=reached,
        made_on=life.clerk.today(now),
        now=now,
        token=life.token(),
        note=note,
    )


def _team_note(life: Life, now: datetime) -> None:
    text = life.chance.choice(
        (
            "Afternoon hours suit her better; she works mornings.",
            "Asks that the interpreter be a woman.",
            "Her sister will bring the child's papers to the program.",
            "Wants to speak for herself at the next date.",
        )
    )
    write_note(life.session, life.coordinator, life.case.id, text, NoteVisibility.TEAM, now=now, token=life.token())


def _own_note(life: Life, now: datetime) -> None:
    judge = life.house.judge_of(life.story.part)
    text = "Ask about the evening classes."
    write_note(life.session, judge, life.case.id, text, NoteVisibility.OWN, now=now, token=life.token())


def _by_hand(life: Life, now: datetime) -> None:
    """Set a follow-up by hand."""
    due_on = weekday(life.clerk.today(now) + timedelta(days=6))
    add_follow_up(
        life.session,
        life.coordinator,
        life.case.id,
        "Bring the housing papers to the next date.",
        due_on,
        Move.COORDINATOR,
        token=life.token(),
        now=now,
    )


def _screened(life: Life, now: datetime) -> None:
    """Record that she was screened before her first appearance."""
    if life.case.stage == Stage.IDENTIFIED:
        change_stage(life.session, life.coordinator, life.case, Stage.SCREENED, now=now, on=life.clerk.today(now))


DEEDS: dict[str, Callable[[Life, datetime], None]] = {
    "reached": _reached,
    "not_reached": _not_reached,
    "team_note": _team_note,
    "own_note": _own_note,
    "by_hand": _by_hand,
    "screened": _screened,
    **repairs.DEEDS,
}
