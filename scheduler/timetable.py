"""When each job is due: data. Cron lines are in UTC; 11:00 is early morning in every zone of the United States.

What changes during a court day is looked at every hour; what changes only with the date, once in the night. The order
of the minutes is the order of the work: how a case stands comes before what rests on it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.commands.sweeps.keeping import Swept
from models.scope import Actor
from scheduler.jobs import audit, calendar, outside, own, reminders, standing

Work = Callable[[Session, Actor, datetime, UUID | None], Swept]


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its name in the log and on screen, when it is due, and what it does."""

    name: str
    cron: str
    work: Work


JOBS = (
    Job("outcomes", "0 * * * *", calendar.outcomes),
    Job("standings", "1 * * * *", standing.standings),
    Job("nothing_done", "2 * * * *", standing.nothing_done),
    Job("ready", "3 * * * *", standing.ready),
    Job("sittings", "4 11 * * *", calendar.sittings),
    Job("next_dates", "5 11 * * *", calendar.next_dates),
    Job("reports", "6 11 * * *", outside.reports),
    Job("referrals", "7 11 * * *", outside.referrals),
    Job("silence", "8 11 * * *", outside.silence),
    Job("releases", "9 11 * * *", outside.releases),
    Job("acds", "10 11 * * *", outside.acds),
    Job("interpreters", "11 11 * * *", calendar.interpreters),
    Job("passed", "12 11 * * *", calendar.passed),
    Job("sealing", "13 11 * * *", outside.sealing),
    Job("records", "16 11 * * *", outside.records),
    Job("retention", "17 11 * * *", own.retention),
    Job("reminders", "14 * * * *", reminders.outbox),
    Job("checkpoints", "18 * * * *", audit.checkpoints),
    Job("sending", "15,30,45,59 * * * *", reminders.sending),
)
