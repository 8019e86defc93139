"""Promises about providers: nothing is deleted, what was closed can be taken back, and dates are never of tomorrow."""

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models.commands import providers
from models.database import transaction
from models.errors import Invalid, NotFound, NotPermitted
from models.queries.services import services_in_use
from models.rules.vocabulary import Role, ServiceKind
from models.scope import Actor
from models.tables import Provider, Service
from tests.builders import NOW, TODAY, a_court, a_service, an_actor


def begun(session: Session, role: Role = Role.COORDINATOR) -> tuple[Actor, Service]:
    court = a_court(session)
    return an_actor(session, court, role), a_service(session, court)


def test_a_closed_provider_takes_its_services_along_and_comes_back_with_the_one_taken_back(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, service = begun(session)
        providers.retire_provider(session, actor, service.provider_id, now=NOW)
        session.flush()
        session.expire_all()
        assert services_in_use(session, actor) == ()
        providers.reopen_service(session, actor, service.id, now=NOW)
        session.flush()
        assert [one.service_id for one in services_in_use(session, actor)] == [service.id]


def test_a_provider_taken_back_leaves_its_services_closed(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, service = begun(session)
        providers.retire_provider(session, actor, service.provider_id, now=NOW)
        providers.reopen_provider(session, actor, service.provider_id, now=NOW)
        session.flush()
        session.expire_all()
        assert (session.exec(select(Provider.active)).one(), session.exec(select(Service.active)).one()) == (
            True,
            False,
        )


def test_a_closed_provider_takes_no_new_service(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, service = begun(session)
        providers.retire_provider(session, actor, service.provider_id, now=NOW)
        kind = ServiceKind.LEGAL
        with pytest.raises(Invalid, match="back into use"):
            providers.add_service(session, actor, service.provider_id, "Advice", kind, as_of=TODAY, now=NOW)


def test_places_are_never_of_a_day_to_come(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, service = begun(session)
        on = TODAY + timedelta(days=1)
        with pytest.raises(Invalid, match="still to come"):
            providers.update_service(
                session, actor, service.id, as_of=on, now=NOW, languages=[], places=1, wait_days=None
            )


def test_how_a_provider_is_reached_is_put_right(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, service = begun(session)
        one = service.provider_id
        providers.update_provider(session, actor, one, contact=" front  desk ", substance_use=True, now=NOW)
        provider = session.get_one(Provider, one)
        assert (provider.contact, provider.substance_use) == ("front desk", True)
        providers.update_provider(session, actor, one, contact=" ", substance_use=False, now=NOW)
        assert (provider.contact, provider.substance_use) == (None, False)


def test_a_judge_and_another_court_change_no_provider(engine: Engine) -> None:
    with transaction(engine) as session:
        judge, service = begun(session, Role.JUDGE)
        other = an_actor(session, a_court(session, name="Other"), Role.CLERK, username="other")
        with pytest.raises(NotPermitted):
            providers.reopen_service(session, judge, service.id, now=NOW)
        for change in (providers.reopen_provider, providers.retire_provider):
            with pytest.raises(NotFound):
                change(session, other, service.provider_id, now=NOW)
