"""The file of a backup: a line for the manifest, one for each row and one with the checksum, packed, then encrypted.

It is an age file of gzipped lines of JSON. It is written and read piece by piece, and what has been decrypted is never
on a disk. Where it has been changed, cut short or is not for this key, reading it ends in a sentence.
"""

import gzip
import hashlib
import json
import os
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient

from models import migrations
from models.backups.columns import Line
from models.backups.contents import Manifest
from models.errors import Conflict, DatabaseTooNew, Invalid, NotFound

AGE, PACKED, PAGES = b"age-encryption.org/", b"\x1f\x8b", b"SQLite format 3\0"
FORM = 1
_PIECE = 1 << 16

DAMAGED = "{file} is damaged or not whole: it was changed or cut short. Nothing was changed here; use another backup."
OTHER_KEY = "This recovery key does not open {file}: it was made for another key. Nothing was changed here."
NEWER = "{file} was made by a newer version of Offramp. Install that version; nothing was changed here."


def write(file: Path, manifest: Manifest, lines: Iterable[Line], recipients: Sequence[Recipient]) -> str:
    """Write a backup, encrypted unless there are no recipients; return the SHA-256 of the file.

    It appears complete and on the disk, or not at all. Conflict where there is a file of that name.
    """
    if file.exists():
        raise Conflict(f"{file} exists already. Name a new file; a backup is never written over.")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)  # left by one that was killed
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
            to = _Given(opened)
            _pour(_Asked(_packed(manifest, lines)), to, recipients)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return to.digest.hexdigest()


def _packed(manifest: Manifest, lines: Iterable[Line]) -> Iterator[bytes]:
    """Yield the pieces of the packed text; the checksum in its last line is that of all lines before it."""
    pack, digest = zlib.compressobj(level=4, wbits=31), hashlib.sha256()
    for text in _texts([{"offramp_backup": FORM, **manifest.told()}], lines):
        digest.update(text)
        yield pack.compress(text)
    yield pack.compress(json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n")
    yield pack.flush()


def _texts(*parts: Iterable[Any]) -> Iterator[bytes]:
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for part in parts:
        for one in part:
            yield write(one).encode("utf-8", "surrogatepass") + b"\n"


class _Side:
    """One side of the cipher. It keeps its own trouble, which the cipher would tell as another."""

    trouble: BaseException | None = None

    @contextmanager
    def keeping(self) -> Iterator[None]:
        try:
            yield
        except BaseException as trouble:
            self.trouble = trouble
            raise


class _Asked(_Side):
    """Pieces that are made when they are asked for."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._rest = iter(pieces), b""

    def read(self, most: int) -> bytes:
        with self.keeping():
            while len(self._rest) < most and (piece := next(self._pieces, None)) is not None:
                self._rest += piece
        given, self._rest = self._rest[:most], self._rest[most:]
        return given


class _Given(_Side):
    """A file that is written to, and its SHA-256."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        with self.keeping():
            self.digest.update(data)
            return self._file.write(data)

    def flush(self) -> None:
        with self.keeping():
            self._file.flush()


def _pour(source: _Asked, to: _Given, recipients: Sequence[Recipient]) -> None:
    try:
        if recipients:
            pyrage.encrypt_io(source, to, recipients)
        else:
            while piece := source.read(_PIECE):
                to.write(piece)
    except BaseException:
        if trouble := source.trouble or to.trouble:
            raise trouble from None
        raise


@dataclass(slots=True)
class Backup:
    """A backup that is being read: its manifest, and its rows, whose last one is given when all of them were proved."""

    manifest: Manifest
    lines: Iterator[Line]


def first_bytes(file: Path) -> bytes:
    """Return what a file begins with, by which it is told what it is; NotFound without one."""
    if not file.exists():
        raise NotFound(f"There is no file {file}.")
    with file.open("rb") as opened:
        return opened.read(len(PAGES))


@contextmanager
def reading(file: Path, key: Callable[[], Identity]) -> Iterator[Backup]:
    """Yield a backup; `key` is asked for the private half where it is encrypted. Invalid where it cannot be read."""
    if not file.exists():
        raise NotFound(f"There is no file {file}.")
    with file.open("rb") as opened:
        source: BinaryIO = opened
        start = opened.peek(len(AGE))
        if start.startswith(AGE):
            with _decrypted(file, source, key()) as source, _damage_told(file):
                yield _backup(file, source)
        elif start.startswith(PACKED):
            with _damage_told(file):
                yield _backup(file, source)
        else:
            raise Invalid(f"{file} is not a backup of Offramp's. Nothing was changed here.")


@contextmanager
def _damage_told(file: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, json.JSONDecodeError, UnicodeDecodeError):
        raise Invalid(DAMAGED.format(file=file)) from None


def _backup(file: Path, source: BinaryIO) -> Backup:
    """Read the manifest; DatabaseTooNew where this version cannot know what follows."""
    packed, digest = gzip.GzipFile(fileobj=source), hashlib.sha256()
    first = packed.readline()
    digest.update(first)
    told = json.loads(first)
    if not isinstance(told, dict):
        raise Invalid(DAMAGED.format(file=file))
    if told.pop("offramp_backup", None) != FORM or told.get("migration") not in migrations.known():
        raise DatabaseTooNew(NEWER.format(file=file))
    manifest = Manifest.read(told)
    return Backup(manifest, _proved(file, packed, manifest.rows, digest))


def _proved(file: Path, packed: gzip.GzipFile, count: int, digest: Any) -> Iterator[Line]:
    """Yield the rows; the end is only reached where the checksum fits and nothing is left."""
    read = json.JSONDecoder().decode
    for _ in range(count):
        text = packed.readline()
        digest.update(text)
        yield read(text.decode("utf-8", "surrogatepass"))
    end = json.loads(packed.readline())
    if end != {"sha256": digest.hexdigest()} or packed.read(1):
        raise Invalid(DAMAGED.format(file=file))


@contextmanager
def _decrypted(file: Path, source: BinaryIO, key: Identity) -> Iterator[BinaryIO]:
    """Yield what the file holds for the key. A thread decrypts it into a pipe: nothing of it is on a disk."""
    out, into = os.pipe()
    trouble: list[Exception] = []

    def decrypt() -> None:
        with suppress(OSError), os.fdopen(into, "wb") as pipe:  # an early end is told by whoever reads
            try:
                pyrage.decrypt_io(source, pipe, [key])
            except (pyrage.DecryptError, OSError) as error:
                trouble.append(error)

    thread = threading.Thread(target=decrypt, daemon=True)
    thread.start()
    try:
        with os.fdopen(out, "rb") as plain:
            if not plain.peek(1):
                thread.join()
                other = any("No matching keys" in str(error) for error in trouble)
                raise Invalid((OTHER_KEY if other else DAMAGED).format(file=file))
            yield plain
            if plain.read(1) or trouble:
                raise Invalid(DAMAGED.format(file=file))
    finally:
        thread.join()
