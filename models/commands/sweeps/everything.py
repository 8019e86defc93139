"""All sweeps of one court, one after the other in one transaction: for a court that is being told, not for the night.

The scheduler runs each on its own, in parts; what comes out is the same.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from models.commands.sweeps.acds import find_ending_acds
from models.commands.sweeps.interpreters import find_unbooked_interpreters
from models.commands.sweeps.judged import find_nothing_done, find_ready
from models.commands.sweeps.keeping import Swept
from models.commands.sweeps.leaving import close_what_has_passed
from models.commands.sweeps.next_dates import give_next_dates
from models.commands.sweeps.outcomes import find_missing_outcomes
from models.commands.sweeps.referrals import find_waiting_referrals
from models.commands.sweeps.releases import find_ending_releases
from models.commands.sweeps.reminders import keep_outbox
from models.commands.sweeps.reports import expect_coming_reports
from models.commands.sweeps.sealing import find_cases_to_seal
from models.commands.sweeps.silence import find_silence
from models.commands.sweeps.sittings import open_ahead
from models.commands.sweeps.standings import judge_standings
from models.scope import Actor

_WHOLE: tuple[Callable[..., Swept], ...] = (
    find_missing_outcomes,
    find_nothing_done,
    find_ready,
    find_waiting_referrals,
    find_silence,
    find_ending_releases,
    find_ending_acds,
    find_cases_to_seal,
    find_unbooked_interpreters,
    close_what_has_passed,
    keep_outbox,
)


def sweep_everything(session: Session, actor: Actor, *, now: datetime) -> int:
    """Bring the court's standings, dates and follow-ups up to an instant (UTC); return how many rows were written."""
    changed = open_ahead(session, actor, now=now).changed
    for in_parts in (judge_standings, give_next_dates, expect_coming_reports):
        part = in_parts(session, actor, now=now)
        changed += part.changed
        while part.reached is not None:
            part = in_parts(session, actor, now=now, after=part.reached)
            changed += part.changed
    return changed + sum(sweep(session, actor, now=now).changed for sweep in _WHOLE)
