"""What the court waits for from outside: reports, answers to referrals, releases, a word from the participant."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.commands.expunging import finish_tonight
from models.commands.sweeps.acds import find_ending_acds
from models.commands.sweeps.keeping import Swept
from models.commands.sweeps.referrals import find_waiting_referrals
from models.commands.sweeps.releases import find_ending_releases
from models.commands.sweeps.reports import expect_coming_reports
from models.commands.sweeps.sealing import find_cases_to_seal
from models.commands.sweeps.silence import find_silence
from models.scope import Actor


def reports(session: Session, keeper: Actor, now: datetime, after: UUID | None) -> Swept:
    """Expect reports for coming appearances, remind of them, and find those that are late."""
    return expect_coming_reports(session, keeper, now=now, after=after)


def referrals(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Find referrals without an answer and needs without a place."""
    return find_waiting_referrals(session, keeper, now=now)


def silence(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Find cases nobody has heard of for too long."""
    return find_silence(session, keeper, now=now)


def releases(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Find releases that end or have ended."""
    return find_ending_releases(session, keeper, now=now)


def acds(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Find adjournments in contemplation of dismissal that run out."""
    return find_ending_acds(session, keeper, now=now)


def records(session: Session, keeper: Actor, _now: datetime, _after: UUID | None) -> Swept:
    """Clean the database's files where an expunged record may still stand in them."""
    return finish_tonight(session, keeper)


def sealing(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Find dismissed cases whose record waits to be sealed."""
    return find_cases_to_seal(session, keeper, now=now)
