"""Looking leaves an event too: a query says which cases its answer shows, and whoever opened the database writes it down.

`shows_case` and `shows_list` stand above every query that shows cases. `noting` keeps what was shown in one session, and
what was refused; `record` appends it. Where nobody notes, as in a sweep, nothing is shown to anybody.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.errors import NotFound, NotPermitted, Refused
from models.rules.audited import REFUSED, Look
from models.scope import Actor, Asked
from models.tables import AuditList

P = ParamSpec("P")
T = TypeVar("T")
Query = Callable[Concatenate[Session, Actor, P], T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one answer shows to whom: one case, or a list of cases about a subject such as a court session."""

    viewer: Actor
    look: Look
    cases: frozenset[UUID]
    subject_type: str
    subject_id: UUID | None
    is_list: bool


@dataclass(slots=True)
class Noted:
    """What was shown and refused in one session."""

    shown: list[Shown] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


_NOTED = "looks noted"


@contextmanager
def noting(session: Session) -> Iterator[Noted]:
    """Keep what the session's queries show and refuse, to be written down before anybody sees it."""
    noted = session.info[_NOTED] = Noted()
    try:
        yield noted
    finally:
        del session.info[_NOTED]


def shows_case(
    look: Look, case_of: Callable[[Any, Any], UUID] = lambda _answer, asked: asked
) -> Callable[[Query[P, T]], Query[P, T]]:
    """Declare that a query's answer shows one case: the one it is asked for, or `case_of` the answer and what is asked for."""

    def shown(viewer: Actor, answer: Any, first: Any) -> Shown:
        case_id = case_of(answer, first)
        cases = frozenset({case_id})
        return Shown(viewer=viewer, look=look, cases=cases, subject_type="case", subject_id=case_id, is_list=False)

    return _declared(look, shown)


def shows_list(
    look: Look,
    cases_of: Callable[[Any], Iterable[UUID | None]],
    subject_of: Callable[[Any], tuple[str, UUID]] | None = None,
) -> Callable[[Query[P, T]], Query[P, T]]:
    """Declare that a query's answer is a list of cases, about a subject of the answer or about the court."""

    def shown(viewer: Actor, answer: Any, _first: Any) -> Shown | None:
        cases = frozenset(case_id for case_id in cases_of(answer) if case_id is not None)
        subject_type, subject_id = subject_of(answer) if subject_of else ("court", viewer.court_id)
        if not cases and look not in (Look.SEARCH, Look.AUDIT):
            return None
        return Shown(
            viewer=viewer, look=look, cases=cases, subject_type=subject_type, subject_id=subject_id, is_list=True
        )

    return _declared(look, shown)


def _declared(look: Look, shown: Callable[[Actor, Any, Any], Shown | None]) -> Callable[[Query[P, T]], Query[P, T]]:
    """Return the decorator that notes what an answer shows, and what was asked for where there is none."""

    def declare(query: Query[P, T]) -> Query[P, T]:
        @wraps(query)
        def asked(session: Session, viewer: Actor, /, *args: P.args, **named: P.kwargs) -> T:
            try:
                answer = query(session, viewer, *args, **named)
            except (NotFound, NotPermitted) as refusal:
                _note_refusal(session, viewer, look, refusal, (*args, *named.values()))
                raise
            note(session, viewer, asked, args, answer)
            return answer

        asked.shown = shown  # type: ignore[attr-defined]
        return asked

    return declare


def note(session: Session, viewer: Actor, query: Callable[..., Any], args: tuple[Any, ...], answer: Any) -> None:
    """Note what an answer to `args` shows; one that was kept is noted whenever it is shown again."""
    noted: Noted | None = session.info.get(_NOTED)
    shown_of = getattr(query, "shown", None)
    if noted is None or shown_of is None:
        return
    shown = shown_of(viewer, answer, next(iter(args), None))
    if shown is not None and shown not in noted.shown:
        noted.shown.append(shown)


def _note_refusal(session: Session, viewer: Actor, look: Look, refusal: Refused, given: tuple[Any, ...]) -> None:
    """Complete what the refusal knows of itself with the first id that was asked for, and note it."""
    named = next((one for one in given if isinstance(one, UUID)), None)
    if refusal.asked is None or refusal.asked.subject_id is None:
        action = refusal.asked.action if refusal.asked else look
        refusal.asked = Asked(actor=viewer, action=action, subject_type=_kind(look), subject_id=named)
    noted: Noted | None = session.info.get(_NOTED)
    if noted is not None:
        noted.refused.append(refusal)


def _kind(look: Look) -> str:
    """Return what the id is of that a look is asked for."""
    kinds = {
        Look.BENCH: "appearance",
        Look.DOCKET: "court_session",
        Look.TO_RESULT: "part",
        Look.MOVE: "bulk_move",
    }
    return kinds.get(look, "case")


def record(session: Session, shown: Iterable[Shown], *, now: datetime) -> None:
    """Append an event for each look at an instant (UTC)."""
    for one in shown:
        only = next(iter(one.cases)) if not one.is_list else None
        list_id = list_id_of(one.cases) if one.is_list and one.cases else None
        detail = {"cases": len(one.cases)} if one.is_list else None
        audit.record(
            session,
            one.viewer,
            one.look,
            one.subject_type,
            one.subject_id,
            now=now,
            case_id=only,
            list_id=list_id,
            detail=detail,
        )
        if list_id is not None:
            _keep_list(session, one.viewer.court_id, list_id, one.cases)


def record_refusal(session: Session, refusal: Refused, *, now: datetime) -> None:
    """Append at an instant (UTC) that something was refused: to whom, what they asked for, and how it was answered."""
    asked: Asked | None = refusal.asked
    if asked is None:
        return
    case_id = asked.subject_id if asked.subject_type == "case" else None
    detail = {"asked": asked.action, "answer": type(refusal).__name__}
    audit.record(
        session, asked.actor, REFUSED, asked.subject_type, asked.subject_id, now=now, case_id=case_id, detail=detail
    )


def list_id_of(cases: Iterable[UUID]) -> UUID:
    """Return the id of a list of cases: 128 bits of the SHA-256 of their ids in order."""
    text = "\n".join(sorted(map(str, cases)))
    return UUID(bytes=sha256(f"offramp list 1\n{text}".encode()).digest()[:16])


def _keep_list(session: Session, court_id: UUID, list_id: UUID, cases: Iterable[UUID]) -> None:
    """Keep which cases are on a list, once. The chain's end is locked by now, so nobody else keeps it meanwhile."""
    kept = sa.select(col(AuditList.case_id)).where(
        col(AuditList.court_id) == court_id, col(AuditList.list_id) == list_id
    )
    session.flush()  # the chain's end first: on PostgreSQL it is locked by now, on SQLite the whole database
    if session.execute(kept.limit(1)).first() is None:
        rows = [{"court_id": court_id, "list_id": list_id, "case_id": case_id} for case_id in cases]
        session.execute(sa.insert(AuditList), rows)
