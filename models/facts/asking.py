"""How one value of a case is asked for, and what makes a failure answered: shared by all counts of `statements`."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from models.facts.sources import ON, Condition, Source
from models.rules.counting import ANSWERS_FAILURE
from models.rules.vocabulary import ResponseKind, ResponseState
from models.tables import Case

COURT = sa.bindparam("court_id", type_=sa.Uuid)
_WINDOW_FROM = sa.bindparam("window_from", type_=sa.Date)
_SINCE_PHASE = sa.bindparam("since_phase", type_=sa.Boolean)


def of_case(source: Source, what: Any, case_id: Any, *where: Condition) -> sa.ScalarSelect[Any]:
    """Select one value of a source's rows of one case."""
    own = (source["court_id"] == COURT, source["case_id"] == case_id, *source.counts)
    return sa.select(what).select_from(source.rows).where(*own, *where).scalar_subquery()


def or_ever(day: Any) -> sa.ColumnElement[Any]:
    """Return the day, or one before all others where there is none, so that the rest stays one range of an index."""
    return sa.func.coalesce(day, sa.literal(date.min, sa.Date))


def answers(responses: Source) -> tuple[Condition, ...]:
    """Return the condition that a response answers failures, as no incentive does, and was not withdrawn."""
    answering = sa.and_(responses["behaviour"].in_(ANSWERS_FAILURE), responses["kind"] != ResponseKind.INCENTIVE)
    return answering, responses["state"] != ResponseState.WITHDRAWN, responses["decided_on"] <= ON


def last_answer_recorded(responses: Source) -> sa.ScalarSelect[Any]:
    """When the answer of the latest day was recorded: what the court knew by then it answers, without a further look."""
    latest = (responses["decided_on"].desc(), responses["recorded_at"].desc())
    own = (responses["court_id"] == COURT, responses["case_id"] == col(Case.id))
    answer = sa.select(responses["recorded_at"]).select_from(responses.rows).where(*own, *answers(responses))
    return answer.order_by(*latest).limit(1).scalar_subquery()


def window_from(entered_on: Any) -> sa.ColumnElement[Any]:
    """Return the first day whose failures count as repeats, as `Ladder.window_from` has it."""
    return sa.case((sa.and_(_SINCE_PHASE, entered_on.is_not(None)), entered_on), else_=_WINDOW_FROM)


def failing(day: Any, known_at: Any, known: sa.CTE, responses: Source) -> list[Any]:
    """Name what is asked of one behaviour the court may answer: in the ladder's window, and not answered."""
    unknown_then = sa.and_(known_at > known.c.answered_at, ~_answered(day, known_at, known, responses))
    unanswered = sa.or_(day > or_ever(known.c.answered_on), unknown_then)
    return [
        ("in_window", sa.func.count(), day >= known.c.window_from),
        ("unanswered", sa.func.count(), unanswered),
        ("first_unanswered_on", sa.func.min(day), unanswered),
        ("last_on", sa.func.max(day)),
    ]


def _answered(day: Any, known_at: Any, known: sa.CTE, responses: Source) -> Condition:
    """Return the condition that a response came no earlier than a failure, and the court knew of it by then."""
    knew = sa.func.coalesce(known_at, responses["recorded_at"]) <= responses["recorded_at"]
    own = (responses["court_id"] == COURT, responses["case_id"] == known.c.case_id, *responses.counts)
    answer = sa.select(sa.literal(1)).select_from(responses.rows)
    answered = answer.where(*own, *answers(responses), responses["decided_on"] >= day, knew)
    return answered.correlate_except(responses.rows).exists()  # this case's answers: another's answer nothing here
