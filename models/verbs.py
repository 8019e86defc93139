"""What each verb of `python -m models` does: call one function, and say in a sentence what was done.

Each imports what it needs when it runs: `start` must not wait for the database's libraries.
"""

import argparse
import dataclasses
import getpass
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from models import clock
from models.errors import Invalid, NotFound
from models.rules.vocabulary import Role
from models.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.rules.importing.docket import Problem
    from models.scope import Actor
    from models.tables import Court

PROBLEMS_SHOWN = 50


def migrate(settings: Settings, _args: argparse.Namespace) -> int:
    """Make the database, or bring it to this version."""
    from models import readiness

    print(f"The database is at version {readiness.migrate(settings)}.")
    return 0


def revise(settings: Settings, args: argparse.Namespace) -> int:
    """Write a migration; for whoever changes a table. Read it before it is kept."""
    from models import database, migrations

    migrations.revise(database.engine(settings.database_url), args.message)
    return 0


def add_court(settings: Settings, args: argparse.Namespace) -> int:
    """Add a court; the database is made if there is none."""
    from models import readiness
    from models.commands import courts

    readiness.migrate(settings)
    with writing(settings) as session:
        courts.add_court(
            session,
            name=args.name,
            public_name=args.public_name,
            zone=args.zone,
            policy=args.policy,
            now=clock.now(),
        )
    print(f"{args.name} is there. Next, its first account: ./run add-user NAME --role administrator --name ...")
    return 0


def add_user(settings: Settings, args: argparse.Namespace) -> int:
    """Add an account; its password is asked for."""
    from models.commands import accounts

    with reading(settings) as session:
        court_called(session, args.court)  # refuse before a password is typed
    password = asked_password()
    with writing(settings) as session:
        accounts.add_user(
            session,
            installation(session, court_called(session, args.court)),
            username=args.username,
            display_name=args.name,
            password=password,
            roles=args.role,
            now=clock.now(),
        )
    print(f"{args.username} can sign in as {' and '.join(args.role)}.")
    return 0


def add_part(settings: Settings, args: argparse.Namespace) -> int:
    """Add a part, and its judge where the court does not know her yet."""
    from models.commands import parts

    now = clock.now()
    with writing(settings) as session:
        actor = installation(session, court_called(session, args.court))
        user_id = person(session, args.user).user_id if args.user else None
        judge = parts.judge_called(session, actor, args.judge, now=now, user_id=user_id)
        parts.add_part(session, actor, args.name, room=args.room, judge_id=judge.id, starts_at=args.starts, now=now)
    print(f"{args.name} is there, with {args.judge}. Open its sessions in the calendar.")
    return 0


def asked_password() -> str:
    """Return a password typed twice without being shown, or one line where no person sits at the terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise Invalid("The two passwords differ. Nothing was added; try again.")
    return password


def courts(session: "Session") -> "Sequence[Court]":
    """Return the courts of the database by name."""
    from sqlmodel import col, select

    from models.tables import Court

    return session.exec(select(Court).order_by(col(Court.name))).all()


def court_called(session: "Session", name: str | None) -> "Court":
    """Return the court called `name`, or the only one there is."""
    found = courts(session)
    fitting = [court for court in found if name in (None, court.name)]
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(court.name for court in found)
    raise NotFound(f"Say which court with --court: {there}." if there else "There is no court yet: ./run add-court")


def installation(session: "Session", court: "Court") -> "Actor":
    """Return whoever sits at this machine's terminal, acting for a court: they run accounts and see no case."""
    from models.scope import keeper

    return dataclasses.replace(keeper(session, court), name="Installation", roles=frozenset({Role.ADMINISTRATOR}))


def import_file(settings: Settings, args: argparse.Namespace) -> int:
    """Load the court's existing docket, everything or nothing; with --check nothing is kept."""
    from models.commands import imports

    with writing(settings) as session:
        actor = person(session, args.user)
        try:
            result = imports.import_file(
                session, actor, args.file, now=clock.now(), part=args.part, leave_out=args.leave_out
            )
        except imports.CannotLoad as refusal:
            _say_problems(refusal.problems)
            raise
        if args.check:
            session.rollback()
    _say_problems(result.problems)
    done = "would be" if args.check else "were"
    print(
        f"Of {result.rows} rows: {result.added} cases {done} added, {result.changed} changed; {result.unchanged} as before."
    )
    return 0


def _say_problems(problems: "Sequence[Problem]") -> None:
    for problem in problems[:PROBLEMS_SHOWN]:
        print(f"Row {problem.row}: {problem.text}", file=sys.stderr)
    if len(problems) > PROBLEMS_SHOWN:
        print(f"... and {len(problems) - PROBLEMS_SHOWN} more.", file=sys.stderr)


def person(session: "Session", username: str) -> "Actor":
    """Return the account called `username`, acting in its court."""
    from sqlmodel import col, select

    from models.scope import actor_of
    from models.tables import User

    user_id = session.exec(select(User.id).where(col(User.username) == username.strip().casefold())).first()
    if user_id is None:
        raise NotFound(f"There is no account {username!r}.")
    return actor_of(session, user_id)


def try_file(_settings: Settings, args: argparse.Namespace) -> int:
    """Say what the rules answer to the situations of a file; 1 when one is answered otherwise than expected."""
    from models import situations

    tried = situations.tried(args.file, args.policy, as_json=args.json)
    print(tried.text)
    return 0 if tried.holds else 1


@contextmanager
def reading(settings: Settings) -> Iterator["Session"]:
    """Yield a session that reads the installation's database."""
    from models import database, readiness

    bind = readiness.opened(settings)
    with database.reading(bind) as session:
        yield session
    bind.dispose()


@contextmanager
def writing(settings: Settings) -> Iterator["Session"]:
    """Yield a session that writes to the installation's database, in one transaction."""
    from models import database, readiness

    bind = readiness.opened(settings)
    with database.transaction(bind) as session:
        yield session
    bind.dispose()
