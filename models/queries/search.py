"""Finding a case: by its number, by the beginnings of a name in whatever script, or by one spelt almost so.

Sealed cases and those of other courts are never found. Three statements at most; hiding names is the screen's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.facts.statements import Statement
from models.rules.audited import CHANGES_NOTHING, Look
from models.rules.names import fold
from models.rules.permissions import Action
from models.rules.sounds import alike, sound, sounds_near
from models.rules.vocabulary import CLOSED, AppearanceState, FlagKind, Stage
from models.scope import Actor, own_cases, require
from models.tables import Appearance, AuditEvent, Case, CourtSession, NameKey, Part, Participant, Person, SafetyFlag
from models.tables.base import table_of

_KEY = table_of(NameKey)
_LAST_LETTER = chr(0x10FFFF)
_SPELLINGS = 200  # of one typed word
_PERSONS = 2000  # of all who have a name that begins so
#: How many of the viewer's newest acts are looked through for the cases they were about.
_LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCase:
    """One case that was found; `initials_only` is her wish for lists."""

    case_id: UUID
    docket_number: str
    preferred_name: str | None
    legal_name: str
    preferred_script: str | None
    stage: Stage
    opened_on: date
    part: str
    initials_only: bool


@shows_list(Look.SEARCH, lambda found: (one.case_id for one in found))
def find_cases(session: Session, viewer: Actor, text: str, *, limit: int = 20) -> tuple[FoundCase, ...]:
    """Return cases whose number holds `text`, or whose names have a word beginning with each of its words.

    Numbers that begin with it come first, then open cases, then the newest. Where there are none, cases under a name
    spelt or written almost so. Empty for an empty text. One statement; three where a name is not found as it is typed.
    """
    require(viewer, Action.SEE_CASE)
    number, words = text.strip().upper(), fold(text).split()
    if not number:
        return ()
    by_number = sa.func.upper(col(Case.docket_number)).contains(number, autoescape=True)
    begins = sa.case((sa.func.upper(col(Case.docket_number)).startswith(number, autoescape=True), 0), else_=1)
    if not words or any(char.isdecimal() for char in text):  # a name has no figures, and a number always has
        return _cases(session, viewer, by_number, (begins, *_OPEN_FIRST), limit)
    beginning = [sa.and_(_KEY.c.word >= word, _KEY.c.word < word + _LAST_LETTER) for word in words]
    found = _cases(session, viewer, _called(viewer, beginning), _OPEN_FIRST, limit)
    return found or _named_alike(session, viewer, words, limit)


def _named_alike(session: Session, viewer: Actor, words: Sequence[str], limit: int) -> tuple[FoundCase, ...]:
    """Return cases under names that sound almost so, in two statements; none where a word is like no name's."""
    near = {word: sounds_near(sound(word)) for word in words}
    asked = {one for sounds in near.values() for one in sounds}
    if not all(near.values()):
        return ()
    heard = sa.select(_KEY.c.word).where(_KEY.c.court_id == viewer.court_id, _KEY.c.sound.in_(asked))
    known = set(session.scalars(heard.group_by(_KEY.c.sound, _KEY.c.word)))  # grouped as the index is sorted
    meant = [_KEY.c.word.in_([name for name in sorted(known) if alike(word, name)][:_SPELLINGS]) for word in words]
    return _cases(session, viewer, _called(viewer, meant), _OPEN_FIRST, limit)


def _called(viewer: Actor, words: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    """Return the condition that a case is of somebody with a key for each of the conditions on `name_keys`.

    Of very many the newest persons are looked at: who types two letters is shown that there are more.
    """
    of_court = sa.select(_KEY.c.person_id).where(_KEY.c.court_id == viewer.court_id)
    named = of_court.where(words[0], *(_KEY.c.person_id.in_(of_court.where(word)) for word in words[1:]))
    newest = named.order_by(_KEY.c.person_id.desc()).limit(_PERSONS).subquery("newest")
    hers = sa.select(col(Participant.id)).where(
        col(Participant.court_id) == viewer.court_id, col(Participant.person_id).in_(sa.select(newest.c.person_id))
    )
    return col(Case.participant_id).in_(hers)


@shows_list(Look.DAY, lambda found: (one.case_id for one in found))
def cases_on(session: Session, viewer: Actor, day: date, *, limit: int = 60) -> tuple[FoundCase, ...]:
    """Return the cases on the calendar of a civil date, in call order. One statement."""
    require(viewer, Action.SEE_CASE)
    called = (
        sa.select(
            col(Appearance.case_id),
            sa.func.min(col(CourtSession.starts_at)).label("starts_at"),
            sa.func.min(col(Appearance.position)).label("position"),
        )
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(
            col(CourtSession.court_id) == viewer.court_id,
            col(CourtSession.held_on) == day,
            col(Appearance.state).in_((AppearanceState.SCHEDULED, AppearanceState.HELD)),
        )
        .group_by(col(Appearance.case_id))
        .subquery("called")
    )
    order = (called.c.starts_at, called.c.position)
    return _cases(session, viewer, sa.true(), order, limit, called)


@shows_list(Look.WORKED_ON, lambda found: (one.case_id for one in found))
def cases_worked_on(session: Session, viewer: Actor, *, limit: int = 10) -> tuple[FoundCase, ...]:
    """Return the cases in which the viewer last recorded something, the newest first. One statement."""
    require(viewer, Action.SEE_CASE)
    newest = (
        sa.select(col(AuditEvent.case_id), col(AuditEvent.seq))
        .where(
            col(AuditEvent.court_id) == viewer.court_id,
            col(AuditEvent.actor_id) == viewer.user_id,
            col(AuditEvent.case_id).is_not(None),
            col(AuditEvent.action).not_in(CHANGES_NOTHING),
        )
        .order_by(col(AuditEvent.seq).desc())
        .limit(_LOOKED_THROUGH)
        .subquery("newest")
    )
    mine = (
        sa.select(newest.c.case_id, sa.func.max(newest.c.seq).label("seq")).group_by(newest.c.case_id).subquery("mine")
    )
    return _cases(session, viewer, sa.true(), (mine.c.seq.desc(),), limit, mine)


_OPEN_FIRST = (sa.case((col(Case.stage).in_(CLOSED), 1), else_=0), col(Case.opened_on).desc(), col(Case.id).desc())

_INITIALS_ONLY = sa.exists().where(
    col(SafetyFlag.court_id) == col(Case.court_id),
    col(SafetyFlag.participant_id) == col(Case.participant_id),
    col(SafetyFlag.kind) == FlagKind.INITIALS_ONLY,
    col(SafetyFlag.ended_on).is_(None),
)


def _cases(
    session: Session,
    viewer: Actor,
    which: sa.ColumnElement[bool],
    order: tuple[sa.ColumnElement[Any], ...],
    limit: int,
    among: sa.Subquery | None = None,
) -> tuple[FoundCase, ...]:
    """Return the cases that exist for the viewer; `among` names them by its `case_id` where it is given.

    The first `limit` are chosen by what stands in the case alone; only those are read with the person and the flags.
    """
    chosen = sa.select(col(Case.id)).where(own_cases(viewer), which).order_by(*order).limit(limit)
    if among is not None:
        chosen = chosen.join(among, among.c.case_id == col(Case.id))
    first = chosen.subquery("first")
    statement: Statement = (
        sa.select(
            col(Case.id).label("case_id"),
            col(Case.docket_number),
            col(Person.preferred_name),
            col(Person.legal_name),
            col(Person.preferred_script),
            col(Case.stage),
            col(Case.opened_on),
            col(Part.name).label("part"),
            _INITIALS_ONLY.label("initials_only"),
        )
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .join(Part, col(Part.id) == col(Case.part_id))
        .join(first, first.c.id == col(Case.id))
        .order_by(*order)
    )
    if among is not None:
        statement = statement.join(among, among.c.case_id == col(Case.id))
    return tuple(FoundCase(**row) for row in session.execute(statement).mappings())
