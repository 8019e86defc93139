"""Reminders to participants: the outbox kept up to date, and sent from, one message at a time."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands.sending import Outgoing, claim_next, record_failed, record_sent
from models.commands.sweeps.keeping import Swept
from models.commands.sweeps.reminders import keep_outbox
from models.database import transaction
from models.scope import Actor
from scheduler.gateways import Gateway, NotSent, gateways

_log = logging.getLogger("offramp.scheduler")


def outbox(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Write what is due, drop what no longer holds, hand to a person what was lost."""
    return keep_outbox(session, keeper, now=now)


def sending(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Claim one reminder; it is sent once the claim is committed, and the next part claims the next one."""
    ways = gateways(demonstration=keeper.demonstration)
    message = claim_next(session, keeper, ways, now=now)
    if message is None:
        return Swept(0)
    send = partial(_send, keeper, ways[message.kind], message)
    return Swept(1, reached=message.reminder_id, afterwards=send)


def _send(keeper: Actor, gateway: Gateway, message: Outgoing, bind: Engine, read_clock: Callable[[], datetime]) -> None:
    """Send a claimed message and mark what came of it; where nobody can tell, it stays claimed and goes to a person."""
    record = record_sent
    try:
        gateway.send(message, now=read_clock())
    except NotSent:
        record = record_failed
    except Exception as problem:  # noqa: BLE001 - a gateway's defect must not keep the other messages from going out
        _log.error("reminder=%s: not known whether it went out (%s)", message.reminder_id, type(problem).__name__)
        return
    with transaction(bind) as session:
        record(session, keeper, message.reminder_id, now=read_clock())
