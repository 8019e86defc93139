"""What the court could see of a case on a past day: what had been entered by then, each fact in the version of then.

It leaves out and counts nothing. The same for SQL is in `models.facts.sources`; a test holds them together.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from models.rules.events import CaseEvents, Entered, GivenResponse, MandateAccepted
from models.rules.vocabulary import ResponseState, Stage

_Version = TypeVar("_Version", bound=Entered)


def seen_by(events: CaseEvents, known_by: datetime | None, on: date) -> CaseEvents:
    """Return the events as they stood just before the instant `known_by`, on the civil date `on`; None: as they stand."""
    return CaseEvents(
        stage=_stage(events, known_by),
        mandate=_mandate(events, known_by, on),
        appearances=_standing(events.appearances, known_by),
        sessions=_standing(events.sessions, known_by),
        reports=_standing(events.reports, known_by),
        responses=tuple(_as_of(one, known_by, on) for one in _standing(events.responses, known_by)),
        releases=_standing(events.releases, known_by),
        warrants=_standing(events.warrants, known_by),
        arrests=_standing(events.arrests, known_by),
    )


def _standing(versions: Iterable[_Version], known_by: datetime | None) -> tuple[_Version, ...]:
    return tuple(one for one in versions if one.stands(known_by))


def _stage(events: CaseEvents, known_by: datetime | None) -> Stage:
    """Return the stage that the first later change began from; without one the present stage."""
    later = (one.stage for one in events.earlier_stages if known_by and one.replaced_at and one.replaced_at >= known_by)
    return next(later, events.stage)


def _mandate(events: CaseEvents, known_by: datetime | None, on: date) -> MandateAccepted | None:
    """Return the mandate with its phase that ran; one whose end nobody had entered yet still did."""
    if known_by is None:
        return events.mandate if events.mandate and not events.mandate.ended_on else None
    told = [*events.earlier_mandates, *([events.mandate] if events.mandate else [])]
    for one in _standing(told, known_by):
        if one.replaced_at or one.ended_on is None or one.ended_on > on:
            return replace(one, ended_on=None)
    return None


def _as_of(response: GivenResponse, known_by: datetime | None, on: date) -> GivenResponse:
    if known_by and response.settled_on and response.settled_on > on:
        return replace(response, state=ResponseState.ORDERED)
    return response
