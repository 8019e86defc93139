"""Providers on the screen: read by every role, looked after by those who may."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from models import database
from models.rules.permissions import Action, allowed
from models.rules.vocabulary import Role, ServiceKind
from models.tables import Provider, Service
from tests.builders import TODAY, a_service
from tests.dashboard.screens import Screens, shown


def told(screens: Screens) -> Service:
    with database.transaction(screens.engine) as session:
        service = a_service(session, screens.court)
        service.languages, service.places, service.wait_days = ["Thai", "English"], 0, 14
    return service


def press(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("role", [role for role in Role if allowed([role], Action.SEE_PROVIDERS)])
def test_every_role_reads_the_list_and_only_some_change_it(screens: Screens, role: Role) -> None:
    told(screens)
    screens.sign_in(role)
    app = screens.open("providers")
    assert not app.exception
    for said in ("Garden Street Program", "counselling", "Thai, English", "14 days", "4 Dec"):
        assert said in shown(app)
    assert bool(app.button) is (role is not Role.JUDGE)


@pytest.mark.parametrize(
    ("role", "next_step"), [(Role.CLERK, "Add the first one above"), (Role.JUDGE, "The clerk or the coordinator")]
)
def test_an_empty_list_says_what_to_do_next(screens: Screens, role: Role, next_step: str) -> None:
    screens.sign_in(role)
    app = screens.open("providers")
    assert "No provider yet" in shown(app)
    assert next_step in shown(app)


def test_a_provider_and_a_service_are_added(screens: Screens) -> None:
    screens.sign_in(Role.COORDINATOR)
    app = screens.open("providers")
    app.text_input(key="new-provider-name").set_value("Harbor House")
    app.text_input(key="new-provider-contact").set_value("night line")
    app = press(app, "Add the provider")
    assert "no service yet" in shown(app)
    assert app.text_input(key="new-provider-name").value == ""
    app.text_input(key="new-service-name").set_value("Beds")
    app.selectbox(key="new-service-kind").set_value(ServiceKind.EMERGENCY_HOUSING)
    app.text_input(key="new-service-languages").set_value("Thai; Lao")
    app.number_input(key="new-service-places").set_value(2)
    app = press(app, "Add the service")
    assert "emergency housing" in shown(app)
    with database.reading(screens.engine) as session:
        service = session.exec(select(Service)).one()
        assert (service.languages, service.places, service.wait_days) == (["Thai", "Lao"], 2, None)
        assert service.as_of == TODAY


def test_a_refusal_keeps_what_was_typed(screens: Screens) -> None:
    told(screens)
    screens.sign_in(Role.CLERK)
    app = screens.open("providers")
    app.text_input(key="new-provider-name").set_value("Garden Street Program")
    app = press(app, "Add the provider")
    assert "already on the list" in app.warning[0].value
    assert app.text_input(key="new-provider-name").value == "Garden Street Program"


def test_a_service_is_changed_closed_and_taken_back(screens: Screens) -> None:
    service = told(screens)
    screens.sign_in(Role.COORDINATOR)
    app = screens.open("providers")
    assert app.number_input(key=f"service-{service.id}-wait").value == 14
    app.number_input(key=f"service-{service.id}-places").set_value(3)
    app = press(app, "Save the service")
    app = press(app, "Close the service now")
    assert "No service in use here" in shown(app)
    app.toggle(key="providers-closed").set_value(True).run()
    assert "(closed)" in shown(app)
    app = press(app, "Take the service back into use")
    with database.reading(screens.engine) as session:
        row = session.exec(select(Service)).one()
        assert (row.places, row.active) == (3, True)


def test_a_provider_is_put_right_closed_and_taken_back(screens: Screens) -> None:
    service = told(screens)
    screens.sign_in(Role.CLERK)
    app = screens.open("providers")
    app.text_input(key=f"provider-{service.provider_id}-contact").set_value("front desk")
    app.checkbox(key=f"provider-{service.provider_id}-part-2").check()
    app = press(app, "Save the provider")
    assert "front desk · 42 CFR Part 2" in shown(app)
    app = press(app, "Close the provider now")
    app = press(app, "Take the provider back into use")
    with database.reading(screens.engine) as session:
        assert session.exec(select(Provider.active)).one()


def test_the_kind_filters_the_list(screens: Screens) -> None:
    told(screens)
    with database.transaction(screens.engine) as session:
        a_service(session, screens.court, provider="Lantern", kind=ServiceKind.LEGAL)
    screens.sign_in(Role.JUDGE)
    app = screens.open("providers")
    app.selectbox(key="providers-kind").set_value(ServiceKind.LEGAL).run()
    assert "Lantern" in shown(app)
    assert "Garden Street" not in shown(app)
