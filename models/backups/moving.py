"""Move a court from one database to another, as from SQLite to PostgreSQL: the same rows, the same end of the audit.

The court is stopped meanwhile. The database it comes from is only read, and stays as it is.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from sqlalchemy.engine import Engine

from models import database, migrations
from models.backups.columns import Line
from models.backups.contents import DIFFERENT, Manifest, courts_of, fill, lines_of, manifest_of, prove
from models.backups.places import place, refuse_others
from models.errors import Conflict, Invalid
from models.settings import Settings

NOT_EMPTY = "{what} is not empty. Name a new, empty database; nothing was changed."
WORKED = "The court was working meanwhile. Stop Offramp, then move again; nothing was changed."


class _Sum:
    """What was counted of rows in any order: two databases with the same rows have the same sum."""

    def __init__(self) -> None:
        self.value = 0

    def of(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Yield the lines as they are, and count them in."""
        for line in lines:
            self.value += int.from_bytes(sha256(repr(line).encode()).digest())
            yield line


def move(source: Engine, to: Settings, *, now: datetime) -> Manifest:
    """Move the whole database at an instant (UTC) to an empty one; return what was moved, read back and compared.

    Conflict where either is in use, where the target is not empty, and where the court worked meanwhile.
    """
    refuse_others(source)
    with database.at_one_moment(source) as held, place(to, now=now, standing=NOT_EMPTY) as made:
        manifest = manifest_of(held, now=now)
        left, come = _Sum(), _Sum()
        fill(made.connection, manifest, left.of(lines_of(held, manifest.tables)))
        migrations.within(made.connection)
        prove(made.connection, manifest.courts)
        for _ in come.of(lines_of(made.connection, manifest.tables)):
            pass
        if left.value != come.value:
            raise Invalid(DIFFERENT)
        with database.at_one_moment(source) as present:
            if courts_of(present) != list(manifest.courts):
                raise Conflict(WORKED)
    return manifest
