"""`python -m models VERB`: start the court, and look after its data from a terminal. `./run` comes here.

Each verb reads its arguments, calls one function, and says in a sentence what was done.
"""

import argparse
import dataclasses
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from models import clock, launch
from models.errors import Invalid, NotFound, PolicyError
from models.rules.vocabulary import Role
from models.settings import Settings
from models.trouble import told

if TYPE_CHECKING:  # each verb imports what it needs: `start` must not wait for the database's libraries
    from sqlmodel import Session

    from models.scope import Actor
    from models.tables import Court

Verb = Callable[[Settings, argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 done, 1 refused or failed and said so, 2 not understood."""
    args = _parser().parse_args(arguments)
    verb: Verb = args.verb
    return told(lambda: verb(Settings.from_env(os.environ), args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run", description="Start a court, and look after its data.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, run: Verb, words: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=words, description=words)
        made.set_defaults(verb=run)
        return made

    verb("start", lambda settings, _: launch.start(settings), "Start dashboard and scheduler together.")
    verb("migrate", _migrate, "Make the database, or bring it to this version.")
    court = verb("add-court", _add_court, "Add a court to the database; the database is made if there is none.")
    court.add_argument("name")
    court.add_argument("--public-name", required=True, help="what anybody may read; does not tell the kind of court")
    court.add_argument("--zone", required=True, help="IANA time zone, such as America/New_York")
    court.add_argument("--policy", required=True, help="key of a policy in models/policies")
    user = verb("add-user", _add_user, "Add an account; asks for its password.")
    user.add_argument("username")
    user.add_argument("--name", required=True, help="the name shown on screen")
    user.add_argument("--role", required=True, action="append", type=Role, choices=list(Role), help="may be repeated")
    user.add_argument("--court", help="the court's name; not needed where there is one court")
    backup = verb("backup", _backup, "Copy the database to a new file, also while the court is working.")
    backup.add_argument("file", type=Path)
    restore = verb("restore", _restore, "Put a backup in the database's place.")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="replace the present database; it is kept aside")
    verb("verify-audit", _verify_audit, "Prove that no audit event was changed or removed.")
    verb("check-policies", _check_policies, "Read every policy file and say what is wrong in it.")
    return parser


def _migrate(settings: Settings, _args: argparse.Namespace) -> int:
    from models import readiness

    print(f"The database is at version {readiness.migrate(settings)}.")
    return 0


def _add_court(settings: Settings, args: argparse.Namespace) -> int:
    from models import readiness
    from models.commands.courts import add_court

    readiness.migrate(settings)
    with _writing(settings) as session:
        add_court(
            session,
            name=args.name,
            public_name=args.public_name,
            zone=args.zone,
            policy=args.policy,
            now=clock.now(),
        )
    print(f"{args.name} is there. Next, its first account: ./run add-user NAME --role administrator --name ...")
    return 0


def _add_user(settings: Settings, args: argparse.Namespace) -> int:
    from models.commands.accounts import add_user

    with _reading(settings) as session:
        _court(session, args.court)  # refuse before a password is typed
    password = _asked_password()
    with _writing(settings) as session:
        add_user(
            session,
            _installation(session, _court(session, args.court)),
            username=args.username,
            display_name=args.name,
            password=password,
            roles=args.role,
            now=clock.now(),
        )
    print(f"{args.username} can sign in as {' and '.join(args.role)}.")
    return 0


def _asked_password() -> str:
    """Return a password typed twice without being shown, or one line where no person sits at the terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise Invalid("The two passwords differ. Nothing was added; try again.")
    return password


def _courts(session: "Session") -> "Sequence[Court]":
    from sqlmodel import col, select

    from models.tables import Court

    return session.exec(select(Court).order_by(col(Court.name))).all()


def _court(session: "Session", name: str | None) -> "Court":
    """Return the court called `name`, or the only one there is."""
    courts = _courts(session)
    fitting = [court for court in courts if name in (None, court.name)]
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(court.name for court in courts)
    raise NotFound(f"Say which court with --court: {there}." if there else "There is no court yet: ./run add-court")


def _installation(session: "Session", court: "Court") -> "Actor":
    """Return whoever sits at this machine's terminal, acting for a court: they run accounts and see no case."""
    from models.scope import keeper

    return dataclasses.replace(keeper(session, court), name="Installation", roles=frozenset({Role.ADMINISTRATOR}))


def _backup(settings: Settings, args: argparse.Namespace) -> int:
    from models.backups import back_up

    size = back_up(settings, args.file)
    print(
        f"{args.file} holds the whole database ({size / 1_000_000:.1f} MB). Keep it as safely as the court's records."
    )
    return 0


def _restore(settings: Settings, args: argparse.Namespace) -> int:
    from models.backups import restore

    kept = restore(settings, args.file, replace=args.replace, now=clock.now())
    print(f"{args.file} is the court's database now." + (f" The one before it is kept: {kept}" if kept else ""))
    return 0


def _verify_audit(settings: Settings, _args: argparse.Namespace) -> int:
    from models.audit import first_break

    with _reading(settings) as session:
        breaks = {court.name: first_break(session, court.id) for court in _courts(session)}
    for name, broken in breaks.items():
        print(f"{name}: " + ("every event is in place." if broken is None else f"broken at event {broken}."))
    return 0 if all(broken is None for broken in breaks.values()) else 1


def _check_policies(_settings: Settings, _args: argparse.Namespace) -> int:
    from models import policies

    faulty = 0
    for file in sorted(files(policies).iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            policies.load(file.read_text(encoding="utf-8"))
            print(f"{file.name}: can be read.")
        except PolicyError as error:
            faulty += 1
            print(f"{file.name}: {error}")
    return 1 if faulty else 0


@contextmanager
def _reading(settings: Settings) -> Iterator["Session"]:
    from models import database, readiness

    bind = readiness.opened(settings)
    with database.reading(bind) as session:
        yield session
    bind.dispose()


@contextmanager
def _writing(settings: Settings) -> Iterator["Session"]:
    from models import database, readiness

    bind = readiness.opened(settings)
    with database.transaction(bind) as session:
        yield session
    bind.dispose()


if __name__ == "__main__":
    sys.exit(main())
