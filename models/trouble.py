"""Turn what can go wrong on a machine into a sentence and what to do, for the person at the terminal.

Refusals carry their own words. What nobody foresaw is kept in `var/trouble.log` for whoever looks after the product.
It must never print a traceback, never an address with its password, and keep no error's message: that may hold a name.
"""

import errno
import logging
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from models import clock
from models.errors import Refused
from models.settings import PROJECT

LOG = PROJECT / "var" / "trouble.log"

DISK_FULL = "The disk is full. Free some space, then start again; what was recorded before is still there."
NOT_ALLOWED = "This account may not read or write {what}. Start Offramp as the owner of its folder."
BUSY = "Another program is holding the database. Wait for it to end (a backup, a migration), then start again."
NO_FILE = "The database file cannot be opened. Check that its folder exists and may be written to."
DAMAGED = "The database file is damaged. Keep it as it is, and put the last backup back: ./run restore FILE --replace"
NO_SERVER = (
    "The PostgreSQL server does not answer, or does not let this account in. Check that it runs, "
    "and the address given with --database (OFFRAMP_DATABASE_URL)."
)


def told(work: Callable[[], int]) -> int:
    """Return `work`'s exit code; whatever it raises is said on standard error in words, and the code is not 0.

    From here on no log of this process, the libraries' included, holds the message of an error.
    """
    logging.setLogRecordFactory(_Record)
    try:
        code = work()
        sys.stdout.flush()
        return code
    except Refused as refusal:
        words = str(refusal)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever was reading has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains of it once more at its end
        return 1
    except Exception as error:  # noqa: BLE001 - the last line before a traceback would meet a person
        words = in_words(error) or _unforeseen(error)
    print(words, file=sys.stderr)
    return 1


def in_words(error: Exception) -> str | None:
    """Return a sentence for a failure of the machine's, or None for one nobody foresaw."""
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return DISK_FULL
        if isinstance(error, PermissionError):
            return NOT_ALLOWED.format(what=error.filename or "a file it needs")
        if isinstance(error, FileNotFoundError | NotADirectoryError | FileExistsError) and error.filename:
            return f"There is no place for {error.filename}. Check the path, then start again."
    return _database(error)


def _database(error: Exception) -> str | None:
    from sqlalchemy.exc import DBAPIError, OperationalError  # takes a second to load; most starts never need it

    if not isinstance(error, DBAPIError):
        return None
    said = str(error.orig).lower()
    for sign, words in (
        ("disk is full", DISK_FULL),
        ("no space left", DISK_FULL),
        ("disk i/o error", DISK_FULL),  # what SQLite says where the log beside the file cannot grow
        ("readonly database", NOT_ALLOWED.format(what="the database")),
        ("unable to open", NO_FILE),
        ("database is locked", BUSY),
        ("malformed", DAMAGED),
        ("not a database", DAMAGED),
    ):
        if sign in said:
            return words
    server = isinstance(error, OperationalError) and type(error.orig).__module__.startswith("psycopg")
    return NO_SERVER if server else None


def _unforeseen(error: Exception) -> str:
    told_in = ""
    try:
        LOG.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        LOG.touch(mode=0o600)
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"{clock.now():%Y-%m-%d %H:%M:%S} UTC\n{trace_of(error)}\n")
        told_in = f" {LOG} tells more; show it to whoever looks after Offramp."
    except OSError:
        told_in = " Nothing more could be written down."
    return f"Something went wrong that Offramp did not expect ({type(error).__name__}).{told_in}"


def trace_of(error: BaseException) -> str:
    """Return where an error came from and through which kinds of error, without what they say."""
    parts = []
    one: BaseException | None = error
    while one is not None:
        frames = "".join(traceback.format_tb(one.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{frames}{type(one).__module__}.{type(one).__qualname__}\n")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\nand before it:\n\n".join(parts)


class _Record(logging.LogRecord):
    """A line of a log that tells an error by its trace, without its message."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.exc_info and self.exc_info[1]:
            self.exc_text = trace_of(self.exc_info[1])  # a formatter takes this as made already
