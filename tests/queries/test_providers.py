"""Promises of the list of providers: everything the court has, closed ones too, and nothing of another court."""

import pytest
from sqlalchemy.engine import Engine

from models.commands import providers as commands
from models.database import transaction
from models.errors import NotPermitted
from models.queries.providers import providers
from models.rules.permissions import Action, allowed
from models.rules.vocabulary import Role, ServiceKind
from tests.builders import NOW, TODAY, a_court, a_service, an_actor


@pytest.mark.parametrize("role", [role for role in Role if allowed([role], Action.SEE_PROVIDERS)])
def test_every_role_that_may_reads_the_providers_of_its_own_court(engine: Engine, role: Role) -> None:
    with transaction(engine) as session:
        court, other = a_court(session), a_court(session, name="Other")
        mine = a_service(session, court)
        a_service(session, other, provider="Elsewhere")
        actor = an_actor(session, court, role)
        assert [one.service_id for row in providers(session, actor) for one in row.services] == [mine.id]


def test_providers_and_their_services_stand_by_name_and_closed_ones_stay(engine: Engine) -> None:
    with transaction(engine) as session:
        actor = an_actor(session, a_court(session), Role.CLERK)
        for name in ("willow", "Harbor House", "Ärztehaus", "Garden Street"):
            commands.add_provider(session, actor, name, now=NOW, contact="555", substance_use=name == "willow")
        session.flush()
        garden = providers(session, actor)[0]
        for name in ("bus fares", "Advocacy"):
            kind, languages = ServiceKind.TRANSPORT, ["Thai"]
            commands.add_service(
                session, actor, garden.provider_id, name, kind, as_of=TODAY, now=NOW, languages=languages
            )
        session.flush()
        fares = providers(session, actor)[0].services[1]
        commands.retire_service(session, actor, fares.service_id, now=NOW)
        session.flush()
        found = providers(session, actor)
    assert [row.name for row in found] == ["Garden Street", "Harbor House", "willow", "Ärztehaus"]
    assert [(row.contact, row.substance_use) for row in found if row.name == "willow"] == [("555", True)]
    services = [(one.name, one.active, one.languages, one.places) for one in found[0].services]
    assert services == [("Advocacy", True, ("Thai",), None), ("bus fares", False, ("Thai",), None)]
    assert found[1].services == ()


def test_a_role_without_a_court_role_reads_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        nobody = an_actor(session, a_court(session))
        with pytest.raises(NotPermitted):
            providers(session, nobody)
