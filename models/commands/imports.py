"""Loading the court's existing docket from a file: everything or nothing, and the same file twice changes nothing.

One audit event for the file and one for each case; they hold counts and ids. It never commits: the caller's
transaction holds the whole file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from models import audit
from models.commands.import_rows import Place, Rows, fingerprints
from models.errors import Invalid
from models.importing.known import chunks
from models.importing.mapping import remembered
from models.importing.plan import Addition, Arrival, ImportPlan, plan_import
from models.rules import words
from models.rules.importing.docket import ImportedDocket, Problem
from models.rules.importing.fields import Column, headings_key, missing
from models.rules.importing.rows import read_docket
from models.rules.names import fold
from models.rules.permissions import Action
from models.rules.vocabulary import Purpose
from models.scope import Actor, require
from models.sitting import TAKES_A_PLACE
from models.tables import Appearance, Court, CourtSession, ImportBatch, ImportMapping, Part
from models.tabular import MAX_BYTES, TOO_LARGE, read_table

#: Called with (cases done, cases in all).
Progress = Callable[[int, int], None]


class CannotLoad(Invalid):
    """Some rows cannot be loaded. Correct them in the court's system and export again, or leave those cases out."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take the problems that stop; `str` names the first rows, never what stands in them."""
        self.problems = tuple(problems)
        rows = sorted({problem.row for problem in problems})
        named = words.joined([str(row) for row in rows[:5]]) + (" and others" if len(rows) > 5 else "")
        super().__init__(
            f"{words.count(len(rows), 'row')} cannot be loaded (row {named}). Correct them, or leave them out."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What a load did. `problems` holds every remark and what was left out."""

    added: int
    changed: int
    unchanged: int
    rows: int
    batch_id: UUID | None  # None: nothing changed
    problems: tuple[Problem, ...]


def load_docket(
    session: Session,
    actor: Actor,
    docket: ImportedDocket,
    *,
    now: datetime,
    default_part: UUID | None = None,
    leave_out: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Load a docket that was read, at an instant (UTC), and return what changed.

    Cases that name no part go to `default_part`. Raises CannotLoad when cases cannot be loaded, unless `leave_out`.
    """
    require(actor, Action.IMPORT_CASES)
    # two loads at once would both find a case missing; on SQLite the transaction has locked the file already
    session.execute(sa.select(col(Court.id)).where(col(Court.id) == actor.court_id).with_for_update())
    today = actor.today(now)
    plan = plan_import(session, actor, docket, default_part=default_part, today=today)
    if plan.stopping and not leave_out:
        raise CannotLoad(plan.stopping)
    batch_id = None
    if plan.arrivals or plan.additions:
        places = _places(session, actor, plan, now)
        rows = Rows(actor=actor, today=today, now=now, places=places)
        _write(session, rows, plan, progress or (lambda _done, _all: None))
        batch_id = _batch(session, actor, plan, now)
    return ImportResult(
        added=len(plan.arrivals),
        changed=len(plan.additions),
        unchanged=plan.unchanged,
        rows=plan.rows,
        batch_id=batch_id,
        problems=plan.problems,
    )


def remember_mapping(
    session: Session, actor: Actor, headings: Sequence[str], mapping: Mapping[Column, str], *, now: datetime
) -> None:
    """Keep how these headings are read, for the next export like it. Invalid when the mapping cannot be read by."""
    require(actor, Action.IMPORT_CASES)
    if wanted := missing(mapping):
        raise Invalid(" ".join(wanted))
    key = headings_key(headings)
    columns = {column.value: heading for column, heading in mapping.items()}
    own = col(ImportMapping.court_id) == actor.court_id
    row = session.exec(select(ImportMapping).where(own, col(ImportMapping.headings_key) == key)).first()
    row = row or ImportMapping(court_id=actor.court_id, headings_key=key, columns={}, used_at=now)
    row.columns, row.used_at = columns, now
    session.add(row)


def import_file(
    session: Session,
    actor: Actor,
    path: Path,
    *,
    now: datetime,
    part: str | None = None,
    leave_out: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Load a CSV or Excel file by the mapping this court used before, or the one its headings suggest.

    Cases that name no part go to the part called `part`. Raises Invalid and CannotLoad in words; then nothing changed.
    """
    require(actor, Action.IMPORT_CASES)
    try:
        if path.exists() and not path.is_file():  # a folder, or a device without end
            raise OSError
        if path.stat().st_size > MAX_BYTES:
            raise Invalid(TOO_LARGE)
        content = path.read_bytes()
    except OSError:
        raise Invalid("This file cannot be opened. Check its name and that you may read it.") from None
    table = read_table(content)
    mapping, _ = remembered(session, actor, table.headings)
    remember_mapping(session, actor, table.headings, mapping, now=now)
    docket = read_docket(table, mapping, actor.today(now))
    default_part = _part(session, actor, part) if part else None
    return load_docket(
        session, actor, docket, now=now, default_part=default_part, leave_out=leave_out, progress=progress
    )


def _part(session: Session, actor: Actor, name: str) -> UUID:
    parts = session.execute(sa.select(col(Part.name), col(Part.id)).where(col(Part.court_id) == actor.court_id)).all()
    for row in parts:
        if fold(row.name) == fold(name):
            return UUID(str(row.id))
    raise Invalid(f"This court has no part of this name. It has {words.joined([row.name for row in parts])}.")


def _places(session: Session, actor: Actor, plan: ImportPlan, now: datetime) -> dict[UUID, Place]:
    """Return the sessions that take cases, locked, with the end of their call order."""
    entries: tuple[Arrival | Addition, ...] = (*plan.arrivals, *plan.additions)
    wanted = {entry.session_id for entry in entries if entry.session_id}
    usual = actor.policy_on(actor.today(now)).sessions
    found = {}
    for some in chunks(wanted):
        locked = select(CourtSession).where(col(CourtSession.id).in_(some)).order_by(col(CourtSession.id))
        ends = (
            sa.select(col(Appearance.court_session_id), sa.func.max(col(Appearance.position)))
            .where(col(Appearance.court_session_id).in_(some), col(Appearance.state).in_(TAKES_A_PLACE))
            .group_by(col(Appearance.court_session_id))
        )
        last = {row[0]: row[1] for row in session.execute(ends)}
        for sitting in session.exec(locked.with_for_update()):
            intake = not sitting.purposes or Purpose.INTAKE in sitting.purposes
            purpose = Purpose.INTAKE if intake else Purpose(sitting.purposes[0])
            found[sitting.id] = Place(last=last.get(sitting.id, 0), purpose=purpose, minutes=usual.minutes_for(purpose))
    return found


def _write(session: Session, rows: Rows, plan: ImportPlan, progress: Progress) -> None:
    """Insert the planned rows chunk by chunk, in the one transaction."""
    total, done = len(plan.arrivals) + len(plan.additions), 0
    for arrivals in chunks(plan.arrivals):
        ids = [rows.arrive(arrival) for arrival in arrivals]
        rows.insert(session)
        for case_id in ids:
            audit.record(session, rows.actor, "import_case", "case", case_id, now=rows.now, case_id=case_id)
        session.flush()
        done += len(arrivals)
        progress(done, total)
    for additions in chunks(plan.additions):
        for addition in additions:
            rows.complement(addition)
            case_id, detail = addition.case_id, {"charges": len(addition.charges)}
            audit.record(
                session, rows.actor, "import_more", "case", case_id, now=rows.now, case_id=case_id, detail=detail
            )
        rows.insert(session)
        _count_change(session, fingerprints(additions))
        done += len(additions)
        progress(done, total)


def _count_change(session: Session, values: list[dict[str, object]]) -> None:
    """Count one change of each case, so that nobody decides on what she saw before."""
    table = SQLModel.metadata.tables["cases"]  # not the mapped class: each statement carries its own row's id
    change = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("row_id"))
        .values(imported_as=sa.bindparam("fingerprint"), version=table.c.version + 1, look_on=None)
    )
    session.connection().execute(change, values)


def _batch(session: Session, actor: Actor, plan: ImportPlan, now: datetime) -> UUID:
    batch = ImportBatch(
        court_id=actor.court_id,
        file_hash=plan.file_hash,
        rows=plan.rows,
        cases_added=len(plan.arrivals),
        cases_changed=len(plan.additions),
        loaded_by=actor.person,
        loaded_at=now,
    )
    session.add(batch)
    left_out = len({problem.docket_number or str(problem.row) for problem in plan.stopping})
    detail = {"rows": plan.rows, "added": batch.cases_added, "changed": batch.cases_changed, "left_out": left_out}
    audit.record(session, actor, "import_file", "import_batch", batch.id, now=now, detail=detail)
    return batch.id
