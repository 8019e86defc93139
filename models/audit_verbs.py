"""The verbs of the audit: prove it, sign where it ends, show the key for the signatures, save it for inspectors.

Each imports what it needs when it runs, as the other verbs do.
"""

import argparse
import os
from pathlib import Path

from models import clock
from models.errors import Conflict
from models.settings import Settings
from models.verbs import court_called, courts, reading


def verify_audit(settings: Settings, _args: argparse.Namespace) -> int:
    """Say for each court whether its audit is what was recorded, and signed; 1 when one is not."""
    from models.audit import checking, checkpoints

    signed = checkpoints.found(settings)
    with reading(settings) as session:
        found = [(court.name, checking.check(session, court.id, signed.points)) for court in courts(session)]
    for name, checked in found:
        if checked.wrong:
            print(f"{name}: broken at event {checked.first_wrong}: {checked.wrong}. Every event before it is in place.")
        else:
            print(f"{name}: all {checked.events} events are in place.")
    for wrong in signed.wrong:
        print(f"The checkpoints: {wrong}.")
    if signed.points:
        print(
            f"Compared with the signed checkpoints: {len(signed.points)}, the last of {max(p.at for p in signed.points):%Y-%m-%d %H:%M} UTC."
        )
    else:
        print(f"There is no checkpoint at {settings.checkpoints_file} to compare with: ./run checkpoint writes one.")
    return 0 if not signed.wrong and all(checked.wrong is None for _, checked in found) else 1


def checkpoint(settings: Settings, _args: argparse.Namespace) -> int:
    """Sign the end of every chain that has grown, now."""
    from models.audit import checkpoints

    with reading(settings) as session:
        written = checkpoints.write(session, settings, now=clock.now())
    print(f"{written} written to {settings.checkpoints_file}.")
    return 0


def audit_key(settings: Settings, _args: argparse.Namespace) -> int:
    """Print the public key of the checkpoints."""
    from models.audit import checkpoints

    print(checkpoints.public_key(settings))
    return 0


def export_audit(settings: Settings, args: argparse.Namespace) -> int:
    """Save a court's whole audit as lines that the stand-alone verifier reads; nothing is written over."""
    from sqlmodel import col, select

    from models.audit import exporting
    from models.tables import AuditHead

    to: Path = args.file
    if to.exists():
        raise Conflict(f"{to} exists already. Name a new file; nothing is written over.")
    with reading(settings) as session:
        court = court_called(session, args.court)
        head = session.exec(select(AuditHead).where(col(AuditHead.court_id) == court.id)).first()
        name, last = court.name, head.seq if head else 0
        with os.fdopen(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in exporting.lines(session, court.id, 1, last, whole=True))
    print(f"{to} holds {last} events of {name}. No participant's name is in it; keep it safely all the same.")
    return 0
