"""The court's own policy: a draft is begun, written, and put in force from a day; a version in force is never edited.

The document is the policy: what cannot be read is refused, with the key that is wrong. Only administrators write; the
audit keeps who, when, and which text by its digest.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.commands.typed import LONGEST_NAME, needed
from models.court_policies import HAS_A_DAY, digest_of, document_on
from models.errors import Conflict, Invalid
from models.facts.programs import running_programs
from models.policies import load as read
from models.policies import written_in_files
from models.policies.writing import named
from models.rules.called import tidy
from models.rules.permissions import Action
from models.rules.policy import Policy
from models.rules.policy_versions import programs_lost, why_not_from
from models.rules.vocabulary import CLOSED
from models.scope import Actor, load, require
from models.tables import Case, PolicyVersion
from models.tables.base import table_of

#: Far longer than any policy; what is longer was no policy.
LONGEST_DOCUMENT = 200_000
BEGAN_WITH = "The file the court began with."
_NAME = "Give the version a name, such as the court's and a number."
_REASON = "Say why this version is put in force: who agreed, and on what."


def begin_draft(session: Session, actor: Actor, name: str, *, now: datetime) -> UUID:
    """Begin a draft with the words of the version in force today, and return its id. Conflict while there is one."""
    require(actor, Action.MANAGE_SETTINGS)
    today = actor.today(now)
    version = needed(tidy(name), _NAME, LONGEST_NAME)
    text = named(document_on(session, actor.court_id, actor.policy, today), version, today)
    return _new_draft(session, actor, text, "begin_policy_draft", now)


def import_draft(session: Session, actor: Actor, text: str, file: str, *, replace: bool = False, now: datetime) -> UUID:
    """Make the TOML `text` of a `file` the draft, and return its id; the present draft gives way only to `replace`.

    Raises PolicyError with the line that is wrong, and Conflict for a draft that is there or a version of that name.
    """
    require(actor, Action.MANAGE_SETTINGS)
    _readable(text, file)
    if replace and (draft := _present_draft(session, actor)):
        _record(session, actor, "discard_policy_draft", draft, now)
        session.delete(draft)
        session.flush()
    return _new_draft(session, actor, text, "import_policy_draft", now)


def save_draft(session: Session, actor: Actor, version_id: UUID, text: str, *, seen: int, now: datetime) -> None:
    """Write the draft's document anew; WrongKey names the setting that cannot be right, and nothing is kept then.

    Conflict when it is in force by now, or somebody saved it after the change that was `seen`.
    """
    require(actor, Action.MANAGE_SETTINGS)
    draft = _draft(session, actor, version_id, seen)
    policy = _readable(text)
    _name_free(session, actor, policy.version, except_for=draft.id)
    draft.name, draft.text, draft.digest = policy.version, text, digest_of(text)
    draft.written_by, draft.written_at, draft.changes = actor.user_id, now, draft.changes + 1
    session.add(draft)
    _record(session, actor, "save_policy_draft", draft, now)


def discard_draft(session: Session, actor: Actor, version_id: UUID, *, seen: int, now: datetime) -> None:
    """Throw the draft away. Conflict as in `save_draft`."""
    require(actor, Action.MANAGE_SETTINGS)
    draft = _draft(session, actor, version_id, seen)
    _record(session, actor, "discard_policy_draft", draft, now)
    session.delete(draft)


def put_in_force(
    session: Session,
    actor: Actor,
    version_id: UUID,
    from_day: date,
    *,
    reason: str,
    typed_name: str,
    seen: int,
    now: datetime,
) -> None:
    """Put the draft in force from a civil date, today or later; `typed_name` confirms it. It is never edited again.

    Every open case is judged anew on that day. Raises Invalid in words where the day or a program forbids it.
    """
    require(actor, Action.MANAGE_SETTINGS)
    draft = _draft(session, actor, version_id, seen)
    why = needed(reason, _REASON)
    if typed_name.strip() != draft.name:
        raise Invalid(f"To confirm, type the version's name as it is written: {draft.name}")
    _keep_the_files(session, actor, now)
    days = set(session.scalars(sa.select(col(PolicyVersion.in_force_from)).where(*_dated(actor))))
    problem = why_not_from(from_day, {day for day in days if day}, actor.today(now))
    if problem := problem or programs_lost(running_programs(session, actor), read(draft.text)):
        raise Invalid(problem)
    draft.text = named(draft.text, draft.name, from_day)
    draft.digest, draft.in_force_from, draft.reason = digest_of(draft.text), from_day, why
    draft.put_in_force_by, draft.put_in_force_at = actor.user_id, now
    session.add(draft)
    _look_again(session, actor, from_day)
    _record(session, actor, "put_policy_in_force", draft, now)


def take_back(session: Session, actor: Actor, version_id: UUID, *, now: datetime) -> None:
    """Make a version whose first day is still to come the draft again. Conflict once it is in force or there is a draft."""
    require(actor, Action.MANAGE_SETTINGS)
    version = _locked(session, actor, version_id)
    if version.in_force_from is None or version.in_force_from <= actor.today(now):
        raise Conflict("Only a version whose first day is still to come can be taken back. Begin a draft instead.")
    _no_draft(session, actor)
    _record(session, actor, "take_back_policy", version, now)
    version.in_force_from, version.reason = None, None
    version.put_in_force_by, version.put_in_force_at, version.changes = None, None, version.changes + 1
    session.add(version)


def _new_draft(session: Session, actor: Actor, text: str, action: str, now: datetime) -> UUID:
    _no_draft(session, actor)
    policy = _readable(text)
    _name_free(session, actor, policy.version)
    draft = PolicyVersion(
        court_id=actor.court_id,
        name=policy.version,
        text=text,
        digest=digest_of(text),
        written_by=actor.user_id,
        written_at=now,
    )
    session.add(draft)
    try:
        session.flush()
    except sa.exc.IntegrityError:  # somebody else began one at the same instant: there is one draft a court
        raise Conflict from None
    _record(session, actor, action, draft, now)
    return draft.id


def _readable(text: str, file: str | None = None) -> Policy:
    if len(text) > LONGEST_DOCUMENT:
        raise Invalid(f"This document has {len(text):,} characters; no policy has more than {LONGEST_DOCUMENT:,}.")
    policy = read(text, file)
    if len(policy.version) > LONGEST_NAME:
        raise Invalid(f"The version's name has more than {LONGEST_NAME} characters. Shorten it.")
    return policy


def _name_free(session: Session, actor: Actor, name: str, *, except_for: UUID | None = None) -> None:
    """Raise Conflict where another version, or a file the court began with, has the name."""
    same = (col(PolicyVersion.court_id) == actor.court_id, col(PolicyVersion.name) == name)
    taken = session.exec(select(PolicyVersion.id).where(*same)).first()
    in_a_file = not actor.policies and any(one.policy.version == name for one in written_in_files(actor.policy))
    if in_a_file or taken not in (None, except_for):
        raise Conflict(f"There is a version called {name} already. Give this one a name of its own.")


def _present_draft(session: Session, actor: Actor) -> PolicyVersion | None:
    draft = (col(PolicyVersion.court_id) == actor.court_id, col(PolicyVersion.in_force_from).is_(None))
    return session.exec(select(PolicyVersion).where(*draft)).first()


def _no_draft(session: Session, actor: Actor) -> None:
    if draft := _present_draft(session, actor):
        raise Conflict(f"There is a draft already, {draft.name}. Finish it or throw it away first.")


def _locked(session: Session, actor: Actor, version_id: UUID) -> PolicyVersion:
    """Return the version of the actor's court, locked until the transaction ends; NotFound when there is none."""
    version = load(session, actor, PolicyVersion, version_id)
    session.flush()
    session.refresh(version, with_for_update=True)
    return version


def _draft(session: Session, actor: Actor, version_id: UUID, seen: int) -> PolicyVersion:
    draft = _locked(session, actor, version_id)
    if draft.in_force_from is not None or draft.changes != seen:
        raise Conflict
    return draft


def _keep_the_files(session: Session, actor: Actor, now: datetime) -> None:
    """Keep the files a court began with as its first versions, once: from here on its past needs no file."""
    if session.exec(select(PolicyVersion.id).where(*_dated(actor)).limit(1)).first():
        return
    for written in written_in_files(actor.policy):
        version = PolicyVersion(
            court_id=actor.court_id,
            name=written.policy.version,
            text=written.text,
            digest=digest_of(written.text),
            written_at=now,
            in_force_from=written.policy.in_force_from,
            put_in_force_at=now,
            reason=BEGAN_WITH,
        )
        session.add(version)
    session.flush()


def _dated(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    return col(PolicyVersion.court_id) == actor.court_id, HAS_A_DAY


def _look_again(session: Session, actor: Actor, from_day: date) -> None:
    """Let every open case be judged anew on the day the policy takes force; what waits to be judged still waits."""
    cases = table_of(Case)
    later = (cases.c.court_id == actor.court_id, cases.c.stage.not_in(CLOSED), cases.c.look_on > from_day)
    session.connection().execute(sa.update(cases).where(*later).values(look_on=from_day))


def _record(session: Session, actor: Actor, action: str, version: PolicyVersion, now: datetime) -> None:
    detail = {"version": version.name, "digest": version.digest, "in_force_from": version.in_force_from}
    audit.record(session, actor, action, "policy_version", version.id, now=now, detail=detail)
