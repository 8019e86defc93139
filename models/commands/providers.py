"""Outside agencies and what they offer. Places, waits and languages are true as of a day, which is kept with them.

Nothing is deleted: a provider or service that is no longer used is retired, its history stays readable, and it can be
taken back into use.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.commands.free_words import forget_places
from models.commands.typed import LONGEST_NAME, line, needed
from models.errors import Conflict, Invalid
from models.rules.permissions import Action
from models.rules.vocabulary import ServiceKind
from models.scope import Actor, load, require
from models.tables import Provider, Service


def add_provider(
    session: Session,
    actor: Actor,
    name: str,
    *,
    now: datetime,
    contact: str | None = None,
    substance_use: bool = False,
    address: str | None = None,
    confidential: bool = False,
) -> Provider:
    """Add an agency; `substance_use` marks records under 42 CFR Part 2, `confidential` a place that is secret.

    Raises Invalid, and Conflict for a known name.
    """
    require(actor, Action.MANAGE_PROVIDERS)
    shown = " ".join(needed(name, "A provider needs a name.", LONGEST_NAME).split())
    known = sa.select(col(Provider.id)).where(col(Provider.court_id) == actor.court_id, col(Provider.name) == shown)
    if session.execute(known).first():
        raise Conflict("A provider of this name is already on the list. Open it and add the service there.")
    provider = Provider(
        court_id=actor.court_id,
        name=shown,
        contact=_contact(contact),
        address=_contact(address),
        substance_use=substance_use,
        confidential=confidential,
    )
    session.add(provider)
    forget_places(session)
    audit.record(session, actor, "add_provider", "provider", provider.id, now=now)
    return provider


def update_provider(
    session: Session,
    actor: Actor,
    provider_id: UUID,
    *,
    contact: str | None,
    substance_use: bool,
    now: datetime,
    address: str | None = None,
    confidential: bool = False,
) -> None:
    """Record how and where an agency is reached, whether that is secret, and whether 42 CFR Part 2 holds for its records."""
    require(actor, Action.MANAGE_PROVIDERS)
    provider = load(session, actor, Provider, provider_id)
    provider.contact, provider.substance_use = _contact(contact), substance_use
    provider.address, provider.confidential = _contact(address), confidential
    session.add(provider)
    forget_places(session)
    detail = {"substance_use": substance_use, "confidential": confidential}
    audit.record(session, actor, "update_provider", "provider", provider.id, now=now, detail=detail)


def add_service(
    session: Session,
    actor: Actor,
    provider_id: UUID,
    name: str,
    kind: ServiceKind,
    *,
    as_of: date,
    now: datetime,
    languages: Iterable[str] = (),
    places: int | None = None,
    wait_days: int | None = None,
) -> Service:
    """Add what a provider offers, with its places and wait in days as they were on the civil date `as_of`."""
    require(actor, Action.MANAGE_PROVIDERS)
    provider = load(session, actor, Provider, provider_id)
    if not provider.active:
        raise Invalid("This provider is closed. Take it back into use first.")
    shown = " ".join(needed(name, "A service needs a name.", LONGEST_NAME).split())
    _check(places, wait_days, as_of, actor.today(now))
    known = sa.select(col(Service.id)).where(col(Service.provider_id) == provider.id, col(Service.name) == shown)
    if session.execute(known).first():
        raise Conflict("This provider already has a service of that name. Change that one instead.")
    service = Service(
        court_id=actor.court_id,
        provider_id=provider.id,
        name=shown,
        kind=kind,
        languages=list(languages),
        places=places,
        wait_days=wait_days,
        as_of=as_of,
    )
    session.add(service)
    audit.record(session, actor, "add_service", "service", service.id, now=now, detail={"kind": kind, "as_of": as_of})
    return service


def update_service(
    session: Session,
    actor: Actor,
    service_id: UUID,
    *,
    as_of: date,
    now: datetime,
    languages: Iterable[str],
    places: int | None,
    wait_days: int | None,
) -> Service:
    """Record a service's languages, places and wait in days as they are on the civil date `as_of`."""
    require(actor, Action.MANAGE_PROVIDERS)
    service = load(session, actor, Service, service_id)
    _check(places, wait_days, as_of, actor.today(now))
    service.languages, service.places, service.wait_days = list(languages), places, wait_days
    service.as_of = as_of
    session.add(service)
    detail = {"places": places, "wait_days": wait_days, "as_of": as_of}
    audit.record(session, actor, "update_service", "service", service.id, now=now, detail=detail)
    return service


def retire_service(session: Session, actor: Actor, service_id: UUID, *, now: datetime) -> None:
    """Take a service out of use: nobody is referred to it any more, and referrals under way stay."""
    require(actor, Action.MANAGE_PROVIDERS)
    service = load(session, actor, Service, service_id)
    service.active = False
    session.add(service)
    audit.record(session, actor, "retire_service", "service", service.id, now=now)


def reopen_service(session: Session, actor: Actor, service_id: UUID, *, now: datetime) -> None:
    """Take a service back into use, and with it its provider."""
    require(actor, Action.MANAGE_PROVIDERS)
    service = load(session, actor, Service, service_id)
    provider = load(session, actor, Provider, service.provider_id)
    service.active = provider.active = True
    session.add_all([service, provider])
    audit.record(session, actor, "reopen_service", "service", service.id, now=now)


def retire_provider(session: Session, actor: Actor, provider_id: UUID, *, now: datetime) -> None:
    """Take an agency and its services out of use; referrals under way and expected reports stay."""
    require(actor, Action.MANAGE_PROVIDERS)
    provider = load(session, actor, Provider, provider_id)
    provider.active = False
    session.add(provider)
    session.execute(sa.update(Service).where(col(Service.provider_id) == provider.id).values(active=False))
    audit.record(session, actor, "retire_provider", "provider", provider.id, now=now)


def reopen_provider(session: Session, actor: Actor, provider_id: UUID, *, now: datetime) -> None:
    """Take an agency back into use; each of its services is taken back for itself, once it is known to be offered."""
    require(actor, Action.MANAGE_PROVIDERS)
    provider = load(session, actor, Provider, provider_id)
    provider.active = True
    session.add(provider)
    audit.record(session, actor, "reopen_provider", "provider", provider.id, now=now)


def _contact(contact: str | None) -> str | None:
    return " ".join((line(contact) or "").split()) or None


def _check(places: int | None, wait_days: int | None, as_of: date, today: date) -> None:
    if as_of > today:
        raise Invalid("This day is still to come. Places and waits are recorded as they are or were.")
    if any(number is not None and number < 0 for number in (places, wait_days)):
        raise Invalid("Places and days of waiting are counted from 0 up. Leave them empty where nobody knows.")
