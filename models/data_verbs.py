"""The verbs for the court's data as a whole: recovery key, backup, restore, drill, move.

Each imports what it needs when it runs, as the other verbs do.
"""

import argparse
import getpass
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from models import clock
from models.errors import Invalid
from models.settings import Settings

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

    from models.backups.contents import CourtHeld, Manifest
    from models.backups.restoring import Restored

LEAST_PASSPHRASE = 15
"""Letters of a passphrase: it may be tried without limit by whoever holds the file."""


def make_recovery_key(settings: Settings, args: argparse.Namespace) -> int:
    """Make the court's recovery key: shown once, or written to a file under a passphrase."""
    from models.backups import recovery_key

    if args.file and args.file.exists():
        raise Invalid(f"{args.file} is there already. Name another file; no key was made.")
    passphrase = _new_passphrase() if args.file else ""
    private = recovery_key.make(settings, replace=args.replace)
    if args.file:
        recovery_key.write_new(args.file, recovery_key.under_passphrase(private, passphrase))
        print(f"{args.file} holds the recovery key under your passphrase. Keep a copy away from this machine.")
    else:
        print(private, flush=True)
        print("This is the court's recovery key, shown this once and kept nowhere.")
        print("Write it down or print it, and keep it in a safe: without it no backup can be opened.")
    print("Now make a backup, and prove with ./run restore-drill that the key you kept opens it.")
    return 0


def backup(settings: Settings, args: argparse.Namespace) -> int:
    """Write the whole database to an encrypted file, also while the court works."""
    from models import readiness
    from models.backups import making, recovery_key

    _end_in_order()
    recipients = () if args.unencrypted else recovery_key.recipients(settings)
    bind = readiness.opened(settings)
    made = making.back_up(bind, args.file, recipients, now=clock.now())
    bind.dispose()
    size = made.file.stat().st_size / 1_000_000
    print(f"{made.file} holds the whole database ({made.manifest.rows:,} rows, {size:,.1f} MB).")
    print(f"Its SHA-256 is {made.sha256}.")
    for court in made.manifest.courts:
        print(f"Audit of {court.name}: {_end(court)}.")
    if args.unencrypted:
        print("It is NOT encrypted: whoever has the file can read it. Keep it as safely as the court's records.")
    print(
        f"It ages out after {made.manifest.ages_out_on}"
        + ("." if args.file.is_dir() else "; nobody but you removes it then.")
    )
    for old in made.removed:
        print(f"{old.name} had aged out and was removed.")
    return 0


def restore(settings: Settings, args: argparse.Namespace) -> int:
    """Put a backup in the database's place, proved from the first row to the last event."""
    from models.audit import checkpoints
    from models.backups import restoring
    from models.verbs import reading

    _end_in_order()
    done = restoring.restore(settings, args.file, lambda: _asked_key(args.key), replace=args.replace, now=clock.now())
    with reading(settings) as session:  # what was signed of events that are gone with this is given up, knowingly
        checkpoints.write(session, settings, now=clock.now(), restored=True)
    _say_restored(done, args.file)
    print(f"{args.file} is the court's database now, at version {done.migration}.")
    if done.kept:
        print(f"The one before it is kept: {done.kept}. Remove it when you no longer need it: it is not encrypted.")
    print("What was recorded after the backup was made is not in it: look again at accounts, releases and orders.")
    return 0


def restore_drill(settings: Settings, args: argparse.Namespace) -> int:
    """Do all that a restore does, and leave nothing."""
    from models.backups import restoring

    _end_in_order()
    done = restoring.drill(settings, args.file, lambda: _asked_key(args.key), now=clock.now())
    _say_restored(done, args.file)
    print(
        f"{args.file} can be restored with this key. Nothing of the drill is left; the court's database is untouched."
    )
    return 0


def move(settings: Settings, args: argparse.Namespace) -> int:
    """Move the court to another, empty database; the one it comes from stays as it is."""
    from models import readiness
    from models.backups import moving

    _end_in_order()
    to = Settings.from_env({"OFFRAMP_DATABASE_URL": args.to})
    if to.database_url == settings.database_url:
        raise Invalid("This is the court's database already. Name another one with --to.")
    bind = readiness.opened(settings)
    moved = moving.move(bind, to, now=clock.now())
    bind.dispose()
    _say_tables(moved)
    _say_courts(moved)
    print("Every row was read back and is the same. The database it came from was not changed.")
    print("Start Offramp with the new one (OFFRAMP_DATABASE_URL or --database); then put the old one away safely.")
    return 0


def retention(settings: Settings, args: argparse.Namespace) -> int:
    """Say what has had its time by the court's policy; with --remove, remove it."""
    from models.backups import making
    from models.commands.retention import remove_aged
    from models.queries.retention import removable
    from models.verbs import court_called, installation, reading, writing

    now = clock.now()
    with reading(settings) as session:
        actor = installation(session, court_called(session, args.court))
        found = removable(session, actor, today=actor.today(now))
        copies = making.aged_copies(settings.sqlite_file, making.kept_days(session, now), now)
    for one in found:
        since = f", the oldest of {one.oldest}" if one.oldest else ""
        print(f"{one.rows:>10,} {one.what.replace('_', ' ')} from before {one.kept_from}{since}")
    for copy in copies:
        print(f"{copy} is a copy that is older than a backup may be")
    if not args.remove:
        print("Nothing was removed; --remove does it. Cases and the audit never go by this.")
        return 0
    with writing(settings) as session:
        gone = remove_aged(session, installation(session, court_called(session, args.court)), now=now)
    for copy in copies:
        copy.unlink()
    print(f"{sum(gone.values()):,} rows and {len(copies)} copies were removed.")
    return 0


def _say_restored(done: "Restored", file: Path) -> None:
    held = done.manifest
    until = f", to be kept until {held.ages_out_on}" if held.ages_out_on else ""
    print(f"{file}: made {held.made_at} by Offramp {held.product}, database version {held.migration}{until}.")
    _say_tables(held)
    _say_courts(held)
    did = done.did
    print(f"{did.sign_ins_ended} open sign-ins of that time were ended, and every calendar feed address with them.")
    print(f"By the ledger of orders: {did.sealed_again} cases sealed again, {did.expunged_again} expunged again.")


def _say_tables(held: "Manifest") -> None:
    for name, table in held.tables.items():
        if table.rows:
            print(f"  {name.replace('_', ' '):<24}{table.rows:>12,}")
    print(f"{held.rows:,} rows in {len(held.tables)} tables.")


def _say_courts(held: "Manifest") -> None:
    for court in held.courts:
        print(f"{court.name}: the audit is whole from its first event to its last; {_end(court)}.")


def _end(court: "CourtHeld") -> str:
    return f"it ends at event {court.audit_seq}, {court.audit_hash[:16]}" if court.audit_seq else "no event is in it"


def _asked_key(file: Path | None) -> "Identity":
    """Return the private half of the recovery key from a file, or as it is typed or handed in."""
    from models.backups import recovery_key

    if file:
        if not file.exists():
            raise Invalid(f"There is no file {file}.")
        return recovery_key.private(file.read_bytes(), lambda: _typed("Passphrase of the recovery key: "))
    return recovery_key.private(_typed("Recovery key: ").encode(), lambda: "")


def _new_passphrase() -> str:
    passphrase = _typed("Passphrase: ")
    if len(passphrase) < LEAST_PASSPHRASE:
        raise Invalid(f"Take at least {LEAST_PASSPHRASE} letters, such as five words that have nothing in common.")
    if sys.stdin.isatty() and getpass.getpass("The same again: ") != passphrase:
        raise Invalid("The two differ. No key was made; try again.")
    return passphrase


def _typed(asked: str) -> str:
    """Return what is typed without being shown, or one line where no person sits at the terminal."""
    return getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _end_in_order() -> None:
    """Let SIGTERM end the work as Ctrl-C does, so that what was half made is removed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
