"""Reading again only what may have changed: what was read stays good until the court writes anything at all.

Every write leaves an audit event in its own transaction, so the number of the court's last event that changed something
tells; what people look at does not count. The caller keeps what it read, in a place that belongs to one person's browser;
nothing is kept here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlmodel import Session

from models import audit
from models.audit import looks
from models.scope import Actor

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Generic[T]):
    """What a query answered, to whom, to which question, and how far the court's audit had come."""

    viewer: Actor
    asked: tuple[Any, ...]
    reached: int
    answer: T


def again(
    session: Session,
    viewer: Actor,
    known: Known[T] | None,
    query: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **named: P.kwargs,
) -> Known[T]:
    """Return `known` while it holds, in one statement; else ask the query anew (and raise what it raises).

    It holds for the same viewer with the same roles and the same question, of which the civil date must be part, until
    the court writes. The audit is looked at first: what is written between the two is seen the next time.
    """
    asked = (query, args, tuple(named.items()))
    reached = audit.reached(session, viewer.court_id)
    if known and (known.viewer, known.asked, known.reached) == (viewer, asked, reached):
        looks.note(session, viewer, query, args, known.answer)
        return known
    return Known(viewer=viewer, asked=asked, reached=reached, answer=query(session, viewer, *args, **named))
