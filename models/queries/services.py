"""The court's providers and what they offer, for choosing where to refer. One statement."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.permissions import Action
from models.rules.vocabulary import ServiceKind
from models.scope import Actor, require
from models.tables import Provider, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One service in use; places, wait in days and languages were true on the civil date `as_of`."""

    service_id: UUID
    provider_id: UUID
    provider: str
    name: str
    kind: ServiceKind
    languages: tuple[str, ...]
    places: int | None
    wait_days: int | None
    as_of: date


def services_in_use(session: Session, viewer: Actor) -> tuple[ServiceRow, ...]:
    """Return the services somebody can be referred to, by provider and name."""
    require(viewer, Action.SEE_PROVIDERS)
    rows = session.execute(
        sa.select(
            col(Service.id).label("service_id"),
            col(Service.provider_id),
            col(Provider.name).label("provider"),
            col(Service.name),
            col(Service.kind),
            col(Service.languages),
            col(Service.places),
            col(Service.wait_days),
            col(Service.as_of),
        )
        .join(Provider, col(Provider.id) == col(Service.provider_id))
        .where(col(Service.court_id) == viewer.court_id, col(Service.active), col(Provider.active))
        .order_by(col(Provider.name), col(Service.name))
    ).mappings()
    return tuple(ServiceRow(**{**row, "languages": tuple(row["languages"])}) for row in rows)
