"""Checkpoints: what each court's chain ends with, signed and kept outside of the database.

Whoever can rewrite the database can write a new chain that fits itself; what was signed of the old one then tells. A line
holds the SHA-256 of the line before, so that a line taken out is found too, and every write also leaves a new file in a
second place if the court has one: best where files can be added and never changed.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlmodel import Session, col, select

from models.audit.checking import Checkpoint
from models.keys import KeyName, key
from models.settings import Settings
from models.tables import AuditHead

_DOMAIN = "offramp checkpoint 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The checkpoints that are signed as they should be, and what is wrong with the others, in words."""

    points: tuple[Checkpoint, ...]
    wrong: tuple[str, ...]


def write(session: Session, settings: Settings, *, now: datetime, restored: bool = False) -> int:
    """Sign the end of every court's chain that has grown, at an instant (UTC); return how many were written.

    With `restored`, sign every end and say that it is one that was put back from a backup. Raises OSError where the
    file or the second place cannot be written.
    """
    heads = session.exec(select(AuditHead).order_by(col(AuditHead.court_id))).all()
    with _locked(settings.checkpoints_file) as file:
        lines = file.read_text(encoding="utf-8").splitlines()
        known = {point.court_id: point for point in _read(lines, _private(settings).public_key()).points}
        grown = [
            head for head in heads if restored or head.court_id not in known or known[head.court_id].seq < head.seq
        ]
        made: list[str] = []
        for head in grown:
            before = (made or lines or [""])[-1]
            made.append(_signed(settings, head, now, before, restored=restored))
        _append(file, made)
    if made and settings.checkpoints_copy is not None:
        _copy(settings.checkpoints_copy, made, now)
    return len(made)


def found(settings: Settings) -> Found:
    """Read the checkpoints of both places against the installation's key."""
    public, file, copies = _private(settings).public_key(), settings.checkpoints_file, settings.checkpoints_copy
    kept = _read(file.read_text(encoding="utf-8").splitlines() if file.is_file() else [], public)
    if copies is None or not copies.is_dir():
        return kept
    texts = [path.read_text(encoding="utf-8").splitlines() for path in sorted(copies.glob("checkpoints-*.jsonl"))]
    second = _read([line for lines in texts for line in lines], public, whole=False)
    lost = len(set(second.points) - set(kept.points))
    said = (f"{file} lacks {lost} checkpoints that the second place has",) if lost else ()
    return Found(points=(*kept.points, *second.points), wrong=(*kept.wrong, *said, *second.wrong))


def public_key(settings: Settings) -> str:
    """Return the key by which anybody can check the signatures, as 64 hexadecimal digits. A court keeps it elsewhere."""
    return _private(settings).public_key().public_bytes_raw().hex()


def _private(settings: Settings) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key(settings.keys_folder, KeyName.AUDIT))


def _signed(settings: Settings, head: AuditHead, now: datetime, before: str, *, restored: bool) -> str:
    """Return one line: what is signed, and the signature of exactly that."""
    said: dict[str, Any] = {
        "kind": _DOMAIN,
        "court": str(head.court_id),
        "seq": head.seq,
        "hash": head.hash,
        "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
        "restored": restored,
        "previous": _hash(before) if before else "",
    }
    return _text(said | {"signature": _private(settings).sign(_text(said).encode()).hex()})


def _read(lines: Sequence[str], public: Ed25519PublicKey, *, whole: bool = True) -> Found:
    """Take lines apart; one that is not ours is not believed. `whole`: each must follow the one before."""
    points: list[Checkpoint] = []
    wrong: list[str] = []
    before = ""
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            signature = bytes.fromhex(said.pop("signature"))
            public.verify(signature, _text(said).encode())
            point = Checkpoint(
                court_id=UUID(said["court"]),
                seq=said["seq"],
                hash=said["hash"],
                at=datetime.fromisoformat(said["at"]),
                restored=said["restored"],
            )
        except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
            wrong.append(f"checkpoint {number} was not signed with this installation's key")
        else:
            if whole and said["previous"] != (_hash(before) if before else ""):
                wrong.append(f"checkpoint {number} does not follow the one before: a checkpoint was removed or changed")
            points.append(point)
        before = line
    return Found(points=tuple(points), wrong=tuple(wrong))


@contextmanager
def _locked(path: Path) -> Iterator[Path]:
    """Yield the file, made for its owner alone, while nobody else writes to it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600)) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield path


def _append(file: Path, lines: Sequence[str]) -> None:
    with file.open("a", encoding="utf-8") as kept:
        kept.write("".join(f"{line}\n" for line in lines))
        kept.flush()
        os.fsync(kept.fileno())


def _copy(folder: Path, lines: Sequence[str], now: datetime) -> None:
    """Leave the new lines as a file of their own, which is never opened again."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"checkpoints-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}.jsonl"
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as kept:
        kept.write("".join(f"{line}\n" for line in lines))
        kept.flush()
        os.fsync(kept.fileno())


def _text(said: dict[str, Any]) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _hash(line: str) -> str:
    return sha256(line.encode()).hexdigest()
