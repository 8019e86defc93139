"""Services of a case: referrals with each step, sessions with their corrections, releases.

Three statements, each read once and told twice: as entries of the history, and as the rows that forms work on. For
`case_file`, which authorises.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.facts.statements import Statement
from models.queries.case_entries import Entry, Line, Source, Topic, What, all_columns, sentences
from models.rules import words
from models.rules.releases import Terms, Wanted, disclosure, holds, recipient_of
from models.rules.vocabulary import (
    AttendanceKind,
    Recipient,
    ReferralState,
    ReleaseAnswer,
    ReleaseInformation,
    ReleaseKind,
    ReleasePurpose,
    ReleaseUntil,
    RevokedHow,
    ServiceKind,
)
from models.scope import Actor
from models.tables import Attendance, Provider, Referral, ReferralStep, Release, Service
from models.tables.base import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """One referral as it is now; `attended` counts undisputed sessions, `last_on` is the newest one of any kind."""

    referral_id: UUID
    kind: ServiceKind
    service: str | None
    provider: str | None
    provider_id: UUID | None
    mandated: bool
    sessions: int | None
    state: ReferralState
    state_since: date
    queue_place: int | None
    attended: int | None  # None: not available, because no release is active
    last_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One service session as it is recorded now."""

    attendance_id: UUID
    referral_id: UUID
    report_id: UUID | None
    held_on: date
    kind: AttendanceKind
    reason: str | None
    disputed: bool
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """One answer to a request to share information; `holds` tells whether it allows that today."""

    release_id: UUID
    provider_id: UUID
    provider: str
    kind: ReleaseKind
    answer: ReleaseAnswer
    what: str
    purpose: str
    information: frozenset[ReleaseInformation]
    recipients: frozenset[Recipient]
    use: ReleasePurpose
    starts_on: date
    ends_on: date
    until: ReleaseUntil
    event_on: date | None
    binding: bool
    revoked_on: date | None
    revoked_how: RevokedHow | None
    substance_use: bool  # the provider's records are under 42 CFR Part 2
    holds: bool


@dataclass(frozen=True, slots=True)
class Services:
    """The nouns of a case's services, read once. Sessions that no active release lets be read are not among them.

    `words_of` are the providers whose words in a report may be read, `told_by` those whose sessions may; `withheld` are
    the referrals whose sessions may not.
    """

    referrals: tuple[Line, ...]
    steps: tuple[Line, ...]
    attendances: tuple[Line, ...]
    releases: tuple[Line, ...]
    words_of: frozenset[UUID]
    told_by: frozenset[UUID]
    withheld: frozenset[UUID]


_REFERRALS: Statement = (
    sa.select(
        col(Referral.id).label("referral_id"),
        col(Referral.kind),
        col(Service.name).label("service"),
        col(Provider.name).label("provider"),
        col(Provider.id).label("provider_id"),
        col(Referral.mandated),
        col(Referral.sessions),
        col(Referral.state),
        col(Referral.state_since),
        col(Referral.queue_place),
    )
    .outerjoin(Service, col(Service.id) == col(Referral.service_id))
    .outerjoin(Provider, col(Provider.id) == col(Service.provider_id))
    .order_by(col(Referral.mandated).desc(), col(Referral.state_since), col(Referral.id))
)
_RELEASES: Statement = (
    all_columns(Release, col(Provider.name).label("provider"), table_of(Provider).c.substance_use)
    .join(Provider, col(Provider.id) == col(Release.provider_id))
    .order_by(col(Release.starts_on).desc(), col(Release.id).desc())
)


def read_services(source: Source, viewer: Actor, today: date) -> Services:
    """Read a case's referrals, their steps, its sessions and releases, as far as releases let them be read `today`."""
    referrals, told = tuple(source.rows(Referral, _REFERRALS)), tuple(source.rows(Attendance))
    releases = tuple(source.rows(Release, _RELEASES))
    readable = partial(_readable, [_terms(row) for row in releases], recipient_of(viewer.roles), today)
    of = {row["referral_id"]: row["provider_id"] for row in referrals}
    providers = {provider for provider in of.values() if provider}
    providers |= {row["provider_id"] for row in releases}
    told_by = {provider for provider in providers if readable(provider, ReleaseInformation.ATTENDANCE)}
    return Services(
        referrals=referrals,
        steps=tuple(source.rows(ReferralStep)),
        attendances=tuple(row for row in told if of[row["referral_id"]] in told_by),
        releases=releases,
        words_of=frozenset(one for one in providers if readable(one, ReleaseInformation.PROGRESS)),
        told_by=frozenset(told_by),
        withheld=frozenset(row["referral_id"] for row in told if of[row["referral_id"]] not in told_by),
    )


def _terms(row: Line) -> Terms:
    return Terms(release_id=row["id"], **{name: row[name] for name in Terms.__dataclass_fields__ if name in row})


def _readable(
    terms: Iterable[Terms], recipient: Recipient, today: date, provider_id: UUID, information: ReleaseInformation
) -> bool:
    wanted = Wanted(provider_id=provider_id, information=information, recipient=recipient)
    return disclosure(terms, wanted, today).allowed


def referral_rows(services: Services) -> tuple[ReferralRow, ...]:
    """Return the referrals, the mandated first, with what came of them."""
    counting = [row for row in services.attendances if row["replaced_by_id"] is None]
    attended = Counter(
        row["referral_id"] for row in counting if row["kind"] is AttendanceKind.ATTENDED and not row["disputed"]
    )
    newest: dict[UUID, date] = {}
    for row in counting:
        newest[row["referral_id"]] = max(row["held_on"], newest.get(row["referral_id"], row["held_on"]))
    return tuple(
        ReferralRow(
            **row,
            attended=None if row["referral_id"] in services.withheld else attended[row["referral_id"]],
            last_on=newest.get(row["referral_id"]),
        )
        for row in services.referrals
    )


def session_rows(services: Services) -> tuple[SessionRow, ...]:
    """Return the sessions in force, the newest first."""
    providers = {row["referral_id"]: row["provider"] or "" for row in services.referrals}
    rows = (
        SessionRow(
            attendance_id=row["id"],
            referral_id=row["referral_id"],
            report_id=row["report_id"],
            held_on=row["held_on"],
            kind=row["kind"],
            reason=row["reason"],
            disputed=row["disputed"],
            provider=providers.get(row["referral_id"], ""),
        )
        for row in services.attendances
        if row["replaced_by_id"] is None
    )
    return tuple(sorted(rows, key=lambda row: row.held_on, reverse=True))


def release_rows(services: Services, today: date) -> tuple[ReleaseRow, ...]:
    """Return the releases, the newest first, and whether each holds today."""
    return tuple(
        ReleaseRow(
            release_id=row["id"],
            **{name: row[name] for name in ReleaseRow.__dataclass_fields__ if name in row},
            holds=holds(row["answer"], row["starts_on"], row["ends_on"], row["revoked_on"], today),
        )
        for row in services.releases
    )


def service_entries(source: Source, services: Services) -> Iterator[Entry]:
    """Yield the history of referrals, releases, and the sessions that may be read."""
    named = {row["referral_id"]: row for row in services.referrals}
    yield from _sessions(source, services.attendances, named)
    yield from _steps(source, services.steps, named)
    for row in services.releases:
        yield from _release(source, row)


def _sessions(source: Source, attendances: Collection[Line], named: dict[UUID, Line]) -> Iterator[Entry]:
    entered = {row["id"]: row["recorded_at"] for row in attendances}
    for row in attendances:
        referral, over = named[row["referral_id"]], row["replaced_by_id"] is not None
        yield Entry(
            on=row["held_on"],
            topic=Topic.SESSIONS,
            what=What.SESSION,
            subject=referral["kind"],
            state=row["kind"],
            about=referral["provider"],
            words=sentences(
                row["reason"],
                "Disputed, so not counted until settled" if row["disputed"] and not over else None,
                "Corrected since" if over else None,
            ),
            over=over,
            over_since=entered.get(row["replaced_by_id"]),
            **source.recorded(row),
        )


def _steps(source: Source, steps: Iterable[Line], named: dict[UUID, Line]) -> Iterator[Entry]:
    for row in steps:
        referral = named[row["referral_id"]]
        yield Entry(
            on=row["stepped_on"],
            topic=Topic.SERVICES,
            what=What.REFERRAL,
            subject=referral["kind"],
            state=row["state"],
            about=None if row["state"] is ReferralState.NEEDED else referral["provider"],
            words=sentences(row["note"]),
            **source.recorded(row),
        )


def _release(source: Source, row: Line) -> Iterator[Entry]:
    said: dict[str, Any] = {
        "topic": Topic.SERVICES,
        "what": What.RELEASE,
        "subject": row["kind"],
        "about": row["provider"],
    }
    given = row["answer"] is ReleaseAnswer.GIVEN
    until = f"Until {words.day(row['ends_on'], row['starts_on'])}" if given else None
    if row["until"] is not ReleaseUntil.DATE and until:
        until = f"{until}, or the {row['until']} before that"
    told = sentences(f"{row['what']}, for {row['purpose']}", until)
    yield Entry(on=row["starts_on"], state=row["answer"], words=told, **said, **source.recorded(row))
    if row["revoked_on"]:
        yield Entry(on=row["revoked_on"], words="Revoked by the participant, which is neutral.", **said)
