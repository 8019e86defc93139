"""The court's recovery key: whoever makes backups has its public half only, and can read none of them.

The private half is shown once and kept by people, on paper or as a file under a passphrase. Both halves have the form
of the age tools, so that a backup can be opened without this product.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pyrage
from pyrage.x25519 import Identity, Recipient

from models.errors import Conflict, Invalid, NotFound
from models.settings import Settings

PUBLIC = "backups.age-recipients"
_BEGINS, _ENCRYPTED = "AGE-SECRET-KEY-", (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")


def make(settings: Settings, *, replace: bool = False) -> str:
    """Make a recovery key, keep its public half beside the installation's keys, and return the private half.

    Conflict where there is one and `replace` is not given.
    """
    file = settings.keys_folder / PUBLIC
    if file.exists() and not replace:
        raise Conflict(
            "There is a recovery key already. With --replace a new one takes its place; keep the old one as long as "
            "there are backups made for it."
        )
    made = Identity.generate()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_new(part := file.with_name(f"{PUBLIC}.part"), f"{made.to_public()}\n".encode())
    part.replace(file)
    return str(made)


def write_new(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read. FileExistsError where there is one."""
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def under_passphrase(private: str, passphrase: str) -> bytes:
    """Return a private half as a file that nobody opens without the passphrase."""
    return bytes(pyrage.passphrase.encrypt(f"{private}\n".encode(), passphrase, armored=True))


def recipients(settings: Settings) -> Sequence[Recipient]:
    """Return whom backups are encrypted for: one public half a line, as the age tools write them too."""
    file = settings.keys_folder / PUBLIC
    if not file.exists():
        raise NotFound(
            "There is no recovery key yet, so a backup cannot be encrypted. Make one: ./run make-recovery-key"
        )
    told = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    try:
        found = [Recipient.from_str(line) for line in told if line and not line.startswith("#")]
    except pyrage.RecipientError:
        found = []
    if not found:
        raise Invalid(f"{file} is damaged. Put it back from where the keys are kept, or make a new recovery key.")
    return found


def private(told: bytes, passphrase: Callable[[], str]) -> Identity:
    """Return the private half from its line, or from a file with it; `passphrase` is asked only where one is needed."""
    if told.lstrip().startswith(_ENCRYPTED):
        try:
            told = pyrage.passphrase.decrypt(told.strip(), passphrase())
        except pyrage.DecryptError:
            raise Invalid("This passphrase does not open the recovery key. Nothing was changed; try again.") from None
    lines = [line.strip() for line in told.decode("utf-8", "replace").splitlines()]
    try:
        return Identity.from_str(next(line for line in lines if line.upper().startswith(_BEGINS)))
    except (StopIteration, pyrage.IdentityError):
        raise Invalid(
            f"This is not a recovery key. It is one line that begins with {_BEGINS}, or a file with it; look for a "
            "letter that was read or typed wrongly."
        ) from None
