"""The participant's answers about sharing information, and the providers it is about."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands.course import change_stage
from models.commands.providers import add_provider, add_service, update_service
from models.commands.releases import Shares, decline_release, give_release, revoke_release
from models.database import transaction
from models.errors import Conflict, Invalid
from models.rules.vocabulary import (
    Recipient,
    ReleaseAnswer,
    ReleaseKind,
    ReleaseUntil,
    RevokedHow,
    Role,
    ServiceKind,
    Stage,
)
from models.tables import Release
from tests.builders import NOW, TODAY, an_actor
from tests.commands.case_stories import Story, a_story, released

HELD_ON = date(2026, 11, 25)


def test_a_release_is_given_declined_and_revoked(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        given, again = released(session, story), released(session, story)
        assert given.id == again.id
        declined = decline_release(
            session,
            story.actor,
            story.case.id,
            story.service.provider_id,
            kind=ReleaseKind.GENERAL,
            what="progress",
            purpose="reports to the court",
            on=TODAY,
            now=NOW,
        )
        assert declined.answer == ReleaseAnswer.DECLINED
        for _ in range(2):
            revoke_release(session, story.actor, given.id, on=TODAY, now=NOW)
        assert given.revoked_on == TODAY
        with pytest.raises(Invalid, match="nothing to revoke"):
            revoke_release(session, story.actor, declined.id, on=TODAY, now=NOW)


def test_a_release_that_ends_before_it_starts_or_names_nothing_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)

        def give(what: str, ends_on: date) -> Release:
            return give_release(
                session,
                story.actor,
                story.case.id,
                story.service.provider_id,
                kind=ReleaseKind.GENERAL,
                what=what,
                purpose="reports",
                starts_on=TODAY,
                ends_on=ends_on,
                now=NOW,
            )

        with pytest.raises(Invalid, match="ends before"):
            give("sessions", TODAY - timedelta(days=1))
        with pytest.raises(Invalid, match="names the information"):
            give(" ", TODAY)


def test_providers_and_services_are_named_once_and_their_places_dated(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        provider = add_provider(session, story.actor, " Harbor  House ", now=NOW)
        assert provider.name == "Harbor House"
        with pytest.raises(Conflict):
            add_provider(session, story.actor, "Harbor House", now=NOW)
        service = add_service(
            session, story.actor, provider.id, "Beds", ServiceKind.EMERGENCY_HOUSING, as_of=HELD_ON, now=NOW
        )
        update_service(
            session, story.actor, service.id, as_of=TODAY, now=NOW, languages=["Thai"], places=2, wait_days=0
        )
        assert (service.as_of, service.places) == (TODAY, 2)
        with pytest.raises(Invalid, match="from 0 up"):
            update_service(session, story.actor, service.id, as_of=TODAY, now=NOW, languages=[], places=-1, wait_days=0)


def _given(
    session: Session, story: Story, until: ReleaseUntil, kind: ReleaseKind = ReleaseKind.CRIMINAL_JUSTICE
) -> Release:
    return give_release(
        session,
        story.actor,
        story.case.id,
        story.service.provider_id,
        kind=kind,
        what="sessions",
        purpose="reports",
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=90),
        now=NOW,
        shares=Shares(until=until, recipients={Recipient.COURT, Recipient.DEFENSE}),
    )


def test_a_binding_release_cannot_be_taken_back_and_ends_with_the_final_disposition(engine: Engine) -> None:
    """42 CFR 2.35: it may bind until the final disposition of the case, and no longer."""
    with transaction(engine) as session:
        story = a_story(session)
        bound = _given(session, story, ReleaseUntil.DISPOSITION)
        free = _given(session, story, ReleaseUntil.MANDATE)
        assert bound.binding
        assert not free.binding
        assert bound.recipients == frozenset({Recipient.COURT, Recipient.DEFENSE})
        with pytest.raises(Invalid, match=r"cannot be taken back before that \(42 CFR 2.35\)"):
            revoke_release(session, story.actor, bound.id, on=TODAY, now=NOW)
        judge = an_actor(session, story.court, Role.JUDGE, username="judge")
        change_stage(session, judge, story.case, Stage.COMPLETED, now=NOW, on=TODAY)
        assert (bound.event_on, free.event_on, free.ends_on) == (None, TODAY, TODAY)
        change_stage(
            session, judge, story.case, Stage.DISMISSED, now=NOW, on=TODAY, reason="In the interest of justice."
        )
        assert (bound.event_on, bound.ends_on) == (TODAY, TODAY)
        revoke_release(session, story.actor, bound.id, on=TODAY, now=NOW, how=RevokedHow.IN_WRITING)
        assert (bound.revoked_on, bound.revoked_how) == (TODAY, RevokedHow.IN_WRITING)
        with pytest.raises(Invalid, match="has happened already"):
            _given(session, story, ReleaseUntil.DISPOSITION, ReleaseKind.GENERAL)


def test_a_release_that_names_nothing_or_nobody_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        for shares in (Shares(information=()), Shares(recipients=())):
            with pytest.raises(Invalid, match="what may be shared and with whom"):
                give_release(
                    session,
                    story.actor,
                    story.case.id,
                    story.service.provider_id,
                    kind=ReleaseKind.GENERAL,
                    what="sessions",
                    purpose="reports",
                    starts_on=TODAY,
                    ends_on=TODAY,
                    now=NOW,
                    shares=shares,
                )
