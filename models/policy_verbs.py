"""The verbs of the court's policy: check the files, save a version as a file, make a file the draft.

Each imports what it needs when it runs, as the other verbs do.
"""

import argparse
from pathlib import Path

from models import clock
from models.errors import Invalid, PolicyError
from models.settings import Settings
from models.verbs import court_called, installation, person, reading, writing


def check_policies(_settings: Settings, _args: argparse.Namespace) -> int:
    """Say of each policy file whether it can be read; 1 when one cannot."""
    from models import policies

    faulty = 0
    for file in policies.shipped():
        try:
            policies.load(file.read_text(encoding="utf-8"), file.name)
            print(f"{file.name}: can be read.")
        except PolicyError as error:
            faulty += 1
            print(error)
    return 1 if faulty else 0


def export_policy(settings: Settings, args: argparse.Namespace) -> int:
    """Save a version of a court's policy as a TOML file: the one in force today, unless one is named."""
    from models.queries.policies import document

    with reading(settings) as session:
        actor = installation(session, court_called(session, args.court))
        name = args.version or actor.policy_on(actor.today(clock.now())).version
        text = document(session, actor, name)
    try:
        with args.file.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Invalid(f"{args.file} is there already. Name another file; nothing was written.") from None
    print(f"{args.file} holds the policy {name}.")
    return 0


def import_policy(settings: Settings, args: argparse.Namespace) -> int:
    """Make a TOML file the draft of the court's policy; a mistake in it is named by its line."""
    from models.commands.policies import import_draft

    text = _read(args.file)
    with writing(settings) as session:
        actor = person(session, args.user)
        import_draft(session, actor, text, args.file.name, replace=args.replace, now=clock.now())
    print(f"{args.file} is the draft now. Preview it and put it in force on the screen Policy.")
    return 0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Invalid(f"There is no file {file}.") from None
    except (OSError, UnicodeDecodeError):
        raise Invalid(f"{file} cannot be read as text in UTF-8.") from None
