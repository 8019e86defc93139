"""A case with a mandated service and an appearance to come, told for the tests of the case file."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from models.commands.referrals import refer, step_referral
from models.commands.releases import give_release
from models.rules.vocabulary import ReferralState, ReleaseKind, Role
from models.scope import Actor
from models.tables import Appearance, Case, Court, Part, Referral, Release, Service
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, a_sitting, an_actor, an_appearance

COMING_ON = date(2026, 12, 16)
"""The Wednesday of the appearance to come; its report is due on Friday 11 December."""


@dataclass(frozen=True)
class Story:
    """What the tests need to go on telling."""

    court: Court
    part: Part
    actor: Actor
    case: Case
    service: Service
    appearance: Appearance


def a_story(session: Session, *, name: str = "Harbor County Court", username: str = "coordinator") -> Story:
    """Return a case on the calendar, and a service it has not been referred to yet."""
    court = a_court(session, name=name)
    part = a_part(session, court)
    case = a_case(session, part)
    return Story(
        court=court,
        part=part,
        actor=an_actor(session, court, Role.COORDINATOR, username=username),
        case=case,
        service=a_service(session, court),
        appearance=an_appearance(session, case, a_sitting(session, part, COMING_ON)),
    )


def enrolled(session: Session, story: Story, *, on: date = TODAY - timedelta(days=30)) -> Referral:
    """Enrol the participant with the mandated service on a civil date."""
    referral = refer(
        session, story.actor, story.case.id, story.service.kind, story.service.id, mandated=True, on=on, now=NOW
    )
    return step_referral(session, story.actor, referral.id, ReferralState.ENROLLED, on=on, now=NOW)


def released(session: Session, story: Story, *, ends_on: date = TODAY + timedelta(days=90)) -> Release:
    """Give a release to the service's provider, from 60 days ago."""
    return give_release(
        session,
        story.actor,
        story.case.id,
        story.service.provider_id,
        kind=ReleaseKind.CRIMINAL_JUSTICE,
        what="sessions attended and missed",
        purpose="reports to the court",
        starts_on=TODAY - timedelta(days=60),
        ends_on=ends_on,
        now=NOW,
    )
