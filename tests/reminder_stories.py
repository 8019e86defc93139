"""A court whose participants agreed to be reminded, for the tests of the outbox, of sending and of the screens.

Every message that a test sends goes to `Sent`, which keeps it in memory.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import clock, database, scope
from models.commands.sending import Outgoing
from models.commands.sweeps.reminders import keep_outbox
from models.rules.vocabulary import ChannelKind
from models.tables import Case, ContactChannel, Court, Participant, Reminder
from scheduler import gateways
from scheduler.gateways import NotSent
from scheduler.runner import Runner
from scheduler.timetable import JOBS
from tests.builders import NEW_YORK
from tests.follow_up_stories import Stories

NUMBER = "+1 555 010 2203"
IN_COURT = date(2026, 12, 18)
SEVEN, THREE, ONE = date(2026, 12, 11), date(2026, 12, 15), date(2026, 12, 17)
"""The days on which an appearance on IN_COURT is reminded of."""
LONG_AGO = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)

SENDING = tuple(job for job in JOBS if job.name in ("reminders", "sending"))


def at(day: date, hour: int = 10, minute: int = 30) -> datetime:
    """Return the instant of a wall time in the court."""
    return clock.at(day, hour, minute, NEW_YORK)


@dataclass
class Sent:
    """A gateway that keeps what it is given; `refuses` makes it refuse, `breaks` makes it fail without a word."""

    messages: list[Outgoing] = field(default_factory=list)
    refuses: bool = False
    breaks: bool = False

    def send(self, message: Outgoing, *, now: datetime) -> None:  # noqa: ARG002 - as a gateway has it
        if self.refuses:
            raise NotSent
        self.messages.append(message)
        if self.breaks:
            raise RuntimeError("nobody knows")

    def use(self, *kinds: ChannelKind) -> "Sent":
        """Serve these ways (both when none is named) from now on."""
        gateways.use(dict.fromkeys(kinds or (ChannelKind.TEXT, ChannelKind.EMAIL), self))
        return self


def a_reminded_case(
    stories: Stories,
    about: str = "Reminded",
    *,
    on: date = IN_COURT,
    languages: tuple[str, ...] = ("English",),
    kind: ChannelKind = ChannelKind.TEXT,
) -> Case:
    """Return a case whose participant agreed to reminders and was told long ago of her day in court."""
    case = stories.case(about, coming=False)
    stories.appearance(case, on).added_at = LONG_AGO
    stories.session.get_one(Participant, case.participant_id).languages = list(languages)
    address = NUMBER if kind is ChannelKind.TEXT else "box@mail.example"
    stories.session.add(
        ContactChannel(
            court_id=case.court_id,
            participant_id=case.participant_id,
            kind=kind,
            value=address,
            safe=True,
            reminders=True,
        )
    )
    stories.session.flush()
    return case


def look(engine: Engine, now: datetime) -> None:
    """Let the scheduler keep the outbox and send, once, at an instant."""
    runner = Runner(engine, lambda: now, jobs=SENDING)
    runner.run_due()


def keep(engine: Engine, now: datetime) -> int:
    """Bring the outbox of the first court up to an instant without sending; return how many rows changed."""
    with database.transaction(engine) as session:
        court = session.exec(select(Court).order_by(col(Court.name))).first()
        assert court is not None
        return keep_outbox(session, scope.keeper(session, court), now=now).changed


def outbox(engine: Engine) -> list[Any]:
    """Return the rows of the outbox in the order of their days."""
    with database.reading(engine) as session:
        rows = sa.select(*Reminder.__table__.c).order_by(col(Reminder.due_on), col(Reminder.id))  # type: ignore[attr-defined]
        return list(session.execute(rows))


def states(engine: Engine) -> list[tuple[str, str | None]]:
    """Return how each row of the outbox stands, and why it was dropped."""
    return [(row.state, row.dropped) for row in outbox(engine)]


def change(engine: Engine, row: type[Any], **values: Any) -> None:
    """Change every row of a table, as the world does between writing and sending."""
    with database.transaction(engine) as session:
        session.execute(sa.update(row).values(**values))
