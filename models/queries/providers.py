"""The court's providers with all their services, closed ones too, for looking after the list. One statement."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.permissions import Action
from models.rules.privacy import FieldGroup, reads
from models.rules.vocabulary import ServiceKind
from models.scope import Actor, may, require
from models.tables import Provider, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffered:
    """One service; places, wait in days and languages were true on the civil date `as_of`. None: nobody knows."""

    service_id: UUID
    name: str
    kind: ServiceKind
    languages: tuple[str, ...]
    places: int | None
    wait_days: int | None
    as_of: date
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """One agency, its services by name; `substance_use` marks records under 42 CFR Part 2.

    Of a `confidential` one, how and where it is reached is None for whoever does not look after providers and cases.
    """

    provider_id: UUID
    name: str
    contact: str | None
    address: str | None
    confidential: bool
    substance_use: bool
    active: bool
    services: tuple[ServiceOffered, ...]


_PROVIDER: tuple[Any, ...] = (
    col(Provider.id).label("provider_id"),
    col(Provider.name),
    col(Provider.contact),
    col(Provider.address),
    col(Provider.confidential),
    col(Provider.substance_use),
    col(Provider.active),
)
_SERVICE: tuple[Any, ...] = (
    col(Service.id),
    col(Service.name),
    col(Service.kind),
    col(Service.languages),
    col(Service.places),
    col(Service.wait_days),
    col(Service.as_of),
    col(Service.active),
)


def providers(session: Session, viewer: Actor) -> tuple[ProviderRow, ...]:
    """Return every provider of the court by name, in the same order on every database."""
    require(viewer, Action.SEE_PROVIDERS)
    found = session.execute(
        sa.select(*_PROVIDER, *_SERVICE)
        .outerjoin(Service, col(Service.provider_id) == col(Provider.id))
        .where(col(Provider.court_id) == viewer.court_id)
    )
    cut = len(_PROVIDER)
    rows = sorted((tuple(row) for row in found), key=lambda row: (row[1].casefold(), str(row[cut + 1]).casefold()))
    told = may(viewer, Action.MANAGE_PROVIDERS) and reads(viewer.roles, FieldGroup.CONTACT)
    by_provider = groupby(rows, lambda row: row[:cut])
    return tuple(_provider(head, [row[cut:] for row in same], told) for head, same in by_provider)


def _provider(head: tuple[Any, ...], services: list[tuple[Any, ...]], told: bool) -> ProviderRow:
    provider_id, name, contact, address, confidential, substance_use, active = head
    if confidential and not told:
        contact = address = None
    return ProviderRow(
        provider_id=provider_id,
        name=name,
        contact=contact,
        address=address,
        confidential=confidential,
        substance_use=substance_use,
        active=active,
        services=tuple(_service(row) for row in services if row[0] is not None),
    )


def _service(row: tuple[Any, ...]) -> ServiceOffered:
    service_id, name, kind, languages, places, wait_days, as_of, active = row
    return ServiceOffered(
        service_id=service_id,
        name=name,
        kind=kind,
        languages=tuple(languages),
        places=places,
        wait_days=wait_days,
        as_of=as_of,
        active=active,
    )
