"""Services of a case: referrals with each step, sessions with their corrections, releases.

Three statements, each read once and told twice: as entries of the history, and as the rows that forms work on. For
`case_file`, which authorises.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.facts.released import PART_2
from models.facts.statements import Statement
from models.queries.case_entries import Entry, Line, Source, Topic, What, sentences
from models.queries.case_releases import RELEASES, may_be_read, release_entries
from models.rules.releases import recipient_of
from models.rules.vocabulary import (
    AttendanceKind,
    ReferralState,
    ReleaseInformation,
    ServiceKind,
)
from models.scope import Actor
from models.tables import Attendance, Provider, Referral, ReferralStep, Release, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """One referral as it is now; `attended` counts undisputed sessions, `last_on` is the newest one of any kind."""

    referral_id: UUID
    kind: ServiceKind
    service: str | None
    provider: str | None
    provider_id: UUID | None
    part_2: bool  # a substance use program: 42 CFR Part 2
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
        PART_2.label("part_2"),
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


def read_services(source: Source, viewer: Actor, today: date) -> Services:
    """Read a case's referrals, their steps, its sessions and releases, as far as releases let them be read `today`."""
    referrals, told = tuple(source.rows(Referral, _REFERRALS)), tuple(source.rows(Attendance))
    releases = tuple(source.rows(Release, RELEASES))
    readable = partial(may_be_read, releases, recipient_of(viewer.roles), today)
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


def service_entries(source: Source, services: Services) -> Iterator[Entry]:
    """Yield the history of referrals, releases, and the sessions that may be read."""
    named = {row["referral_id"]: row for row in services.referrals}
    yield from _sessions(source, services.attendances, named)
    yield from _steps(source, services.steps, named)
    yield from release_entries(source, services.releases)


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
