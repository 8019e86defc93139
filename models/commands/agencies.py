"""The agencies outside the court that must be told when a record is sealed."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.commands.typed import LONGEST_NAME, line, needed
from models.errors import Conflict
from models.rules.permissions import Action
from models.rules.vocabulary import AgencyKind
from models.scope import Actor, load, require
from models.tables import Agency


def add_agency(
    session: Session, actor: Actor, name: str, kind: AgencyKind, how: str | None, *, now: datetime
) -> Agency:
    """Add an agency that is told of every sealing from now on; Conflict where the court has one of that name."""
    require(actor, Action.MANAGE_AGENCIES)
    called = needed(name, "Write the name of the agency.", LONGEST_NAME)
    same = (col(Agency.court_id) == actor.court_id, col(Agency.name) == called)
    if session.exec(select(Agency.id).where(*same)).first():
        raise Conflict("The court has an agency of this name already. Look at the list.")
    agency = Agency(court_id=actor.court_id, name=called, kind=kind, how=line(how, LONGEST_NAME))
    session.add(agency)
    audit.record(session, actor, "add_agency", "agency", agency.id, now=now, detail={"kind": kind})
    return agency


def keep_agency(session: Session, actor: Actor, agency_id: UUID, *, told: bool, now: datetime) -> None:
    """Say whether an agency is told of sealings from now on."""
    require(actor, Action.MANAGE_AGENCIES)
    agency = load(session, actor, Agency, agency_id)
    agency.active = told
    session.add(agency)
    audit.record(session, actor, "change_agency", "agency", agency.id, now=now, detail={"told": told})
