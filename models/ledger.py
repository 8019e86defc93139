"""The ledger of sealed and expunged records: a file outside the database, asked whenever a backup is put back.

A backup older than an order would bring back what the court sealed or destroyed. The ledger remembers random ids, and
nothing else: no name, no number, nothing they were made from. It is only ever added to.
"""

import json
import os
import stat
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session

from models.errors import SettingsError


class What(StrEnum):
    """What was done to a record."""

    SEALED = "sealed"
    UNSEALED = "unsealed"
    EXPUNGED = "expunged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One case and what was done to it; participant and person where they were destroyed with their last case."""

    what: What
    court_id: UUID
    case_id: UUID
    participant_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger in one file of mode 600."""

    path: Path

    def enter(self, session: Session, entries: Sequence[Entry]) -> None:
        """Enter what this transaction is about to commit: first here, then in the database.

        Where the transaction does not come to its end the act is withdrawn here. After a crash between the two it
        stands: the order was given, and what it asked for is done when a backup is put back.
        """
        act = str(uuid4())
        self._append({"act": act, "entries": [asdict(entry) for entry in entries]})
        ended: list[bool] = []
        sa.event.listen(session, "after_commit", lambda _: ended.append(True), once=True)

        def after(_: Session, transaction: Any) -> None:
            if transaction.parent is None and not ended:
                ended.append(False)
                self._append({"act": act, "withdrawn": True})

        sa.event.listen(session, "after_transaction_end", after)

    def entries(self) -> tuple[Entry, ...]:
        """Return what stands, in the order in which it was done; none where there is no file yet.

        Raises SettingsError for a line that cannot be read: nobody may put a backup back past it unseen.
        """
        acts: dict[str, list[Entry]] = {}
        for number, line in enumerate(self._lines(), start=1):
            try:
                told = json.loads(line)
                if told.get("withdrawn"):
                    acts.pop(told["act"], None)
                else:
                    acts[told["act"]] = [_entry(entry) for entry in told["entries"]]
            except (ValueError, KeyError, TypeError, AttributeError):
                raise SettingsError(
                    f"Line {number} of {self.path} cannot be read. Put the ledger back from where it is kept, "
                    "or take out that line if it is the last one and was cut short."
                ) from None
        return tuple(entry for entries in acts.values() for entry in entries)

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return []
        if stat.S_IMODE(self.path.stat().st_mode) & 0o077:
            raise SettingsError(f"{self.path} can be read by others. Make it its owner's alone (chmod 600).")
        return [line for line in self.path.read_text(encoding="utf-8").splitlines() if line.strip()]

    def _append(self, told: dict[str, Any]) -> None:
        """Add one line and see it onto the disk; a line cut short by a crash before it stays one line of its own."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(opened, "ab") as file:
            file.write(f"{json.dumps(told, default=str)}\n".encode())
            file.flush()
            os.fsync(file.fileno())


def _entry(told: dict[str, Any]) -> Entry:
    ids = {name: UUID(told[name]) if told[name] else None for name in ("participant_id", "person_id")}
    return Entry(what=What(told["what"]), court_id=UUID(told["court_id"]), case_id=UUID(told["case_id"]), **ids)
