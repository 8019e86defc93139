"""The participant's answers when asked to share named information with a provider, for a time.

Declined and revoked are neutral answers, kept like any other; nothing here changes how a case stands.
"""

from datetime import date, datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.commands.follow_ups import void_about
from models.commands.typed import needed
from models.errors import Invalid
from models.rules.permissions import Action
from models.rules.releases import holds
from models.rules.vocabulary import FollowUpKind, ReleaseAnswer, ReleaseKind
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Provider, Release


def give_release(
    session: Session,
    actor: Actor,
    case_id: UUID,
    provider_id: UUID,
    *,
    kind: ReleaseKind,
    what: str,
    purpose: str,
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> Release:
    """Record that the participant gave a release from `starts_on` to `ends_on`, both included. Raises Invalid."""
    if ends_on < starts_on:
        raise Invalid("The release ends before it starts. Correct its last day.")
    days = (starts_on, ends_on)
    return _answer(session, actor, case_id, provider_id, ReleaseAnswer.GIVEN, kind, what, purpose, days, now)


def decline_release(
    session: Session,
    actor: Actor,
    case_id: UUID,
    provider_id: UUID,
    *,
    kind: ReleaseKind,
    what: str,
    purpose: str,
    on: date,
    now: datetime,
) -> Release:
    """Record that the participant was asked on a civil date and declined, which is neutral."""
    return _answer(session, actor, case_id, provider_id, ReleaseAnswer.DECLINED, kind, what, purpose, (on, on), now)


def revoke_release(session: Session, actor: Actor, release_id: UUID, *, on: date, now: datetime) -> Release:
    """Record that a release no longer holds from the civil date `on`. Twice is once. Raises Invalid."""
    require(actor, Action.MANAGE_RELEASES)
    release = load(session, actor, Release, release_id)
    if release.revoked_on is not None:
        return release
    if not holds(ReleaseAnswer(release.answer), release.starts_on, release.ends_on, None, on):
        raise Invalid("This release does not hold on that day, so there is nothing to revoke.")
    release.revoked_on, release.revoked_at = on, now
    session.add(release)
    change_case(session, load_case(session, actor, release.case_id))
    detail = {"on": on}
    audit.record(
        session, actor, "revoke_release", "release", release.id, now=now, case_id=release.case_id, detail=detail
    )
    return release


def _answer(
    session: Session,
    actor: Actor,
    case_id: UUID,
    provider_id: UUID,
    answer: ReleaseAnswer,
    kind: ReleaseKind,
    what: str,
    purpose: str,
    days: tuple[date, date],
    now: datetime,
) -> Release:
    require(actor, Action.MANAGE_RELEASES)
    case = load_case(session, actor, case_id)
    provider = load(session, actor, Provider, provider_id)
    _check_day(answer, days[0], actor.today(now))
    both = "A release names the information and its purpose. Fill in both."
    release = Release(
        court_id=actor.court_id,
        case_id=case.id,
        provider_id=provider.id,
        kind=kind,
        answer=answer,
        what=needed(what, both),
        purpose=needed(purpose, both),
        starts_on=days[0],
        ends_on=days[1],
        recorded_by=actor.person,
        recorded_at=now,
    )
    if known := session.scalar(_alike(), release.model_dump(include=_SAID)):
        return known
    session.add(release)
    change_case(session, case)
    asked_for = {FollowUpKind.RELEASE_EXPIRING, FollowUpKind.RELEASE_EXPIRED}
    void_about(session, actor, case.id, asked_for, provider.id, on=actor.today(now))
    detail = {"provider_id": provider.id, "answer": answer, "starts_on": days[0], "ends_on": days[1]}
    audit.record(session, actor, "record_release", "release", release.id, now=now, case_id=case.id, detail=detail)
    return release


#: What makes two answers the same one, told twice.
_SAID = {"court_id", "case_id", "provider_id", "kind", "answer", "what", "purpose", "starts_on", "ends_on"}


@cache
def _alike() -> sa.Select[Release]:
    columns = Release.metadata.tables["releases"].columns
    said = (columns[name] == sa.bindparam(name) for name in sorted(_SAID))
    return sa.select(Release).where(*said, col(Release.revoked_on).is_(None)).limit(1)


def _check_day(answer: ReleaseAnswer, starts_on: date, today: date) -> None:
    if answer is ReleaseAnswer.DECLINED and starts_on > today:
        raise Invalid("This day is still to come. An answer is recorded once it was given.")
