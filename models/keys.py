"""The installation's own keys: 32 random bytes each, in files that nobody else may read, never in a database.

A key is made when it is first asked for. A database or a backup that is stolen without this folder holds nothing that
these keys protect; whoever moves an installation moves the folder too, by a way of its own.
"""

import os
import stat
from base64 import b64decode, b64encode
from enum import StrEnum
from pathlib import Path
from secrets import token_bytes, token_hex
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import SettingsError

LENGTH = 32
_NONCE = 12  # bytes


class KeyName(StrEnum):
    """What a key is for; one key serves one purpose."""

    AUDIT = "audit"  # signs the audit's checkpoints (Ed25519 seed)
    SECOND_FACTOR = "second-factor"  # encrypts what the codes of the second factor are made from
    DRAFTS = "drafts"  # encrypts what a tab keeps of what was typed, until the same person signs in again


def key(folder: Path, name: KeyName) -> bytes:
    """Return the key, making it the first time; SettingsError where others can read its file or it is damaged."""
    path = folder / f"{name}.key"
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError(f"{path} can be read by others. Make it its owner's alone (chmod 600), then start again.")
    found = path.read_bytes()
    if len(found) != LENGTH:
        raise SettingsError(f"{path} is damaged. Put it back from where the keys are kept, then start again.")
    return found


def encrypted(secret: bytes, text: str, owner: UUID) -> str:
    """Return a text that only this key opens, and only for the same owner (AES-256-GCM)."""
    nonce = token_bytes(_NONCE)
    return b64encode(nonce + AESGCM(secret).encrypt(nonce, text.encode(), owner.bytes)).decode()


def decrypted(secret: bytes, sealed: str, owner: UUID) -> str | None:
    """Return what was encrypted; None where it was for somebody else, with another key, or was altered."""
    try:
        whole = b64decode(sealed, validate=True)
        return AESGCM(secret).decrypt(whole[:_NONCE], whole[_NONCE:], owner.bytes).decode()
    except (InvalidTag, ValueError):
        return None


def _make(path: Path) -> None:
    """Write a new key; of two processes that make it at once, the first one's stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{token_hex(8)}")
    opened = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        return
    finally:
        part.unlink()
