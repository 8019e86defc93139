"""What the verbs of `python -m models` do for accounts that exist already; the rest is in models.verbs."""

import argparse

from models import clock
from models.settings import Settings
from models.verbs import asked_password, court_called, installation, person, reading, writing


def set_password(settings: Settings, args: argparse.Namespace) -> int:
    """Give an account a new password, asked for; its sessions end. For when nobody can do it on the screen."""
    from models.commands import accounts

    with reading(settings) as session:
        person(session, args.username)  # refuse before a password is typed
    password = asked_password()
    with writing(settings) as session:
        who = person(session, args.username)
        actor = installation(session, court_called(session, who.court))
        accounts.set_password(session, actor, who.person, password, now=clock.now())
    print(f"{args.username} has a new password; whoever was signed in with the old one is signed out.")
    return 0


def reset_second_step(settings: Settings, args: argparse.Namespace) -> int:
    """Take an account's second step away; its sessions end. For when nobody can do it on the screen."""
    from models.commands import second_factors

    with writing(settings) as session:
        who = person(session, args.username)
        actor = installation(session, court_called(session, who.court))
        second_factors.reset_second_factor(session, actor, who.person, now=clock.now())
    print(f"{args.username} is signed out, and sets up another telephone at the next sign-in.")
    return 0
