"""`python -m models VERB`: start the court, and look after its data from a terminal. `./run` comes here.

It reads the arguments; what each verb does is in models.verbs, of the data as a whole in models.data_verbs, of the audit
in models.audit_verbs, and of the policy in models.policy_verbs.
"""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path

from models import account_verbs, audit_verbs, data_verbs, launch, policy_verbs, verbs
from models.rules.vocabulary import Role
from models.settings import Settings
from models.trouble import told

Verb = Callable[[Settings, argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 done, 1 refused or failed and said so, 2 not understood."""
    args = _parser().parse_args(arguments)
    verb: Verb = args.verb
    return told(lambda: verb(Settings.from_env(os.environ), args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run", description="Start a court, and look after its data.")
    words = parser.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, run: Verb, says: str) -> argparse.ArgumentParser:
        made = words.add_parser(name, help=says, description=says)
        made.set_defaults(verb=run)
        return made

    verb("start", lambda settings, _: launch.start(settings), "Start dashboard and scheduler together.")
    verb("migrate", verbs.migrate, "Make the database, or bring it to this version.")
    revise = verb("revise", verbs.revise, "Write the migration from a database at the last version to the tables.")
    revise.add_argument("message", help="what it is for")
    _court_verbs(verb)
    load = verb("import", verbs.import_file, "Load the court's existing docket, everything or nothing.")
    load.add_argument("file", type=Path, help="CSV or Excel, as the court's system exports it")
    load.add_argument("--user", required=True, help="who loads it: the username of somebody who may")
    load.add_argument("--part", help="the part of cases that name none")
    load.add_argument("--leave-out", action="store_true", help="load the rest when some cases cannot be loaded")
    load.add_argument("--check", action="store_true", help="say what would happen; keep nothing")
    _data_verbs(verb)
    _audit_verbs(verb)
    _policy_verbs(verb)
    tries = verb("try", verbs.try_file, "Answer situations told in a file, without a database.")
    tries.add_argument("file", type=Path, help="situations in TOML; models/situations/examples.toml shows the form")
    tries.add_argument("--policy", type=Path, help="the court's policy file; the demonstration policy when not given")
    tries.add_argument("--json", action="store_true", help="as JSON, for a program")
    return parser


def _court_verbs(verb: Callable[[str, Verb, str], argparse.ArgumentParser]) -> None:
    """Add the verbs that set a court up: itself, its accounts, its parts."""
    court = verb("add-court", verbs.add_court, "Add a court to the database; the database is made if there is none.")
    court.add_argument("name")
    court.add_argument("--public-name", required=True, help="what anybody may read; does not tell the kind of court")
    court.add_argument("--zone", required=True, help="IANA time zone, such as America/New_York")
    court.add_argument("--policy", required=True, help="key of a policy in models/policies")
    user = verb("add-user", verbs.add_user, "Add an account; asks for its password.")
    user.add_argument("username")
    user.add_argument("--name", required=True, help="the name shown on screen")
    user.add_argument("--role", required=True, action="append", type=Role, choices=list(Role), help="may be repeated")
    user.add_argument("--court", help="the court's name; not needed where there is one court")
    password = verb("set-password", account_verbs.set_password, "Give an account a new password; asks for it.")
    password.add_argument("username")
    says = "Let an account set up another telephone at its next sign-in."
    verb("reset-second-step", account_verbs.reset_second_step, says).add_argument("username")
    part = verb("add-part", verbs.add_part, "Add a part of the court, and its judge if she is new.")
    part.add_argument("name")
    part.add_argument("--room", required=True)
    part.add_argument("--judge", required=True, help="as the court says her name")
    part.add_argument("--user", help="the username the judge signs in with")
    part.add_argument("--starts", required=True, type=time.fromisoformat, help="usual start, such as 09:30")
    part.add_argument("--court", help="the court's name; not needed where there is one court")


def _data_verbs(verb: Callable[[str, Verb, str], argparse.ArgumentParser]) -> None:
    """Add the verbs for the court's data as a whole."""
    key = verb("make-recovery-key", data_verbs.make_recovery_key, "Make the key that opens the court's backups.")
    key.add_argument("file", type=Path, nargs="?", help="write it there under a passphrase; shown once when not given")
    key.add_argument("--replace", action="store_true", help="a new key; the old one still opens the older backups")
    backup = verb(
        "backup", data_verbs.backup, "Write the whole database to an encrypted file, also while the court works."
    )
    backup.add_argument("file", type=Path, help="a new file, or a folder of backups: those aged out are removed there")
    backup.add_argument("--unencrypted", action="store_true", help="without a key: whoever has the file can read it")
    for name, run, says in (
        ("restore", data_verbs.restore, "Put a backup in the database's place, and prove it."),
        ("restore-drill", data_verbs.restore_drill, "Prove that a backup can be restored; nothing of it is left."),
    ):
        made = verb(name, run, says)
        made.add_argument("file", type=Path)
        made.add_argument("--key", type=Path, help="file with the recovery key; asked for when not given")
        if name == "restore":
            made.add_argument("--replace", action="store_true", help="replace the present database; it is kept aside")
    aged = verb("retention", data_verbs.retention, "Say what has had its time by the court's policy, or remove it.")
    aged.add_argument("--remove", action="store_true", help="remove it; without this nothing goes")
    aged.add_argument("--court", help="the court's name; not needed where there is one court")
    move = verb("move", data_verbs.move, "Move the court to another database, such as PostgreSQL. Stop it first.")
    move.add_argument("--to", required=True, metavar="URL", help="an empty database: postgresql://user@host/offramp")


def _audit_verbs(verb: Callable[[str, Verb, str], argparse.ArgumentParser]) -> None:
    """Add the verbs of the audit: prove it, sign it, save it for inspectors."""
    verb("verify-audit", audit_verbs.verify_audit, "Prove that no audit event was changed, removed or put in.")
    verb("checkpoint", audit_verbs.checkpoint, "Sign where each court's audit ends, now; the scheduler does it hourly.")
    verb(
        "audit-key", audit_verbs.audit_key, "Print the key that checks the signatures. Keep it away from this machine."
    )
    export = verb("export-audit", audit_verbs.export_audit, "Save a court's whole audit for inspectors, as JSON lines.")
    export.add_argument("file", type=Path, help="a new file")
    export.add_argument("--court", help="the court's name; not needed where there is one court")


def _policy_verbs(verb: Callable[[str, Verb, str], argparse.ArgumentParser]) -> None:
    """Add the verbs of the court's policy: check, save as a file, make a file the draft."""
    verb("check-policies", policy_verbs.check_policies, "Read every policy file and say what is wrong in it, by line.")
    export = verb("export-policy", policy_verbs.export_policy, "Save a version of a court's policy as TOML.")
    export.add_argument("file", type=Path, help="a new file")
    export.add_argument("--version", help="its name; the version in force today when not given")
    export.add_argument("--court", help="the court's name; not needed where there is one court")
    load = verb("import-policy", policy_verbs.import_policy, "Make a TOML file the draft of the court's policy.")
    load.add_argument("file", type=Path)
    load.add_argument("--user", required=True, help="who imports it: the username of an administrator")
    load.add_argument("--replace", action="store_true", help="the present draft gives way")


if __name__ == "__main__":
    sys.exit(main())
