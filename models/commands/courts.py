"""A new court in a database of courts' own records. There is nobody yet to authorise: the installation itself acts."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, select

from models import audit, clock
from models.errors import Conflict, Invalid, NotPermitted
from models.policies import policy_in_force
from models.scope import keeper
from models.tables import Court, Installation


def add_court(session: Session, *, name: str, public_name: str, zone: str, policy: str, now: datetime) -> UUID:
    """Add a court at an instant (UTC) and return its id.

    `public_name` is what anybody may read and does not tell the kind of court; `zone` is an IANA name; `policy` is the
    key of a policy in force today. Raises Invalid, PolicyError, Conflict for a name in use, and NotPermitted in a
    demonstration's database.
    """
    installation = session.get(Installation, 1)
    if installation is not None and installation.demonstration:
        raise NotPermitted(
            "This database is the demonstration's, whose sign-ins are published. Keep a court's own data in its own "
            "database, for example: ./run add-court ... --database sqlite:///var/court.db"
        )
    if not name.strip() or not public_name.strip():
        raise Invalid("A court needs a name, and a public name that does not tell its kind.")
    try:
        today = clock.court_day(now, ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid(f"There is no time zone {zone!r}. Name one such as America/New_York.") from None
    policy_in_force(policy, today)
    if session.exec(select(Court.id).where(col(Court.name) == name.strip())).first():
        raise Conflict("There is a court of this name already.")
    court = Court(name=name.strip(), public_name=public_name.strip(), zone=zone, policy=policy, created_at=now)
    session.add(court)
    session.flush()
    audit.record(session, keeper(session, court), "add_court", "court", court.id, now=now)
    return court.id
