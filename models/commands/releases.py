"""The participant's answers when asked whether a provider may share named information, with whom, for what, until when.

Declined and revoked are neutral answers, kept like any other; nothing here counts for or against anybody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.commands.follow_ups import void_about
from models.commands.free_words import check_words
from models.commands.typed import needed
from models.errors import Invalid
from models.rules.permissions import Action
from models.rules.releases import EVENTS, holds, not_yet_revocable
from models.rules.vocabulary import (
    FollowUpKind,
    Recipient,
    ReleaseAnswer,
    ReleaseInformation,
    ReleaseKind,
    ReleasePurpose,
    ReleaseUntil,
    RevokedHow,
)
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Case, Provider, Release


@dataclass(frozen=True, kw_only=True)
class Shares:
    """What the provider may share, with whom, for which use, and which event ends it before its last day."""

    information: Collection[ReleaseInformation] = frozenset(ReleaseInformation)
    recipients: Collection[Recipient] = frozenset({Recipient.COURT})
    use: ReleasePurpose = ReleasePurpose.MONITORING
    until: ReleaseUntil = ReleaseUntil.DATE


_REPORTS_TO_THE_COURT = Shares()


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
    shares: Shares = _REPORTS_TO_THE_COURT,
) -> Release:
    """Record that the participant gave a release from `starts_on` to `ends_on`, both included. Raises Invalid.

    One to the criminal justice system that ends with the final disposition binds until then: 42 CFR 2.35.
    """
    if ends_on < starts_on:
        raise Invalid("The release ends before it starts. Correct its last day.")
    if not shares.information or not shares.recipients:
        raise Invalid("A release names what may be shared and with whom. Choose at least one of each.")
    days = (starts_on, ends_on)
    said = {"kind": kind, "what": what, "purpose": purpose}
    return _answer(session, actor, case_id, provider_id, ReleaseAnswer.GIVEN, said, days, now, shares)


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
    shares: Shares = _REPORTS_TO_THE_COURT,
) -> Release:
    """Record that the participant was asked on a civil date and declined, which is neutral."""
    said = {"kind": kind, "what": what, "purpose": purpose}
    return _answer(session, actor, case_id, provider_id, ReleaseAnswer.DECLINED, said, (on, on), now, shares)


def revoke_release(
    session: Session,
    actor: Actor,
    release_id: UUID,
    *,
    on: date,
    now: datetime,
    how: RevokedHow = RevokedHow.BY_WORD,
) -> Release:
    """Record that a release no longer holds from the civil date `on`, and how that was told. Twice is once.

    Raises Invalid, also for one that binds until the final disposition.
    """
    require(actor, Action.MANAGE_RELEASES)
    release = load(session, actor, Release, release_id)
    if release.revoked_on is not None:
        return release
    if why := not_yet_revocable(release.kind, binding=release.binding, event_on=release.event_on, on=on):
        raise Invalid(why)
    if not holds(ReleaseAnswer(release.answer), release.starts_on, release.ends_on, None, on):
        raise Invalid("This release does not hold on that day, so there is nothing to revoke.")
    release.revoked_on, release.revoked_at, release.revoked_how = on, now, how
    session.add(release)
    change_case(session, load_case(session, actor, release.case_id))
    detail = {"on": on, "how": how}
    audit.record(
        session, actor, "revoke_release", "release", release.id, now=now, case_id=release.case_id, detail=detail
    )
    return release


def end_releases(session: Session, actor: Actor, case: Case, *, on: date, now: datetime) -> None:
    """Let the releases end whose event has come with the case's present stage: the civil date `on` is their last day.

    For `course`, which has authorised. One that ended before keeps its day.
    """
    ended_by = [until for until, stages in EVENTS.items() if case.stage in stages]
    if not ended_by:
        return
    for release in session.scalars(_ended_by_event(), {"case_id": case.id, "court_id": case.court_id}).all():
        if release.until in ended_by:
            release.event_on, release.ends_on = on, max(release.starts_on, min(release.ends_on, on))
            session.add(release)
            audit.record(session, actor, "end_release", "release", release.id, now=now, case_id=case.id)


@cache
def _ended_by_event() -> sa.Select[Release]:
    return sa.select(Release).where(
        col(Release.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
        col(Release.case_id) == sa.bindparam("case_id", type_=sa.Uuid),
        col(Release.until) != ReleaseUntil.DATE,
        col(Release.event_on).is_(None),
    )


def _answer(
    session: Session,
    actor: Actor,
    case_id: UUID,
    provider_id: UUID,
    answer: ReleaseAnswer,
    said: dict[str, Any],
    days: tuple[date, date],
    now: datetime,
    shares: Shares,
) -> Release:
    require(actor, Action.MANAGE_RELEASES)
    case = load_case(session, actor, case_id)
    provider = load(session, actor, Provider, provider_id)
    check_words(session, actor, said["what"], said["purpose"], now=now, case_id=case.id)
    _check_day(answer, shares.until, case, days[0], actor.today(now))
    lasting = said["kind"] is ReleaseKind.CRIMINAL_JUSTICE and shares.until is ReleaseUntil.DISPOSITION
    release = Release(
        **_in_words(said),
        **_sets(shares),
        court_id=actor.court_id,
        case_id=case.id,
        provider_id=provider.id,
        answer=answer,
        starts_on=days[0],
        ends_on=days[1],
        binding=lasting and answer is ReleaseAnswer.GIVEN,
        recorded_by=actor.person,
        recorded_at=now,
    )
    if known := session.scalar(_alike(), release.model_dump(include=_SAID)):
        return known
    _keep(session, actor, case, release, now)
    return release


def _keep(session: Session, actor: Actor, case: Case, release: Release, now: datetime) -> None:
    session.add(release)
    change_case(session, case)
    asked_for = {FollowUpKind.RELEASE_EXPIRING, FollowUpKind.RELEASE_EXPIRED}
    void_about(session, actor, case.id, asked_for, release.provider_id, on=actor.today(now))
    detail = {name: getattr(release, name) for name in ("provider_id", "answer", "starts_on", "ends_on", "until")}
    audit.record(session, actor, "record_release", "release", release.id, now=now, case_id=case.id, detail=detail)


def _in_words(said: dict[str, Any]) -> dict[str, Any]:
    both = "A release names the information and its purpose. Fill in both."
    return {**said, "what": needed(said["what"], both), "purpose": needed(said["purpose"], both)}


def _sets(shares: Shares) -> dict[str, Any]:
    named = {"information": frozenset(shares.information), "recipients": frozenset(shares.recipients)}
    return {**named, "use": shares.use, "until": shares.until}


#: What makes two answers the same one, told twice.
_SAID = {
    *("court_id", "case_id", "provider_id", "kind", "answer", "what", "purpose"),
    *("information", "recipients", "use", "starts_on", "ends_on", "until"),
}


@cache
def _alike() -> sa.Select[Release]:
    columns = Release.metadata.tables["releases"].columns
    said = (columns[name] == sa.bindparam(name) for name in sorted(_SAID))
    return sa.select(Release).where(*said, col(Release.revoked_on).is_(None)).limit(1)


def _check_day(answer: ReleaseAnswer, until: ReleaseUntil, case: Case, starts_on: date, today: date) -> None:
    if answer is ReleaseAnswer.DECLINED and starts_on > today:
        raise Invalid("This day is still to come. An answer is recorded once it was given.")
    if until is not ReleaseUntil.DATE and starts_on > today:
        raise Invalid("A release that an event ends begins today or earlier. Correct its first day.")
    if case.stage in EVENTS[until]:
        raise Invalid("What would end this release has happened already. Choose a last day instead.")
