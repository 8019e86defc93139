"""Print a court day's lists from a terminal: the same files that the docket's screen hands out, on the same authority.

It writes one PDF for each session of the day. Whoever is named with --user must be allowed to print, and is audited.
"""

import argparse
import os
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, select

from dashboard import store
from dashboard.routes.lists import docket_pdf
from models import clock, readiness
from models.errors import Conflict, NotFound
from models.rules.vocabulary import ListKind
from models.scope import Actor, actor_of
from models.settings import Settings
from models.tables import CourtSession, Part, User
from models.trouble import told


def print_docket(arguments: list[str]) -> int:
    """Print what the arguments ask for and return the exit code: 0 done, 1 refused and said so."""
    return told(lambda: _print(_parser().parse_args(arguments)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run print-docket", description="Print a court day's lists as PDF.")
    parser.add_argument("--user", required=True, help="who prints: the username of somebody who may")
    parser.add_argument("--date", type=date.fromisoformat, help="the court day, such as 2026-12-04; default today")
    parser.add_argument("--part", help="one part's name; default every part that sits")
    parser.add_argument("--list", type=ListKind, choices=list(ListKind), default=ListKind.PUBLIC)
    parser.add_argument("--out", type=Path, default=Path.cwd(), help="the folder the files are written to")
    return parser


def _print(args: argparse.Namespace) -> int:
    store.use(readiness.opened(Settings.from_env(os.environ)))
    now = clock.now()
    with store.reading() as session:
        actor = _actor(session, args.user)
        day = args.date or actor.today(now)
        sessions = _sessions(session, actor, day, args.part)
    if not sessions:
        raise NotFound(f"Nothing sits on {day}. Name another day with --date, or another part with --part.")
    for number, session_id in enumerate(sessions, start=1):
        path = args.out / f"list-{day}-{number}-{args.list.value}.pdf"
        if path.exists():
            raise Conflict(f"{path} exists already. Move it, or choose another folder with --out.")
        made = docket_pdf(actor, {"session": session_id, "kind": args.list.value}, now)
        path.touch(mode=0o600)  # names stand in it: nobody else's to read
        path.write_bytes(made.content)
        print(path)
    return 0


def _actor(session: Session, username: str) -> Actor:
    user_id = session.exec(select(User.id).where(col(User.username) == username.strip().casefold())).first()
    if user_id is None:
        raise NotFound(f"There is no account {username!r}.")
    return actor_of(session, user_id, now=clock.now())


def _sessions(session: Session, actor: Actor, day: date, part: str | None) -> list[str]:
    """Return the ids of the court's sessions on a civil date, in the order of their start."""
    found = (
        select(CourtSession.id)
        .join(Part, col(Part.id) == col(CourtSession.part_id))
        .where(col(CourtSession.court_id) == actor.court_id, col(CourtSession.held_on) == day)
        .order_by(col(CourtSession.starts_at), col(Part.name))
    )
    if part is not None:
        found = found.where(col(Part.name) == part)
    return [str(row) for row in session.exec(found)]
