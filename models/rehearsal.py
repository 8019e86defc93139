"""A demonstration court's clock may start on another day, so that a day can be rehearsed and pictures repeat.

Each process of the product calls `start_clock` once, before anything reads the time. No other court's clock moves.
"""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine
from sqlmodel import select

from models import clock
from models.database import reading
from models.errors import SettingsError
from models.tables import Court, Installation


def start_clock(bind: Engine, today: date | None) -> None:
    """Let the clock run as if it had started on `today`, a civil date in the court's zone; None leaves it alone.

    Raises SettingsError where the database is not a demonstration court's.
    """
    if today is None:
        return
    with reading(bind) as session:
        is_demonstration = session.exec(select(Installation.demonstration)).first()
        zone = session.exec(select(Court.zone)).first()
    if not is_demonstration or zone is None:
        raise SettingsError(
            "--today (OFFRAMP_TODAY) sets a demonstration court's clock only, and this database is not one. "
            "Start without it, or name another database with --database."
        )
    clock.shift(clock.offset_to(today, ZoneInfo(zone)))
